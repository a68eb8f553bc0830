"""The review in a real browser, run by its command: filters, triage, bulk, undo, keys, conflict."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest
from browser import Browser, Page
from reviewed_collection import GONE, GOOD, Served, make_collection, served

READY = "document.documentElement?.dataset.ready"
ROWS = "[...document.querySelectorAll('[data-row]')]"
FLASH = "document.getElementById('flash').textContent"
LEFT = "/queue?standing=broken&decision=none"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("reviewed")
    make_collection(folder)
    return folder


@pytest.fixture(scope="module")
def review(folder: Path) -> Iterator[Served]:
    with served(folder, "--author", "Ann") as running:
        yield running


@pytest.fixture
def page(browser: Browser, review: Served) -> Iterator[Page]:
    """Yield an empty page; nothing but the review and its replay may have been asked for."""
    page = browser.page()
    yield page
    asked = {_origin(url) for url in page.requests() if not url.startswith("data:")}
    assert asked <= {review.review, review.replay}
    refused = [one for one in page.complaints() if "409" not in one and "422" not in one]
    assert refused == []
    page.close()


def _origin(url: str) -> str:
    return "/".join(url.split("/")[:3])


def look(page: Page, review: Served, path: str) -> None:
    """Open a path of the review and wait until its script has run."""
    page.ask("document.documentElement.removeAttribute('data-ready')")
    page.open(review.review + path)
    page.wait(READY)


def follow(page: Page, act: str) -> None:
    """Do what leads to another page, and wait for it."""
    page.ask("globalThis.isOld = true")
    page.ask(act)
    page.wait(f"globalThis.isOld !== true && {READY}")


def press(page: Page, key: str) -> None:
    """Press a key that leads to another page, and wait for it."""
    page.ask("globalThis.isOld = true")
    page.key(key)
    page.wait(f"globalThis.isOld !== true && {READY}")


def finding(url: str) -> str:
    return f"/finding?{urlencode({'url': url})}"


def urls(page: Page) -> list[str]:
    return page.ask(f"{ROWS}.map((row) => row.querySelector('.url').textContent)")


def total(page: Page) -> int:
    return int(page.ask("document.querySelector('.found b').textContent").split()[0])


def badges(page: Page) -> list[str]:
    return page.ask("[...document.querySelectorAll('.badge')].map((one) => one.textContent.trim())")


def test_the_first_page_is_the_broken_links_that_nobody_reviewed(
    page: Page, review: Served
) -> None:
    look(page, review, "/")
    assert page.ask("location.pathname + location.search") == LEFT
    assert len(urls(page)) == 50
    follow(page, "document.querySelector('.pager [rel=next]').click()")
    assert "page=2" in page.ask("location.search")
    assert 0 < len(urls(page)) < 50


def test_searching_and_choosing_live_in_the_address(page: Page, review: Served) -> None:
    look(page, review, "/queue")
    page.key("/")
    page.write("failing")
    page.ask("document.querySelector('[name=sort]').value = 'host'")
    follow(page, "document.querySelector('.filters').requestSubmit()")
    assert len(urls(page)) == 3
    follow(page, "document.querySelector('.facets li a').click()")
    shared = page.ask("location.pathname + location.search")
    for part in ("q=failing", "sort=host", "decision=none"):
        assert part in shared


def test_a_shared_address_shows_the_same_view(browser: Browser, page: Page, review: Served) -> None:
    address = "/queue?host=gone.test&sort=-checked"
    look(page, review, address)
    other = browser.page()
    look(other, review, address)
    assert urls(other) == urls(page)
    assert other.ask("document.querySelector('[name=sort]').value") == "-checked"
    assert other.ask("document.querySelector('.facets [aria-current]').textContent") == "gone.test"
    assert total(other) == len(GONE)
    other.close()


def test_an_order_runs_the_other_way(page: Page, review: Served) -> None:
    look(page, review, "/queue?host=gone.test&sort=checked")
    first = urls(page)[0]
    look(page, review, "/queue?host=gone.test&sort=-checked&page=2")
    assert urls(page)[-1] == first


def test_a_decision_opens_the_next_finding_and_can_be_taken_back(
    page: Page, review: Served
) -> None:
    look(page, review, f"{LEFT}&host=gone.test")
    before = total(page)
    first, second = urls(page)[:2]
    follow(page, f"{ROWS}[0].querySelector('a').click()")
    page.ask("document.querySelector('#decide-not-broken [name=note]').value = 'It opens.'")
    follow(page, "document.querySelector('#decide-not-broken button').click()")
    assert page.ask("document.querySelector('h1').textContent") == second
    page.wait(f"{FLASH}.includes('Not broken')")
    assert first in page.ask(FLASH)
    look(page, review, f"{LEFT}&host=gone.test")
    assert total(page) == before - 1
    look(page, review, finding(first))
    assert badges(page) == ["✓ Not broken", "✓ Not broken"]
    assert "It opens." in page.ask("document.querySelector('.ruling').textContent")
    follow(page, "document.querySelector('.ruling form').requestSubmit()")
    assert page.ask("document.querySelector('.ruling') === null")
    assert "taken back" in page.ask("document.querySelector('.finding').textContent").lower()
    look(page, review, f"{LEFT}&host=gone.test")
    assert total(page) == before


def test_the_keyboard_alone_reviews(page: Page, review: Served) -> None:
    look(page, review, f"{LEFT}&host=gone.test")
    first, second, third = urls(page)[:3]
    page.key("j")
    page.key("j")
    page.key("k")
    press(page, "o")
    assert page.ask("document.querySelector('h1').textContent") == first
    press(page, "j")
    assert page.ask("document.querySelector('h1').textContent") == second
    press(page, "c")
    assert page.ask("document.querySelector('h1').textContent") == third
    page.wait(f"{FLASH}.includes('Confirmed')")
    page.key("?")
    assert page.ask("document.getElementById('keys').open")
    press(page, "u")
    page.wait(f"{FLASH}.includes('Taken back')")
    look(page, review, f"{LEFT}&host=gone.test")
    assert urls(page)[1] == second


def test_a_key_unfolds_what_needs_words_and_letters_in_a_field_do_nothing(
    page: Page, review: Served
) -> None:
    look(page, review, finding(GONE[7]))
    page.key("x")
    assert page.ask("document.activeElement.name") == "replacement"
    page.write("http://good.test/treaty")
    page.key("n")
    page.key("Escape")
    page.key("i")
    assert page.ask("document.activeElement.name") == "note"
    page.key("Escape")
    assert page.ask("document.activeElement === document.body")
    assert badges(page) == []


def test_a_replacement_and_a_rule_are_shown(page: Page, review: Served) -> None:
    look(page, review, finding(GONE[8]))
    page.ask(f"document.querySelector('#decide-replaced [name=replacement]').value = '{GOOD[0]}'")
    follow(page, "document.querySelector('#decide-replaced').requestSubmit()")
    look(page, review, finding(GONE[8]))
    assert GOOD[0] in page.ask(
        "[...document.querySelectorAll('.verdict a')].map((link) => link.href)"
    )
    look(page, review, finding("http://failing.test/talks/0"))
    page.ask(
        "document.querySelector('#decide-ignored [value=host]').checked = true,"
        "document.querySelector('#decide-ignored [name=note]').value = 'They are moving.', 0"
    )
    follow(page, "document.querySelector('#decide-ignored').requestSubmit()")
    look(page, review, "/rules")
    assert "failing.test" in page.ask("document.querySelector('.rules').textContent")
    assert "3 links" in page.ask("document.querySelector('.rules').textContent")
    look(page, review, "/queue?decision=ignored")
    assert total(page) == 3


def test_what_a_form_lacks_is_told_beside_it_and_nothing_written_is_lost(
    page: Page, review: Served
) -> None:
    look(page, review, finding(GONE[9]))
    page.ask(
        "(({elements}) => { elements.replacement.type = 'text';"
        " elements.replacement.value = 'javascript:alert(1)'; elements.note.value = 'Mine.'; })"
        "(document.querySelector('#decide-replaced'))"
    )
    follow(page, "document.querySelector('#decide-replaced').requestSubmit()")
    assert "Not taken." in page.ask("document.activeElement.textContent")
    form = "document.querySelector('#decide-replaced').elements"
    assert page.ask(f"[{form}.replacement.value, {form}.note.value]") == [
        "javascript:alert(1)",
        "Mine.",
    ]
    assert badges(page) == []


def test_a_key_pressed_twice_decides_once(page: Page, review: Served) -> None:
    look(page, review, finding(GONE[10]))
    sent = page.ask(
        "(() => { let sent = 0;"
        " addEventListener('submit', (event) => { sent += 1; event.preventDefault(); });"
        " for (let press = 0; press < 3; press += 1) document.body.dispatchEvent("
        "new KeyboardEvent('keydown', {key: 'n', bubbles: true}));"
        " return sent; })()"
    )
    assert sent == 1


def test_many_are_decided_at_once_after_one_more_question(page: Page, review: Served) -> None:
    look(page, review, f"{LEFT}&q=%22report+2.%22")
    before = total(page)
    assert before > 5
    follow(page, "document.querySelectorAll('.bulk form')[1].requestSubmit()")
    assert f"Decide for {before} links" in page.ask("document.querySelector('h1').textContent")
    page.ask("document.querySelector('[value=dismissed]').checked = true")
    follow(page, "document.querySelector('.confirm').requestSubmit()")
    page.wait(f"{FLASH}.includes('{before} links')")
    look(page, review, "/log")
    assert f"{before} links" in page.ask(f"{ROWS}[0].textContent")
    follow(page, f"{ROWS}[0].querySelector('form').requestSubmit()")
    look(page, review, f"{LEFT}&q=%22report+2.%22")
    assert total(page) == before


def test_those_ticked_are_meant_and_none_is_not_all(page: Page, review: Served) -> None:
    look(page, review, LEFT)
    follow(page, "document.getElementById('ticked').requestSubmit()")
    assert "No link is ticked" in page.ask("document.body.innerText")
    look(page, review, LEFT)
    ticked = urls(page)[3:5]
    page.ask("[3, 4].forEach((place) => "
             "document.querySelectorAll('[type=checkbox]')[place].click())")  # fmt: skip
    follow(page, "document.getElementById('ticked').requestSubmit()")
    listed = page.ask("[...document.querySelectorAll('main li')].map((one) => one.textContent)")
    assert listed == ticked


def test_two_reviewers_do_not_overwrite_each_other(
    browser: Browser, page: Page, review: Served
) -> None:
    other = browser.page()
    for one in (page, other):
        look(one, review, finding(GONE[20]))
    follow(other, "document.querySelector('#decide-confirmed button').click()")
    page.ask("document.querySelector('#decide-dismissed [name=note]').value = 'Mine.'")
    follow(page, "document.querySelector('#decide-dismissed button').click()")
    assert "Somebody decided before you" in page.ask("document.querySelector('h1').textContent")
    assert badges(page) == ["✕ Confirmed as broken", "‖ Dismiss until it changes"]
    assert "Mine." in page.ask("document.body.innerText")
    follow(page, "document.querySelector('.two form').requestSubmit()")
    look(page, review, finding(GONE[20]))
    assert badges(page)[0] == "‖ Dismissed until it changes"
    other.close()


def test_it_works_without_scripts(browser: Browser, review: Served) -> None:
    plain = browser.page()
    plain.call("Emulation.setScriptExecutionDisabled", value=True)
    plain.open(f"{review.review}{finding(GONE[30])}")
    _wait_for_text(plain, "Confirm as broken")
    root = plain.call("DOM.getDocument")["root"]["nodeId"]
    button = plain.call("DOM.querySelector", nodeId=root, selector="#decide-confirmed button")
    corner = plain.call("DOM.getBoxModel", nodeId=button["nodeId"])["model"]["content"]
    plain.click(corner[0] + 5, corner[1] + 5)
    _wait_for_text(plain, f"Confirmed as broken: {GONE[30]}")
    plain.close()


def _wait_for_text(page: Page, text: str) -> None:
    """Wait until a page whose scripts are off has an element with this text."""
    for _ in range(500):
        shown = page.call("DOMSnapshot.captureSnapshot", computedStyles=[])["strings"]
        if any(text in one for one in shown):
            return
        time.sleep(0.02)
    raise AssertionError(f"never there: {text}")
