"""Put a million addresses in line in the real frontier, and say what that takes.

`python benchmarks/frontier.py`: resident memory and the time of each enqueueing on the way, then
how long the next process needs to take up what waits. Pages of a thousand links are parsed by the
spider, so that everything that remembers addresses is measured with it.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from pathlib import Path
from types import SimpleNamespace

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import HtmlResponse
from scrapy.settings import Settings
from scrapy.utils.reactor import install_reactor

from crawler.answers import Answer
from crawler.frontier import Frontier
from crawler.options import CaptureOptions
from crawler.scope import Trail
from crawler.settings import ASYNCIO_EVENT_LOOP, TWISTED_REACTOR, settings_for
from crawler.spiders.capture import CaptureSpider
from crawler.spiders.pages import PagesSpider

SEED = "http://127.0.0.1:8000/"
LINKS = 1000
_PAGE_MIB = os.sysconf("SC_PAGE_SIZE") / (1 << 20)
_MAY_GROW = 30.0


def main() -> int:
    """Return 1 where memory grows by more than 30 MiB from the first to the last figure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--addresses", type=int, default=1_000_000, help="default a million")
    parser.add_argument("--elsewhere", type=int, default=0, help="links out of scope a page")
    arguments = parser.parse_args()
    install_reactor(TWISTED_REACTOR, ASYNCIO_EVENT_LOOP)
    with tempfile.TemporaryDirectory() as scratch:
        collection = Path(scratch, "collection")
        grown = fill(collection, arguments.addresses, arguments.elsewhere)
        resume(collection)
    print(f"grown by {grown:.1f} MiB")
    return 1 if grown > _MAY_GROW else 0


def fill(collection: Path, addresses: int, elsewhere: int) -> float:
    """Enqueue so many, print figures on the way, and return the MiB grown after the first."""
    spider, frontier = _crawl(collection)
    shown = {10**power for power in range(4, 9)} | {addresses}
    first, seconds, since = 0.0, 0.0, 0
    print(f"{'addresses':>12}{'resident MiB':>14}{'µs each':>9}")
    for start in range(0, addresses, LINKS):
        found = list(spider.parse(_page(start, elsewhere)))
        began = time.perf_counter()
        for request in found:
            frontier.enqueue_request(request)
        seconds += time.perf_counter() - began
        _answer_one(frontier, start)
        if (done := start + LINKS) in shown:
            first = first or _resident()
            each = seconds / (done - since) * 1e6
            print(f"{done:12,}{_resident():14.1f}{each:9.1f}")
            seconds, since = 0.0, done
    last = _resident()
    frontier.close("shutdown")
    size = sum(path.stat().st_size for path in collection.glob("crawl.sqlite*"))
    print(f"{len(frontier):,} waiting, crawl.sqlite {size / (1 << 20):.0f} MiB")
    return last - first


def resume(collection: Path) -> None:
    """Print how long another process takes until its first request."""
    before, began = _resident(), time.perf_counter()
    _, frontier = _crawl(collection)
    frontier.next_request()
    taken = time.perf_counter() - began
    print(
        f"taken up again: {len(frontier):,} waiting, {taken:.1f} s, {_resident() - before:+.1f} MiB"
    )


def _crawl(collection: Path) -> tuple[CaptureSpider, Frontier]:
    """Return a spider and its frontier, with an engine that does nothing."""
    options = CaptureOptions.from_values({"collection": collection, "seeds": [SEED]})
    settings = Settings()
    settings.setmodule("crawler.settings", priority="project")
    settings.setdict({**settings_for(options), "LOG_ENABLED": False}, priority="cmdline")
    crawler = Crawler(PagesSpider, settings)
    spider = crawler.spider = PagesSpider.from_crawler(crawler, options=options)
    crawler._apply_settings()  # nothing public makes the extensions without a crawl
    crawler.engine = SimpleNamespace(running=True, _slot=None, scheduler=None)  # type: ignore[assignment]
    frontier = Frontier.from_crawler(crawler)
    frontier.open(spider)
    spider.seen = frontier.seen
    return spider, frontier


def _page(start: int, elsewhere: int) -> HtmlResponse:
    """Return a page of links that were never met before, under many paths and queries."""
    numbers = range(start, start + LINKS)
    links = "".join(f"<a href='/r/{n % 997}/doc-{n}.htm?id={n}'>x</a>" for n in numbers)
    links += "".join(f"<a href='http://{start + n}.example/'>x</a>" for n in range(elsewhere))
    url = f"{SEED}list/{start}/"
    request = Request(url, meta={"trail": Trail()})
    fields = {"Content-Type": "text/html; charset=utf-8"}
    return HtmlResponse(url, headers=fields, body=links.encode(), request=request)


def _answer_one(frontier: Frontier, number: int) -> None:
    """Take a request out, and settle it as answered."""
    request = frontier.next_request()
    assert request is not None
    request.meta["answer"] = Answer(status=404)


def _resident() -> float:
    return int(Path("/proc/self/statm").read_text().split()[1]) * _PAGE_MIB


if __name__ == "__main__":
    sys.exit(main())
