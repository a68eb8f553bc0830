"""The page is one file, closed to the network, and nothing of a page becomes markup in it."""

from __future__ import annotations

import base64
import hashlib
import re
from collections import Counter
from collections.abc import Callable
from html.parser import HTMLParser

import pytest

from reports.findings import Finding, Report
from reports.from_pages import is_web, visible
from reports.html import FIRST_ROWS, render

Make = Callable[..., Finding]
MakeReport = Callable[..., Report]


class Markup(HTMLParser):
    """What a browser without scripts would see: elements, attributes, text of raw elements."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: Counter[str] = Counter()
        self.attributes: list[tuple[str, str, str]] = []
        self.raw: list[tuple[str, str]] = []
        self._inside = ""
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements[tag] += 1
        self.attributes += [(tag, name, value or "") for name, value in attrs]
        self._inside = tag

    def handle_endtag(self, tag: str) -> None:
        self._inside = ""

    def handle_data(self, data: str) -> None:
        if self._inside in ("script", "style"):
            self.raw.append((self._inside, data))


@pytest.fixture(scope="module")
def hostile(report_of: MakeReport) -> Markup:
    return Markup(render(report_of(40, hostile=True)))


def test_hostile_strings_add_no_element(hostile: Markup, report_of: MakeReport) -> None:
    assert hostile.elements["script"] == 2
    assert hostile.elements["img"] == 0
    assert set(hostile.elements) == set(Markup(render(report_of(40))).elements)


def test_links_lead_to_the_web_or_inside_the_report(hostile: Markup) -> None:
    links = [value for tag, name, value in hostile.attributes if name == "href"]
    assert any("evil.example" in link for link in links)
    assert [link for link in links if not link.startswith(("http://", "https://", "#"))] == []


def test_links_that_leave_tell_nobody_where_from(hostile: Markup) -> None:
    leaving = [v for _, name, v in hostile.attributes if name == "href" and v[0] != "#"]
    rels = [value for _, name, value in hostile.attributes if name == "rel"]
    assert rels == ["noreferrer nofollow"] * len(leaving)


def test_nothing_is_loaded_and_no_attribute_holds_code(hostile: Markup) -> None:
    names = {name for _, name, _ in hostile.attributes}
    assert names.isdisjoint({"src", "srcset", "style", "action", "data", "background"})
    assert not [name for name in names if name.startswith("on")]
    assert hostile.elements["link"] == hostile.elements["base"] == hostile.elements["iframe"] == 0


def _digest(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def test_the_policy_allows_this_style_and_this_script_only(hostile: Markup) -> None:
    (policy,) = [v for _, name, v in hostile.attributes if name == "content" and "default-src" in v]
    digests = {
        f"{kind}-src": _digest(text)
        for kind, text in hostile.raw
        if not text.startswith('"ey') and "{" in text
    }
    directives = dict(part.strip().split(" ", 1) for part in policy.split(";"))
    assert directives == {
        "default-src": "'none'",
        **digests,
        "base-uri": "'none'",
        "form-action": "'none'",
    }


def test_direction_marks_are_spelled_out(report_of: MakeReport) -> None:
    page = render(report_of(0, hostile=True))
    shown = re.sub(r'(href|content)="[^"]*"', "", page)
    assert "\u202e" not in shown
    assert "⟨U+202E⟩" in shown


def test_the_page_can_be_written_as_utf_8(report_of: MakeReport) -> None:
    assert render(report_of(0, hostile=True)).encode("utf-8")


def test_without_scripts_the_first_broken_links_are_there(report_of: MakeReport) -> None:
    report = report_of(200)
    page = render(report)
    rows = page.partition("<noscript>")[2].partition("</noscript>")[0]
    assert rows.count("<tr>") == FIRST_ROWS + 1
    broken = next(f for f in report.findings if f.is_broken and f.confidence == "high")
    assert "Open the captured answer" in rows
    assert broken.citations[0].statement_title is not None


def test_the_head_gives_the_rate_with_all_its_parts(
    finding_of: Make, report_with: MakeReport
) -> None:
    outcomes = ("gone", "ok", "ok", "moved", "blocked", "excluded")
    page = render(report_with(*(finding_of(outcome=outcome) for outcome in outcomes)))
    text = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", page))
    assert "1 of 4 links that could be judged are broken" in text
    assert "25.0 %, 95 % interval 4.6 % to 69.9 %" in text
    assert "1 more could not be looked at and 1 was not asked" in text
    assert "strict, version 1" in text


def test_a_report_of_nothing_is_a_page_too(report_with: MakeReport) -> None:
    page = render(report_with())
    assert "0</b> of 0 links" in page
    assert "<figure>" not in page


def test_warnings_come_first_and_escaped(report_with: MakeReport) -> None:
    page = render(report_with(warnings=("run <void>",)))
    assert page.index("run &lt;void&gt;") < page.index('class="lead"')


def test_changes_are_told_only_beside_an_earlier_run(report_of: MakeReport) -> None:
    assert "since the last run</small>" in render(report_of(300))
    assert "since the last run</small>" not in render(report_of(300, previous=False))


def test_the_same_report_is_the_same_page(report_of: MakeReport) -> None:
    assert render(report_of(50)) == render(report_of(50))


@pytest.mark.parametrize("url", ["http://a.example/", "https://a.example", "HTTP://a.example/x"])
def test_addresses_of_the_web_may_be_links(url: str) -> None:
    assert is_web(url)


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        " javascript:alert(1)",
        "data:text/html,x",
        "//a.example/",
        "http:x",
        "http:///x",
        "http://[broken",
        "file:///etc/passwd",
        "mailto:a@b.example",
        "",
    ],
)
def test_other_addresses_may_not(url: str) -> None:
    assert not is_web(url)


def test_controls_are_visible_and_letters_left_alone() -> None:
    assert visible("a\u202eb\x00c\nd é 中") == "a⟨U+202E⟩b⟨U+0000⟩c d é 中"
