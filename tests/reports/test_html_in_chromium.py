"""The report in a real browser, opened from a file: filters, sort, sharing, keys, hostile text."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest
from browser import Browser, Page

from reports import csv as report_csv
from reports.changes import Change, changes
from reports.findings import Finding, Report
from reports.html import render
from reports.standing import OUTCOMES, Standing

READY = "document.documentElement?.dataset.ready"
ROWS = "[...document.querySelectorAll('#table tbody tr:not(.unfolded)')]"
COUNT = "document.getElementById('count').textContent"


@pytest.fixture(scope="module")
def report(report_of: Callable[..., Report]) -> Report:
    return report_of(400, hostile=True)


@pytest.fixture(scope="module")
def address(report: Report, tmp_path_factory: pytest.TempPathFactory) -> str:
    path: Path = tmp_path_factory.mktemp("report") / "report.html"
    path.write_text(render(report), encoding="utf-8")
    return path.as_uri()


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    """Yield the opened report; nothing but the file may have been asked for, nothing refused."""
    page = browser.page()
    page.open(address)
    page.wait(READY)
    yield page
    assert {url.partition("#")[0] for url in page.requests()} == {address}
    assert page.complaints() == []


def _look(page: Page, **state: str) -> None:
    """Follow a fragment and wait until it is drawn."""
    page.ask(
        "new Promise((drawn) => { addEventListener('hashchange', () => setTimeout(drawn),"
        f" {{once: true}}); location.hash = '{urlencode(state)}'; }})"
    )


def test_it_opens_with_the_broken_links_and_pages_through_them(page: Page, report: Report) -> None:
    broken = sum(finding.is_broken for finding in report.findings)
    assert page.ask(COUNT) == f"{broken} links"
    assert page.ask(f"{ROWS}.length") == 50
    page.ask("document.querySelector('#pager a').click()")
    page.wait("document.getElementById('pager').textContent.includes('Page 2 of')")
    assert "page=2" in page.ask("location.hash")


def test_a_shared_fragment_shows_the_same_view(
    browser: Browser, address: str, report: Report
) -> None:
    other = browser.page()
    other.open(f"{address}#show=all&host=www.un.org&sort=-url")
    other.wait(READY)
    urls = sorted((f.url for f in report.findings if f.host == "www.un.org"), reverse=True)
    assert other.ask(f"{ROWS}.map((row) => row.querySelector('.url').textContent)") == urls[:50]
    assert other.ask("document.getElementById('traces').textContent").startswith("Host: www.un.org")


def test_searching_filters_and_lives_in_the_address(page: Page) -> None:
    page.key("/")
    page.write("nuclear treaty")
    page.wait("location.hash.includes('q=nuclear+treaty')")
    number = int(page.wait(f"{COUNT}.includes('link') && {COUNT}").split()[0])
    assert 0 < number < 100
    page.ask("document.querySelector('#traces .clear').click()")
    page.wait("document.getElementById('q').value === '' || document.activeElement.id === 'q'")
    assert "q=" not in page.ask("location.hash")


def test_the_filters_of_statements_mean_one_statement(page: Page, report: Report) -> None:
    _look(page, show="all", year="2013", type="Remarks")
    wanted = sum(
        any(c.year == "2013" and c.document_type == "Remarks" for c in finding.citations)
        for finding in report.findings
    )
    assert page.ask(COUNT) == f"{wanted} links"


def test_sorting_is_told_to_those_who_cannot_see_it(page: Page) -> None:
    page.ask("document.querySelector('.of-cited button').click()")
    page.wait("document.querySelector('.of-cited').ariaSort === 'descending'")
    assert page.ask(f"{ROWS}[0].querySelector('td.of-cited').textContent") == "5"
    page.ask("document.querySelector('.of-cited button').click()")
    page.wait("document.querySelector('.of-cited').ariaSort === 'ascending'")


@pytest.mark.parametrize(
    ("view", "noun"), [("pages", "statements"), ("hosts", "hosts"), ("causes", "causes")]
)
def test_every_view_groups_the_links(page: Page, view: str, noun: str) -> None:
    _look(page, view=view, show="all")
    assert page.ask(COUNT).endswith(noun)
    assert page.ask(f"{ROWS}.length") > 5
    assert page.ask("document.querySelector('#tabs [aria-current]').dataset.view") == view
    page.ask(f"{ROWS}[0].querySelector('th a').click()")
    page.wait(f"{COUNT}.includes('link')")


def test_a_broken_link_unfolds_to_its_evidence(page: Page, report: Report) -> None:
    finding = next(f for f in report.findings if f.reason == "http-404" and len(f.citations) == 2)
    _look(page, link=finding.url, q=finding.url)
    shown = page.ask("document.querySelector('.detail').innerText")
    assert finding.sentence in shown
    assert finding.citations[0].sentence in shown
    assert finding.citations[1].statement_title in shown
    assert "404" in shown
    answer = page.ask("document.querySelector('.detail .answer').href")
    assert answer == f"http://localhost:8090/{finding.replay}"
    locator = finding.hops[0].locator
    assert locator is not None
    record = page.ask("document.querySelector('.detail a.record').href")
    assert record == f"http://localhost:8090/record/{locator.file}/{locator.offset}"


def test_a_link_without_an_answer_unfolds_to_the_record_of_the_attempt(
    page: Page, report: Report
) -> None:
    finding = next(
        f for f in report.findings if f.is_broken and not f.replay and f.hops and f.hops[-1].locator
    )
    _look(page, link=finding.url, q=finding.url)
    places = [hop.locator for hop in finding.hops] + list(finding.evidence)
    last = next(place for place in reversed(places) if place)
    proof = page.ask("document.querySelector('.detail .answer').href")
    assert proof == f"http://localhost:8090/record/{last.file}/{last.offset}"
    assert "muniment replay" in page.ask("document.querySelector('.detail').innerText")


def test_the_keyboard_alone_unfolds_a_link(page: Page) -> None:
    page.key("j")
    page.key("j")
    page.key("Enter")
    page.wait("document.activeElement.getAttribute('aria-expanded') === 'true'")
    assert page.ask(f"{ROWS}[1].nextSibling.className") == "unfolded"
    page.key("Enter")
    page.wait("document.activeElement.getAttribute('aria-expanded') === 'false'")
    assert "link=" not in page.ask("location.hash")


def test_a_mark_in_a_chart_leads_to_its_links(page: Page) -> None:
    page.ask("document.querySelector('.counts a').click()")
    page.wait("location.hash.includes('reason=')")
    page.wait(f"new Set({ROWS}.map((row) => row.querySelector('.code').textContent)).size === 1")


def test_the_way_to_the_links_keeps_the_view(page: Page) -> None:
    _look(page, view="hosts", show="all")
    page.ask("document.querySelector('.to-links').click()")
    page.wait("document.activeElement.id === 'browse'")
    assert page.ask("location.hash") == "#view=hosts&show=all"
    page.ask("document.querySelector('[href=\\'#reading\\']').click()")
    assert page.ask("document.getElementById('reading').open")


def test_hostile_findings_are_shown_and_do_nothing(page: Page, report: Report) -> None:
    for finding in report.findings[400:]:
        _look(page, view="links", show="broken", link=finding.url, year="2013", type="")
        assert page.ask("document.querySelector('.detail') !== null"), finding.url[:80]
        _look(page, view="pages")
    assert page.ask("document.querySelectorAll('img, iframe, script').length") == 1
    assert "owned" not in page.ask("document.title")
    hrefs = page.ask("[...document.links].map((link) => link.getAttribute('href'))")
    assert [href for href in hrefs if not href.startswith(("http://", "https://", "#"))] == []


def test_direction_marks_turn_nothing_around(page: Page) -> None:
    _look(page, q="gpj.exe")
    assert "evil.example/⟨U+202E⟩gpj.exe" in page.ask("document.querySelector('#table').innerText")
    assert "\u202e" not in page.ask("document.body.innerText")


def test_the_saved_csv_is_harmless(page: Page) -> None:
    cells = page.ask(
        "['=1+1', '+1', '-1', '@x', '\\t=1', 'a,b', 'say \"x\"', 7, null].map(csvCell)"
    )
    assert cells == ["'=1+1", "'+1", "'-1", "'@x", "'\t=1", '"a,b"', '"say ""x"""', "7", ""]
    text = page.ask("csvOf([], {})")
    assert text.startswith("\ufeffurl,host,standing,outcome,")


