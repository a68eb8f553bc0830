"""How one template lays out a page, as data: where the parts lie and what their names mean."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Field(StrEnum):
    """A line of a statement's header."""

    TYPE = "document_type"
    NAME = "speaker-name"
    ROLE = "speaker-role"
    SPEAKERS = "speakers"  # names with their roles in one line, or an office instead of them
    OFFICE = "office"
    VENUE = "venue"
    PLACE = "place"
    DATE = "date"
    REPORT = "report"
    TITLE = "title"
    PRN = "prn"


class HeaderForm(StrEnum):
    """Where the header's lines are."""

    FIELDS = "fields"  # a part of its own, each line in an element whose class names it
    LINES = "lines"  # unnamed lines at the start of the body, told apart by their content


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """A part of a page.

    `start` and `end` are text of the page's source (comments, as a rule) between which the part
    lies; a missing `end` is the page's. The first of `selectors` that finds anything in the
    template's window says where the part is, unless the marks are there and say otherwise.
    """

    start: bytes | None = None
    end: bytes | None = None
    selectors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """The layout shared by the pages of one or more host eras.

    A page is of this template if its source has one of `signs`. `window` bounds what is parsed
    at all; a report has one of `report_signs` there or below. `title` and `crumbs` are selectors.
    `field_parts` are matched in order against an element's class or id in lower case with every
    other character turned into "-": a part of the name decides, since whole names vary.
    """

    name: str
    signs: tuple[bytes, ...]
    window: Region
    body: Region
    title: tuple[str, ...]
    crumbs: tuple[str, ...] = ()
    header: Region | None = None
    prn: Region | None = None
    header_form: HeaderForm = HeaderForm.FIELDS
    field_parts: tuple[tuple[str, Field], ...] = ()
    dropped: tuple[str, ...] = ()  # selectors of what lies in the body and is no part of it
    body_ends: tuple[str, ...] = ()  # lines after which the body has only navigation
    report_signs: tuple[bytes, ...] = ()
    places_in_body: bool = False  # the first lines of the body are the venue and the place


FIELD_PARTS: tuple[tuple[str, Field], ...] = (
    ("report-name", Field.REPORT),
    ("report-title", Field.REPORT),
    ("document-type", Field.TYPE),
    ("doctype", Field.TYPE),
    ("doc-type", Field.TYPE),
    ("release-type", Field.TYPE),
    ("content-type", Field.TYPE),
    ("speaker-title", Field.ROLE),
    ("speaker-role", Field.ROLE),
    ("author-title", Field.ROLE),
    ("author-bureau", Field.SPEAKERS),
    ("byline", Field.SPEAKERS),
    ("author", Field.SPEAKERS),
    ("name", Field.NAME),
    ("speaker", Field.NAME),
    ("office", Field.OFFICE),
    ("bureau", Field.OFFICE),
    ("date", Field.DATE),
    ("venue", Field.VENUE),
    ("city", Field.PLACE),
    ("location", Field.PLACE),
    ("place", Field.PLACE),
    ("country", Field.PLACE),
    ("title", Field.ROLE),
    ("role", Field.ROLE),
    ("position", Field.ROLE),
    ("prn", Field.PRN),
    ("type", Field.TYPE),
)
