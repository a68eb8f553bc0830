"""How fast the pages of the review come over HTTP with 100,000 links and a million checks.

`python benchmarks/review_pages.py` makes the store of `benchmarks/review.py` (`--keep` has it
used again), starts `muniment review` on it and asks for pages one after the other, as a reviewer
does, over one connection. Exit status 1 where half of the pages take longer than 15 ms.
"""

from __future__ import annotations

import argparse
import http.client
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from html import unescape
from pathlib import Path
from urllib.parse import urlencode

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from made_up_store import make_store

from pipelines.store import STORE_NAME
from warc.collection import Collection

_PAGE_MS, _SEARCH_MS = 15.0, 50.0
_TIMES = 21
_FIRST = "/queue?standing=broken&decision=none"
_PAGES = (
    _FIRST,
    f"{_FIRST}&page=40",
    f"{_FIRST}&reason=dns-nxdomain",
    f"{_FIRST}&sort=-failures",
    "/queue",
    "/queue?state=dead-gone",
    "/log",
    "/log?page=20",
    "/rules",
)
_SEARCHES = ("proliferation", "nuclear treaty", "54321", "women")


def main() -> int:
    """Return 1 where half of the pages take longer than they may."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--links", type=int, default=100_000)
    parser.add_argument("--runs", type=int, default=10, help="checks of each link (default 10)")
    parser.add_argument("--keep", type=Path, help="a folder for the store, used again where full")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = given.keep or Path(scratch)
        Collection(folder).create()
        if not (folder / STORE_NAME).exists():
            make_store(
                folder / STORE_NAME,
                links=given.links,
                runs=given.runs,
                decisions=given.links // 20,
            )
        with _served(folder) as port:
            return _measure(port)


@contextmanager
def _served(folder: Path) -> Iterator[int]:
    line = [sys.executable, "-m", "muniment", "review", "--collection", str(folder), "--port", "0"]
    process = subprocess.Popen(line, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        port = None
        while port is None:
            port = re.search(r"http://127\.0\.0\.1:(\d+)/", process.stdout.readline())
        yield int(port[1])
    finally:
        process.terminate()
        process.wait(60)


def _measure(port: int) -> int:
    with closing(http.client.HTTPConnection("127.0.0.1", port)) as connection:
        cookie = _ask(connection, "/queue")[2].partition(";")[0]
        everything: list[float] = []
        for path in _PAGES:
            times = [_ask(connection, path, cookie)[0] for _ in range(_TIMES)]
            everything += times
            _tell(path, times, _PAGE_MS)
        times = [_ask(connection, path, cookie)[0] for path in _findings(connection, cookie)]
        _tell("a finding", times, _PAGE_MS)
        for words in _SEARCHES:
            path = f"{_FIRST}&{urlencode({'q': words})}"
            times = [_ask(connection, path, cookie)[0] for _ in range(_TIMES)]
            _tell(f"search: {words}", times, _SEARCH_MS)
        times = [_decide(connection, path, cookie) for path in _findings(connection, cookie)]
        _tell("a decision and the next finding", times, 100.0)
    middle = statistics.median(everything)
    print(f"all pages: p50 {middle:.1f} ms, at most {_PAGE_MS:g} wanted")
    return 1 if middle > _PAGE_MS else 0


def _findings(connection: http.client.HTTPConnection, cookie: str) -> list[str]:
    page = _ask(connection, f"{_FIRST}&page=7", cookie)[1]
    found = re.findall(r'href="(/finding\?[^"]*)"', page)
    return [unescape(path) for path in dict.fromkeys(found)][:30]


def _decide(connection: http.client.HTTPConnection, path: str, cookie: str) -> float:
    """Return the milliseconds from sending a decision to having the next finding."""
    page = _ask(connection, path, cookie)[1]
    fields = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page))
    fields = {name: unescape(value) for name, value in fields.items()} | {"kind": "confirmed"}
    fields["url"] = unescape(re.findall(r'name="url" value="([^"]*)"', page)[0])
    began = time.perf_counter()
    headers = {
        "Cookie": cookie,
        "Origin": f"http://127.0.0.1:{connection.port}",
        "Content-Type": "application/x-www-form-urlencoded",
    }
    connection.request("POST", "/decide", urlencode(fields), headers)
    answer = connection.getresponse()
    answer.read()
    assert answer.status == 303, answer.status
    _ask(connection, answer.getheader("Location") or "", cookie)
    return (time.perf_counter() - began) * 1000


def _ask(
    connection: http.client.HTTPConnection, path: str, cookie: str = ""
) -> tuple[float, str, str]:
    """Return the milliseconds that a page took, the page, and the cookie that it set."""
    began = time.perf_counter()
    connection.request("GET", path, headers={"Cookie": cookie} if cookie else {})
    answer = connection.getresponse()
    text = answer.read().decode()
    assert answer.status == 200, (path, answer.status, text)
    return (time.perf_counter() - began) * 1000, text, answer.getheader("Set-Cookie") or ""


def _tell(what: str, times: list[float], bound: float) -> None:
    middle = statistics.median(times)
    late = "  LATE" if middle > bound else ""
    print(f"{what:60} p50 {middle:6.1f} ms  max {max(times):6.1f} ms{late}")


if __name__ == "__main__":
    sys.exit(main())
