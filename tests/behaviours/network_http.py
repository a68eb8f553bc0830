"""Behaviours of answers on the wire: framing, heads, endings, statuses."""

from __future__ import annotations

import base64
import gzip
import random
import zlib

import brotli  # type: ignore[import-untyped]  # ships no types
import zstandard

from behaviours.case import HEAD, PAGE, WHOLE, Act, Case, Turn, said

_LENGTH = HEAD + b"Content-Length: %d\r\n\r\n" % len(PAGE)
_CHUNKED = HEAD + b"Transfer-Encoding: chunked\r\n\r\n"
_CHUNK = b"%x\r\n%s\r\n" % (len(PAGE), PAGE)
_OPEN = HEAD + b"\r\n"  # until the close
_GZIP = gzip.compress(PAGE)
_NOISE = random.Random(7).randbytes(2000)
_LONG_GZIP = gzip.compress(PAGE + b"<p>" + base64.b64encode(random.Random(8).randbytes(20_000)))
_BOMB = gzip.compress(PAGE + b" " * (64 << 20), 9)


def _alive(name: str, *turns: Turn, reason: str = "ok") -> Case:
    return Case(name=f"http-{name}", outcome="ok", reason=reason, plain="alive", turns=turns)


def _broken(name: str, reason: str, *turns: Turn, outcome: str = "transient") -> Case:
    return Case(name=f"http-{name}", outcome=outcome, reason=reason, plain="broken", turns=turns)


def _unsure(name: str, reason: str, *turns: Turn, outcome: str = "unsure") -> Case:
    return Case(name=f"http-{name}", outcome=outcome, reason=reason, plain="uncertain", turns=turns)


def _with(*fields: str) -> tuple[bytes]:
    return (said("200 OK", *fields),)


def _coded(coding: str, body: bytes, name: str = "Content-Encoding") -> bytes:
    return said("200 OK", f"{name}: {coding}", body=body)


