"""Walk a WARC or ARC file from record to record, past whatever is damaged.

Where a record is damaged and still can be saved, the damage is told first: everything told
before the first damage lies in a file that is whole up to there.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from warc.damage import BrokenContainerError, Damage
from warc.files.container import CHUNK
from warc.files.fields import WarcFields
from warc.files.line_ends import LineEnds, pass_line_ends
from warc.files.record import HELD, Record
from warc.files.record_heads import (
    NotARecordError,
    RecordHead,
    begins_record,
    looks_like_record,
    read_head,
    search_record,
)
from warc.files.text import Text

_END = b"\r\n\r\n"  # of a record (WARC 1.1 section 4)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Begun:
    """A record whose head is read: where it lies, and whether it shares its member."""

    head: RecordHead
    offset: int
    block_at: int
    shared: bool


def iter_records(path: Path, offset: int = 0) -> Iterator[Record | Damage]:
    """Yield every record of a file from `offset` on, and every damage, in the file's order.

    Reads WARC 0.17 to 1.1 and ARC, plain, gzip or Zstandard, told by content. Memory stays flat
    whatever the size of a block. Raise OSError where the file cannot be read.
    """
    with Text.open(path, offset) as text:
        yield from Walk(path, text).run()


class Walk:
    """One pass over a file; `arc` says that ARC records may come without the file's first one."""

    def __init__(self, path: Path, text: Text, *, arc: bool = False) -> None:
        self._path = path
        self._text = text
        self._arc = arc

    def run(self) -> Iterator[Record | Damage]:
        """Yield every record and every damage in the order of the file."""
        going = True
        while going:
            try:
                going = self._text.cross()
                while going:
                    record = self._plain_record()
                    if record is not None:
                        yield record
                    elif self._text.skip_blank_of_member():
                        yield from self._found()
                        yield from self._one()
                        continue
                    going = self._text.cross()
                yield from self._found()
                return
            except BrokenContainerError as broken:
                yield from self._found()
                yield self._damage(broken.offset, self._read_up_to(broken.reason))
                going = self._text.resync(broken.offset + 1, self._begins)

    def _plain_record(self) -> Record | None:
        """Return the record of a member that has it alone, whole and plain, and go behind it.

        None where there is more to say of it: `_one` says it. Nothing is passed over then.
        """
        text, container = self._text, self._text.container
        if not text.fill():
            return None
        fields = WarcFields.of_plain_head(text.buffer)
        if fields is None or not fields.get("WARC-Type"):
            return None
        at, end = fields.head_size, len(text.buffer) - len(_END)
        if fields.get("Content-Length") != str(end - at) or not text.buffer.endswith(_END):
            return None
        text.at, text.fresh, self._arc = len(text.buffer), False, False
        return Record(
            path=self._path,
            version=text.buffer[: len("WARC/1.0")].decode("ascii"),
            fields=fields,
            offset=container.start,
            length=container.tell() - container.start,
            block_size=end - at,
            _held=text.buffer[at:end],
            _skip=at,
        )

    def _one(self) -> Iterator[Record | Damage]:
        """Yield the record that begins here and the damage that it or what follows it has."""
        text = self._text
        offset = text.container.start if text.container.compressed else text.position
        shared = text.container.compressed and not text.fresh
        text.fresh = False
        try:
            head = read_head(text, arc=self._arc)
        except NotARecordError as error:
            yield from self._found()
            yield self._damage(offset, str(error))
            search_record(text, arc=self._arc)
            return
        self._arc = head.is_arc
        begun = _Begun(head=head, offset=offset, block_at=text.position, shared=shared)
        pieces, got = self._block(head.size)
        if got < head.size:
            yield from self._found()
            yield self._short(begun, pieces, got)
            return
        yield from self._after(begun, b"".join(pieces) if head.size <= HELD else None)

    def _block(self, size: int) -> tuple[list[bytes], int]:
        """Return the block's pieces (none where it is too long to hold) and their size."""
        text = self._text
        if len(text.buffer) - text.at >= size:
            piece = text.buffer[text.at : text.at + size]
            text.at += size
            return [piece], size
        pieces: list[bytes] = []
        got = 0
        for piece in text.take(size, self._stops):
            got += len(piece)
            if size <= HELD:
                pieces.append(piece)
        return pieces, got

    def _short(self, begun: _Begun, pieces: list[bytes], got: int) -> Damage:
        """Return what to say of a block that ends too early, and go to the next record.

        The file is cut, or the length is wrong and has run over the records behind.
        """
        text, size = self._text, begun.head.size
        where = "file" if text.at == len(text.buffer) else "record's member"
        reason = f"the {where} ends {size - got} bytes before the record's block of {size} does"
        if text.seek(begun.block_at):
            search_record(text, arc=self._arc)
        elif where == "file" and begun.shared:
            text.push_back(b"".join(pieces))
            search_record(text, arc=self._arc)
        return self._damage(begun.offset, reason)

    def _after(self, begun: _Begun, held: bytes | None) -> Iterator[Record | Damage]:
        """Yield the record, once what follows it says that its length is right."""
        text = self._text
        cut = ""
        try:
            ends = pass_line_ends(text)
        except BrokenContainerError as broken:  # the block is whole, its member is not
            ends = LineEnds(count=0, position=text.position, follows=False)
            cut = f"{broken.reason}, behind the record's block"
        if ends.follows and not begins_record(text, arc=self._arc):
            yield from self._wrong_length(begun, held, ends)
            return
        if not cut and not ends.follows and not text.container.compressed:
            cut = _cut_line_ends(begun.head, ends)
        notes = list(begun.head.notes)
        damages = [*self._found(), *([self._damage(begun.offset, cut)] if cut else ())]
        notes += [damage.reason for damage in damages if damage.offset == begun.offset]
        if ends.count != begun.head.line_ends and not cut:
            notes.append(f"{ends.count} line ends after the block, {begun.head.line_ends} are due")
        yield from damages
        yield self._record(begun, held, ends, notes)
        if cut and text.container.compressed and text.resync(begun.offset + 1, self._begins):
            text.cross()

    def _wrong_length(
        self, begun: _Begun, held: bytes | None, ends: LineEnds
    ) -> Iterator[Record | Damage]:
        """Say whether the length runs into the next record or ends before the record does."""
        text = self._text
        block_end = begun.block_at + begun.head.size
        blanks = text.position - block_end
        if not text.seek(begun.block_at) and held is not None and blanks < CHUNK:
            text.push_back(held + b"\n" * blanks)
        found = search_record(text, arc=self._arc)
        if found is not None and found < block_end:
            yield self._damage(begun.offset, "Content-Length runs into the next record")
            return
        offset = begun.offset if text.container.compressed else ends.position
        left = (text.position if found is None else found) - ends.position
        yield self._record(begun, held, ends, [*begun.head.notes, "Content-Length may be wrong"])
        yield self._damage(offset, f"{left} bytes that belong to no record")

    def _record(
        self, begun: _Begun, held: bytes | None, ends: LineEnds, notes: list[str]
    ) -> Record:
        if not self._text.container.compressed:
            length = ends.position - begun.offset
        elif begun.shared or ends.follows:
            length = 0
        else:
            length = self._text.container.tell() - begun.offset
        skip = begun.block_at - (0 if self._text.container.compressed else begun.offset)
        return Record(
            path=self._path,
            version=begun.head.version,
            fields=begun.head.fields,
            offset=begun.offset,
            length=length,
            block_size=begun.head.size,
            notes=tuple(notes),
            _held=held,
            _skip=skip,
        )

    def _found(self) -> list[Damage]:
        """Return the damage that the container saw past, once."""
        found, self._text.container.found = self._text.container.found, []
        return [self._damage(offset, reason) for offset, reason in found]

    def _damage(self, offset: int, reason: str) -> Damage:
        return Damage(file=self._path.name, offset=offset, reason=reason)

    def _read_up_to(self, reason: str) -> str:
        return f"{reason} (read up to byte {self._text.container.tell()})"

    def _stops(self, text: Text) -> bool:
        return begins_record(text, arc=self._arc)

    def _begins(self, first: bytes) -> bool:
        return looks_like_record(first.lstrip(b"\r\n"), arc=self._arc)


def _cut_line_ends(head: RecordHead, ends: LineEnds) -> str:
    if ends.count >= head.line_ends:
        return ""
    return "the file ends inside the line ends after the record"
