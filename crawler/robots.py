"""robots.txt by RFC 9309, its Crawl-delay obeyed; what was read of it is in the WARC."""

from __future__ import annotations

import asyncio
import logging
from http import HTTPStatus
from typing import Self
from urllib.parse import urljoin

from protego import Protego
from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest, NotConfigured
from scrapy.http import Response
from scrapy.http.request import NO_CALLBACK
from scrapy.utils.httpobj import urlparse_cached

from crawler.ending import Ending
from crawler.header_address import as_address
from crawler.options import CaptureOptions

PRODUCT = "muniment"
MAX_SIZE = 512_000
MAX_REDIRECTS = 5
MAX_CRAWL_DELAY = 60.0
UNREACHABLE = "robots-unreachable"
FORBIDDEN = "robots"

_ALLOW = Protego.parse("")
_NOT_NOW = {HTTPStatus.TOO_MANY_REQUESTS}
_REDIRECTS = {301, 302, 303, 307, 308}

logger = logging.getLogger(__name__)


class Robots:
    """Asks each site for its robots.txt once and refuses what it forbids.

    No robots.txt (4xx) forbids nothing; one that cannot be had (5xx, no answer) forbids all
    (RFC 9309 section 2.3.1). `rules` holds None for such a site.
    """

    def __init__(self, crawler: Crawler) -> None:
        options = crawler.settings.get("CAPTURE_OPTIONS")
        ending = crawler.get_extension(Ending)
        if not isinstance(options, CaptureOptions) or ending is None or not options.obey_robots:
            raise NotConfigured
        self._crawler = crawler
        self._ending = ending
        self._asked: dict[str, asyncio.Future[Protego | None]] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Return the middleware of this crawl."""
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        """Let the request pass, or raise IgnoreRequest."""
        if request.meta.get("robots"):
            return
        rules = await self._rules(request)
        if rules is not None and rules.can_fetch(request.url, PRODUCT):
            return
        reason = UNREACHABLE if rules is None else FORBIDDEN
        reason = self._ending.refusal(request.url) or reason
        self._ending.tally.skip(request.url, reason)
        raise IgnoreRequest(reason)

    async def _rules(self, request: Request) -> Protego | None:
        parts = urlparse_cached(request)
        site = f"{parts.scheme}://{parts.netloc}"
        future = self._asked.get(site)
        if future is None:
            future = self._asked[site] = asyncio.get_running_loop().create_future()
            rules: Protego | None = None
            try:
                rules = await self._ask(f"{site}/robots.txt")
                self._pace(parts.hostname or "", rules)
            finally:
                future.set_result(rules)
        return await asyncio.shield(future)

    async def _ask(self, url: str) -> Protego | None:
        """Return the rules at `url`, redirects followed; None where they cannot be had."""
        for _ in range(MAX_REDIRECTS + 1):
            meta = {"robots": True, "give_up_log_level": "INFO"}
            request = Request(url, callback=NO_CALLBACK, priority=1000, meta=meta)
            try:
                response: Response = await self._crawler.engine.download_async(request)
            except Exception as error:  # noqa: BLE001 - whatever a download can raise
                logger.info("No robots.txt: %s: %s", url, error)
                return None
            location = response.headers.get("Location")
            if response.status not in _REDIRECTS or not location:
                return _read(response)
            url = urljoin(url, as_address(location))
            if not url.startswith(("http://", "https://")):
                break
        return _ALLOW  # too many redirects count as "no robots.txt" (section 2.3.1.2)

    def _pace(self, host: str, rules: Protego | None) -> None:
        """Have the downloader wait as long as the site asks, up to a minute."""
        delay = rules.crawl_delay(PRODUCT) if rules else None
        if not delay:
            return
        downloader = self._crawler.engine.downloader
        asked = min(float(delay), MAX_CRAWL_DELAY)
        if slot := downloader.slots.get(host):
            slot.delay = asked = max(asked, slot.delay)
        downloader.per_slot_settings[host] = {"delay": asked, "concurrency": 1}
        logger.info("%s asks for a Crawl-delay of %s s", host, delay)


def _read(response: Response) -> Protego | None:
    if response.status in _NOT_NOW or response.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return None
    if response.status >= HTTPStatus.BAD_REQUEST:
        return _ALLOW
    return Protego.parse(response.body[:MAX_SIZE].decode("utf-8-sig", "replace"))
