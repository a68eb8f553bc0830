"""Tell the pages that are no statement, each with its reason."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipelines.statements.header import Header
from pipelines.statements.line_kinds import is_like_a_type
from pipelines.statements.page import Page
from pipelines.statements.paragraphs import Block
from pipelines.statements.record import NotAStatement, Provenance, Reason
from pipelines.urls import path_of
from warc.charset import text_of

_HTML_TYPES = ("text/html", "application/xhtml+xml")
_DOCUMENT_TYPES = re.compile(
    r"application/(?:pdf|msword|rtf|vnd\.|zip|epub|postscript)|text/(?:rtf|csv)", re.IGNORECASE
)
_DOCUMENT_MAGIC = (b"%PDF-", b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"{\\rtf")
_DIFFICULTIES = re.compile(r"(?i)technical difficult(?:y|ies)")
_WALL = re.compile(
    r"(?i)attention required|access denied|just a moment|you have been blocked|are you a robot"
    r"|request (?:blocked|rejected)|security check|pardon our interruption"
)
_ERROR = re.compile(
    r"(?i)(?:error\b.{0,20}|(?:4\d\d|50\d)\b.{0,40}|(?:the )?(?:page|file|object|resource)"
    r"(?: you requested)?(?: was| is|'s| can ?not be)? (?:not|un)\s?(?:found|available|be found)"
    r"|not found|page (?:removed|missing|unavailable)|service unavailable"
    r"|internal server error|bad (?:request|gateway)|forbidden|we.?re sorry.{0,40})[.!]?"
)
_REPORT = re.compile(r"(?i)\breports?\b")
_REPORT_PATH = re.compile(r"(?i)/(?:rpt|[a-z]*rpt|reports?)/")
_PRESS_PATH = re.compile(r"(?i)/(?:prs|prsrl|rm|remarks|dpb|statements|briefings)/")
_INDEX_DATE = re.compile(r"\(?\d{1,2}/\d{1,2}/\d{2,4}\b|[A-Z][a-z]+ \d{1,2}, \d{4}\b")
_MOST_DELAY = 30  # seconds; longer refreshes reload a page that is meant to be read
_SMALL = 8192  # bytes: no page of a template is that small
_MOSTLY = 0.6
_FEWEST_LISTED = 2

Exclusion = tuple[Reason, str | None]


def excluded_answer(provenance: Provenance, html: bytes | None = None) -> NotAStatement | None:
    """Return why an answer holds no page at all, by its status, its type and its first bytes."""
    found = _answer(provenance, html)
    return NotAStatement(url=provenance.url, reason=found[0], detail=found[1]) if found else None


def _answer(provenance: Provenance, html: bytes | None) -> Exclusion | None:
    status = provenance.status
    kind = (provenance.content_type or "").partition(";")[0].strip().lower()
    if status is not None and 300 <= status < 400:  # noqa: PLR2004 - RFC 9110 section 15.4
        return Reason.REDIRECT, str(status)
    if status is not None and status != 200:  # noqa: PLR2004 - 206 and the like are no whole page
        return Reason.ERROR, str(status)
    if _DOCUMENT_TYPES.match(kind) or (html or b"").startswith(_DOCUMENT_MAGIC):
        return Reason.DOCUMENT, kind or None
    if kind and kind not in _HTML_TYPES and not _looks_like_html(html):
        return Reason.NOT_HTML, kind
    is_empty = html is not None and (not html or html.isspace())
    return (Reason.EMPTY, None) if is_empty else None


def _looks_like_html(html: bytes | None) -> bool:
    """Return whether bytes served under another type are a page all the same.

    None, for bytes not read yet, counts: servers say text/plain or octet-stream for old pages.
    """
    return html is None or re.match(rb"(?i)\s*(?:<!doctype html|<html)", html[:512]) is not None


def excluded_page(page: Page, url: str) -> NotAStatement:
    """Return why a page of no known template is none."""
    reason, detail = _stub(page) or (Reason.NO_TEMPLATE, page.document_title or None)
    return NotAStatement(url=url, reason=reason, detail=detail)


def excluded_header(page: Page, title: str | None, header: Header) -> Exclusion | None:
    """Return why the front of a page is not that of a statement; None where it may be."""
    if title is None:
        return _stub(page) or (Reason.SECTION, None)
    if header.report and not header.document_type:
        return Reason.REPORT, header.report
    if header.document_type and _is_type_of_report(header.document_type):
        return Reason.REPORT, header.report or header.document_type
    return None


def excluded_report(page: Page, url: str, title: str, header: Header) -> Exclusion | None:
    """Return that a page is a report by all that stands before its text; None where it is none."""
    return (Reason.REPORT, header.document_type) if _is_report(page, url, title, header) else None


def excluded_text(
    page: Page, url: str, title: str, header: Header, blocks: Sequence[Block]
) -> Exclusion | None:
    """Return why a page is no statement though its template is known; None where it is one."""
    is_press = bool(header.date_text) and _is_of_press(url)
    if not (header.is_of_statement() or is_press):
        return _stub(page) or _named_error(title) or _list_or_section(blocks)
    if not any(block.text for block in blocks):
        return _stub(page) or (Reason.EMPTY, None)
    return None


def _stub(page: Page) -> Exclusion | None:
    """Return the reason of a page that only stands in for another."""
    refresh = page.refresh
    if refresh and refresh[0] <= _MOST_DELAY and refresh[1]:
        return Reason.META_REFRESH, refresh[1]
    if b"printable banner" in page.source[:20_000].lower():
        return Reason.PRINT_VIEW, None
    if len(page.source) < _SMALL and _DIFFICULTIES.search(text_of(page.source)):
        return Reason.TECHNICAL_DIFFICULTIES, None
    return _named_error(page.document_title)


def _named_error(title: str) -> Exclusion | None:
    if _DIFFICULTIES.search(title):
        return Reason.TECHNICAL_DIFFICULTIES, None
    if _WALL.search(title):
        return Reason.BLOCKED, title
    return (Reason.ERROR, title) if _ERROR.fullmatch(title.strip()) else None


def _is_report(page: Page, url: str, title: str, header: Header) -> bool:
    if header.document_type:
        return _is_type_of_report(header.document_type)
    if header.speakers or is_like_a_type(title) or _is_of_press(url):
        return False
    named = _REPORT.search(title) or _REPORT.search(page.document_title)
    return bool(named or _REPORT_PATH.search(path_of(url)))


def _is_of_press(url: str) -> bool:
    """Return whether an address is in a part of the site that has releases and remarks alone."""
    path = path_of(url)
    return _PRESS_PATH.search(path) is not None and not _REPORT_PATH.search(path)


def _is_type_of_report(text: str) -> bool:
    """Return whether a type names a report; "Remarks on the Report" names remarks."""
    return _REPORT.search(text) is not None and (
        text.casefold() == "report" or not is_like_a_type(text)
    )


def _list_or_section(blocks: Sequence[Block]) -> Exclusion:
    """Return whether a page without a header lists other pages, or is text of another kind."""
    linked = sum(a.end - a.start for block in blocks for a in block.anchors)
    size = sum(len(block.text) for block in blocks)
    dated = sum(1 for b in blocks if b.anchors and _INDEX_DATE.search(b.text))
    is_list = dated >= _FEWEST_LISTED or (size and linked / size > _MOSTLY)
    return (Reason.INDEX, None) if is_list else (Reason.SECTION, None)
