"""WARC files read by the letter, for a judge that trusts none of the readers it judges."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_PIECE = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A record that is a gzip member of its own: where it lies, its fields, its block."""

    file: str
    offset: int
    length: int
    fields: tuple[tuple[str, str], ...]
    block: bytes

    def get(self, name: str) -> str | None:
        """Return the value of a field, exactly so written."""
        return next((value for key, value in self.fields if key == name), None)

    @property
    def kind(self) -> str:
        return self.get("WARC-Type") or ""

    @property
    def uri(self) -> str:
        return self.get("WARC-Target-URI") or ""


def members(path: Path) -> Iterator[Member]:
    """Yield every record; raise ValueError for the least departure from WARC/1.1 in gzip."""
    data = path.read_bytes()
    offset = 0
    while offset < len(data):
        inflater = zlib.decompressobj(31)
        out = [inflater.decompress(data[offset : offset + _PIECE])]
        at = offset + _PIECE
        while not inflater.eof and at < len(data):
            out.append(inflater.decompress(data[at : at + _PIECE]))
            at += _PIECE
        if not inflater.eof:
            raise ValueError(f"{path.name}: the member at {offset} does not end")
        end = min(at, len(data)) - len(inflater.unused_data)
        yield _member(path.name, offset, end - offset, b"".join(out))
        offset = end


def _member(file: str, offset: int, length: int, record: bytes) -> Member:
    head, blank, rest = record.partition(b"\r\n\r\n")
    version, *lines = head.decode("utf-8").split("\r\n")
    fields = tuple((name, value.strip()) for name, _, value in (x.partition(":") for x in lines))
    stated = [value for name, value in fields if name == "Content-Length"]
    if version != "WARC/1.1" or not blank or len(stated) != 1:
        raise ValueError(f"{file}: no record at {offset}: {head[:200]!r}")
    size = int(stated[0])
    if rest[size:] != b"\r\n\r\n":
        raise ValueError(f"{file}: the record at {offset} does not end as it says")
    return Member(file=file, offset=offset, length=length, fields=fields, block=rest[:size])
