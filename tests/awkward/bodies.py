"""Bodies whose end is hard to tell: lengths that lie, chunks and codings that are none."""

from __future__ import annotations

import gzip
import zlib

import brotli
import zstandard

from awkward.answer import CHUNKED, CLOSING, LAST, Act, Answer, chunk, head, page, sized

_OK = "HTTP/1.1 200 OK"
_HTML = "Content-Type: text/html"
_CODED = "Transfer-Encoding: chunked"


def bodies() -> dict[str, Answer]:
    """Return every answer whose body is the odd part, by name."""
    return {**_chunks(), **_broken_chunks(), **_lengths(), **_both(), **_codings()}


def _chunks() -> dict[str, Answer]:
    """Return chunked bodies that are in order, however written."""

    def split(name: str) -> tuple[bytes, bytes]:
        return page(name)[:40], page(name)[40:]

    coded = {
        "chunks-two": lambda a, b: chunk(a) + chunk(b) + LAST,
        "chunks-extension": lambda a, b: chunk(a, f"{len(a):x};x=1;y") + chunk(b) + b"0;z\r\n\r\n",
        "chunks-quoted-extension": lambda a, b: (
            chunk(a, f'{len(a):x};q="1;2 \\" 3"') + chunk(b) + LAST
        ),
        "chunks-long-extension": lambda a, b: (
            chunk(a, f"{len(a):x};e={'x' * 6000}") + chunk(b) + LAST
        ),
        "chunks-trailer": lambda a, b: (
            chunk(a) + chunk(b) + b"0\r\nX-Digest: abc\r\nX-More: d\r\n\r\n"
        ),
        "chunks-upper-case": lambda a, b: chunk(a, f"{len(a):X}") + chunk(b, f"{len(b):X}") + LAST,
        "chunks-leading-zeros": lambda a, b: (
            chunk(a, f"{len(a):012x}") + chunk(b, f"{len(b):020x}") + b"0000\r\n\r\n"
        ),
        "chunks-spaces": lambda a, b: (
            chunk(a, f"{len(a):x}   ") + chunk(b, f" {len(b):x} ; x") + LAST
        ),
        "chunks-bare-lf": lambda a, b: chunk(a, end=b"\n") + chunk(b, end=b"\n") + b"0\n\n",
        "chunks-bytes": lambda a, b: b"".join(chunk(bytes([c])) for c in a + b) + LAST,
        "chunks-folded-trailer": lambda a, b: (
            chunk(a + b) + b"0\r\nX-T: a\r\n b\r\nno colon\r\n\r\n"
        ),
    }
    answers = {name: Answer(steps=(CHUNKED + make(*split(name)),)) for name, make in coded.items()}
    a, b = split("chunks-slow")
    slow = (CHUNKED + chunk(a)[:5], 0.03, chunk(a)[5:], 0.03, chunk(b) + LAST[:3], 0.03, LAST[3:])
    answers["chunks-slow"] = Answer(steps=slow)
    answers["chunks-none"] = Answer(steps=(CHUNKED + LAST,), leads_on=False)
    for name, value in (
        ("chunks-case", "CHUNKED"),
        ("chunks-identity", "identity, chunked"),
        ("chunks-twice", "chunked, chunked"),
    ):
        fields = head(_OK, _HTML, f"Transfer-Encoding: {value}")
        answers[name] = Answer(steps=(fields + chunk(page(name)) + LAST,))
    zipped = head(_OK, _HTML, "Transfer-Encoding: gzip, chunked")
    packed = gzip.compress(page("chunks-zipped"), mtime=0)
    answers["chunks-zipped"] = Answer(steps=(zipped + chunk(packed) + LAST,))
    return answers


def _broken_chunks() -> dict[str, Answer]:
    """Return chunked bodies that stop, or stop being chunked; then the server closes."""
    stray = "unspecified"

    def broken(name: str, rest: bytes, truncated: str | None) -> Answer:
        sent = CHUNKED + chunk(page(name)) + rest
        return Answer(steps=(sent, Act.CLOSE), truncated=truncated)

    ends = {
        "broken-size": (b"zz\r\nno chunk\r\n0\r\n\r\n", stray),
        "broken-negative": (b"-5\r\nhello\r\n0\r\n\r\n", stray),
        "broken-0x": (b"0x5\r\nhello\r\n0\r\n\r\n", stray),
        "broken-huge": (b"fffffffffffffffff\r\nhello", stray),
        "broken-empty-size": (b"\r\nhello\r\n0\r\n\r\n", stray),
        "broken-data-too-long": (b"3\r\nhello\r\n0\r\n\r\n", stray),
        "broken-data-too-short": (b"9\r\nhello\r\n0\r\n\r\n", stray),
        "broken-data-cut": (b"99\r\nhello", "disconnect"),
        "broken-no-last": (b"", "disconnect"),
        "broken-mid-size": (b"1", "disconnect"),
        "broken-no-end": (b"0\r\n", None),
        "broken-half-end": (b"0\r\n\r", None),
        "broken-trailer": (b"0\r\nX-Trailer: he", None),
    }
    answers = {name: broken(name, rest, why) for name, (rest, why) in ends.items()}
    plain = CHUNKED + page("chunked-not")
    answers["chunked-not"] = Answer(steps=(plain, Act.CLOSE), truncated=stray)
    name = "broken-reset"
    answers[name] = Answer(steps=(CHUNKED + chunk(page(name)), Act.RESET), truncated="disconnect")
    return answers


