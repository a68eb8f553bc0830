"""What every capturing spider does: follow, within the scope, all that an answer refers to."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from typing import Any, ClassVar, Self

from scrapy import Request, Spider
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from twisted.python.failure import Failure

from crawler import interrupt
from crawler.addresses import ROOTED, absolute, is_asked, site_of
from crawler.answers import STORED
from crawler.ending import Ending
from crawler.links import Found, Kind
from crawler.options import CaptureOptions
from crawler.references import REFERENCES, References, redirected_to, references
from crawler.requests import HALF_READ
from crawler.robots import robots_read
from crawler.scope import OutOfScope, Scope, Trail
from crawler.seen import Recent, Seen, has_session
from crawler.settings import settings_for
from crawler.sitemap import Listed, entries
from crawler.tally import Tally
from crawler.traps import shape
from pipelines.urls import canonical
from warc.http.target import InvalidTargetError

MAX_REDIRECTS = 20
MAX_SITEMAPS = 3
_FIRST_ERROR = 400
_REMEMBERED = 78_000  # as crawler.seen has it
_WORDS_REMEMBERED = 19_600
_LONG = 5000  # links of a page


class CaptureSpider(Spider):
    """Walks from its seeds; the handler has recorded every answer before it comes here.

    `parse` yields requests and no items. An address is looked at once, however often it is linked.
    """

    priorities: ClassVar[dict[Kind, int]] = {
        Kind.REFRESH: 2,
        Kind.REQUISITE: 1,
        Kind.FRAME: 1,
        Kind.LINK: 0,
        Kind.SITEMAP: 0,
    }

    def __init__(self, name: str | None = None, *, options: CaptureOptions, **values: Any) -> None:
        super().__init__(name, **values)
        self.options = options
        self.scope = Scope(options)
        self.seen = Seen()
        self.tally = Tally()
        self._ending: Ending | None = None
        self._met = Recent(_WORDS_REMEMBERED)
        self._told = Recent(_REMEMBERED)
        no_links = self.scope.reach.is_page or options.max_depth == 0
        self._takes_sitemaps = options.sitemaps and not no_links

    @classmethod
    def from_crawler(
        cls, crawler: Crawler, *args: Any, options: CaptureOptions | None = None, **values: Any
    ) -> Self:
        """Return the spider; its options are given whole, or one by one by `scrapy crawl -a`."""
        if options is None:
            options = CaptureOptions.from_values({"spider": cls.name, **values})
        crawler.settings.setdict(settings_for(options), priority="spider")
        spider = super().from_crawler(crawler, *args, options=options)
        crawler.signals.connect(spider.robots_read, robots_read)
        return spider

    async def start(self) -> AsyncIterator[Request]:
        """Yield a request for each seed, and for sitemaps where no robots.txt will name them."""
        self._ending = self.crawler.get_extension(Ending)
        if self._ending is not None:
            self.tally = self._ending.tally
        seen = getattr(self.crawler.engine.scheduler, "seen", None)
        if isinstance(seen, Seen):
            self.seen = seen
        for seed in self.options.start_urls:
            for request in self._consider(canonical(seed), Kind.LINK, Trail(), via=None):
                yield request
        if not self.options.obey_robots:
            for seed in self.options.start_urls:
                for request in self._sitemaps_of(canonical(seed), ()):
                    yield request

    def robots_read(self, site: str, sitemaps: tuple[str, ...]) -> None:
        """Ask for the sitemaps of a site whose robots.txt has been read."""
        for request in self._sitemaps_of(f"{site}/", sitemaps):
            self.crawler.engine.crawl(request)

    def parse(self, response: Response, **values: Any) -> Iterator[Request]:
        """Yield requests for all that is new and in scope in this answer."""
        trail: Trail = response.meta["trail"]
        if location := redirected_to(response):
            yield from self._redirected(response, location, trail)
            return
        is_stored = STORED in response.flags  # what stands in the meta is of the 304 then
        found = (not is_stored and response.meta.pop(REFERENCES, None)) or references(response)
        if found.is_sitemap or (trail.sitemaps and not found.is_page):
            yield from self._listed(response, trail)
        yield from self._referred(response, found, trail)

    def failed(self, failure: Failure) -> None:
        """Say in the log what has no answer; it is in the WARC and in the tally."""
        if not isinstance(failure.value, IgnoreRequest):
            request: Request = failure.request  # type: ignore[attr-defined]
            self.logger.info("No answer: %s: %s", request.url, failure.getErrorMessage())

    def priority(self, url: str, kind: Kind) -> int:
        """Return how soon `url` is asked: redirects, then what pages need, then links."""
        return self.priorities[kind]

    def _sitemaps_of(self, site: str, named: tuple[str, ...]) -> Iterator[Request]:
        if not self._takes_sitemaps or not self.scope.reach.is_home(site):
            return
        for address in named or ("/sitemap.xml",):
            via = f"{site}robots.txt" if named else None
            if url := self._resolved(site, address, "utf-8", site):
                yield from self._consider(url, Kind.SITEMAP, Trail().sitemap(), via=via)

    def _listed(self, response: Response, trail: Trail) -> Iterator[Request]:
        """Yield requests for what a sitemap lists, as deep as what the seeds link to."""
        if not self._takes_sitemaps or response.status >= _FIRST_ERROR:
            return
        page = response.url
        for entry in entries(response.body):
            if not (url := self._resolved(page, entry.url, "utf-8", page)):
                continue
            if entry.what is Listed.PAGE:
                yield from self._consider(url, Kind.LINK, trail.link(page, url), via=page)
            elif trail.sitemaps < MAX_SITEMAPS:
                yield from self._consider(url, Kind.SITEMAP, trail.sitemap(), via=page)
            else:
                self._skip(url, "nested-sitemaps", page)

    def _redirected(self, response: Response, location: str, trail: Trail) -> Iterator[Request]:
        hops = len(trail.path) - len(trail.path.rstrip("R"))
        url = self._resolved(response.url, location, "utf-8", response.url)
        if not url:
            return
        if hops >= MAX_REDIRECTS:
            self._skip(url, "too-many-redirects", response.url)
            return
        if not trail.path.strip("R"):
            self.scope.moved(response.url, url)
        yield from self._consider(url, Kind.REFRESH, trail.redirect(), via=response.url)

    def _referred(self, response: Response, what: References, trail: Trail) -> Iterator[Request]:
        """Yield requests for what an answer refers to; last, for pages of its own shape."""
        page = response.url
        own_shape = shape(page)
        alike: list[str] = []
        fertile = False
        for found in self._in_time(what, response):
            if not (url := self._resolved(what.base, found.href, what.encoding, page)):
                continue
            kind = self._kind(found)
            if kind is Kind.LINK and shape(url) == own_shape and len(alike) < _LONG:
                alike.append(url)
                continue
            for request in self._consider(url, kind, _step(trail, kind, page, url), via=page):
                fertile = fertile or kind is Kind.LINK
                yield request
        for url in alike:
            step = trail.link(page, url, fertile=fertile)
            yield from self._consider(url, Kind.LINK, step, via=page)

    def _in_time(self, what: References, response: Response) -> Iterator[Found]:
        """Yield what is fresh; of a long page no more once the crawl is ending.

        The frontier then keeps the page, for the next run to read from the WARC.
        """
        found = self._fresh(what, is_error=response.status >= _FIRST_ERROR)
        for number, each in enumerate(found):
            if number > _LONG and (interrupt.is_asked_to_stop() or self._is_ending()):
                response.meta[HALF_READ] = True
                return
            yield each

    def _is_ending(self) -> bool:
        return self._ending is not None and self._ending.reason is not None

    def _kind(self, found: Found) -> Kind:
        if found.kind is Kind.FRAME and not self.options.requisites:
            return Kind.LINK
        is_link = found.kind is Kind.SITEMAP and not self._takes_sitemaps
        return Kind.LINK if is_link else found.kind

    def _fresh(self, what: References, *, is_error: bool) -> Iterator[Found]:
        """Yield what was not already met in the same words, which saves resolving it again.

        Where depth counts, an address may be too deep here and not so there, so all are yielded.
        Of an error page what is relative to its path is left out: it stands at every path.
        """
        site = site_of(what.base)
        depth_counts = self.options.max_depth is not None
        for found in what.found:
            kind, href, _ = found
            if href.startswith(ROOTED):
                words = (site, href, kind, "" if href.isascii() else what.encoding)
                if not depth_counts and not self._met.meet(hash(words)):
                    continue
            elif is_error:
                continue
            yield found

    def _resolved(self, base: str, href: str, encoding: str, page: str) -> str | None:
        """Return the URL that is asked for; None, and a line in the list, for what cannot be."""
        try:
            return absolute(base, href, encoding)
        except InvalidTargetError as error:
            if is_asked(href):
                self._skip(href, error.problem.value, page)
            return None

    def _consider(self, url: str, kind: Kind, trail: Trail, via: str | None) -> Iterator[Request]:
        """Yield the request for `url` where it is new and in scope; list it where it is not."""
        if not self.seen.add(url):
            if has_session(url):
                self._skip(url, "session-id", via)
            return
        reason = self.scope.verdict(url, trail)
        if reason is None:
            self._told.add(hash(url))
            yield Request(
                url,
                callback=self.parse,
                errback=self.failed,
                priority=self.priority(url, kind),
                dont_filter=True,
                meta={"trail": trail, "via": via, "verbatim_url": True},
            )
            return
        if reason in (OutOfScope.TOO_DEEP, OutOfScope.REQUISITE):  # a link may lead here yet
            self.seen.forget(url)
        else:
            self.seen.skip(url)
        self._skip(url, reason.value, via)

    def _skip(self, url: str, reason: str, via: str | None) -> None:
        """Count and list a URL, once however often it is met."""
        if self._told.meet(hash(url)):
            self.tally.skip(url, reason, via)


def _step(trail: Trail, kind: Kind, page: str, url: str) -> Trail:
    """Return the trail one step further."""
    if kind is Kind.LINK:
        return trail.link(page, url)
    if kind is Kind.SITEMAP:
        return trail.sitemap()
    return trail.redirect() if kind is Kind.REFRESH else trail.requisite()
