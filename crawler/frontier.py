"""Scrapy's scheduler over a file of the collection: what a kill or a power cut cannot lose.

An address is done only once its answer is in the WARC and all that it leads to is here; both are
committed together, the WARC first. What was under way when the process died is asked again.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any, Self

from scrapy import Request, Spider, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured

from crawler.archive import Archive, utcnow
from crawler.captures import Captures, Change, Earlier
from crawler.disk import told_by_system
from crawler.ending import Ending
from crawler.frontier_store import FILE_NAME, State, open_store
from crawler.jobs import job_digest, scope_digest
from crawler.notes import note
from crawler.options import CaptureOptions
from crawler.requests import HALF_READ, entry_of, request_of
from crawler.scope import Scope
from crawler.seen import IN_MEMORY, Seen, address_number
from crawler.stopping import StopReason
from crawler.waiting import Entry, Waiting
from warc.cdxj import timestamp
from warc.collection import Collection
from warc.locator import Locator
from warc.writer import Written

COMMIT_SECONDS = 2.0
COMMIT_ANSWERS = 500
_GOOD = {200, 304}
_BUDGETS = {StopReason.MAX_PAGES, StopReason.MAX_BYTES}


class Frontier:
    """The addresses of one job, in the collection's `crawl.sqlite`.

    `seen` tells which its present pass has met. Where its file cannot be written, the crawl ends
    and the file is left as it was at the last commit.
    """

    def __init__(self, crawler: Crawler) -> None:
        options = crawler.settings.get("CAPTURE_OPTIONS")
        archive, ending = crawler.get_extension(Archive), crawler.get_extension(Ending)
        if not isinstance(options, CaptureOptions) or archive is None or ending is None:
            raise NotConfigured("the extensions Archive and Ending are needed")
        self._crawler = crawler
        self._options = options
        self._archive = archive
        self._ending = ending
        self._collection = Collection(options.collection)
        self._collection.create()
        self._store, mended = open_store(options.collection / FILE_NAME)
        self._captures = Captures(self._store, self._collection)
        self._waiting = Waiting(self._store.lease, self._set_aside)
        self._out: dict[int, tuple[Entry, Request]] = {}
        self._under_way: Counter[str] = Counter()
        self._in_all = crawler.settings.getint("CONCURRENT_REQUESTS")
        self._written: dict[str, Locator] = {}
        self._verdict: Callable[[Entry], object | None] | None = None
        self._half_read: list[Written | None] = []
        self._told: set[int] = set()  # asked, or listed as not asked, and yet kept for another run
        self._is_broken = False
        self._answers = 0
        self._committed = time.monotonic()
        self.seen = Seen(self._store.has, self._store.skip)
        if mended:
            note(self._crawler, mended)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Return the scheduler of this crawl."""
        frontier = cls(crawler)
        crawler.signals.connect(frontier._closed, signals.spider_closed)
        return frontier

    def __len__(self) -> int:
        return len(self._waiting)

    def open(self, spider: Spider) -> None:
        """Take up the pass that was cut short, or begin another."""
        options = self._options
        job = self._store.open_job(job_digest(options), scope_digest(options), timestamp(utcnow()))
        keys = self._store.keys(IN_MEMORY // 2)
        self.seen.load(keys, is_complete=len(keys) < IN_MEMORY // 2)
        for host, count in self._store.waiting():
            self._waiting.add_stored(host, count)
        if job.is_resumed:
            self._written = self._captures.resume(job.began)
        if self._waiting or self._written:
            captured = f", {len(self._written)} captured already" if self._written else ""
            note(self._crawler, f"resuming: {len(self._waiting)} waiting{captured}")
        if job.is_rescoped:
            note(
                self._crawler,
                "the scope is another than before: what it leaves out now is not asked",
            )
            scope = Scope(options)
            self._verdict = lambda entry: scope.verdict(entry.url, entry.trail)

    def close(self, reason: str) -> None:
        """Commit what was under way last."""
        if not self._is_broken:
            with self._guarded():
                self._settle()
                self._commit()

    def _closed(self) -> None:
        """End the pass where the crawl was not cut short; the extension Ending has said so."""
        is_finished = self._ending.reason is StopReason.FINISHED
        if not self._is_broken:
            with self._guarded():
                if self._ending.left or not is_finished:
                    self._list_waiting()
                if is_finished:
                    self._finish()
        self._store.close()

    def has_pending_requests(self) -> bool:
        """Return whether anything waits."""
        return len(self._waiting) > 0 and not self._is_broken

    def enqueue_request(self, request: Request) -> bool:
        """Put a new request in line, or one that is to be tried again; False where it is dropped.

        A request with `dont_filter` has been looked up in `seen` by whoever made it.
        """
        if self._is_broken:
            return False
        old = self._out.pop(request.meta.get("frontier", 0), None)
        if old is None and not request.dont_filter and not self.seen.add(request.url):
            return False
        with self._guarded():
            number = old[0].number if old else self._store.next_number()
            key = old[0].key if old else address_number(request.url)
            entry = entry_of(request, number, key)
            if old:
                self._land(old[0].host)
                if written := old[1].meta.get("capture"):
                    self._captures.note_end(written)
            kept = self._waiting.add(entry)
            self._store.put(entry, State.LEASED if kept else State.QUEUED)
        return not self._is_broken

    def next_request(self) -> Request | None:
        """Return the next request of a host that has not its share under way, None for none."""
        if self._is_broken:
            return None
        with self._guarded():
            self._settle()
            if self._is_due():
                self._commit()
            for host in self._ending.left:
                if dropped := self._waiting.drop(host):  # still queued, or leased, in the file
                    self._ending.keep(host, dropped)
            while not self._is_ending() and (entry := self._take()) is not None:
                if self._ending.refusal(entry.url) in _BUDGETS:
                    self._put_back(entry)  # until it is known what those under way come to
                    return None
                if not self._is_left_out(entry):
                    return self._send(entry)
        return None

    def recorded(self, url: str, seconds: float) -> Locator | None:
        """Return where a process before this one recorded the answer to `url`, so long ago at most.

        Only of the same pass, and of what is asked without the frontier, as robots.txt is.
        """
        return self._captures.recorded(url, timestamp(utcnow() - timedelta(seconds=seconds)))

    def _take(self) -> Entry | None:
        # Twice what may be under way: while one half is read and recorded, the other is asked.
        most = 2 * self._options.concurrency
        return self._waiting.take(self._under_way, most, self._in_all)

    def _is_left_out(self, entry: Entry) -> bool:
        """Return whether the scope, which has changed, leaves out what was in it before."""
        reason = self._verdict(entry) if self._verdict is not None else None
        if reason is not None:
            self._ending.tally.skip(entry.url, str(reason))
            self._store.mark(entry.number, State.DONE)
        return reason is not None

    def _send(self, entry: Entry) -> Request:
        spider = self._crawler.spider
        assert spider is not None  # noqa: S101 - opened before anything is asked for
        request = request_of(entry, spider)
        where = self._written.pop(entry.url, None)
        if where is not None:
            request.meta["written"] = where
        earlier = self._captures.find(entry.url)
        if earlier is not None:
            request.meta["earlier"] = earlier
            if not self._options.full and "unconditional" not in request.meta:
                for name, value in earlier.conditions.items():
                    request.headers[name] = value
        self._out[entry.number] = (entry, request)
        self._under_way[entry.host] += 1
        return request

    def _settle(self) -> None:
        """Note what has become of requests that Scrapy has wholly done with, callbacks included."""
        slot = self._crawler.engine._slot  # nothing public tells
        busy = slot.inprogress if slot is not None else ()
        for number in [n for n, (_, request) in self._out.items() if request not in busy]:
            entry, request = self._out.pop(number)
            self._land(entry.host)
            self._settle_one(entry, request)

    def _settle_one(self, entry: Entry, request: Request) -> None:
        """Note what has become of one; what was not asked, walled off, or half read stays leased.

        So it waits for the next process.
        """
        meta = request.meta
        answer = meta.get("answer")
        if {"walled", "refused", HALF_READ} & meta.keys():
            self._told.add(entry.number)
        if "walled" in meta:
            self._captures.note_end(meta["capture"])
        elif HALF_READ in meta:
            self._half_read.append(meta.get("capture"))
        elif "capture" in meta or answer is not None:
            self._answers += 1
            good = answer is not None and answer.status in _GOOD
            self._store.mark(entry.number, State.DONE, is_good=good)
            self._note_answer(entry, meta)
        elif not self._is_ending() and meta.get("refused") in _BUDGETS:
            self._put_back(entry)
        elif not self._is_ending() and "refused" not in meta:
            self._store.mark(entry.number, State.DONE)
            self._note_answer(entry, meta)

    def _put_back(self, entry: Entry) -> None:
        if not self._waiting.add(entry):
            self._store.mark(entry.number, State.QUEUED)

    def _land(self, host: str) -> None:
        self._under_way[host] -= 1
        if not self._under_way[host]:
            del self._under_way[host]

    def _note_answer(self, entry: Entry, meta: dict[str, Any]) -> None:
        """Keep the validators, count the change, and doubt the pass where a page was not had."""
        earlier: Earlier | None = meta.get("earlier")
        answer = meta.get("answer")
        if written := meta.get("capture"):
            self._captures.note_end(written)
        change = self._captures.note(entry.url, answer, earlier) if answer else None
        if change is not None:
            self._ending.tally.change(entry.url, change)
        elif earlier is not None:
            self._store.doubt()

    def _is_ending(self) -> bool:
        return self._ending.reason is not None or not self._crawler.engine.running

    def _is_due(self) -> bool:
        since = time.monotonic() - self._committed
        return self._answers >= COMMIT_ANSWERS or (since >= COMMIT_SECONDS and self._answers > 0)

    def _commit(self) -> None:
        """Put the WARC on the disk, then what follows from it."""
        self._archive.sync()
        out = [request.meta.get("capture") for _, request in self._out.values()]
        unsettled = (*out, *self._half_read)
        self._captures.write(written for written in unsettled if written is not None)
        self._store.commit()
        self._answers = 0
        self._committed = time.monotonic()

    def _finish(self) -> None:
        """End the pass. What it has not met is gone, unless a page could not be had this time."""
        doubtful = self._store.is_doubtful()
        if not doubtful:
            scope = Scope(self._options)
            for url, trail in self._store.unmet():
                if scope.verdict(url, trail) is None:
                    self._ending.tally.change(url, Change.GONE)
        self._captures.know_all()
        self._store.finish(forget_unmet=not doubtful)
        self._store.commit()

    def _list_waiting(self) -> None:
        """List what was never taken up: it is not asked in this run."""
        for number, url, via in self._store.unasked():
            if number not in self._told:
                self._ending.list_waiting(url, via)

    def _set_aside(self, entries: list[Entry]) -> None:
        for entry in entries:
            entry.request = None
            self._store.mark(entry.number, State.QUEUED)

    @contextmanager
    def _guarded(self) -> Iterator[None]:
        """End the crawl where the frontier or the WARC cannot be written."""
        try:
            with told_by_system(FILE_NAME):
                yield
        except OSError as error:
            self._is_broken = True
            self._store.rollback()
            self._ending.cannot_write(error)
