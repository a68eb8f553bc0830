"""Second tries: Scrapy's own, and for an answer that was cut short or stands in for every page."""

from __future__ import annotations

from typing import Self

from scrapy import Request, Spider
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.retry import RetryMiddleware
from scrapy.exceptions import NotConfigured
from scrapy.http import Response
from scrapy.settings import BaseSettings

from crawler.ending import Ending
from crawler.turns import Turns

_WORDS = {"cut": "cut short", "wall": "a page that stands in for every page"}


class CaptureRetry(RetryMiddleware):
    """Asks again later, after what is queued, for what may be better then.

    The last answer is given on where that does not help either; unless its host is left, which
    keeps the request for the next run.
    """

    def __init__(self, settings: BaseSettings, ending: Ending, turns: Turns) -> None:
        super().__init__(settings)
        self._ending = ending
        self._turns = turns

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Return the middleware of this crawl."""
        ending, turns = crawler.get_extension(Ending), crawler.get_extension(Turns)
        if ending is None or turns is None:
            raise NotConfigured("the extensions Ending and Turns are needed")
        retry = cls(crawler.settings, ending, turns)
        retry.crawler = crawler
        return retry

    def process_response(
        self, request: Request, response: Response, spider: Spider | None = None
    ) -> Request | Response:
        """Return the answer, or the request to try again with."""
        for flag, words in _WORDS.items():
            if flag in response.flags:
                return self._retry(request, words) or response
        if self._turns.is_overlong(response.headers.get("Retry-After")):
            return response  # in hours: not in this run
        return super().process_response(request, response)

    def _retry(self, request: Request, reason: str | Exception | type[Exception]) -> Request | None:
        again = super()._retry(request, reason)
        if again is not None:
            self._turns.postpone(again.url, again.meta["retry_times"])
        elif not request.meta.get("robots"):
            self._ending.admit_again(request)
        return again
