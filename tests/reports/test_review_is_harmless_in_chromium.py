"""What hostile pages and links can do to the review in a real browser: nothing."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest
from browser import Browser, Page
from reviewed_collection import SCRIPTED, SCRIPTS, Served, make_collection, served

READY = "document.documentElement?.dataset.ready"
PATHS = ("/queue", "/finding", "/log", "/rules", "/recheck", "/nothing")


@pytest.fixture(scope="module")
def review(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder: Path = tmp_path_factory.mktemp("hostile")
    make_collection(folder)
    with served(folder, "--author", "<b>Ann</b>") as running:
        yield running


def look(page: Page, review: Served, path: str) -> None:
    page.ask("document.documentElement.removeAttribute('data-ready')")
    page.open(review.review + path)
    page.wait(READY)


def finding(url: str) -> str:
    return f"/finding?{urlencode({'url': url})}"


def hostile(page: Page, review: Served) -> list[str]:
    """Return the paths of the findings whose every string tries something."""
    look(page, review, "/queue?host=hostile.test")
    found = page.ask(
        "[...document.querySelectorAll('[data-open]')].map((one) => one.getAttribute('href'))"
    )
    assert len(found) == 3
    return [*found, *map(finding, SCRIPTS)]


def assert_harmless(page: Page) -> None:
    assert "owned" not in page.ask("document.title.replaceAll(/.*?owned.*?·/g, '')")
    assert page.ask("document.querySelectorAll('main script, main img, main style').length") == 0
    assert page.ask("document.scripts.length") == 1
    hrefs = page.ask("[...document.links].map((link) => link.protocol)")
    assert set(hrefs) <= {"http:", "https:"}
    assert page.ask("[...document.querySelectorAll('[style], [onclick], [onerror]')].length") == 0
    shown = page.ask("document.body.innerText")
    assert not set("\u202e\u2066\u200f") & set(shown)


def test_hostile_strings_are_shown_and_do_nothing(browser: Browser, review: Served) -> None:
    page = browser.page()
    for path in (*hostile(page, review), "/queue"):
        look(page, review, path)
        assert_harmless(page)
    look(page, review, "/queue?host=hostile.test")
    assert "abc⟨U+202E⟩gnp.exe⟨U+2066⟩⟨U+200F⟩" in page.ask("document.body.innerText")
    assert "<script>document.title='owned'</script>" in page.ask("document.body.innerText")
    assert page.complaints() == []
    page.close()


def test_a_hostile_note_is_shown_and_does_nothing(browser: Browser, review: Served) -> None:
    page = browser.page()
    note = "</textarea><script>document.title='owned'</script>\u202e" + "z" * 3_000
    look(page, review, finding("http://gone.test/report/3.html"))
    page.ask(f"document.querySelector('#decide-note [name=note]').value = {json.dumps(note)}")
    page.ask("document.documentElement.removeAttribute('data-ready')")
    page.ask("document.querySelector('#decide-note').requestSubmit()")
    page.wait(f"{READY} && document.querySelector('q.note') !== null")
    for path in (finding("http://gone.test/report/3.html"), "/log"):
        look(page, review, path)
        assert_harmless(page)
        assert "</textarea><script>" in page.ask("document.querySelector('q.note').textContent")
    page.close()


def test_a_captured_page_is_shown_and_its_scripts_do_not_run(
    browser: Browser, review: Served
) -> None:
    page = browser.page()
    page.call("DOM.enable")
    look(page, review, finding(SCRIPTED))
    frame = page.ask("document.querySelector('iframe').src")
    assert frame.startswith(f"{review.replay}/")
    assert page.ask("document.querySelector('iframe').getAttribute('sandbox')") == ""
    assert page.ask("document.querySelector('iframe').contentDocument === null")
    page.ask("document.querySelector('iframe').scrollIntoView()")
    text = _shown_in_frame(browser, page, frame)
    assert "404, the page is gone" in text
    assert "owned" not in text
    assert page.ask("document.title").startswith(SCRIPTED)
    origins = {"/".join(url.split("/")[:3]) for url in page.requests() if url[:5] != "data:"}
    assert origins <= {review.review, review.replay}
    page.close()


def _shown_in_frame(browser: Browser, page: Page, frame: str) -> str:
    """Return the strings of the document in the page's frame, which is a process of its own."""
    page.wait("document.readyState === 'complete'")
    targets = browser.call("Target.getTargets")["targetInfos"]
    (target,) = (one["targetId"] for one in targets if one["url"] == frame)
    session = browser.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
    return _strings(browser.call("DOMSnapshot.captureSnapshot", session, computedStyles=[]))