@pytest.mark.parametrize("view", ["links", "new", "pages", "hosts", "causes"])
@pytest.mark.parametrize("width", [360, 800])
def test_no_screen_needs_sideways_scrolling(
    browser: Browser, address: str, width: int, view: str
) -> None:
    narrow = browser.page(width=width, height=800, scheme="dark")
    narrow.open(f"{address}#view={view}&show=all")
    narrow.wait(READY)
    narrow.ask(f"{ROWS}[0].querySelector('.fold')?.click()")
    assert narrow.ask("document.documentElement.scrollWidth") <= width


def test_paper_shows_the_links_and_no_controls(page: Page) -> None:
    page.ask("dispatchEvent(new Event('beforeprint'))")
    page.call("Emulation.setEmulatedMedia", media="print")
    assert page.ask(f"{ROWS}.length") > 50
    assert page.ask("getComputedStyle(document.getElementById('filters')).display") == "none"
    assert page.ask("document.querySelector('#table').offsetHeight") > 1000
    page.call("Emulation.setEmulatedMedia", media="")
    page.ask("dispatchEvent(new Event('afterprint'))")
    assert page.ask(f"{ROWS}.length") == 50


@pytest.fixture
def kept(page: Page) -> Page:
    """Return the page with what it saves kept as text in `saved` instead of in a file."""
    page.ask("globalThis.saved = null, globalThis.download = (_, text) => { saved = text; }, 0")
    return page