_ENDINGS = (
    _broken("reset-first", "reset", (Act.RESET,)),
    _broken("empty", "empty", (Act.CLOSE,)),
    _broken("silence", "timeout", (Act.HANG,)),
    _broken("reset-in-head", "head-cut", (HEAD[:30], Act.RESET)),
    _broken("close-in-head", "head-cut", (HEAD[:30], Act.CLOSE)),
    _broken("close-behind-fields", "head-cut", (HEAD, Act.CLOSE)),
    _broken("hang-in-head", "head-slow", (HEAD[:30], Act.HANG)),
    _broken("endless-head", "head-too-long", (HEAD, *(b"X-A: " + b"a" * 65_000 + b"\r\n",) * 40)),
    _broken("hundred-thousand-fields", "head-too-long", (HEAD, b"X-Field: y123\r\n" * 100_000)),
    _broken(
        "drip-head-too-slow",
        "head-slow",
        (HEAD, *tuple(s for _ in range(60) for s in (b"X: y\r\n", 0.1))),
    ),
    _broken(
        "endless-continue",
        "head-too-long",
        (*(b"HTTP/1.1 100 Continue\r\n\r\n" * 2000,) * 60, Act.HANG),
    ),
    _broken(
        "endless-hints",
        "head-too-long",
        (*(b"HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n" * 2000,) * 30, Act.HANG),
    ),
    _broken("continue-and-close", "empty", (b"HTTP/1.1 100 Continue\r\n\r\n", Act.CLOSE)),
    _broken("continue-and-silence", "timeout", (b"HTTP/1.1 100 Continue\r\n\r\n", Act.HANG)),
    _broken("reset-in-body", "body-reset", (_LENGTH + PAGE[:99], Act.RESET)),
    _broken("reset-behind-head", "body-reset", (_LENGTH, Act.RESET)),
    _broken("cut-body", "body-cut", (_LENGTH + PAGE[:99], Act.CLOSE)),
    _broken("cut-behind-head", "body-cut", (_LENGTH, Act.CLOSE)),
    _broken("cut-in-chunks", "body-cut", (_CHUNKED + _CHUNK[:99], Act.CLOSE)),
    _broken("cut-between-chunks", "body-cut", (_CHUNKED + _CHUNK, Act.CLOSE)),
    _broken("bad-chunk-size", "body-malformed", (_CHUNKED + b"zz\r\n" + PAGE, Act.CLOSE)),
    _broken("bad-second-chunk", "body-malformed", (_CHUNKED + _CHUNK + b"-5\r\nabc", Act.CLOSE)),
    _broken("head-then-silence", "body-silent", (_LENGTH, Act.HANG)),
    _unsure("half-then-silence", "body-slow", (_LENGTH + PAGE[:400], Act.HANG)),
    _unsure(
        "drip-body-too-slow",
        "body-slow",
        (
            HEAD + b"Content-Length: 999\r\n\r\n",
            *tuple(s for _ in range(60) for s in (b"word ", 0.1)),
        ),
    ),
    _alive(
        "drip-head", (HEAD[:20], 0.1, HEAD[20:50], 0.1, HEAD[50:], 0.1, b"\r\n" + PAGE, Act.CLOSE)
    ),
    _alive(
        "drip-body",
        (
            _LENGTH,
            *(s for i in range(5) for s in (PAGE[i * 200 : i * 200 + 200], 0.05)),
            PAGE[1000:],
        ),
    ),
    _alive("slow-answer", (0.3, WHOLE)),
    _alive(
        "endless-body",
        (_OPEN, PAGE, *(b"<p>more and more</p>" * 4000,) * 60, Act.HANG),
        reason="ok-cut",
    ),
    _alive(
        "event-stream",
        (b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n", Act.HANG),
        reason="ok-slow",
    ),
    _alive("no-length", (_OPEN + PAGE, Act.CLOSE)),
    _alive("http-1.0", (b"HTTP/1.0 200 OK\r\nContent-Type: text/html\r\n\r\n" + PAGE, Act.CLOSE)),
    _alive("chunked", (_CHUNKED + _CHUNK + b"0\r\n\r\n",)),
    _alive("chunk-extension", (_CHUNKED + b"%x;a=b\r\n%s\r\n0;x\r\n\r\n" % (len(PAGE), PAGE),)),
    _alive("trailers", (_CHUNKED + _CHUNK + b"0\r\nX-Sum: 1\r\n\r\n",)),
    _alive("last-chunk-without-end", (_CHUNKED + _CHUNK + b"0\r\n", Act.CLOSE)),
    _alive("reset-behind-body", (WHOLE, Act.RESET)),
)

_HEADS = (
    _alive("huge-head", (said("200 OK", "X-Big: " + "b" * 100_000),)),
    _alive("thousand-fields", (said("200 OK", *("X-Some: thing",) * 1000),)),
    _alive("surplus-bytes", (WHOLE + b"surplus",)),
    _alive("another-answer-behind", (WHOLE + said("404 Not Found"),)),
    _alive("connection-close", _with("Connection: close")),
    _alive("connection-close-and-hang", (said("200 OK", "Connection: close"), Act.HANG)),
    _alive("connection-odd", _with("Connection: Keep-Alive, Close", "Keep-Alive: timeout=0")),
    _alive("via", _with("Via: 1.1 varnish, 1.1 cloud (squid)", "X-Cache: HIT", "Age: 99999")),
    _alive("lower-case", (b"http/1.1 200 ok\r\ncontent-type: text/html\r\n\r\n" + PAGE, Act.CLOSE)),
    _alive("no-reason", (WHOLE.replace(b"200 OK", b"200"),)),
    _alive("reason-bytes", (WHOLE.replace(b"200 OK", b"200 d'accord \xe9\xff"),)),
    _alive("bare-line-feeds", (WHOLE.replace(b"\r\n", b"\n"),)),
    _alive("empty-lines-first", (b"\r\n\r\n" + WHOLE,)),
    _alive("folded-field", _with("X-Folded: one\r\n two\r\n\tthree")),
    _alive("line-without-colon", _with("this is no field")),
    _alive("nul-in-field", _with("X-Nul: a\x00b")),
    _alive("http-1.2", (WHOLE.replace(b"HTTP/1.1", b"HTTP/1.2"),)),
    _alive("http-2-in-text", (WHOLE.replace(b"HTTP/1.1", b"HTTP/2"),)),
    _alive("shoutcast", (WHOLE.replace(b"HTTP/1.1", b"ICY"), Act.CLOSE)),
    _alive("length-twice", _with(f"Content-Length: {len(PAGE)}")),
    _alive("lengths-differ", (said("200 OK", "Content-Length: 10"), Act.CLOSE)),
    _alive("length-no-number", (HEAD + b"Content-Length: many\r\n\r\n" + PAGE, Act.CLOSE)),
    _alive("length-negative", (HEAD + b"Content-Length: -1\r\n\r\n" + PAGE, Act.CLOSE)),
    _alive(
        "length-and-chunks",
        (
            HEAD
            + b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n"
            + _CHUNK
            + b"0\r\n\r\n",
        ),
    ),
    _alive("early-hints", (b"HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n", 0.05, WHOLE)),
    _alive("continue-first", (b"HTTP/1.1 100 Continue\r\n\r\n" + WHOLE,)),
    _alive("many-interim", (b"HTTP/1.1 102 Processing\r\n\r\n" * 20 + WHOLE,)),
    _alive("wrong-coding", _with("Content-Encoding: gzip")),
    _alive("unknown-coding", _with("Content-Encoding: sdch")),
    _alive("gzip", (said("200 OK", "Content-Encoding: gzip", body=gzip.compress(PAGE)),)),
    _alive("gzip-bomb", (said("200 OK", "Content-Encoding: gzip", body=_BOMB),)),
    _alive("gzip-cut", (said("200 OK", "Content-Encoding: gzip", body=gzip.compress(PAGE)[:-8]),)),
    _alive("gzip-wrong-sum", (_coded("gzip", _GZIP[:-8] + b"\xff" * 8),)),
    _alive("gzip-cut-within", (_coded("gzip", _LONG_GZIP[:-99]),), reason="ok-damaged"),
    _alive(
        "gzip-damaged-within",
        (_coded("gzip", _LONG_GZIP[:-999] + b"\xff" * 999),),
        reason="ok-damaged",
    ),
    _alive("gzip-of-nothing", (_coded("gzip", gzip.compress(b"")),), reason="ok-empty"),
    _alive("brotli", (_coded("br", brotli.compress(PAGE)),)),
    _alive("zstd", (_coded("zstd", zstandard.compress(PAGE)),)),
    _alive("deflate-raw", (_coded("deflate", zlib.compress(PAGE)[2:-4]),)),
    _broken("gzip-damaged", "body-undecodable", (_coded("gzip", _GZIP[:10] + b"\xff" * 300),)),
    _broken("gzip-head-only", "body-undecodable", (_coded("gzip", _GZIP[:10]),)),
    _broken(
        "deflate-damaged", "body-undecodable", (_coded("deflate", b"\x78\x9c" + b"\xff" * 99),)
    ),
    _broken("brotli-damaged", "body-undecodable", (_coded("br", _NOISE),)),
    _broken(
        "zstd-damaged", "body-undecodable", (_coded("zstd", b"\x28\xb5\x2f\xfd" + b"\xff" * 99),)
    ),
    _alive(
        "gzip-damaged-once",
        (_coded("gzip", _GZIP[:10] + b"\xff" * 300),),
        (_coded("gzip", _GZIP),),
    ),
    _alive("no-type", (b"HTTP/1.1 200 OK\r\n\r\n" + PAGE, Act.CLOSE)),
    _alive("location-with-200", _with("Location: /http-empty")),
)

_WALLS = ("402", "406", "412", "418", "420", "428", "430", "440", "449", "450", "451", "498")
_FAULTS = ("416", "421", "422", "431", "500", "501", "520", "521", "523", "525", "526", "530")
_FRAME = b"\0\0\x06\4\0\0\0\0\0\0\3\0\0\0\x64" + b"\0\0\x08\7\0\0\0\0\0" + b"\0" * 8
_STATUSES = (
    _alive("201", (said("201 Created"),)),
    _alive("203", (said("203 Non-Authoritative Information"),)),
    _alive("204", (b"HTTP/1.1 204 No Content\r\n\r\n",), reason="ok-no-content"),
    _alive("205", (b"HTTP/1.1 205 Reset\r\nContent-Length: 0\r\n\r\n",), reason="ok-no-content"),
    _alive("206", (said("206 Partial Content", "Content-Range: bytes 0-9/10"),)),
    _alive("empty-body", (said("200 OK", body=b""),), reason="ok-empty"),
    _unsure(
        "101", "http-101", (b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n", Act.CLOSE)
    ),
    _unsure("304-unasked", "http-304", (b"HTTP/1.1 304 Not Modified\r\n\r\n",)),
    _unsure("300", "http-300", (said("300 Multiple Choices"),)),
    _broken("400", "http-400", (said("400 Bad Request"),)),
    _unsure("405", "http-405", (said("405 Method Not Allowed", "Allow: POST"),), outcome="blocked"),
    _unsure("407", "http-407", (said("407 Proxy Authentication Required"),), outcome="blocked"),
    _broken("404", "http-404", (said("404 Not Found"),), outcome="gone"),
    _broken("410", "http-410", (said("410 Gone"),), outcome="gone"),
    _unsure("425", "http-425", (said("425 Too Early"),)),
    _unsure("999", "http-999", (said("999 Request denied"),), outcome="blocked"),
    *(_unsure(code, f"http-{code}", (said(f"{code} Odd"),), outcome="blocked") for code in _WALLS),
    *(_unsure(code, f"http-{code}", (said(f"{code} Odd"),)) for code in ("426", "460", "499")),
    *(_unsure(code, f"http-{code}", (said(f"{code} Odd"),)) for code in ("505", "509", "529")),
    *(_broken(code, f"http-{code}", (said(f"{code} Odd"),)) for code in _FAULTS),
    _broken("301-nowhere", "redirect-no-address", (said("301 Moved Permanently"),)),
    _unsure("306", "http-306", (said("306 Unused"),)),
    _alive("206-no-range", (said("206 Partial Content"),)),
    _alive("205-with-page", (said("205 Reset Content"),), reason="ok-no-content"),
    _broken("http-2-in-the-clear", "not-http", (_FRAME, Act.CLOSE)),
    _unsure("000", "http-no-status", (said("000 Nothing"),)),
    _unsure("600", "http-600", (said("600 Odd"),)),
    _unsure("1000", "http-no-status", (said("1000 Odder"),)),
    _unsure("no-status", "http-no-status", (said("OK"),)),
    _broken("garbage", "not-http", (b"\x00\x01\x02\xff\xfe" * 40, Act.CLOSE)),
    _broken("ssh", "not-http", (b"SSH-2.0-OpenSSH_9.6\r\n", Act.CLOSE)),
    _broken("mail", "not-http", (b"220 mail.test ESMTP\r\n", Act.CLOSE)),
    _unsure("http-0.9", "http-0.9", (PAGE, Act.CLOSE)),
)
CASES = (*_ENDINGS, *_HEADS, *_STATUSES)
