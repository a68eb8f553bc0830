"""One record out of a file of the archive, by where it lies."""

from __future__ import annotations

from pathlib import Path

from warc.capture import Capture, capture_of
from warc.damage import Damage, DamagedError
from warc.files.record import Record
from warc.files.text import Text
from warc.files.walk import Walk
from warc.locator import Locator

_OPEN = ".open"


def record_at(archive: Path, locator: Locator) -> Record:
    """Return the record that `locator` names in the folder `archive`.

    Raise DamagedError where no whole record begins there or its length is another (0 is taken
    for a length that is not known); OSError where the file cannot be read.
    """
    path = archive_file(archive, locator)
    with Text.open(path, locator.offset) as text:
        found = next(Walk(path, text, arc=True).run(), None)
    if found is None:
        raise _damaged(locator, "the file ends before this byte")
    if isinstance(found, Damage):
        raise _damaged(locator, f"no whole record begins here: {found.reason}")
    if found.offset != locator.offset:
        raise _damaged(locator, f"no record begins here; the next one does at {found.offset}")
    if locator.length and found.length and found.length != locator.length:
        reason = f"the record takes {found.length} bytes, not {locator.length}"
        raise _damaged(locator, reason)
    return found


def capture_at(archive: Path, locator: Locator, target_uri: str | None = None) -> Capture:
    """Return the capture that `locator` names in the folder `archive`.

    Raise DamagedError where there is none, or where it is one of another URL than `target_uri`;
    OSError where the file cannot be read.
    """
    record = record_at(archive, locator)
    capture = capture_of(record)
    if capture is None:
        raise _damaged(locator, f"a {record.type or 'nameless'} record, not a capture")
    if isinstance(capture, Damage):
        raise DamagedError(capture)
    if target_uri is not None and capture.target_uri != target_uri:
        raise _damaged(locator, f"a capture of {capture.target_uri}, not of {target_uri}")
    return capture


def archive_file(archive: Path, locator: Locator) -> Path:
    """Return the path of the locator's file, which may still be open for writing.

    Raise DamagedError for a name that leads out of the folder.
    """
    name = locator.file
    if name in ("", ".", "..") or any(sign in name for sign in "/\\\0"):
        raise _damaged(locator, "not the name of a file in the archive")
    path = archive / name
    being_written = archive / (name + _OPEN)
    return being_written if not path.exists() and being_written.exists() else path


def _damaged(locator: Locator, reason: str) -> DamagedError:
    return DamagedError(Damage(file=locator.file, offset=locator.offset, reason=reason))
