"""Scrapy's downloader without lines of its own: a request waits for its turn in `crawler.turns`."""

from __future__ import annotations

import asyncio
from typing import TypeVar

from scrapy import Request
from scrapy.core.downloader.handlers import DownloadHandlers
from scrapy.core.downloader.middleware import DownloaderMiddlewareManager
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.utils.misc import build_from_crawler
from twisted.internet.defer import Deferred

_T = TypeVar("_T")


class Downloader:
    """Takes requests through the downloader middlewares to the handler of their scheme, and back.

    `active` has those on their way; at most CONCURRENT_REQUESTS of them are taken from the
    frontier. The signals that Scrapy's own sends around a download are left out.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.active: set[Request] = set()
        self._most = crawler.settings.getint("CONCURRENT_REQUESTS")
        self._handlers = DownloadHandlers(crawler)
        self._middlewares = build_from_crawler(DownloaderMiddlewareManager, crawler)

    def fetch(self, request: Request) -> Deferred[Response | Request]:
        """Return the answer in time, or the request that a middleware has put in its place.

        It is active until the very moment its taker hears: else the engine would see nobody at
        work in between, and end the crawl.
        """
        self.active.add(request)
        coming = self._middlewares.download_async(self._handlers.download_request_async, request)
        fetched: Deferred[Response | Request] = Deferred.fromFuture(asyncio.ensure_future(coming))
        return fetched.addBoth(self._let_go, request)

    def needs_backout(self) -> bool:
        """Return whether no more may be taken now."""
        return len(self.active) >= self._most

    def close(self) -> None:
        """Do nothing: the handlers close themselves when the engine stops."""

    def _let_go(self, result: _T, request: Request) -> _T:
        self.active.remove(request)
        return result