def test_the_csv_has_the_filtered_rows(kept: Page, report: Report) -> None:
    _look(kept, show="all", host="www.un.org")
    kept.ask("document.getElementById('download').click()")
    rows = list(csv.DictReader(kept.ask("saved").removeprefix("\ufeff").splitlines()))
    filtered = [finding for finding in report.findings if finding.host == "www.un.org"]
    assert {row["url"] for row in rows} == {finding.url for finding in filtered}


def test_the_csv_has_the_cells_of_the_one_beside_the_report(kept: Page, report: Report) -> None:
    _look(kept, show="broken", host="www.un.org")
    kept.ask("document.getElementById('download').click()")
    ours = list(csv.DictReader(kept.ask("saved").removeprefix("\ufeff").splitlines()))
    text = "".join(report_csv.render(report)).removeprefix("\ufeff")
    beside = [
        row
        for row in csv.DictReader(io.StringIO(text, newline=""))
        if row["host"] == "www.un.org" and row["standing"] == "broken"
    ]
    to_the_minute = {"checked", "broken_since", "replacement_date"}
    names = [name for name in ours[0] if name not in to_the_minute]
    assert [[row[name] for name in names] for row in ours] == [
        [row[name] for name in names] for row in beside
    ]
    left_out = [name for name in report_csv.COLUMNS if name not in ours[0]]
    assert left_out == ["warc_file", "warc_offset"]


def test_the_new_tab_tells_what_changed(page: Page, report: Report) -> None:
    news = changes(report)
    page.ask("document.querySelector('#tabs [data-view=new]').click()")
    page.wait("location.hash.includes('view=new')")
    changed = sum(count for what, count in news.items() if what not in (Change.NONE, Change.STILL))
    page.wait(f"{COUNT} === '{changed} links'")
    _look(page, view="new", show="broken")
    assert page.ask(COUNT) == f"{news[Change.NEW]} links"


def test_a_first_run_says_that_there_is_nothing_to_compare_with(
    browser: Browser, report_of: Callable[..., Report], tmp_path: Path
) -> None:
    path = tmp_path / "report.html"
    path.write_text(render(report_of(20, previous=False)), encoding="utf-8")
    first = browser.page()
    first.open(f"{path.as_uri()}#view=new&show=all")
    first.wait(READY)
    assert "no earlier run" in first.ask(COUNT)


def test_a_domain_is_a_filter(page: Page, report: Report) -> None:
    _look(page, show="all", tld="gov")
    wanted = sum(finding.host.endswith(".gov") for finding in report.findings)
    assert page.ask(COUNT) == f"{wanted} links"
    assert "Top-level domain: gov" in page.ask("document.getElementById('traces').textContent")


@pytest.mark.parametrize("words", ["NUCLEAR treaty", "www.un.org timeout", "parking service"])
def test_a_search_finds_every_link_that_has_all_words(
    page: Page, report: Report, words: str
) -> None:
    _look(page, show="all", q=words)
    found = {
        finding.url
        for finding in report.findings
        if all(word in _text(finding) for word in words.lower().split())
    }
    assert page.ask(COUNT).split()[0] == str(len(found))


def _text(finding: Finding) -> str:
    quoted = finding.citations if finding.standing is not Standing.WORKS else ()
    quoted = quoted if finding.is_broken else quoted[:1]
    words = [finding.url, finding.final_url or "", OUTCOMES[finding.outcome].label]
    words += [finding.reason, finding.sentence]
    words += [citation.statement_title or "" for citation in finding.citations]
    words += [f"{citation.text}\n{citation.sentence}" for citation in quoted]
    return "\n".join(words).lower()


def test_a_link_unfolds_to_its_replacement_and_its_state(page: Page, report: Report) -> None:
    finding = next(f for f in report.findings if f.replacement and f.state == "dead-gone")
    assert finding.replacement is not None
    _look(page, link=finding.url, q=finding.url)
    shown = page.ask("document.querySelector('.detail').innerText")
    assert "confirmed by repeated checks" in shown
    assert f"{finding.first_broken:%Y-%m-%d}, failed {finding.failures} times" in shown
    hrefs = page.ask("[...document.querySelectorAll('.facts a')].map((link) => link.href)")
    assert finding.replacement.url in hrefs


def test_every_chart_has_a_table(page: Page) -> None:
    figures = page.ask("document.querySelectorAll('figure').length")
    assert figures == 8
    assert page.ask("document.querySelectorAll('figure:has(table caption)').length") == figures
