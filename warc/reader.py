"""Read WARC and ARC files: every record, or a named damage; nothing is dropped in silence.

The files are walked by code of our own, since every reader there is passes over something without
a word (`docs/warc.md` says what). This module gathers what others use;
`warc.rebuild` makes exchanges of records again.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from warc.capture import Capture, capture_of
from warc.damage import Damage, DamagedError
from warc.files.record import Record
from warc.files.walk import iter_records
from warc.random_access import archive_file, capture_at, record_at

__all__ = [
    "Capture",
    "Damage",
    "DamagedError",
    "Record",
    "archive_file",
    "capture_at",
    "iter_captures",
    "iter_records",
    "record_at",
]


def iter_captures(path: Path) -> Iterator[Capture | Damage]:
    """Yield every capture of a file, and every damage, in the file's order.

    Records that are no answers (requests, warcinfo, DNS …) are left out. Raise OSError where the
    file cannot be read.
    """
    for found in iter_records(path):
        capture = capture_of(found) if isinstance(found, Record) else found
        if capture is not None:
            yield capture
