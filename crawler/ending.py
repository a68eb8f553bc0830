"""The Scrapy extension that ends a crawl, or leaves one host: a budget is spent, a disk is full."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Iterator, Sized
from typing import NoReturn, Self

from scrapy import Request, Spider, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.utils.asyncio import CallLaterResult, call_later, create_looping_call
from scrapy.utils.defer import deferred_from_coro

from crawler import interrupt
from crawler.archive import Archive
from crawler.disk import is_full
from crawler.left import LeftHost, Postponed
from crawler.notes import note
from crawler.options import CaptureOptions
from crawler.pace import Taken
from crawler.scope import authority
from crawler.skipped import SkippedList
from crawler.stopping import Budget, StopReason
from crawler.tally import Tally
from crawler.turns import Turns

_WATCH_SECONDS = 0.25
_ABANDONED_GRACE = 1.0

logger = logging.getLogger(__name__)


class Ending:
    """Decides when the crawl ends, and brings it about.

    Once it is ending nothing more is asked: what waits for its turn is refused at once, and what
    is under way has the options' `grace` to end and is then cut. `left` has the hosts, or sites,
    that are not asked any more while others are.
    """

    def __init__(self, crawler: Crawler) -> None:
        options = crawler.settings.get("CAPTURE_OPTIONS")
        if not isinstance(options, CaptureOptions):
            raise NotConfigured("no CAPTURE_OPTIONS")
        self.reason: StopReason | None = None
        listing = SkippedList(options.skipped_file) if options.skipped_file else None
        self.tally = Tally(listing=listing)
        self.left: dict[str, LeftHost] = {}
        self._crawler = crawler
        self._budget = Budget(max_pages=options.max_pages, max_bytes=options.max_bytes)
        self._max_seconds = options.max_seconds
        self._grace = options.grace
        self._start_hosts = {authority(url) for url in options.start_urls}
        self._hosts = self._start_hosts | {host.lower() for host in options.hosts}
        self._under_way: set[asyncio.Task[object]] = set()
        self._pages_in_hand = self._octets_in_hand = 0
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
        if self.left and (left := self.left.get(authority(url))):
            return left.reason.value
        if self.reason is not None:
            return self.reason.value
        if not self._crawler.engine.running:
            return StopReason.SIGNAL.value
        spent = self._budget.spent(
            pages=self.tally.pages + self._pages_in_hand,
            octets=self.tally.bytes + self._octets_in_hand,
        )
        return spent.value if spent else None

    def admit(self, request: Request) -> None:
        """Return where the request may be made; raise Postponed where it may not in this run."""
        if reason := self.refusal(request.url):
            self.postpone(request, reason)

    def admit_again(self, request: Request) -> None:
        """Raise Postponed where the host has been left, so that its last word is not kept."""
        if self.left and authority(request.url) in self.left:
            request.meta["walled"] = True  # what was recorded of it is no answer
            self.admit(request)

    def keep(self, host: str, urls: int) -> None:
        """Count URLs of a host that has been left, which were not even taken from the frontier."""
        self.left[host].urls += urls

    def list_waiting(self, url: str, via: str | None) -> None:
        """Count and list a URL that was in line when the crawl ended."""
        left = self._left_with(url)
        self.tally.skip(url, str(left.reason if left else self.reason), via)

    def _left_with(self, url: str) -> LeftHost | None:
        """Return the host, or the site, of `url` where it has been left."""
        site = "/".join(url.split("/", 3)[:3])
        return self.left.get(authority(url)) or self.left.get(site)

    def postpone(self, request: Request, reason: str) -> NoReturn:
        """Keep the request for the next run: count it and raise Postponed."""
        request.meta["refused"] = str(reason)
        if not request.meta.get("robots"):
            self.tally.skip(request.url, str(reason), request.meta.get("via"))
            if left := self._left_with(request.url):
                left.urls += 1
        raise Postponed(reason)

    def leave(self, host: str, left: LeftHost) -> None:
        """Ask nothing more of a host, or of a site, in this run."""
        if host not in self.left:
            self.left[host] = left
            logger.info("Left alone: %s %s", host, left.words)
            if turns := self._crawler.get_extension(Turns):
                turns.release(host)
            if self._hosts <= self.left.keys():
                self.stop(left.reason)

    @contextlib.contextmanager
    def under_way(self, request: Request) -> Iterator[None]:
        """Hold an exchange among those under way; raise Postponed where it is given up."""
        task = asyncio.current_task()
        assert task is not None  # noqa: S101 - Scrapy runs every download as a task
        self._under_way.add(task)
        try:
            yield
        except asyncio.CancelledError:
            task.uncancel()
            self.postpone(request, self.refusal(request.url) or StopReason.SIGNAL)
        finally:
            self._under_way.discard(task)

    @contextlib.contextmanager
    def in_hand(self, *, pages: int = 0, octets: int = 0) -> Iterator[None]:
        """Take into account what the tally does not count yet."""
        self._pages_in_hand += pages
        self._octets_in_hand += octets
        try:
            yield
        finally:
            self._pages_in_hand -= pages
            self._octets_in_hand -= octets

    def note_answer(self, *, page: bool) -> None:
        """Take an answer into account that has been written."""
        self.tally.pages += page
        if spent := self._budget.spent(pages=self.tally.pages, octets=self.tally.bytes):
            self.stop(spent)

    def cannot_write(self, error: OSError) -> None:
        """End the crawl since the WARC cannot be written."""
        logger.error("The WARC cannot be written: %s", error)
        self.stop(StopReason.DISK_FULL if is_full(error) else StopReason.FAULT)

    def stop(self, reason: StopReason) -> None:
        """Begin to end the crawl; the first reason given is the one that counts."""
        if self.reason is None:
            self.reason = reason
            logger.info("Ending the crawl: %s", reason.value)
            self._hurry()
            deferred_from_coro(self._crawler.engine.close_spider_async(reason=reason.value))

    def abandon(self) -> None:
        """Begin to end a crawl that nobody waits for any more: soon, for another may follow."""
        self._grace = min(self._grace, _ABANDONED_GRACE)
        self.stop(StopReason.SIGNAL)

    def _opened(self, spider: Spider) -> None:
        if turns := self._crawler.get_extension(Turns):
            turns.on_last = self._on_last
        if self._max_seconds is not None:
            self._timers.append(call_later(self._max_seconds, self.stop, StopReason.MAX_SECONDS))
        self._watch.start(_WATCH_SECONDS, now=False)

    def _look(self) -> None:
        """Look out for an end that somebody else brought about, such as a signal."""
        if self._crawler.engine.start_time is not None and not self._crawler.engine.running:
            self._hurry()
        elif interrupt.is_asked_to_stop():
            self.stop(StopReason.SIGNAL)

    def _hurry(self) -> None:
        """Let nothing wait for its turn, since it will only be refused."""
        if not self._hurrying:
            self._hurrying = True
            if turns := self._crawler.get_extension(Turns):
                turns.hurry()
            if archive := self._crawler.get_extension(Archive):
                self._timers.append(call_later(self._grace, archive.cut))
            self._timers.append(call_later(self._grace + 1, self._give_up))

    def _give_up(self) -> None:
        """Cancel what has not even begun to be answered when the rest was cut."""
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
        self._tell_left()

    def _tell_left(self) -> None:
        """Name the hosts that were left; a crawl that left one of its own is not finished."""
        if len(self.left) == 1:
            scheduler = self._crawler.engine.scheduler
            queued = len(scheduler) if isinstance(scheduler, Sized) else 0
            next(iter(self.left.values())).urls += queued
        for host, left in self.left.items():
            if self.tally.pages or not self.tally.failed:  # else that is all there is to tell
                note(self._crawler, left.note(host))
            is_ours = host in self._hosts or authority(host) in self._hosts
            if self.reason is StopReason.FINISHED and is_ours:
                self.reason = left.reason

    def _on_last(self, host: str, taken: Taken, strikes: int) -> None:
        self.leave(host, LeftHost.after(taken, strikes))

    def _erred(self) -> None:
        self.tally.faults += 1
