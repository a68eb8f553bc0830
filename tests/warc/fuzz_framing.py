"""A fuzz target for framing and decoding; not collected by pytest.

    python tests/warc/fuzz_framing.py [SECONDS] [SEED]

Mutates sound answers at random, follows each in a random split and compares with the whole: same
bytes, same ending. Any difference or exception ends it with the input that caused it. Plain random
mutation finds other faults than the strategies in test_framing_properties.py do.
"""

from __future__ import annotations

import gzip
import random
import sys
import time
import zlib

import brotli
import zstandard

from warc.framing import Framer, decoded_body, parse_head

_TEXT = b"a page of text, " * 40
_SEEDS = [
    b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello",
    b"HTTP/1.1 103 Early\r\n\r\nHTTP/1.1 200 OK\nContent-Length: 5, 5\n\nhello",
    b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5;x\r\nhello\r\n0\r\nA: b\r\n\r\n",
    b"HTTP/1.0 200 OK\r\nContent-Length: 3\r\nContent-Length: 9\r\n\r\nhello you",
    b"<html>HTTP/0.9</html>",
    *(
        b"HTTP/1.1 200 OK\r\nContent-Encoding: " + coding + b"\r\n\r\n" + body
        for coding, body in {
            b"gzip": gzip.compress(_TEXT) * 2,
            b"deflate": zlib.compress(_TEXT),
            b"br": brotli.compress(_TEXT),
            b"zstd": zstandard.compress(_TEXT),
        }.items()
    ),
]


def mutated(data: bytes, chance: random.Random) -> bytes:
    """Return `data` with a few bytes changed, dropped, doubled or moved."""
    result = bytearray(data)
    for _ in range(chance.randrange(1, 6)):
        at = chance.randrange(len(result) + 1)
        size = chance.choice((1, 1, 2, 8))
        action = chance.randrange(4)
        if action == 0:
            result[at : at + size] = chance.randbytes(size)
        elif action == 1:
            del result[at : at + size]
        elif action == 2:
            result[at:at] = result[at : at + size] * chance.choice((1, 20))
        else:
            result[at:at] = chance.choice((b"\r\n", b"\n", b"\0", b"0", b"f" * 20, b": ", b"HTTP/"))
    return bytes(result)


def outcome(pieces: list[bytes], method: str) -> tuple[object, ...]:
    framer = Framer(method, head_bytes=400)
    kept = b"".join(map(framer.feed, pieces)) + framer.close()
    body = [kept[framer.head_size :]]
    decoded = decoded_body(parse_head(kept[: framer.head_size]), body, 2000)
    return kept, framer.ending, framer.head_size, framer.interim, framer.is_reusable, decoded


def main(seconds: float, seed: int) -> int:
    chance = random.Random(seed)
    until = time.monotonic() + seconds
    runs = 0
    while time.monotonic() < until:
        data = mutated(chance.choice(_SEEDS), chance)
        cuts = sorted(chance.randrange(len(data) + 1) for _ in range(chance.randrange(12)))
        pieces = [data[a:b] for a, b in zip([0, *cuts], [*cuts, len(data)], strict=True)]
        method = chance.choice(("GET", "GET", "HEAD"))
        try:
            is_same = outcome(pieces, method) == outcome([data], method)
        except Exception:
            print(f"after {runs} runs, {method} {pieces!r}")
            raise
        if not is_same:
            print(f"the split matters: {method} {pieces!r}")
            return 1
        runs += 1
    print(f"{runs} runs, seed {seed}: nothing found")
    return 0


if __name__ == "__main__":
    arguments = [*sys.argv[1:], "10", "1"][:2] if len(sys.argv) < 3 else sys.argv[1:3]
    if len(sys.argv) == 2:
        arguments[1] = "1"
    raise SystemExit(main(float(arguments[0]), int(arguments[1])))
