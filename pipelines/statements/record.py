"""What a page gives: a statement, or the reason why there is none."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, NamedTuple, Self

from pipelines.statements.outlinks import CITED, Outlink
from pipelines.statements.speakers import Speaker
from warc.locator import Locator

SCHEMA = 1


class Reason(StrEnum):
    """Why a capture gives no statement."""

    REVISIT = "revisit"  # its payload lies in another record, which is read by itself
    REDIRECT = "redirect"
    ERROR = "error"
    TECHNICAL_DIFFICULTIES = "technical-difficulties"
    BLOCKED = "blocked"
    META_REFRESH = "meta-refresh"
    DOCUMENT = "document"
    NOT_HTML = "not-html"
    EMPTY = "empty"
    INDEX = "index"
    SECTION = "section"
    PRINT_VIEW = "print-stub"
    REPORT = "report"
    NO_TEMPLATE = "no-template"
    TOO_DEEP = "too-deep"  # nests as no page does that is meant to be read


class DateSource(StrEnum):
    """Where the date of a statement was read."""

    HEADER = "header"
    METADATA = "metadata"  # JSON-LD or a meta element: the publishing system's date
    ADDRESS = "address"  # year and month in the path


@dataclass(frozen=True, slots=True, kw_only=True)
class NotAStatement:
    """A capture that gives no statement; `detail` says more where there is more to say."""

    url: str
    reason: Reason
    detail: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """Which capture a record is made from."""

    url: str
    status: int | None
    content_type: str | None
    captured: datetime
    locator: Locator
    payload_digest: str | None = None
    truncated: str | None = None


class Turn(NamedTuple):
    """One turn of a transcript: `paragraphs[start:end]` are what `speaker` says.

    A tuple, not a dataclass: a briefing has hundreds.
    """

    speaker: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One statement as one capture shows it.

    `title`, `document_type`, `office`, `venue` and `place` are as written, white space reduced.
    `date` is ISO as far as `date_precision` goes. `paragraphs` are the body, one for each block
    element, `markdown` the same with emphasis, lists, tables and links. `text_begins` and
    `text_ends` are the paragraphs "Begin text" and "End text". `text_digest` is over title and
    paragraphs, so that changed text is told from changed markup. `links` are all links of the body,
    `cited` those that lead off the page, `outlinks` those of them that are anchors.
    """

    url: str
    original_url: str | None
    era: str
    template: str
    captured: datetime
    locator: Locator
    payload_digest: str | None
    title: str
    document_type: str | None
    speakers: tuple[Speaker, ...]
    office: str | None
    bureau: str | None
    venue: str | None
    place: str | None
    place_normalised: str | None
    date: str | None
    date_precision: str | None
    date_source: str | None
    prn: str | None
    language: str | None
    series: tuple[str, ...]
    paragraphs: tuple[str, ...]
    markdown: str
    text_begins: int | None
    text_ends: int | None
    turns: tuple[Turn, ...]
    links: tuple[Outlink, ...]
    warnings: tuple[str, ...]
    text_digest: str

    @property
    def cited(self) -> tuple[Outlink, ...]:
        """Return the links that lead off the page: neither mail nor fragments."""
        return tuple(link for link in self.links if link.kind in CITED)

    @property
    def outlinks(self) -> tuple[Outlink, ...]:
        """Return the anchors that lead off the page, without the URLs written out in the text."""
        return tuple(link for link in self.links if _is_outlink(link))

    @property
    def body(self) -> str:
        """Return the paragraphs with a blank line between."""
        return "\n\n".join(self.paragraphs)

    def as_json(self) -> dict[str, Any]:
        """Return the statement as JSON values, keys in a fixed order."""
        place = self.locator
        return {
            "schema": SCHEMA,
            "url": self.url,
            "original_url": self.original_url,
            "era": self.era,
            "template": self.template,
            "captured": self.captured.isoformat(),
            "warc": {"file": place.file, "offset": place.offset, "length": place.length},
            "payload_digest": self.payload_digest,
            "title": self.title,
            "document_type": self.document_type,
            "speakers": [{"name": s.name, "role": s.role} for s in self.speakers],
            "office": self.office,
            "bureau": self.bureau,
            "venue": self.venue,
            "place": self.place,
            "place_normalised": self.place_normalised,
            "date": self.date,
            "date_precision": self.date_precision,
            "date_source": self.date_source,
            "prn": self.prn,
            "language": self.language,
            "series": list(self.series),
            "body": self.body,
            "markdown": self.markdown,
            "text_begins": self.text_begins,
            "text_ends": self.text_ends,
            "turns": [list(turn) for turn in self.turns],
            "outlinks": [link.as_json() for link in self.outlinks],
            "other_links": [link.as_json() for link in self.links if not _is_outlink(link)],
            "warnings": list(self.warnings),
            "text_digest": self.text_digest,
        }

    @classmethod
    def from_json(cls, values: dict[str, Any]) -> Self:
        """Return the statement `as_json` wrote."""
        known = dict(values)
        known.pop("schema")
        links = [Outlink.from_json(link) for link in known.pop("outlinks")]
        links += [
            Outlink.from_json(link, is_bare=link["kind"] in CITED)
            for link in known.pop("other_links")
        ]
        links.sort(key=lambda link: link.position)
        body = known.pop("body")
        known |= {
            "captured": datetime.fromisoformat(known["captured"]),
            "locator": Locator(**known.pop("warc")),
            "speakers": tuple(Speaker(**speaker) for speaker in known["speakers"]),
            "series": tuple(known["series"]),
            "paragraphs": tuple(body.split("\n\n")) if body else (),
            "turns": tuple(Turn(*turn) for turn in known["turns"]),
            "links": tuple(links),
            "warnings": tuple(known["warnings"]),
        }
        return cls(**known)


def _is_outlink(link: Outlink) -> bool:
    return link.kind in CITED and not link.is_bare
