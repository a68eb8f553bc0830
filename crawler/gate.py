"""The first downloader middleware: nothing passes to a site that is not to be asked any more."""

from __future__ import annotations

from typing import Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured

from crawler.ending import Ending


class Gate:
    """Refuses a request before it waits for its turn, and says so in the tally."""

    def __init__(self, crawler: Crawler) -> None:
        ending = crawler.get_extension(Ending)
        if ending is None:
            raise NotConfigured("the extension Ending is needed")
        self._ending = ending

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Return the middleware of this crawl."""
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        """Let the request pass, or raise Postponed."""
        self._ending.admit(request)
