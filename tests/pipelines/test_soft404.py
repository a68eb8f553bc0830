"""When a page with a good status says that nothing is there, and when it only talks about it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pipelines.checks.page_facts import PageFacts, read_html
from pipelines.verdicts.rules import Rules
from pipelines.verdicts.soft404 import says_not_found, title_says_not_found

CORPUS = Path(__file__).parents[3] / "shared" / "corpus"
RULES = Rules()


def facts(html: str) -> PageFacts:
    return read_html(html.encode(), "text/html; charset=utf-8").facts


@pytest.mark.parametrize(
    "title",
    [
        "404",
        "404 Not Found",
        "Page Not Found | U.S. Embassy",
        "Error 404: page not found",
        "Oops! That page can’t be found. – Example",  # noqa: RUF001 - as sites write it
        "We're sorry, the page you requested cannot be found",
        "The page you requested was not found",
        "Página no encontrada | Gobierno",
        "Page introuvable - Ministère",
        "Seite nicht gefunden – Auswärtiges Amt",  # noqa: RUF001 - as sites write it
        "Página não encontrada",
        "Pagina non trovata",
        "Страница не найдена — МИД",
        "页面不存在",
        "お探しのページは見つかりませんでした",
        "الصفحة غير موجودة",
    ],
)
def test_a_title_that_is_nothing_but_not_found_counts(title: str) -> None:
    assert title_says_not_found(title, RULES)


@pytest.mark.parametrize(
    "title",
    [
        "How to fix “page not found” errors",
        "Why pages vanish: on 404 errors",
        "404 Media",
        "Survivors not found after ferry disaster",
        "Missing",
        "Error in the election count",
        "Treaty Series 404",
        "The Page Act of 1875",
        "Weapons of mass destruction not found in Iraq",
        "Lo siento",
        "",
    ],
)
def test_a_title_about_something_else_does_not(title: str) -> None:
    assert not title_says_not_found(title, RULES)


def test_an_article_about_missing_pages_is_a_page() -> None:
    prose = "Link rot means that a page could not be found where it once was. " * 40
    html = f"<title>Page not found</title><main><h1>Page not found</h1><p>{prose}</main>"
    assert says_not_found(facts(html), RULES) is None


def test_the_frame_of_a_site_neither_hides_nor_makes_an_error_page() -> None:
    menu = "<nav>" + "<a href=/x>Press releases and other documents</a> " * 200 + "</nav>"
    error = f"{menu}<main><h1>Sorry</h1><p>The page you are looking for could not be found.</main>"
    assert says_not_found(facts(error), RULES)
    page = "<main><h1>Remarks</h1><p>Thank you all for coming.</main>"
    footer = "<footer>The page you are looking for could not be found? Tell us.</footer>"
    assert says_not_found(facts(page + footer), RULES) is None


def test_a_list_of_links_on_an_error_page_does_not_hide_it() -> None:
    links = "<ul>" + "<li><a href=/a>A long link text of the site map here</a>" * 120 + "</ul>"
    html = f"<title>Not found</title><main><h1>Not found</h1><p>Try these:</p>{links}</main>"
    assert says_not_found(facts(html), RULES)


def test_the_archives_banner_is_no_error_page() -> None:
    banner = (
        "<div>You are viewing: ARCHIVED CONTENT. Information released online from January 20, "
        "2009 to January 20, 2017. NOTE: Content in this archive site is NOT UPDATED, and links "
        "may not function.</div>"
    )
    for body in ("<p>Short remarks.</p>", "", "<p>" + "The text. " * 200):
        html = f"<title>Remarks</title>{banner}{body}"
        assert says_not_found(facts(html), RULES) is None


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the shared corpus is not here")
def test_no_real_page_is_taken_for_an_error_page() -> None:
    for line in (CORPUS / "gold.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        read = read_html((CORPUS / row["file"]).read_bytes(), row["http"]["content_type"])
        expected = row["kind"] == "error" and row["http"]["status"] == 404
        assert (says_not_found(read.facts, RULES) is not None) == expected, row["file"]
