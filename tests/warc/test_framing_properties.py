"""Any bytes, in any split: framing never raises and never depends on the split."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from warc.exchange import Ending
from warc.framing import Framer, decoded_body, entity_body, framing_of, parse_head

# Words of the protocol, so that random bytes get past the status line.
_WORDS = st.sampled_from(
    [
        b"HTTP/1.1 200 OK\r\n",
        b"HTTP/1.0 404 Not Found\n",
        b"HTTP/1.1 103 Early Hints\r\n\r\n",
        b"HTTP/1.1 204\r\n",
        b"ICY 200 OK\r\n",
        b"Content-Length: 5\r\n",
        b"Content-Length: 12\n",
        b"Content-Length: x\r\n",
        b"Transfer-Encoding: chunked\r\n",
        b"Transfer-Encoding: gzip\r\n",
        b"Content-Encoding: gzip, br\r\n",
        b"Content-Encoding: deflate\r\n",
        b"Content-Encoding: zstd\r\n",
        b"Connection: close\r\n",
        b" folded\r\n",
        b"\r\n",
        b"\n",
        b"\r",
        b"5\r\nhello\r\n",
        b"5;x=y\nhello\n",
        b"0\r\n\r\n",
        b"0\r\n",
        b"hello",
        b"\x1f\x8b\x08\0",
        b"\x28\xb5\x2f\xfd",
    ]
)
ANSWERS = st.lists(_WORDS | st.binary(max_size=8), max_size=14).map(b"".join)
METHODS = st.sampled_from(["GET", "HEAD", "POST", "CONNECT"])


def split(data: bytes, cuts: list[int]) -> list[bytes]:
    places = sorted({0, len(data), *(cut % (len(data) + 1) for cut in cuts)})
    return [data[start:end] for start, end in pairwise(places)]


def followed(
    pieces: list[bytes], method: str, *, is_first: bool = True, is_reset: bool = False
) -> tuple[bytes, Framer]:
    framer = Framer(method, head_bytes=200, is_first=is_first)
    kept = b"".join(framer.feed(piece) for piece in pieces)
    return kept + framer.close(is_reset=is_reset), framer


@settings(max_examples=400)
@given(ANSWERS, st.lists(st.integers(0, 500), max_size=20), METHODS, st.booleans(), st.booleans())
def test_any_split_gives_the_same_framing(
    data: bytes, cuts: list[int], method: str, is_first: bool, is_reset: bool
) -> None:
    whole, at_once = followed([data], method, is_first=is_first, is_reset=is_reset)
    parts, slowly = followed(split(data, cuts), method, is_first=is_first, is_reset=is_reset)
    assert parts == whole
    assert slowly.ending is at_once.ending
    assert slowly.head_size == at_once.head_size
    assert slowly.interim == at_once.interim
    assert slowly.is_reusable == at_once.is_reusable
    assert slowly.notes == at_once.notes


@settings(max_examples=300)
@given(ANSWERS, METHODS)
def test_every_byte_is_kept_once_or_left_out_with_a_note(data: bytes, method: str) -> None:
    kept, framer = followed([data], method)
    whole = framer.interim + kept
    assert data.startswith(whole)
    if len(whole) < len(data):
        told = any("left out" in note or "head of more" in note for note in framer.notes)
        is_cut = framer.ending is Ending.MALFORMED and len(whole) == 200
        assert told or is_cut or not data[len(whole) :].strip(b"\r\n")
    assert framer.ending is not None
    assert (framer.ending is Ending.NONE) == (not kept and framer.head is None)


@settings(max_examples=300)
@given(ANSWERS, METHODS)
def test_a_kept_connection_never_has_a_byte_left_over(data: bytes, method: str) -> None:
    framer = Framer(method)
    kept = framer.feed(data)
    if framer.is_reusable:
        assert framer.interim + kept == data


@settings(max_examples=300)
@given(ANSWERS, st.lists(st.integers(0, 500), max_size=20), st.integers(0, 40))
def test_any_split_gives_the_same_body(data: bytes, cuts: list[int], limit: int) -> None:
    head_bytes, _, body = data.partition(b"\r\n\r\n")
    head = parse_head(b"HTTP/1.1 200 OK\r\n" + head_bytes + b"\r\n\r\n")
    entity = b"".join(entity_body(head, [body]))
    assert b"".join(entity_body(head, split(body, cuts))) == entity
    assert len(decoded_body(head, split(body, cuts), limit)) <= limit


@given(st.binary(max_size=300))
def test_any_bytes_have_a_head(data: bytes) -> None:
    head = parse_head(data)
    framing_of(head, "GET")
    assert 0 <= head.status <= 999
