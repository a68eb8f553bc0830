"""The digests of a record, compared with its bytes in one pass."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from warc.capture import http_head
from warc.digest import Digest
from warc.files.record import Record
from warc.http.decoding import entity_body


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestCheck:
    """What comparing the digests of one record gave.

    `wrong` has a sentence for each that does not match. `on_wire` says that the payload digest
    matches only with the transfer coding, `chunked` that it is right and another without it would
    be, so that tools that digest the bytes of the wire call it wrong.
    """

    block: bool = False
    payload: bool = False
    wrong: tuple[str, ...] = ()
    on_wire: bool = False
    chunked: bool = False


def check_digests(record: Record) -> DigestCheck:
    """Return how the record's digests compare with its block and its payload.

    The payload of an HTTP message is its entity body: content coding stays, transfer coding does
    not count (WARC 1.1 section 5.9, iipc/warc-specifications#22). A revisit's payload digest and
    a segment's are about bytes elsewhere. Raise DamagedError where the block cannot be read.
    """
    wrong: list[str] = []
    block = _stated(record, "WARC-Block-Digest", wrong)
    payload = _stated(record, "WARC-Payload-Digest", wrong)
    if record.type == "revisit" or record.get("WARC-Segment-Number"):
        payload = None
    if block is None and payload is None:
        return DigestCheck(wrong=tuple(wrong))
    pass_ = _Pass(record, block, payload)
    if block is not None and pass_.block != block:
        wrong.append(f"WARC-Block-Digest is {block}, the block's is {pass_.block}")
    if payload is None:
        return DigestCheck(block=block is not None, wrong=tuple(wrong))
    matches, on_wire = pass_.entity == payload, pass_.wire == payload
    if not matches and not on_wire:
        wrong.append(f"WARC-Payload-Digest is {payload}, the payload's is {pass_.entity}")
    return DigestCheck(
        block=block is not None,
        payload=True,
        wrong=tuple(wrong),
        on_wire=on_wire and not matches,
        chunked=matches and not on_wire,
    )


def _stated(record: Record, name: str, wrong: list[str]) -> Digest | None:
    text = record.get(name)
    if text is None:
        return None
    try:
        return Digest.parse(text)
    except ValueError as error:
        wrong.append(f"{name}: {error}")
        return None


class _Pass:
    """Digest block, payload with transfer coding (`wire`) and without (`entity`) in one reading."""

    def __init__(self, record: Record, block: Digest | None, payload: Digest | None) -> None:
        self._record = record
        self._block = hashlib.new(block.algorithm if block else "sha1", usedforsecurity=False)
        algorithm = payload.algorithm if payload else "sha1"
        self._wire = hashlib.new(algorithm, usedforsecurity=False)
        self._head_size, head = http_head(record)
        body = self._body()
        if payload is not None and head.get("Transfer-Encoding"):
            entity = hashlib.new(algorithm, usedforsecurity=False)
            for piece in entity_body(head, body):
                entity.update(piece)
        else:
            entity = self._wire
        for _ in body:  # what follows the last chunk
            pass
        self.block = _digest(self._block)
        self.wire = _digest(self._wire)
        self.entity = _digest(entity)

    def _body(self) -> Iterator[bytes]:
        left = self._head_size
        for piece in self._record.chunks():
            self._block.update(piece)
            body = piece[left:] if left else piece
            left -= len(piece) - len(body)
            self._wire.update(body)
            yield body


def _digest(state: hashlib._Hash) -> Digest:
    return Digest(algorithm=state.name, value=state.digest())