def _strings(snapshot: dict[str, list[str]]) -> str:
    return "\n".join(one for one in snapshot["strings"] if "<script" not in one)


def test_the_captured_page_alone_cannot_reach_the_review(browser: Browser, review: Served) -> None:
    page = browser.page()
    look(page, review, finding(SCRIPTED))
    frame = page.ask("document.querySelector('iframe').src")
    page.open(frame)
    page.wait(f"location.href === {json.dumps(frame)} && document.readyState === 'complete'")
    assert page.ask("origin") == "null"
    assert page.ask("document.getElementById('answer').textContent") == "404, the page is gone"
    reached = page.ask(
        f"fetch('{review.review}/queue', {{credentials: 'include'}})"
        ".then(() => 'reached', () => 'refused')"
    )
    assert reached == "refused"
    page.close()


def test_nobody_frames_the_review(browser: Browser, review: Served) -> None:
    page = browser.page()
    page.open(f"{review.replay}/")
    page.wait(f"location.port === '{review.replay.rpartition(':')[2]}' && document.body !== null")
    page.ask(
        "new Promise((loaded) => { const frame = document.createElement('iframe');"
        f" frame.onload = loaded; frame.src = '{review.review}/queue';"
        " document.body.append(frame); }).then(() => 0)"
    )
    assert not [one for one in page.requests() if one.endswith("review.css")]
    assert any("frame" in one for one in page.complaints())
    page.close()


@pytest.mark.parametrize(("width", "scheme"), [(360, "light"), (800, "dark")])
def test_no_page_needs_sideways_scrolling(
    browser: Browser, review: Served, width: int, scheme: str
) -> None:
    page = browser.page(width=width, height=800, scheme=scheme)
    for path in (*hostile(page, review), *PATHS):
        look(page, review, path)
        assert page.ask("document.documentElement.scrollWidth") <= width, path
    page.close()


def test_paper_shows_the_finding_and_no_controls(browser: Browser, review: Served) -> None:
    page = browser.page()
    look(page, review, finding(SCRIPTED))
    page.call("Emulation.setEmulatedMedia", media="print")
    shown = page.ask("document.body.innerText")
    assert "The server says that there is no such page" in shown
    assert "Ignore by rule" not in shown
    assert "Content-Type" in shown
    page.close()


def test_every_page_is_named_and_every_table_and_field_labelled(
    browser: Browser, review: Served
) -> None:
    page = browser.page()
    for path in ("/queue", finding(SCRIPTED), "/log", "/rules", "/recheck"):
        look(page, review, path)
        assert page.ask("document.querySelectorAll('h1').length") == 1, path
        assert page.ask("document.querySelectorAll('main').length") == 1
        assert page.ask("[...document.querySelectorAll('table')].every((one) => one.caption)")
        assert page.ask("document.querySelectorAll('th:not([scope])').length") == 0
        bare = page.ask(
            "[...document.querySelectorAll('input:not([type=hidden]), select, textarea')]"
            ".filter((one) => !one.labels.length && !one.ariaLabel).map((one) => one.outerHTML)"
        )
        assert bare == []
    page.key("Tab")
    assert page.ask("document.activeElement.className") == "skip"
    page.close()
