"""The sites that are captured here: a plain one of any size, a large odd one, and big bodies."""

from __future__ import annotations

import gzip
import random
import zlib

import brotli
import zstandard

from awkward import Answer, Site, odd_site, sized
from awkward.answer import LAST, chunk, head

LINKS = 30
_TEXT = "the department of state announced today that talks will continue in geneva next week"
_WORDS = _TEXT.split()
# Addresses as pages write them, and what has to be asked for.
_SPELLINGS = {
    "/spelled/a b.htm": b"/spelled/a%20b.htm",
    "/spelled/caf\xe9.htm": b"/spelled/caf%C3%A9.htm",
    "/spelled/%7Etilde.htm": b"/spelled/%7Etilde.htm",
    "/spelled/%2Fslash.htm": b"/spelled/%2Fslash.htm",
    "/spelled/Upper.HTM": b"/spelled/Upper.HTM",
    "/spelled/x;p=1.htm": b"/spelled/x;p=1.htm",
    "/spelled/q?a=1&amp;b=2": b"/spelled/q?a=1&b=2",
    "/spelled/q?b=2&amp;a=1": b"/spelled/q?b=2&a=1",
    "/spelled/q?": b"/spelled/q?",
    "/spelled//double.htm": b"/spelled//double.htm",
    "/spelled/./x/../dots.htm": b"/spelled/dots.htm",
    "\n /spelled/pad\nded.htm\t": b"/spelled/padded.htm",
    "/spelled/(brackets)['x'].htm": b"/spelled/(brackets)['x'].htm",
}


def plain_site(url: str, *, pages: int = 700) -> Site:
    """Return pages of about 10 KiB with 30 links each, their style sheets, scripts and images."""
    chance = random.Random(1)
    answers = {b"/robots.txt": Answer(steps=(sized(b"User-agent: *\nDisallow: /no/\n"),))}
    for n in range(pages):
        answers[b"/" if n == 0 else _page(n)] = _answer(_html(n, pages, chance))
    for n in range(pages // 10):
        css = f"body {{ background: url('/i/{n}.png') }} h{n} {{ color: red }}"
        answers[f"/s/{n}.css".encode()] = _answer(css, "text/css")
        answers[f"/s/{n}.js".encode()] = _answer(f"var page = {n};" * 40, "text/javascript")
        image = b"\x89PNG\r\n\x1a\n" + chance.randbytes(3000)
        answers[f"/i/{n}.png".encode()] = Answer(steps=(sized(image, kind="image/png"),))
    return Site(answers=answers, due=frozenset(answers))


def large_site(url: str, *, pages: int = 300, megabytes: int = 100) -> Site:
    """Return about 900 addresses: the odd answers, plain pages, spellings, a chain, big bodies."""
    odd, plain = odd_site(url), plain_site(url, pages=pages)
    spelled = {wire: _answer(f"<title>{wire!r}</title>") for wire in _SPELLINGS.values()}
    answers = {**plain.answers, **odd.answers, **spelled, **_chain(70), **_busy(), **_long()}
    bodies = big_bodies(megabytes)
    answers |= bodies | {b"/odd.htm": odd.answers[b"/"], b"/plain.htm": plain.answers[b"/"]}
    links = ["/odd.htm", "/plain.htm", "/chain/0.htm", *_SPELLINGS]
    links += [target.decode("ascii") for target in (*bodies, *_busy(), b"/long.htm")]
    answers[b"/"] = _answer("".join(f'<a href="{link}">x</a>\n' for link in links))
    due = odd.due | plain.due | frozenset(answers) - odd.forbidden
    return Site(answers=answers, due=due, forbidden=odd.forbidden)


def big_bodies(megabytes: int) -> dict[bytes, Answer]:
    """Return bodies of up to so many MB that cannot be compressed, and some that were."""
    block = random.Random(2).randbytes(1 << 20)
    zipped = "application/octet-stream"
    page = _html(1, 50, random.Random(3)).encode() * 80 * megabytes
    chunked = head("HTTP/1.1 200 OK", f"Content-Type: {zipped}", "Transfer-Encoding: chunked")
    sizes = sorted({1, max(1, megabytes // 5), megabytes})
    answers = {
        f"/big/{size}.bin".encode(): Answer(steps=(sized(block * size, kind=zipped),))
        for size in sizes
    }
    answers[b"/big/chunked.bin"] = Answer(steps=(chunked + chunk(block) * megabytes + LAST,))
    codings = {"gzip": gzip.compress, "br": _brotli, "zstd": zstandard.compress}
    codings["deflate"] = zlib.compress
    for name, code in codings.items():
        answers[f"/big/{name}.htm".encode()] = Answer(
            steps=(sized(code(page), f"Content-Encoding: {name}"),)
        )
    return answers


def _brotli(data: bytes) -> bytes:
    return bytes(brotli.compress(data, quality=1))


def _busy() -> dict[bytes, Answer]:
    """Return answers that ask for patience."""
    fields = ("Retry-After: 1",)
    answers = {}
    for status in ("429 Too Many Requests", "503 Service Unavailable"):
        sent = sized(b"<p>later</p>", *fields, status=f"HTTP/1.1 {status}")
        answers[f"/busy/{status[:3]}.htm".encode()] = Answer(steps=(sent,))
    return answers


def _long() -> dict[bytes, Answer]:
    """Return a page of 12 MB whose first lines lead on."""
    page = '<a href="/from-long.htm">on</a>' + "<p>It goes on and on.</p>\n" * 500_000
    return {b"/long.htm": _answer(page), b"/from-long.htm": _answer("<title>from a long page")}


def _chain(length: int) -> dict[bytes, Answer]:
    """Return pages each of which only the one before links to."""
    return {
        f"/chain/{n}.htm".encode(): _answer(
            f'<title>{n}</title><a href="{n + 1}.htm">next</a>' if n < length - 1 else "the end"
        )
        for n in range(length)
    }


def _page(n: int) -> bytes:
    return f"/p/{n}.htm".encode()


def _html(n: int, pages: int, chance: random.Random) -> str:
    """Return page `n`, which links to what follows it in a tree and to pages at random."""
    targets = [n * 3 + 1, n * 3 + 2, n * 3 + 3]
    targets = [t for t in targets if t < pages]
    targets += [chance.randrange(1, pages) for _ in range(LINKS - len(targets))]
    links = "".join(f'<li><a href="/p/{t}.htm">Statement {t}</a></li>\n' for t in targets)
    style, text = n % max(1, pages // 10), " ".join(chance.choices(_WORDS, k=1200))
    return (
        f"<!doctype html><html><head><title>Statement {n}</title>"
        f'<link rel="stylesheet" href="/s/{style}.css"><script src="/s/{style}.js"></script>'
        f'</head><body><img src="/i/{style}.png"><ul>{links}</ul><p>{text}</p></body></html>\n'
    )


def _answer(text: str, kind: str = "text/html; charset=utf-8") -> Answer:
    return Answer(steps=(sized(text.encode(), kind=kind),))
