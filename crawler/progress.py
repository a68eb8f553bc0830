"""Progress for the parent process: one JSON object a line."""

from __future__ import annotations

import contextlib
import json
import select
import sys
from typing import Any, Self, TextIO

from scrapy import Spider, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.utils.asyncio import create_looping_call

from crawler.ending import Ending
from crawler.notes import noted

SECONDS = 0.25


def tell(event: str, out: TextIO | None = None, **facts: Any) -> None:
    """Write one event as a JSON line; raise OSError where nobody listens any more."""
    out = out or sys.stdout
    out.write(json.dumps({"event": event, **facts}, default=str) + "\n")
    out.flush()


def nobody_listens(descriptor: int = 1) -> bool:
    """Return whether a pipe's reading end is closed, as when the parent has been killed.

    Nothing else is noticed: a file or a terminal listens for ever.
    """
    poll = select.poll()
    poll.register(descriptor, 0)
    return any(event & (select.POLLERR | select.POLLNVAL) for _, event in poll.poll(0))


class Progress:
    """Tells how far the crawl is, at most four times a second and only where that has changed."""

    def __init__(self, crawler: Crawler) -> None:
        if not crawler.settings.getbool("CAPTURE_PROGRESS"):
            raise NotConfigured
        self._crawler = crawler
        self._ending: Ending | None = None  # extensions are not to be had before all are made
        self._told: tuple[int, ...] = ()
        self._loop = create_looping_call(self._tell)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Return the extension, listening to the crawl."""
        progress = cls(crawler)
        crawler.signals.connect(progress._opened, signals.spider_opened)
        crawler.signals.connect(progress._closed, signals.spider_closed)
        crawler.signals.connect(progress._noted, noted)
        return progress

    def _opened(self, spider: Spider) -> None:
        self._ending = self._crawler.get_extension(Ending)
        self._loop.start(SECONDS)

    def _closed(self, spider: Spider) -> None:
        if self._loop.running:
            self._loop.stop()

    def _noted(self, message: str) -> None:
        with contextlib.suppress(OSError):  # the next progress finds out
            tell("note", message=message)

    def _tell(self) -> None:
        if self._ending is None:
            return
        if nobody_listens():
            self._ending.abandon()
            return
        scheduler = self._crawler.engine.scheduler
        waiting = len(scheduler) if scheduler is not None and hasattr(scheduler, "__len__") else 0
        queued = waiting + len(self._crawler.engine.downloader.active)
        tally = self._ending.tally
        now = (tally.responses, queued, tally.bytes, tally.failed)
        if now == self._told:
            return
        self._told = now
        try:
            tell("progress", responses=now[0], queued=now[1], bytes=now[2], failed=now[3])
        except OSError:  # the parent is gone: nobody wants this crawl any more
            self._ending.abandon()
