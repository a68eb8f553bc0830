"""Second tries: Scrapy's own, and for an answer that was cut short."""

from __future__ import annotations

from scrapy import Request, Spider
from scrapy.downloadermiddlewares.retry import RetryMiddleware, get_retry_request
from scrapy.http import Response


class CaptureRetry(RetryMiddleware):
    """Asks again for what was cut, and gives the cut answer on when that does not help either."""

    def process_response(
        self, request: Request, response: Response, spider: Spider | None = None
    ) -> Request | Response:
        """Return the answer, or the request to try again with."""
        asked_by = self.crawler.spider
        if "cut" in response.flags and asked_by is not None:
            again = get_retry_request(request, spider=asked_by, reason="cut short")
            return again or response
        return super().process_response(request, response)
