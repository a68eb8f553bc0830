"""The pages of the replay itself: what was captured, the captures of an address, one record."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import jinja2
from starlette.responses import HTMLResponse, Response

from warc.cdxj import CdxjEntry, CdxjIndex, index_files, timestamp
from warc.collection import Collection
from warc.locator import Locator
from warc.random_access import record_at
from warc.replay.choice import (
    Address,
    View,
    address_of,
    date_words,
    href,
    list_href,
    record_href,
)
from warc.replay.record_view import view_of
from warc.surt import surt

_LISTED = 200
ALWAYS = {"Referrer-Policy": "no-referrer", "Cache-Control": "no-store"}
_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; frame-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors {framed_by}"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Highlight:
    """A capture that the first page offers: its title and a note such as its date."""

    url: str
    captured: datetime
    text: str
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Highlights:
    """What the first page offers before the captures by address."""

    title: str
    rows: tuple[Highlight, ...]


class Pages:
    """The pages of one collection's replay."""

    def __init__(
        self,
        collection: Collection,
        index: CdxjIndex,
        highlights: Highlights | None,
        framed_by: str = "",
    ) -> None:
        self._policy = _POLICY.format(framed_by=framed_by or "'none'")
        self._collection = collection
        self._index = index
        self._highlights = highlights
        self._templates = jinja2.Environment(
            loader=jinja2.FileSystemLoader(Path(__file__).parent / "templates"),
            autoescape=True,
            undefined=jinja2.StrictUndefined,
        )

    def answer(self, path: str, url: str) -> Response:
        """Return the page of a path that is no replay address; `url` is what it asks about."""
        if path == "/" and not url:
            return self._home()
        if path in {"/", "/search"}:
            return self._search(url)
        if path == "/list":
            return self._captures_of(url)
        if match := re.fullmatch(r"/record/([^/]+)/(\d+)", path):
            return self._record(match[1], int(match[2]))
        return self.listing("No such page here", status=404)

    def missing(self, address: Address, words: str, status: int = 404) -> Response:
        """Return the page for what cannot be shown: why, and the captures nearest to it."""
        near = self._near(address.url)
        if near:
            words = f"{words} These are the nearest captures."
        return self.listing(f"Not captured: {address.url}", near, words=words, status=status)

    def _near(self, url: str) -> list[CdxjEntry]:
        """Return captures of `url`, else of addresses that begin like it, ever more loosely."""
        key = surt(url)
        while True:
            if found := self._index.prefix(key, _LISTED):
                return found
            shorter = re.sub(r"[^/?)]*[/?)]?$", "", key, count=1)
            if shorter == key or ")" not in shorter:
                return []
            key = shorter

    def _home(self) -> Response:
        """Return the first page: how much there is, the highlights, else what comes first."""
        captures = sum(_lines(path) for path in index_files(self._collection.indexes))
        files = _counted(len(self._collection.warc_files()), "WARC file")
        words = f"{_counted(captures, 'capture')} in {files}: pages as they were on the day shown."
        found = () if self._highlights else self._index.prefix("", _LISTED)
        return self.listing("What was captured", found, words=words, highlights=self._highlights)

    def _search(self, url: str) -> Response:
        key = surt(url) if url.strip() else ""
        found = self._index.prefix(key.removesuffix("/"), _LISTED)
        heading = f"Captures that begin with {url}" if url.strip() else "Captures, by address"
        return self.listing(heading, found, asked=url)

    def _captures_of(self, url: str) -> Response:
        found = self._index.captures(url)
        heading = f"{_counted(len(found), 'capture')} of {url}"
        return self.listing(heading, found[-_LISTED:], asked=url)

    def listing(
        self,
        heading: str,
        entries: Sequence[CdxjEntry] = (),
        *,
        words: str = "",
        asked: str = "",
        highlights: Highlights | None = None,
        status: int = 200,
    ) -> Response:
        """Return a page of captures under a heading; `asked` stands in its search field."""
        rows = [
            {
                "captured": date_words(entry),
                "status": entry.status,
                "mime": "as once before" if entry.is_revisit else entry.mime,
                "url": entry.url,
                "href": href(address_of(entry)),
            }
            for entry in entries
        ]
        values: dict[str, object] = {
            "heading": heading,
            "words": words,
            "entries": rows,
            "asked": asked,
            "more": len(rows) == _LISTED,
            "highlights": highlights and _shown(highlights),
            "collection": self._collection.name,
        }
        return self.page("captures.html", status, values)

    def _record(self, file: str, offset: int) -> Response:
        try:
            record = record_at(
                self._collection.archive, Locator(file=file, offset=offset, length=0)
            )
            view = view_of(record)
        except (OSError, ValueError) as error:
            return self.listing(
                "No such record", words=f"{file} at byte {offset}: {error}", status=404
            )
        entry = view.target and self._entry_at(view.target, file, offset)
        is_last = view.following is None or view.following >= record.path.stat().st_size
        following = None if is_last else Locator(file=file, offset=view.following or 0, length=0)
        values: dict[str, object] = {
            "file": file,
            "offset": offset,
            "length": record.length,
            "view": view,
            "original": view.original and href(view.original),
            "original_captured": view.original and f"{view.original.date:%Y-%m-%d %H:%M:%S} UTC",
            "replay": entry and href(address_of(entry)),
            "raw": entry and href(address_of(entry, View.RAW)),
            "list": view.target and self._index.captures(view.target) and list_href(view.target),
            "following": following and record_href(following),
        }
        return self.page("record.html", 200, values)

    def _entry_at(self, url: str, file: str, offset: int) -> CdxjEntry | None:
        here = (file, offset)
        captures = self._index.captures(url)
        return next((e for e in captures if (e.locator.file, e.locator.offset) == here), None)

    def page(self, template: str, status: int, values: Mapping[str, object]) -> Response:
        """Return a filled template."""
        html = self._templates.get_template(template).render(values)
        headers = {"Content-Security-Policy": self._policy, "X-Content-Type-Options": "nosniff"}
        return HTMLResponse(html, status, ALWAYS | headers)


def _shown(highlights: Highlights) -> dict[str, object]:
    rows = []
    for one in highlights.rows:
        address = Address(timestamp=timestamp(one.captured), view=View.FRAME, url=one.url)
        rows.append({"href": href(address), "text": one.text, "note": one.note})
    return {"title": highlights.title, "rows": rows}


def _counted(number: int, one: str) -> str:
    return f"{number:,} {one}{'' if number == 1 else 's'}"


def _lines(path: Path) -> int:
    with path.open("rb") as file:
        return sum(piece.count(b"\n") for piece in iter(lambda: file.read(1 << 20), b""))
