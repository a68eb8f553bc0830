"""robots.txt by RFC 9309, its Crawl-delay obeyed; what was read of it is in the WARC."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from http import HTTPStatus
from typing import Self
from urllib.parse import urljoin

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest, NotConfigured
from scrapy.http import Response
from scrapy.http.request import NO_CALLBACK
from scrapy.utils.httpobj import urlparse_cached

from crawler.ending import Ending
from crawler.frontier import Frontier
from crawler.left import LeftHost
from crawler.notes import note
from crawler.options import CaptureOptions
from crawler.robots_txt import RobotsTxt
from crawler.scope import authority
from crawler.stopping import StopReason
from crawler.turns import Turns
from warc.locator import Locator

PRODUCT = "muniment"
MAX_REDIRECTS = 5
MAX_CRAWL_DELAY = 60.0
MAX_AGE = 24 * 3600.0  # section 2.4
FORBIDDEN = "robots"
# Sent with `site` ("http://host:port") and `sitemaps`, a tuple of URLs, when a robots.txt is read.
robots_read = object()

_ALLOW = RobotsTxt()
_REDIRECTS = {301, 302, 303, 307, 308}


@dataclass(frozen=True, slots=True)
class _Unreachable:
    """No robots.txt could be had: why."""

    words: str


@dataclass(slots=True)
class _Asked:
    """What is known of one site's robots.txt, and since when."""

    rules: asyncio.Future[RobotsTxt | _Unreachable]
    since: float


class Robots:
    """Asks each site for its robots.txt, once a day, and refuses what it forbids.

    No robots.txt (4xx) forbids nothing; one that cannot be had (429, 5xx, no answer) is asked for
    again after growing pauses and then forbids all (RFC 9309 section 2.3.1.4): the site is left
    for the next run. Where it was read before in this run, that goes on to count.
    """

    def __init__(self, crawler: Crawler) -> None:
        options = crawler.settings.get("CAPTURE_OPTIONS")
        ending, turns = crawler.get_extension(Ending), crawler.get_extension(Turns)
        if not isinstance(options, CaptureOptions) or ending is None or turns is None:
            raise NotConfigured
        if not options.obey_robots:
            raise NotConfigured
        self._crawler = crawler
        self._ending = ending
        self._turns = turns
        self._asked: dict[str, _Asked] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Return the middleware of this crawl."""
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        """Let the request pass, or raise Postponed or IgnoreRequest."""
        if request.meta.get("robots"):
            return
        rules = await self._rules(request)
        self._ending.admit(request)
        if isinstance(rules, _Unreachable):
            self._ending.postpone(request, StopReason.ROBOTS_UNREACHABLE)
        if not rules.allows(request.url):
            self._ending.tally.skip(request.url, FORBIDDEN, request.meta.get("via"))
            raise IgnoreRequest(FORBIDDEN)

    async def _rules(self, request: Request) -> RobotsTxt | _Unreachable:
        parts = urlparse_cached(request)
        site = f"{parts.scheme}://{parts.netloc}"
        now = asyncio.get_running_loop().time()
        asked = self._asked.get(site)
        if asked is None or (asked.rules.done() and now - asked.since > MAX_AGE):
            before = asked.rules.result() if asked else None
            asked = self._asked[site] = _Asked(asyncio.get_running_loop().create_future(), now)
            await self._read(site, asked, before)
        return await asyncio.shield(asked.rules)

    async def _read(
        self, site: str, asked: _Asked, before: RobotsTxt | _Unreachable | None
    ) -> None:
        rules: RobotsTxt | _Unreachable = _Unreachable("could not be asked for it")
        try:
            rules = await self._ask(f"{site}/robots.txt")
            if isinstance(rules, _Unreachable) and isinstance(before, RobotsTxt):
                rules = before
            self._heed(site, rules)
        finally:
            asked.rules.set_result(rules)

    async def _ask(self, url: str) -> RobotsTxt | _Unreachable:
        """Return the rules at `url`, redirects followed."""
        for _ in range(MAX_REDIRECTS + 1):
            meta = {"robots": True, "give_up_log_level": "INFO", "written": self._recorded(url)}
            request = Request(url, callback=NO_CALLBACK, priority=1000, meta=meta)
            try:
                response: Response = await self._crawler.engine.download_async(request)
            except Exception as error:  # noqa: BLE001 - whatever a download can raise
                return _Unreachable(str(error))
            location = response.headers.get("Location")
            if response.status not in _REDIRECTS or not location:
                return _read(response)
            url = urljoin(url, location.decode("latin-1"))
            if not url.startswith(("http://", "https://")):
                break
        return _ALLOW  # too many redirects count as "no robots.txt" (section 2.3.1.2)

    def _recorded(self, url: str) -> Locator | None:
        """Return where a process that was cut short has recorded it, today."""
        scheduler = self._crawler.engine.scheduler
        return scheduler.recorded(url, MAX_AGE) if isinstance(scheduler, Frontier) else None

    def _heed(self, site: str, rules: RobotsTxt | _Unreachable) -> None:
        """Keep the delay the site asks for, tell of its sitemaps, or leave it."""
        if isinstance(rules, _Unreachable):
            if self._ending.reason is None:
                words = f"is left alone since its robots.txt cannot be had: {rules.words}"
                self._ending.leave(site, LeftHost(StopReason.ROBOTS_UNREACHABLE, words))
            return
        if rules.crawl_delay:
            self._turns.obey_delay(authority(site), min(rules.crawl_delay, MAX_CRAWL_DELAY))
            self._tell_delay(site, rules.crawl_delay)
        self._crawler.signals.send_catch_log(robots_read, site=site, sitemaps=rules.sitemaps)

    def _tell_delay(self, site: str, delay: float) -> None:
        words = f"{site} asks in its robots.txt for {delay:g} s between requests"
        if delay > MAX_CRAWL_DELAY:
            words += f"; it is given {MAX_CRAWL_DELAY:g} s"
        note(self._crawler, words)


def _read(response: Response) -> RobotsTxt | _Unreachable:
    status = response.status
    if status == HTTPStatus.TOO_MANY_REQUESTS or status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return _Unreachable(f"status {status}")
    if status >= HTTPStatus.BAD_REQUEST:
        return _ALLOW
    return RobotsTxt.parse(response.body, PRODUCT)
