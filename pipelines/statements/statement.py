"""Derive a statement from a capture of its page: a pure function of the bytes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice, takewhile

from pipelines.sites import SiteProfile, site_for, template_of
from pipelines.sites.template import HeaderForm, Template
from pipelines.statements.body_text import paragraphs_of, text_digest
from pipelines.statements.dates import PartialDate, Precision, date_in_path, parse_date
from pipelines.statements.exclusions import (
    Exclusion,
    excluded_answer,
    excluded_header,
    excluded_page,
    excluded_report,
    excluded_text,
)
from pipelines.statements.header import Header, read_header
from pipelines.statements.header_lines import Line, labelled_lines
from pipelines.statements.item_ids import is_plausible, item_id
from pipelines.statements.markdown import markdown
from pipelines.statements.one_block_pages import with_header_apart
from pipelines.statements.outlinks import read_outlinks
from pipelines.statements.page import Page
from pipelines.statements.paragraphs import Block, read_blocks
from pipelines.statements.places import normalise_place
from pipelines.statements.record import (
    DateSource,
    NotAStatement,
    Provenance,
    Reason,
    Statement,
    Turn,
)
from pipelines.statements.speakers import Speaker
from pipelines.statements.turns import quoted_text, turns_of
from pipelines.statements.unnamed_lines import (
    LOOKED_AT,
    lines_of_blocks,
    places_at_start,
    title_of_lines,
)
from pipelines.urls import path_of, without_fragment
from warc.capture import Capture
from warc.charset import text_of

__all__ = [
    "EXTRACTOR_VERSION",
    "DateSource",
    "NotAStatement",
    "Provenance",
    "Reason",
    "Speaker",
    "Statement",
    "Turn",
    "extract_statement",
    "statement_from_html",
]

EXTRACTOR_VERSION = "3"
MOST_BYTES = 16 << 20  # of a page; the longest real one has 3 MB
_LONG = 1 << 17  # bytes: parsing what stands before the body of such a page may spare the rest

_SITE_IN_TITLE = re.compile(
    r"\s+[-|\u2013\u2014]\s+(?:United States|U\.S\.) Department of State\s*$"
)
_HEADINGS = ("h1", "h2")
_PRN = re.compile(r"\b(?:PRN|No\.?|Number)?\s*:?\s*((?:19|20)\d{2}/\d{1,5})\b")


def extract_statement(
    capture: Capture, site: SiteProfile | None = None
) -> Statement | NotAStatement:
    """Return the statement on a captured page, or why there is none.

    `site` is that of the capture's host where it is not given.
    """
    provenance = Provenance(
        url=capture.target_uri,
        status=capture.status,
        content_type=capture.content_type,
        captured=capture.date,
        locator=capture.locator,
        payload_digest=str(capture.payload_digest) if capture.payload_digest else None,
        truncated=capture.truncated,
    )
    if capture.record_type == "revisit":
        return NotAStatement(url=provenance.url, reason=Reason.REVISIT)
    early = excluded_answer(provenance)
    if early:
        return early
    return statement_from_html(capture.payload(MOST_BYTES), provenance, site)


def statement_from_html(
    html: bytes, provenance: Provenance, site: SiteProfile | None = None
) -> Statement | NotAStatement:
    """Return the statement on the page `html`, without transfer or content coding."""
    early = excluded_answer(provenance, html)
    if early:
        return early
    site = site or site_for(provenance.url)
    page = Page(html, provenance.content_type)
    template = template_of(page.source, site)
    if template is None:
        return excluded_page(page, provenance.url)
    if page.shows(template.report_signs, template):
        return NotAStatement(url=provenance.url, reason=Reason.REPORT)
    if len(page.source) > _LONG:
        front = page.before(template.body)
        found = front and _Reading(front, template, site, provenance).excluded_by_front()
        if found and found.reason is Reason.REPORT:
            return found
    return _Reading(page, template, site, provenance).result()


class _Reading:
    """One page being read: its parts in the order in which each needs the one before."""

    def __init__(
        self, page: Page, template: Template, site: SiteProfile, provenance: Provenance
    ) -> None:
        self.page = page
        self.template = template
        self.site = site
        self.provenance = provenance
        self.path = path_of(provenance.url)
        self.title = self._title()
        self.blocks: list[Block] = []
        self.header = Header()

    def excluded_by_front(self) -> NotAStatement | None:
        """Return why the page is no statement if what stands before its body says so."""
        self.header = read_header(self._labelled_lines())
        return self._not_a_statement(excluded_header(self.page, self.title, self.header))

    def result(self) -> Statement | NotAStatement:
        """Return what the page is; reports may be huge and are told before their body is read."""
        lines = self._labelled_lines()
        self.header = read_header(lines)
        excluded = excluded_header(self.page, self.title, self.header)
        if excluded is None:
            excluded = self._read_body(lines)
        if excluded is None and self._is_index():
            excluded = Reason.INDEX, None
        if self.page.is_too_deep:
            excluded = Reason.TOO_DEEP, None
        return self._not_a_statement(excluded) or self._statement()

    def _not_a_statement(self, excluded: Exclusion | None) -> NotAStatement | None:
        url = self.provenance.url
        return excluded and NotAStatement(url=url, reason=excluded[0], detail=excluded[1])

    def _read_body(self, lines: list[Line]) -> Exclusion | None:
        """Read the body, of reports only its beginning; return why the page is no statement."""
        page, url, title = self.page, self.provenance.url, self.title or ""
        body = self._body_blocks()
        first = list(islice(body, LOOKED_AT))
        first = self._read_lines_in_body(lines, first)
        excluded = excluded_report(page, url, title, self.header)
        if excluded is None:
            self.blocks = [*first, *body]
            excluded = excluded_text(page, url, title, self.header, self.blocks)
        return excluded

    def _is_index(self) -> bool:
        header = self.header
        is_dated = header.document_type and header.date
        return not is_dated and self.site.is_index(without_fragment(self.provenance.url))

    def _title(self) -> str | None:
        for node in self.page.front(self.template.title, self.template):
            blocks = read_blocks([node])
            if node.tag not in _HEADINGS:
                text = title_of_lines([line for block in blocks for line in block.lines()])
            else:
                text = " ".join(block.text for block in blocks if block.text)
            if text:
                return text
        if self.template.header_form is HeaderForm.LINES or not self.template.signs:
            named = self.page.meta("og:title") or self.page.document_title
            return _SITE_IN_TITLE.sub("", named).strip() or None
        return None

    def _body_blocks(self) -> Iterator[Block]:
        roots = self.page.part(self.template.body, self.template)
        if self.template.dropped:
            for root in roots:
                for node in root.css(", ".join(self.template.dropped)):
                    node.decompose()
        blocks = read_blocks(roots)
        ends = self.template.body_ends
        return (
            takewhile(lambda block: block.text.casefold() not in ends, blocks) if ends else blocks
        )

    def _labelled_lines(self) -> list[Line]:
        lines: list[Line] = []
        for root in self.page.part(self.template.header, self.template):
            lines += labelled_lines(root, self.template.field_parts)
        return lines

    def _read_lines_in_body(self, lines: list[Line], first: list[Block]) -> list[Block]:
        """Read the header's lines that begin the body; return the blocks without them."""
        if self.template.header_form is HeaderForm.LINES:
            first = with_header_apart(first, self.title)
            more, taken = lines_of_blocks(first, self.title)
        elif self.template.places_in_body and not self.header.place and self.header.fields_found():
            more, taken = places_at_start(first)
        else:
            return first
        self.header = read_header([*lines, *more])
        return first[taken:]

    def _statement(self) -> Statement:
        header, provenance, page = self.header, self.provenance, self.page
        title = self.title or ""
        paragraphs = paragraphs_of(self.blocks)
        date, source = self._date()
        begins, ends = quoted_text(paragraphs)
        crumbs = self._crumbs()
        return Statement(
            url=provenance.url,
            original_url=page.meta("og:url"),
            era=self.site.era,
            template=self.template.name,
            captured=provenance.captured,
            locator=provenance.locator,
            payload_digest=provenance.payload_digest,
            title=title,
            document_type=header.document_type,
            speakers=tuple(header.speakers),
            office=header.office or _office_in_title(title, header.speakers),
            bureau=self._bureau(crumbs),
            venue=header.venue,
            place=header.place,
            place_normalised=header.place and normalise_place(header.place),
            date=date.iso if date else None,
            date_precision=date.precision.value if date else None,
            date_source=source and source.value,
            prn=self._prn(),
            language=page.language,
            series=crumbs,
            paragraphs=paragraphs,
            markdown=markdown(self.blocks),
            text_begins=begins,
            text_ends=ends,
            turns=turns_of(paragraphs),
            links=read_outlinks(self.blocks, provenance.url, page.base, self.site),
            warnings=self._warnings(date, source),
            text_digest=text_digest(title, paragraphs),
        )

    def _crumbs(self) -> tuple[str, ...]:
        """Return the breadcrumb, from the general to the particular, without "Home"."""
        nodes = self.page.front(self.template.crumbs, self.template)
        texts = (" ".join(node.text(separator=" ").split()) for node in nodes)
        return tuple(text for text in texts if text and text.casefold() != "home")

    def _bureau(self, crumbs: tuple[str, ...]) -> str | None:
        for crumb in crumbs:
            if crumb.startswith(("Bureau of", "Office of the Spokesperson")):
                return re.split(r"\s*[:(]", crumb)[0]
        if self.header.office and self.header.office.startswith("Bureau of"):
            return self.header.office
        return self.site.bureau_of(self.path)

    def _date(self) -> tuple[PartialDate | None, DateSource | None]:
        """Return the date and where it is from: the header, what the page's metadata, its path.

        A header's day without a year is of the year that the path tells.
        """
        in_path = date_in_path(self.path)
        if self.header.date:
            return self.header.date, DateSource.HEADER
        if self.header.date_text and in_path:
            of_year = parse_date(f"{self.header.date_text}, {in_path.iso[:4]}")
            if of_year:
                return of_year, DateSource.HEADER
        published = parse_date((self.page.published or "")[:10])
        if published:
            return published, DateSource.METADATA
        return in_path, DateSource.ADDRESS if in_path else None

    def _prn(self) -> str | None:
        found = _PRN.search(
            text_of(self.page.between(self.template.prn) or b"") or self.header.prn or ""
        )
        return found[1] if found else None

    def _warnings(self, date: PartialDate | None, source: DateSource | None) -> tuple[str, ...]:
        found = []
        if source is not DateSource.HEADER:
            found.append(f"no date in the header: {source.value if source else 'none anywhere'}")
        if not self.header.document_type:
            found.append("no document type")
        if self.header.unread:
            found.append(f"header lines not understood: {'; '.join(self.header.unread)}"[:200])
        item = item_id(self.path)
        if item and date and date.precision is Precision.DAY and not is_plausible(item, date.iso):
            found.append(f"id {item} is out of range for {date.iso}")
        if self.provenance.truncated:
            found.append(f"capture truncated: {self.provenance.truncated}")
        return tuple(found)


def _office_in_title(title: str, speakers: Sequence[Speaker]) -> str | None:
    """Return the office a title puts behind a speaker's name: "…, Bureau of X On the …"."""
    for speaker in speakers:
        found = re.search(
            rf"{re.escape(speaker.name)}, ((?:Bureau|Office) (?:of|for|to) .+?)"
            r"(?=,? (?:[Oo]n|[Aa]t|[Tt]o|[Ww]ith|[Bb]efore|[Ii]n)\b|[:;]|$)",
            title,
        )
        if found:
            return found[1]
    return None
