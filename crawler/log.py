"""What the log says of a crawl: the WARC has every answer, so the log has what went wrong."""

from __future__ import annotations

from scrapy import Request, Spider
from scrapy.http import Response
from scrapy.logformatter import LogFormatter, LogFormatterResult


class CaptureLog(LogFormatter):
    """Leaves out the line a response, which costs more than it tells."""

    def crawled(self, request: Request, response: Response, spider: Spider) -> LogFormatterResult:
        """Return None, which Scrapy documents as "no line"; its annotation forgets that."""
        return None  # type: ignore[return-value]
