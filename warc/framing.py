"""Where does this HTTP/1 answer end? Sans-I/O, lenient, by table (RFC 9112 section 6).

`Framer` follows an answer as it arrives; `entity` and `decoded` read one that is kept.
"""

from __future__ import annotations

import re

from warc.exchange import Ending
from warc.http.body import SWITCHING, Body, Framing, framing_of
from warc.http.chunked import ChunkScanner
from warc.http.decoding import decoded, decoded_body, entity, entity_body
from warc.http.head import SIMPLE, SLOP, ResponseHead, parse_head, status_line_start

__all__ = [
    "Framer",
    "Framing",
    "ResponseHead",
    "decoded",
    "decoded_body",
    "entity",
    "entity_body",
    "framing_of",
    "parse_head",
]

_BLANK_LINE = re.compile(rb"\n\r*\n")
_NEXT_ANSWER = re.compile(rb"[\r\n]*HTTP/\d", re.IGNORECASE)
# More than this behind the end of an answer tells nothing new.
_MOST_SURPLUS = 1 << 20


class Framer:
    """Follow one answer through any split of its bytes.

    Feed what arrives; what `feed`, `close` and `stop` return are, in order, the bytes of the
    final answer. Interim answers go to `interim`. `ending` is None while bytes are still due.
    `is_settled` says that the answer may well be whole but only quiet or the close will tell:
    then `quiet` ends it. An answer that ended by itself may be followed by surplus bytes: fed
    too, they are kept as the end of its body (a length that counts characters is a common fault)
    unless they begin another answer.

    Only the first answer on a connection (`is_first`) may lack a status line, or have stray bytes
    before it: on later ones such bytes are what an earlier answer left behind.
    """

    def __init__(self, method: str, *, head_bytes: int = 1 << 20, is_first: bool = True):
        self._method = method
        self._head_bytes = head_bytes
        self._is_first = is_first
        self._buffer = bytearray()
        self._searched = 0
        self._start: int | None = None
        self._framing = Framing(body=Body.CLOSE)
        self._chunks: ChunkScanner | None = None
        self._body_size = 0
        self._surplus = bytearray()
        self._is_guessed = False
        self.interim = b""
        self.head: ResponseHead | None = None
        self.head_size = 0
        self.ending: Ending | None = None
        self.notes: list[str] = []

    @property
    def has_answer(self) -> bool:
        """Return whether any byte of a final answer came; empty lines are none."""
        return self.head is not None or bool(self._buffer.strip(b"\r\n"))

    @property
    def _is_begun(self) -> bool:
        return self.head is not None

    @property
    def is_settled(self) -> bool:
        """Return whether the answer may be whole although nothing says so for certain."""
        if self.head is None or self.ending is not None:
            return False
        if self._chunks is not None:
            return self._chunks.is_last_seen or self._chunks.is_lost
        least = self._framing.least
        return least is not None and self._body_size >= least

    @property
    def is_overfull(self) -> bool:
        """Return whether waiting for more surplus is of no use."""
        return len(self._surplus) >= _MOST_SURPLUS or bool(_NEXT_ANSWER.match(self._surplus))

    @property
    def is_reusable(self) -> bool:
        """Return whether the connection may carry another request: no doubt, no byte too many."""
        if self.ending is not Ending.COMPLETE or self.head is None or self._surplus:
            return False
        if self._is_guessed or self._framing.doubt or self._framing.body is Body.CLOSE:
            return False
        options = self.head.tokens("connection")
        return "close" not in options and (not self.head.is_old or "keep-alive" in options)

    def feed(self, data: bytes) -> bytes:
        """Return those bytes of the final answer that are now known to be such."""
        if self.head is not None:
            return self._feed_body(data)
        self._buffer += data
        while self.ending is None and self._take_head():
            pass
        if not self._is_begun:
            return b""
        buffered = bytes(self._buffer)
        self._buffer.clear()
        return buffered[: self.head_size] + self._feed_body(buffered[self.head_size :])

    def quiet(self) -> bytes:
        """End a settled answer because nothing more came; return its last bytes."""
        if self._chunks is not None and self._chunks.is_lost:
            self.ending = Ending.MALFORMED
        else:
            self.ending = Ending.COMPLETE
            self._is_guessed = True
            self.notes.append("taken as whole when nothing more came")
        return b""

    def close(self, *, is_reset: bool = False) -> bytes:
        """End the answer because the connection closed; return its last bytes."""
        if self.ending is not None:
            return self._end_surplus()
        if self.head is None:
            return self._close_in_head(is_reset)
        self.ending = self._ending_at_close(is_reset)
        return b""

    def stop(self, ending: Ending) -> bytes:
        """End the answer because a limit of ours was reached; return its last bytes."""
        if self.ending is not None:
            return self._end_surplus()
        self.ending = ending if self.has_answer else Ending.NONE
        return self._rest_of_head()

    def _take_head(self) -> bool:
        """Return whether an interim head was taken off the buffer, so that another may follow."""
        if self._start is None and not self._find_start():
            return False
        blank = _BLANK_LINE.search(self._buffer, self._searched)
        if blank is None:
            newline = self._buffer.rfind(b"\n", self._searched)
            self._searched = newline if newline >= 0 else len(self._buffer)
            self._check_head_bytes(len(self._buffer))
            return False
        if self._check_head_bytes(blank.end()):
            return False
        head = parse_head(bytes(self._buffer[: blank.end()]))
        if 100 <= head.status < 200 and head.status != SWITCHING:  # noqa: PLR2004 RFC 9110 section 15.2
            self.interim += bytes(self._buffer[: blank.end()])
            del self._buffer[: blank.end()]
            self._start, self._searched = None, 0
            return True
        self._begin_body(head, blank.end())
        return False

    def _find_start(self) -> bool:
        """Return whether the status line's first bytes are there; begin HTTP/0.9 where none can."""
        self._start = status_line_start(self._buffer)
        if self._start is not None:
            self._searched = self._start
            return self._is_first or self._refuse_stray(self._buffer[: self._start])
        text = self._buffer.lstrip(b"\r\n")
        if len(text) > SLOP + len(b"HTTP/"):
            self._begin_simple()
        else:
            self._check_head_bytes(len(self._buffer))
        return False

    def _refuse_stray(self, before: bytes | bytearray) -> bool:
        """Return whether nothing but empty lines came before the status line; end where not."""
        if not before.strip(b"\r\n"):
            return True
        self.ending = Ending.MALFORMED
        self.notes.append("bytes that begin no answer")
        return False

    def _begin_simple(self) -> None:
        if self.interim or not self._is_first:
            self._refuse_stray(self._buffer)
            return
        self.notes.append("HTTP/0.9: no status line")
        self.head = SIMPLE

    def _check_head_bytes(self, size: int) -> bool:
        if len(self.interim) + size <= self._head_bytes:
            return False
        self.ending = Ending.LENGTH
        self.notes.append(f"a head of more than {self._head_bytes} bytes")
        return True

    def _begin_body(self, head: ResponseHead, size: int) -> None:
        self.head, self.head_size = head, size
        self._framing = framing_of(head, self._method)
        if self._framing.doubt:
            self.notes.append(self._framing.doubt)
        if self._framing.body is Body.CHUNKED:
            self._chunks = ChunkScanner(line_limit=self._head_bytes)
        elif self._framing.most == 0:
            self.ending = Ending.COMPLETE

    def _feed_body(self, data: bytes) -> bytes:
        if self.ending is not None:
            self._surplus += data[: _MOST_SURPLUS - len(self._surplus)]
            return b""
        taken = len(data)
        if self._chunks is not None:
            taken = self._feed_chunks(self._chunks, data)
        elif self._framing.most is not None:
            taken = min(taken, self._framing.most - self._body_size)
        self._body_size += taken
        if self._body_size == self._framing.most:
            self.ending = Ending.COMPLETE
        if self.ending is not None and taken < len(data):
            self._surplus += data[taken : taken + _MOST_SURPLUS]
        return data[:taken]

    def _feed_chunks(self, chunks: ChunkScanner, data: bytes) -> int:
        taken = chunks.feed(data)
        if chunks.is_done:
            self.ending = Ending.COMPLETE
        return len(data) if chunks.is_lost else taken

    def _ending_at_close(self, is_reset: bool) -> Ending:
        if self._chunks is not None:
            self._chunks.close()
            if self._chunks.is_lost:
                return Ending.MALFORMED
            return Ending.CLOSED if self._chunks.is_last_seen else Ending.DISCONNECT
        least = self._framing.least or 0
        if is_reset or self._body_size < least:
            return Ending.DISCONNECT
        return Ending.CLOSED

    def _close_in_head(self, is_reset: bool) -> bytes:
        if not self.has_answer:
            self.ending = Ending.NONE
            return b""
        if self._start is None:
            self._begin_simple()
            if self.head is not None:
                self.ending = Ending.DISCONNECT if is_reset else Ending.CLOSED
            return bytes(self._buffer)
        self.ending = Ending.DISCONNECT
        return self._rest_of_head()

    def _rest_of_head(self) -> bytes:
        """Return what came of a head that never ended, within its limit: all counts as head.

        Where nothing shows that it was the final one, the interim answers before it are what came.
        """
        if self.head is not None:
            return b""
        rest = bytes(self._buffer[: max(0, self._head_bytes - len(self.interim))])
        if self.interim and self.ending is not Ending.NONE and not _is_final(rest):
            return self._interim_for_all(rest)
        self.head_size = len(rest) if self._start is not None else 0
        return rest

    def _interim_for_all(self, rest: bytes) -> bytes:
        """Return the interim answers as what came, the first of them as its head."""
        came, self.interim = self.interim + rest, b""
        first = _BLANK_LINE.search(came)
        self.head_size = first.end() if first else len(came)
        return came

    def _end_surplus(self) -> bytes:
        """Return the bytes behind the answer's end that belong to it after all."""
        if self.ending is not Ending.COMPLETE or not self._surplus:
            return b"" if self.head is not None else self._rest_of_head()
        if _NEXT_ANSWER.match(self._surplus):
            self.notes.append(f"{len(self._surplus)} bytes of another answer followed: left out")
            return b""
        self.notes.append(f"{len(self._surplus)} bytes beyond the end are kept")
        return bytes(self._surplus)


def _is_final(start: bytes) -> bool:
    """Return whether a head that never ended shows a final status, or is no head at all."""
    return bool(start) and parse_head(start).status >= 200  # noqa: PLR2004 RFC 9110 section 15.2