def _lengths() -> dict[str, Answer]:
    """Return bodies that are not as long as their head says."""

    def stated(name: str, *lengths: str, end: Act | None = Act.CLOSE) -> bytes:
        size = len(page(name))
        fields = [f"Content-Length: {text.replace('#', str(size))}" for text in lengths]
        return head(_OK, _HTML, *fields) + page(name)

    same = {"length-twice": ("#", "#"), "length-list": ("#, #",)}
    answers = {name: Answer(steps=(stated(name, *ls),)) for name, ls in same.items()}
    until_close: dict[str, tuple[str, ...]] = {
        "length-conflict": ("10", "#"),
        "length-conflict-list": ("#, 10",),
        "length-too-small": ("20",),
        "length-zero": ("0",),
        "length-plus": ("+#",),
        "length-hex": ("0x40",),
        "length-word": ("unknown",),
        "length-negative": ("-1",),
        "length-empty": ("",),
        "length-fraction": ("#.0",),
        "length-units": ("# bytes",),
    }
    for name, lengths in until_close.items():
        answers[name] = Answer(steps=(stated(name, *lengths), Act.CLOSE))
    for name, length in (("length-too-large", "9000"), ("length-absurd", "9" * 40)):
        answers[name] = Answer(steps=(stated(name, length), Act.CLOSE), truncated="disconnect")
    name = "length-reset"
    answers[name] = Answer(steps=(stated(name, "9000"), Act.RESET), truncated="disconnect")
    answers["length-conflict-kept"] = Answer(steps=(stated("length-conflict-kept", "10", "#"),))
    answers["to-close"] = Answer(steps=(CLOSING + page("to-close"), Act.CLOSE))
    name = "to-close-slow"
    answers[name] = Answer(steps=(CLOSING, 0.05, page(name)[:20], 0.05, page(name)[20:], Act.CLOSE))
    answers["to-reset"] = Answer(
        steps=(CLOSING + page("to-reset"), Act.RESET), truncated="disconnect"
    )
    answers["nothing"] = Answer(steps=(sized(b""),), leads_on=False)
    drip = tuple(step for byte in page("drip") for step in (bytes([byte]), 0.003))
    answers["drip"] = Answer(steps=(sized(page("drip"))[: -len(page("drip"))], *drip))
    return answers


def _both() -> dict[str, Answer]:
    """Return bodies with a length and chunks, or with a coding that is none."""
    answers = {}
    for name, length in (("both-small", "5"), ("both-large", "9999"), ("both-zero", "0")):
        fields = head(_OK, _HTML, f"Content-Length: {length}", _CODED)
        answers[name] = Answer(steps=(fields + chunk(page(name)) + LAST,))
    name = "coding-identity"
    fields = head(_OK, _HTML, "Transfer-Encoding: identity", f"Content-Length: {len(page(name))}")
    answers[name] = Answer(steps=(fields + page(name),))
    name = "coding-unknown"
    fields = head(_OK, _HTML, "Transfer-Encoding: banana")
    answers[name] = Answer(steps=(fields + page(name), Act.CLOSE))
    return answers


def _codings() -> dict[str, Answer]:
    """Return bodies in every content coding, and some that only say so."""

    def deflated(data: bytes) -> bytes:
        raw = zlib.compressobj(wbits=-15)
        return raw.compress(data) + raw.flush()

    def zipped(data: bytes) -> bytes:
        return gzip.compress(data, mtime=0)

    codings = {
        "gzip": ("gzip", zipped),
        "gzip-x": ("x-gzip", zipped),
        "gzip-upper-case": ("GZIP", zipped),
        "gzip-twice": ("gzip, gzip", lambda data: zipped(zipped(data))),
        "gzip-members": ("gzip", lambda data: zipped(data[:30]) + zipped(data[30:])),
        "gzip-cut": ("gzip", lambda data: zipped(data)[:-9]),
        "gzip-not": ("gzip", bytes),
        "deflate": ("deflate", zlib.compress),
        "deflate-raw": ("deflate", deflated),
        "brotli": ("br", brotli.compress),
        "brotli-not": ("br", bytes),
        "zstd": ("zstd", zstandard.compress),
        "coding-empty": ("", bytes),
        "coding-own": ("identity", bytes),
        "coding-nonsense": ("klingon", bytes),
    }
    answers = {
        name: Answer(steps=(sized(code(page(name)), f"Content-Encoding: {coding}"),))
        for name, (coding, code) in codings.items()
    }
    for name, coding, code in (
        ("gzip-chunked", "gzip", zipped),
        ("brotli-chunked", "br", brotli.compress),
    ):
        data = code(page(name))
        fields = head(_OK, _HTML, f"Content-Encoding: {coding}", _CODED)
        sent = fields + chunk(data[:9]) + chunk(data[9:]) + LAST
        answers[name] = Answer(steps=(sent,))
    return answers
