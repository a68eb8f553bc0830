"""Where answers end: one row for each thing servers do."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from warc.exchange import Ending
from warc.framing import Framer

OK = b"HTTP/1.1 200 OK\r\n"
CHUNKED = OK + b"Transfer-Encoding: chunked\r\n\r\n"


@dataclass(frozen=True)
class Followed:
    """What a framer made of some bytes, whole at once."""

    kept: bytes
    ending: Ending | None
    is_reusable: bool
    is_settled: bool
    framer: Framer


def follow(data: bytes, method: str = "GET", *, step: int = 0, **options: int) -> Followed:
    """Return what comes of `data` while the connection is still open."""
    framer = Framer(method, **options)  # type: ignore[arg-type]
    step = step or len(data) or 1
    kept = b"".join(framer.feed(data[at : at + step]) for at in range(0, len(data), step))
    return Followed(kept, framer.ending, framer.is_reusable, framer.is_settled, framer)


def closed(data: bytes, method: str = "GET", *, is_reset: bool = False) -> tuple[bytes, Framer]:
    """Return all bytes kept of `data`, and the framer, once the connection is closed."""
    followed = follow(data, method)
    return followed.kept + followed.framer.close(is_reset=is_reset), followed.framer


WHOLE = {
    "a length": OK + b"Content-Length: 5\r\n\r\nhello",
    "a length of 0": OK + b"Content-Length: 0\r\n\r\n",
    "a length with blanks": OK + b"Content-Length:\t 5 \r\n\r\nhello",
    "a length in lower case": OK + b"content-length: 5\r\n\r\nhello",
    "the same length twice": OK + b"Content-Length: 5\r\nContent-Length: 5\r\n\r\nhello",
    "the same length in a list": OK + b"Content-Length: 5, 5\r\n\r\nhello",
    "a length with leading zeros": OK + b"Content-Length: 0005\r\n\r\nhello",
    "bare LF": b"HTTP/1.1 200 OK\nContent-Length: 5\n\nhello",
    "mixed line ends": b"HTTP/1.1 200 OK\r\nContent-Length: 5\n\r\nhello",
    "doubled CR": b"HTTP/1.1 200 OK\r\r\nContent-Length: 5\r\r\n\r\r\nhello",
    "no reason": b"HTTP/1.1 200\r\nContent-Length: 5\r\n\r\nhello",
    "no reason but a blank": b"HTTP/1.1 200 \r\nContent-Length: 5\r\n\r\nhello",
    "lower-case protocol": b"http/1.1 200 ok\r\nContent-Length: 5\r\n\r\nhello",
    "empty lines first": b"\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello",
    "stray bytes first": b"\xef\xbb\xbfHTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello",
    "a folded field": OK + b"X-Long: a\r\n  b\r\n\tc\r\nContent-Length: 5\r\n\r\nhello",
    "a folded length": OK + b"Content-Length:\r\n 5\r\n\r\nhello",
    "a line of blanks": OK + b"X: y\r\n  \r\nContent-Length: 5\r\n\r\nhello",
    "a line without colon": OK + b"what is this\r\nContent-Length: 5\r\n\r\nhello",
    "a blank before the colon": OK + b"Content-Length : 5\r\n\r\nhello",
    "Latin-1": OK + b"X-Caf\xe9: \xff\xfe\r\nContent-Length: 5\r\n\r\nhello",
    "NUL": OK + b"X-Nul: a\x00b\r\nContent-Length: 5\r\n\r\nhel\x00o",
    "many fields": OK + b"X: y\r\n" * 500 + b"Content-Length: 5\r\n\r\nhello",
    "a long line": OK + b"X: " + b"y" * 200_000 + b"\r\nContent-Length: 5\r\n\r\nhello",
    "identity is no coding": OK + b"Transfer-Encoding: identity\r\nContent-Length: 2\r\n\r\nhi",
    "no content": b"HTTP/1.1 204 No Content\r\n\r\n",
    "no content with a length": b"HTTP/1.1 204 No Content\r\nContent-Length: 5\r\n\r\n",
    "not modified": b"HTTP/1.1 304 Not Modified\r\nContent-Length: 500\r\n\r\n",
    "chunks": CHUNKED + b"5\r\nhello\r\n6\r\n world\r\n0\r\n\r\n",
    "chunks in bare LF": CHUNKED + b"5\nhello\n0\n\n",
    "a chunk extension": CHUNKED + b'5;name="va;lue"\r\nhello\r\n0;last\r\n\r\n',
    "a padded chunk size": CHUNKED + b"  5   \r\nhello\r\n000\r\n\r\n",
    "chunk size in capitals": CHUNKED + b"A\r\nhelloworld\r\n0\r\n\r\n",
    "trailers": CHUNKED + b"5\r\nhello\r\n0\r\nX-Sum: 1\r\nY: 2\r\n\r\n",
    "no chunk but the last": CHUNKED + b"0\r\n\r\n",
    "gzip within chunks": OK + b"Transfer-Encoding: gzip, chunked\r\n\r\n2\r\nhi\r\n0\r\n\r\n",
    "chunked in capitals": OK + b"Transfer-Encoding: CHUNKED\r\n\r\n2\r\nhi\r\n0\r\n\r\n",
    "HTTP/1.0 kept alive": (
        b"HTTP/1.0 200 OK\r\nConnection: Keep-Alive\r\nContent-Length: 2\r\n\r\nhi"
    ),
}


@pytest.mark.parametrize("data", WHOLE.values(), ids=WHOLE.keys())
def test_a_sound_answer_ends_by_itself_and_keeps_the_connection(data: bytes) -> None:
    followed = follow(data)
    assert followed.kept == data
    assert followed.ending is Ending.COMPLETE
    assert followed.is_reusable


@pytest.mark.parametrize("data", WHOLE.values(), ids=WHOLE.keys())
def test_the_next_answer_is_never_taken_for_this_one(data: bytes) -> None:
    following = OK + b"Content-Length: 6\r\n\r\npoison"
    followed = follow(data + following)
    assert followed.kept == data
    assert not followed.is_reusable
    assert followed.framer.close() == b""
    assert "another answer" in followed.framer.notes[-1]


DOUBTFUL = {
    "says close": OK + b"Connection: close\r\nContent-Length: 5\r\n\r\nhello",
    "says close among others": OK + b"Connection: x, Close\r\nContent-Length: 5\r\n\r\nhello",
    "HTTP/1.0": b"HTTP/1.0 200 OK\r\nContent-Length: 5\r\n\r\nhello",
    "ICY": b"ICY 200 OK\r\nContent-Length: 5\r\n\r\nhello",
    "no version": b"HTTP 200 OK\r\nContent-Length: 5\r\n\r\nhello",
    "a length and chunks": (
        OK + b"Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n"
    ),
    "chunks in HTTP/1.0": (
        b"HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
    ),
    "chunks not last": (OK + b"Transfer-Encoding: chunked, gzip\r\n\r\n5\r\nhello\r\n0\r\n\r\n"),
}


@pytest.mark.parametrize("data", DOUBTFUL.values(), ids=DOUBTFUL.keys())
def test_an_answer_that_leaves_doubt_is_whole_but_ends_the_connection(data: bytes) -> None:
    followed = follow(data)
    assert followed.kept == data
    assert followed.ending is Ending.COMPLETE
    assert not followed.is_reusable


BY_CLOSE = {
    "neither length nor chunks": OK + b"\r\nhello",
    "HTTP/1.0 without a length": b"HTTP/1.0 200 OK\r\n\r\nhello",
    "HTTP/0.9": b"<html>hello, this is the whole of it</html>",
    "HTTP/0.9, very short": b"hi",
    "a coding without chunks": OK + b"Transfer-Encoding: gzip\r\nContent-Length: 2\r\n\r\nhello",
    "a length that is no number": OK + b"Content-Length: many\r\n\r\nhello",
    "a negative length": OK + b"Content-Length: -5\r\n\r\nhello",
    "an empty length": OK + b"Content-Length:\r\n\r\nhello",
    "a status line alone": b"HTTP/1.1 200 OK\r\n\r\n",
    "no status": b"HTTP/1.1\r\n\r\nhello",
}


@pytest.mark.parametrize("data", BY_CLOSE.values(), ids=BY_CLOSE.keys())
def test_only_the_close_ends_what_has_no_length(data: bytes) -> None:
    assert follow(data).ending is None
    kept, framer = closed(data)
    assert kept == data
    assert framer.ending is Ending.CLOSED
    assert not framer.is_reusable


@pytest.mark.parametrize("data", BY_CLOSE.values(), ids=BY_CLOSE.keys())
def test_a_reset_is_no_end(data: bytes) -> None:
    kept, framer = closed(data, is_reset=True)
    assert kept == data
    assert framer.ending is Ending.DISCONNECT


CUT = {
    "in the body": OK + b"Content-Length: 50\r\n\r\nhello",
    "before the body": OK + b"Content-Length: 50\r\n\r\n",
    "absurd length": OK + b"Content-Length: " + b"9" * 5000 + b"\r\n\r\nhello",
    "in a chunk": CHUNKED + b"50\r\nhello",
    "between chunks": CHUNKED + b"5\r\nhello\r\n",
    "in a chunk size": CHUNKED + b"5\r\nhello\r\n1",
    "in a chunk's end": CHUNKED + b"5\r\nhello\r",
    "before any chunk": CHUNKED,
    "in the status line": b"HTTP/1.1 20",
    "in a field": OK + b"Content-Le",
    "before the empty line": OK + b"Content-Length: 5\r\n",
}


@pytest.mark.parametrize("data", CUT.values(), ids=CUT.keys())
def test_a_cut_answer_is_kept_as_cut(data: bytes) -> None:
    kept, framer = closed(data)
    assert kept == data
    assert framer.ending is Ending.DISCONNECT


def test_a_head_that_never_ended_counts_as_head_to_its_last_byte() -> None:
    kept, framer = closed(OK + b"Content-Le")
    assert framer.head_size == len(kept)


LOST = {
    "no number": CHUNKED + b"hello\r\nworld",
    "HTML": CHUNKED + b"<html>\n<body>hello</body></html>",
    "a bad second chunk": CHUNKED + b"5\r\nhello\r\nxyz\r\nhello\r\n0\r\n\r\n",
    "a chunk too long": CHUNKED + b"3\r\nhello\r\n0\r\n\r\n",
    "a negative size": CHUNKED + b"-5\r\nhello\r\n0\r\n\r\n",
    "a prefixed size": CHUNKED + b"0x5\r\nhello\r\n0\r\n\r\n",
    "a size beyond all": CHUNKED + b"fffffffffffffffff\r\nhello",
    "an empty size": CHUNKED + b"\r\nhello\r\n0\r\n\r\n",
}


@pytest.mark.parametrize("data", LOST.values(), ids=LOST.keys())
def test_bad_chunks_are_kept_to_the_last_byte(data: bytes) -> None:
    followed = follow(data)
    assert followed.kept == data
    assert followed.ending is None
    assert followed.is_settled
    followed.framer.quiet()
    assert followed.framer.ending is Ending.MALFORMED
    kept, framer = closed(data)
    assert kept == data
    assert framer.ending is Ending.MALFORMED


SETTLED = {
    "contradicting lengths": (
        OK + b"Content-Length: 5\r\nContent-Length: 9\r\n\r\nhello",
        OK + b"Content-Length: 5\r\nContent-Length: 9\r\n\r\nhell",
    ),
    "a length with words": (
        OK + b"Content-Length: 5 bytes\r\n\r\nhello",
        OK + b"Content-Length: 5 bytes\r\n\r\nhell",
    ),
    "a last chunk without its empty line": (
        CHUNKED + b"5\r\nhello\r\n0\r\n",
        CHUNKED + b"5\r\nhello\r\n0",
    ),
    "reset content": (b"HTTP/1.1 205 Reset\r\n\r\n", b"HTTP/1.1 205 Reset\r\n"),
    "switching protocols": (b"HTTP/1.1 101 Switching\r\n\r\n", b"HTTP/1.1 101 Switching\r\n"),
}


@pytest.mark.parametrize(("data", "less"), SETTLED.values(), ids=SETTLED.keys())
def test_silence_ends_what_may_be_whole(data: bytes, less: bytes) -> None:
    assert not follow(less).is_settled
    followed = follow(data)
    assert followed.kept == data
    assert followed.ending is None
    assert followed.is_settled
    followed.framer.quiet()
    assert followed.framer.ending is Ending.COMPLETE
    assert not followed.framer.is_reusable
    assert closed(data)[1].ending is Ending.CLOSED


def test_contradicting_lengths_end_at_the_greatest() -> None:
    data = OK + b"Content-Length: 5\r\nContent-Length: 9\r\n\r\nhello you"
    assert follow(data).ending is Ending.COMPLETE


@pytest.mark.parametrize(
    "data",
    [
        OK + b"Content-Length: 5\r\n\r\nhello, and more than promised",
        b"HTTP/1.1 204 No Content\r\n\r\n<p>but here it is</p>",
        CHUNKED + b"0\r\n\r\n\r\n",
    ],
    ids=["too long", "a body where none may be", "after the last chunk"],
)
def test_bytes_beyond_the_end_are_kept_and_noted(data: bytes) -> None:
    """A length that counts characters where it should count bytes is common."""
    followed = follow(data)
    assert followed.ending is Ending.COMPLETE
    assert not followed.is_reusable
    assert followed.kept + followed.framer.close() == data
    assert "beyond the end" in followed.framer.notes[-1]


def test_head_has_no_body_whatever_it_states() -> None:
    data = OK + b"Content-Length: 5000\r\nTransfer-Encoding: chunked\r\n\r\n"
    followed = follow(data, "HEAD")
    assert followed.ending is Ending.COMPLETE
    assert followed.is_reusable


def test_every_interim_answer_is_kept_apart() -> None:
    interim = (
        b"HTTP/1.1 100 Continue\r\n\r\n"
        b"HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\nContent-Length: 7\r\n\r\n"
        b"HTTP/1.1 102 Processing\r\n\r\n"
    )
    final = OK + b"Content-Length: 5\r\n\r\nhello"
    followed = follow(interim + final)
    assert followed.framer.interim == interim
    assert followed.kept == final
    assert followed.is_reusable


def test_interim_answers_alone_are_no_answer() -> None:
    kept, framer = closed(b"HTTP/1.1 103 Early Hints\r\n\r\n")
    assert kept == b""
    assert framer.ending is Ending.NONE
    assert framer.interim


@pytest.mark.parametrize("data", [b"", b"\r\n", b"HTTP/1.1 100 Continue\r\n\r\n\r\n"])
def test_nothing_or_next_to_nothing_is_no_answer(data: bytes) -> None:
    kept, framer = closed(data)
    assert kept == b""
    assert framer.ending is Ending.NONE


def test_a_head_beyond_its_limit_is_cut_there() -> None:
    data = OK + b"X: y\r\n" * 1000
    followed = follow(data, head_bytes=1000)
    assert followed.ending is Ending.LENGTH
    assert followed.framer.stop(Ending.LENGTH) == data[:1000]


def test_endless_interim_answers_are_bounded() -> None:
    followed = follow(b"HTTP/1.1 103 Early Hints\r\n\r\n" * 1000, head_bytes=1000)
    assert followed.ending is Ending.LENGTH
    assert len(followed.framer.interim) <= 1000


def test_an_endless_trailer_is_bounded() -> None:
    data = CHUNKED + b"0\r\n" + b"X: y\r\n" * 1000
    followed = follow(data, head_bytes=1000)
    assert followed.framer.close() == b""
    assert followed.framer.ending is Ending.MALFORMED


def test_on_a_kept_connection_bytes_without_a_status_line_are_no_answer() -> None:
    """They are the rest of an earlier answer, which must not be filed under this URL."""
    followed = follow(b"<p>rest of another body</p>", is_first=False)
    assert followed.ending is Ending.MALFORMED
    assert followed.framer.stop(Ending.LENGTH) == b"<p>rest of another body</p>"


@pytest.mark.parametrize("data", [*WHOLE.values(), *BY_CLOSE.values(), *LOST.values()])
def test_piece_by_piece_comes_to_the_same(data: bytes) -> None:
    at_once, slowly = follow(data), follow(data, step=1 + len(data) // 5000)
    assert slowly.kept + slowly.framer.close() == at_once.kept + at_once.framer.close()
    assert slowly.framer.ending is at_once.framer.ending
    assert slowly.framer.head_size == at_once.framer.head_size


@pytest.mark.parametrize("ending", [Ending.LENGTH, Ending.TIME])
def test_interim_answers_without_end_are_what_came(ending: Ending) -> None:
    early = b"HTTP/1.1 100 Continue\r\n\r\n"
    framer = Framer("GET", head_bytes=1000)
    kept = framer.feed(early * (99 if ending is Ending.LENGTH else 9) + b"HTTP/1.1 10")
    kept += framer.stop(ending)
    assert framer.ending is ending
    assert framer.interim == b""
    assert kept.startswith(early)
    assert framer.head_size == len(early)
    assert len(kept) <= 1000


def test_interim_answers_before_a_final_head_that_is_cut_stay_apart() -> None:
    early, head = b"HTTP/1.1 103 Early Hints\r\n\r\n", b"HTTP/1.1 200 OK\r\nX-A: b\r\n"
    framer = Framer("GET")
    kept = framer.feed(early + head) + framer.stop(Ending.TIME)
    assert (framer.interim, kept, framer.head_size) == (early, head, len(head))
