"""The statements of revisits: pages whose payload lies in the record of another URL.

A writer that knows a payload already keeps only a revisit of it (WARC 1.1 section 6.7). Where the
payload was first met under the same URL, nothing is new. Where it was met under another, the
revisit is the only capture of its URL and as good as a response.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from functools import cached_property, lru_cache
from pathlib import Path

from pipelines.places import Places
from pipelines.sites import site_for
from pipelines.statements.record import Provenance, Reason, Statement
from pipelines.statements.statement import MOST_BYTES, extract_statement, statement_from_html
from warc.capture import Capture
from warc.collection import WARC_SUFFIXES
from warc.damage import DamagedError
from warc.locator import Locator
from warc.random_access import capture_at
from warc.reader import iter_captures

ORIGINAL_MISSING = "revisit-original-missing"


class Payloads:
    """The payloads of one file's captures while it is read, those of its revisits included."""

    def __init__(self, file: Path, indexes: Path | None = None) -> None:
        self._file = file
        self._indexes = indexes
        self._earlier = Places()
        self._given: set[int] = set()

    def statement_of(self, capture: Capture) -> Statement | str:
        """Return the statement of a capture, or the reason for none.

        To be called with every capture in the file's order: a revisit's payload most often lies
        in front of it.
        """
        if capture.record_type != "revisit":
            _note(capture, self._earlier)
            derived = extract_statement(capture, site_for(capture.target_uri))
            return derived if isinstance(derived, Statement) else derived.reason.value
        return self._of_revisit(capture)

    def _of_revisit(self, revisit: Capture) -> Statement | str:
        if not revisit.has_payload or revisit.refers_to_uri == revisit.target_uri:
            return Reason.REVISIT.value
        again = hash((revisit.target_uri, revisit.payload_digest))
        if again in self._given:
            return Reason.REVISIT.value
        original = self._original(revisit)
        if original is None:
            return ORIGINAL_MISSING
        if original.target_uri == revisit.target_uri:
            return Reason.REVISIT.value
        self._given.add(again)
        provenance = Provenance(
            url=revisit.target_uri,
            status=original.status if revisit.status is None else revisit.status,
            content_type=revisit.content_type or original.content_type,
            captured=revisit.date,
            locator=revisit.locator,
            payload_digest=str(revisit.payload_digest) if revisit.payload_digest else None,
            truncated=original.truncated,
        )
        html = original.payload(MOST_BYTES)
        derived = statement_from_html(html, provenance, site_for(provenance.url))
        return derived if isinstance(derived, Statement) else derived.reason.value

    def _original(self, revisit: Capture) -> Capture | None:
        folder = self._file.parent
        found = _read({self._file.name: self._earlier}, folder, revisit)
        if found is None and self._in_index is not None:
            return self._in_index(folder, revisit)
        return found or _read(_beside(folder), folder, revisit)

    @cached_property
    def _in_index(self) -> Callable[[Path, Capture], Capture | None] | None:
        """Return the search for an original by the index; None where there is no index."""
        from warc.cdxj import CdxjIndex, index_files  # seldom needed, and long to import
        from warc.rebuild import indexed_original

        if self._indexes is None or not index_files(self._indexes):
            return None
        index = CdxjIndex(self._indexes)
        return lambda folder, revisit: indexed_original(folder, revisit, index)


def _note(capture: Capture, places: Places) -> None:
    """Note where a capture lies by its payload digest, and by its URL and date."""
    if capture.status in (None, 200):
        offset = capture.record.offset
        if capture.payload_digest is not None:
            places.add(capture.payload_digest, offset)
        places.add((capture.target_uri, _second(capture.date)), offset)


def _second(date: datetime) -> int:
    """Return a date as the records of others have it, to the second."""
    return int(date.timestamp() // 1)


def _wanted(revisit: Capture) -> Iterator[object]:
    if revisit.payload_digest is not None:
        yield revisit.payload_digest
    if revisit.refers_to_uri is not None and revisit.refers_to_date is not None:
        yield revisit.refers_to_uri, _second(revisit.refers_to_date)


def _read(places: dict[str, Places], folder: Path, revisit: Capture) -> Capture | None:
    for locator in _locators(places, revisit):
        try:
            found = capture_at(folder, locator)
        except (OSError, DamagedError):
            continue
        if None in (found.payload_digest, revisit.payload_digest):
            if found.target_uri == revisit.refers_to_uri:
                return found
        elif found.payload_digest == revisit.payload_digest:
            return found
    return None


def _locators(places: dict[str, Places], revisit: Capture) -> Iterator[Locator]:
    """Yield the first place of each of the keys that a revisit is looked for with."""
    for key in _wanted(revisit):
        for name, of_file in places.items():
            offset = of_file.get(key)
            if offset is not None:
                yield Locator(file=name, offset=offset, length=0)  # 0: not known
                break


@lru_cache(maxsize=1)
def _beside(folder: Path) -> dict[str, Places]:
    """Return where the pages of all WARC files of a folder lie; read once, when first wanted."""
    places: dict[str, Places] = {}
    for file in sorted(p for p in folder.iterdir() if p.name.endswith(WARC_SUFFIXES)):
        places[file.name] = Places()
        try:
            for found in iter_captures(file):
                if isinstance(found, Capture) and found.record_type != "revisit":
                    _note(found, places[file.name])
        except OSError:  # told where the file itself is to be extracted
            continue
    return places
