"""The Scrapy extension that ends a crawl: a budget is spent, a site walls us, a disk is full."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import logging
from collections.abc import Iterator
from typing import Self

from scrapy import Spider, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import DownloadCancelledError, NotConfigured
from scrapy.utils.asyncio import CallLaterResult, call_later, create_looping_call
from scrapy.utils.defer import deferred_from_coro

from crawler.options import CaptureOptions
from crawler.scope import authority
from crawler.stopping import Budget, StopReason
from crawler.tally import Tally
from crawler.walls import Walls

GRACE_SECONDS = 10.0
_WATCH_SECONDS = 0.25
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}

logger = logging.getLogger(__name__)


class Ending:
    """Decides when the crawl ends, and brings it about.

    Once it is ending nothing more is asked: what waits for its turn is refused at once, and what
    is under way has `GRACE_SECONDS` to end and is then given up unrecorded.
    """

    def __init__(self, crawler: Crawler) -> None:
        options = crawler.settings.get("CAPTURE_OPTIONS")
        if not isinstance(options, CaptureOptions):
            raise NotConfigured("no CAPTURE_OPTIONS")
        self.reason: StopReason | None = None
        self.tally = Tally()
        self.walls = Walls()
        self._crawler = crawler
        self._budget = Budget(max_pages=options.max_pages, max_bytes=options.max_bytes)
        self._max_seconds = options.max_seconds
        self._start_hosts = {authority(url) for url in options.start_urls}
        self._under_way: set[asyncio.Task[object]] = set()
        self._pages_under_way = 0
        self._timers: list[CallLaterResult] = []
        self._hurrying = False
        self._watch = create_looping_call(self._look)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Return the extension, listening to the crawl."""
        ending = cls(crawler)
        crawler.signals.connect(ending._opened, signals.spider_opened)
        crawler.signals.connect(ending._closed, signals.spider_closed)
        crawler.signals.connect(ending._erred, signals.spider_error)
        return ending

    def refusal(self, url: str) -> str | None:
        """Return why `url` is not asked for any more; None where it may be."""
        if self.reason is not None:
            return self.reason.value
        if not self._crawler.engine.running:
            return StopReason.SIGNAL.value
        if self.walls.hosts and authority(url) in self.walls.hosts:
            return StopReason.WALLED.value
        spent = self._budget.spent(
            pages=self.tally.pages + self._pages_under_way, octets=self.tally.bytes
        )
        return spent.value if spent else None

    @contextlib.contextmanager
    def under_way(self, *, page: bool) -> Iterator[None]:
        """Hold an exchange among those under way; raise DownloadCancelledError if given up."""
        task = asyncio.current_task()
        assert task is not None  # noqa: S101 - Scrapy runs every download as a task
        self._under_way.add(task)
        self._pages_under_way += page
        try:
            yield
        except asyncio.CancelledError:
            task.uncancel()
            raise DownloadCancelledError("given up: the crawl is ending") from None
        finally:
            self._pages_under_way -= page
            self._under_way.discard(task)

    def note_answer(self, url: str, status: int, body: bytes, *, page: bool) -> None:
        """Take an answer into account that has been written."""
        self.tally.pages += page
        if self.walls.saw(authority(url), status, body) and self._start_hosts <= self.walls.hosts:
            self.stop(StopReason.WALLED)
        if spent := self._budget.spent(pages=self.tally.pages, octets=self.tally.bytes):
            self.stop(spent)

    def cannot_write(self, error: OSError) -> None:
        """End the crawl since the WARC cannot be written."""
        logger.error("The WARC cannot be written: %s", error)
        self.stop(StopReason.DISK_FULL if error.errno in _FULL else StopReason.FAULT)

    def stop(self, reason: StopReason) -> None:
        """Begin to end the crawl; the first reason given is the one that counts."""
        if self.reason is None:
            self.reason = reason
            logger.info("Ending the crawl: %s", reason.value)
            self._hurry()
            deferred_from_coro(self._crawler.engine.close_spider_async(reason=reason.value))

    def _opened(self, spider: Spider) -> None:
        if self._max_seconds is not None:
            self._timers.append(call_later(self._max_seconds, self.stop, StopReason.MAX_SECONDS))
        self._watch.start(_WATCH_SECONDS, now=False)

    def _look(self) -> None:
        """Look out for an end that somebody else brought about, such as a signal."""
        if self._crawler.engine.start_time is not None and not self._crawler.engine.running:
            self._hurry()

    def _hurry(self) -> None:
        """Let nothing wait for its turn, since it will only be refused."""
        if not self._hurrying:
            self._hurrying = True
            for slot in self._crawler.engine.downloader.slots.values():
                slot.delay = 0.0
            self._timers.append(call_later(GRACE_SECONDS, self._give_up))

    def _give_up(self) -> None:
        for task in self._under_way:
            task.cancel()

    def _closed(self, spider: Spider, reason: str) -> None:
        if self._watch.running:
            self._watch.stop()
        for timer in self._timers:
            timer.cancel()
        if self.reason is None:
            known = reason in set(StopReason)
            self.reason = StopReason(reason) if known else StopReason.FAULT
        if self.reason is StopReason.FINISHED and self.tally.skipped[StopReason.MAX_PAGES]:
            self.reason = StopReason.MAX_PAGES

    def _erred(self) -> None:
        self.tally.faults += 1
