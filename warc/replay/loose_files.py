"""WARC, ARC and WACZ files from anywhere as a collection, for as long as they are looked at.

Nothing is written beside the files and no record is copied: the folder made here holds links to
them and their indexes. A WARC that lies uncompressed in a WACZ, as the format asks, is read where
it lies; only what is packed a second time is unpacked.
"""

from __future__ import annotations

import shutil
import tempfile
import zipfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import takewhile
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from warc.cdxj import SUFFIX, entries_of
from warc.collection import WARC_SUFFIXES, Collection
from warc.damage import Damage
from warc.files.record import Record
from warc.files.walk import iter_records

_ARCHIVE = "archive"
_OPEN = ".open"
_LOCAL_HEADER = 30  # then the name and the extra field (APPNOTE.TXT 4.3.7)
_ENCRYPTED = 1

Advance = Callable[[int, int, str], None]


class LooseFileError(ValueError):
    """A file that cannot be shown; its words name the file and say why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Loose:
    """What one file holds: how many captures, how many damages, the first of them."""

    path: Path
    captures: int
    damages: int = 0
    first: Damage | None = None

    def __str__(self) -> str:
        """Return it in a sentence."""
        said = f"{self.path}: {self.captures:,} capture{'' if self.captures == 1 else 's'}"
        if self.path.name.endswith(_OPEN):
            said += ", still being written: those that are there now"
        if self.first is None:
            return said
        more = f", {self.damages - 1:,} more damages" if self.damages > 1 else ""
        return f"{said}; damaged at byte {self.first.offset:,}: {self.first.reason}{more}"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Stretch:
    """The bytes of a file that are one WARC, and the file's name in the collection."""

    path: Path
    name: str
    begin: int
    end: int


def _alone(_done: int, _total: int, _name: str) -> None:
    """Tell nobody how far it is."""


@contextmanager
def opened(
    files: Sequence[Path], name: str = "files", advance: Advance = _alone
) -> Iterator[tuple[Collection, list[Loose]]]:
    """Yield `files` as a collection called `name`, and what each of them holds.

    `advance` is told bytes done, bytes in all and the file's name. Raise LooseFileError for a
    package that cannot be read, OSError for a file that cannot.
    """
    with tempfile.TemporaryDirectory(prefix="replay-") as folder:
        collection = Collection(Path(folder) / name)
        collection.create()
        found = [_take_in(collection, path.absolute(), advance) for path in files]
        yield collection, found


def _take_in(collection: Collection, path: Path, advance: Advance) -> Loose:
    stretches = _stretches(collection, path)
    lines: list[bytes] = []
    damages: list[Damage] = []
    for stretch in stretches:
        records = _records(stretch, damages, advance)
        lines += (f"{entry}\n".encode() for entry in entries_of(records))
    index = collection.indexes / f"{stretches[0].name}{SUFFIX}"
    index.write_bytes(b"".join(sorted(set(lines))))
    first = damages[0] if damages else None
    return Loose(path=path, captures=len(lines), damages=len(damages), first=first)


def _records(stretch: _Stretch, damages: list[Damage], advance: Advance) -> Iterator[Record]:
    size = stretch.path.stat().st_size
    found = iter_records(stretch.path, stretch.begin)
    for one in takewhile(lambda one: one.offset < stretch.end, found):
        advance(one.offset, size, stretch.path.name)
        if isinstance(one, Record):
            yield one
        else:
            damages.append(one)


def _stretches(collection: Collection, path: Path) -> list[_Stretch]:
    with path.open("rb") as file:  # one that cannot be read is told before anything is made
        if not zipfile.is_zipfile(file):
            linked = _link(collection, path, _warc_name(path))
            return [_Stretch(path=linked, name=linked.name, begin=0, end=path.stat().st_size)]
        try:
            return _of_package(collection, path, file)
        except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError) as error:
            raise LooseFileError(f"{path}: not a whole WACZ file: {error}") from error


def _of_package(collection: Collection, path: Path, file: BinaryIO) -> list[_Stretch]:
    with zipfile.ZipFile(file) as package:
        members = [info for info in package.infolist() if _is_warc(info)]
        if not members:
            raise LooseFileError(f"{path}: no WARC file in {_ARCHIVE}/")
        linked = _link(collection, path, path.name)
        made = []
        for info in sorted(members, key=lambda info: info.header_offset):
            if info.compress_type == zipfile.ZIP_STORED and not info.flag_bits & _ENCRYPTED:
                begin = _data_offset(file, info)
                end = begin + info.file_size
                made.append(_Stretch(path=linked, name=linked.name, begin=begin, end=end))
            else:
                made.append(_unpacked(collection, package, info))
        return made


def _is_warc(info: zipfile.ZipInfo) -> bool:
    inside = PurePosixPath(info.filename)
    return inside.parts[:1] == (_ARCHIVE,) and inside.name.endswith(WARC_SUFFIXES)


def _data_offset(file: BinaryIO, info: zipfile.ZipInfo) -> int:
    """Return where a member's bytes begin, by its own header; the ZIP's directory may differ."""
    file.seek(info.header_offset)
    header = file.read(_LOCAL_HEADER)
    if len(header) < _LOCAL_HEADER or not header.startswith(b"PK\3\4"):
        raise zipfile.BadZipFile(f"{info.filename} is not where the directory says")
    lengths = int.from_bytes(header[26:28], "little") + int.from_bytes(header[28:30], "little")
    return info.header_offset + _LOCAL_HEADER + lengths


def _unpacked(collection: Collection, package: zipfile.ZipFile, info: zipfile.ZipInfo) -> _Stretch:
    """Return a member unpacked under the last part of its name, which alone chooses no place."""
    target = _free(collection, PurePosixPath(info.filename).name)
    with package.open(info) as source, target.open("xb") as out:
        shutil.copyfileobj(source, out, 1 << 20)
    return _Stretch(path=target, name=target.name, begin=0, end=info.file_size)


def _warc_name(path: Path) -> str:
    """Return the name a file has in the collection: without `.open`, with a suffix readers know."""
    name = path.name.removesuffix(_OPEN)
    return name if name.endswith(WARC_SUFFIXES) else f"{name}.warc"


def _link(collection: Collection, path: Path, name: str) -> Path:
    linked = _free(collection, name)
    linked.symlink_to(path)
    return linked


def _free(collection: Collection, name: str) -> Path:
    """Return a place in the archive for `name`, numbered where it is taken."""
    taken = {path.name for path in collection.archive.iterdir()}
    number = 1
    while (chosen := name if number == 1 else f"{number}-{name}") in taken:
        number += 1
    return collection.archive / chosen
