"""The downloader middleware that answers from the collection what need not be asked again."""

from __future__ import annotations

import logging
from http import HTTPStatus
from typing import Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.http import Response

from crawler.answers import Stored
from crawler.captures import Earlier
from crawler.ending import Ending
from crawler.options import CaptureOptions
from crawler.walls import is_wall
from warc.collection import Collection

logger = logging.getLogger(__name__)


class Recall:
    """Gives an unchanged page its body again, so that its links are walked.

    `request.meta["written"]` says where a process that was killed has recorded the answer;
    "earlier" is the capture that a conditional request asked about. "walled" says that the answer
    is none.
    """

    def __init__(self, crawler: Crawler) -> None:
        options = crawler.settings.get("CAPTURE_OPTIONS")
        ending = crawler.get_extension(Ending)
        if not isinstance(options, CaptureOptions) or ending is None:
            raise NotConfigured("the extension Ending is needed")
        self._ending = ending
        self._stored = Stored(Collection(options.collection))

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Return the middleware of this crawl."""
        return cls(crawler)

    def process_request(self, request: Request) -> Response | None:
        """Return the answer that is recorded already; None where it is to be asked for."""
        where = request.meta.pop("written", None)
        found = self._stored.response(request.url, where) if where is not None else None
        if found is None or is_wall(found[0].body):
            return None
        response, request.meta["answer"] = found
        self._ending.tally.pages += not request.meta.get("robots")
        return response

    def process_response(self, request: Request, response: Response) -> Response | Request:
        """Return "not modified" with the body that it is said of, or ask for that again."""
        if "wall" in response.flags:
            request.meta["walled"] = True
            return response
        earlier = request.meta.get("earlier")
        if response.status != HTTPStatus.NOT_MODIFIED or not isinstance(earlier, Earlier):
            return response
        found = self._stored.response(request.url, earlier.locator, response.status)
        if found is not None:
            return found[0]
        logger.warning("Asked again since its capture cannot be read: %s", request.url)
        again = request.copy()
        for name in earlier.conditions:
            again.headers.pop(name, None)
        again.meta["unconditional"] = True
        return again
