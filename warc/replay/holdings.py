"""The captures that an index names, each held against what its record says of itself."""

from __future__ import annotations

from pathlib import Path

from warc.capture import Capture
from warc.cdxj import CdxjEntry, build_index, timestamp
from warc.collection import Collection
from warc.damage import Damage, DamagedError
from warc.locator import Locator
from warc.random_access import archive_file, capture_at
from warc.surt import surt

_READ_AT_ONCE = 64 << 20  # on disk: seconds, while everybody else waits
_KEPT = 4

Signature = tuple[int, int, int]


class Holdings:
    """Read captures by index line; where a line misleads, find them by their own addresses.

    An index of another version of a file names bytes where another record lies, or none. The file
    is read again then, once for each state it is in; nothing is written.
    """

    def __init__(self, collection: Collection) -> None:
        self._archive = collection.archive
        self._indexed: dict[tuple[Path, Signature], dict[tuple[str, str], Locator]] = {}

    def capture(self, entry: CdxjEntry) -> Capture:
        """Return the capture of an index line.

        Raise DamagedError where there is none in the whole file, or where the file is too big to
        be searched while somebody waits; OSError where it cannot be read.
        """
        try:
            found = capture_at(self._archive, entry.locator)
        except DamagedError as error:
            return self._searched(entry, error.damage)
        if _is_of(found, entry):
            return found
        said = f"the index says {entry.url} here, the record {found.target_uri}"
        at = entry.locator
        return self._searched(entry, Damage(file=at.file, offset=at.offset, reason=said))

    def _searched(self, entry: CdxjEntry, damage: Damage) -> Capture:
        path = archive_file(self._archive, entry.locator)
        status = path.stat()
        if status.st_size > _READ_AT_ONCE:
            raise DamagedError(_with(damage, "its index does not match; delete it to have it made"))
        key = (path, (status.st_ino, status.st_size, status.st_mtime_ns))
        if key not in self._indexed:
            if len(self._indexed) >= _KEPT:
                self._indexed.clear()
            made = build_index(path)
            self._indexed[key] = {(one.urlkey, one.timestamp): one.locator for one in made}
        locator = self._indexed[key].get((entry.urlkey, entry.timestamp))
        if locator is None:
            raise DamagedError(_with(damage, "nor does this capture lie elsewhere in the file"))
        return capture_at(self._archive, locator)


def _is_of(capture: Capture, entry: CdxjEntry) -> bool:
    """Return whether a record is the one meant; addresses count by their keys."""
    same = capture.target_uri == entry.url or surt(capture.target_uri) == surt(entry.url)
    return same and timestamp(capture.date) == entry.timestamp


def _with(damage: Damage, more: str) -> Damage:
    return Damage(file=damage.file, offset=damage.offset, reason=f"{damage.reason}; {more}")
