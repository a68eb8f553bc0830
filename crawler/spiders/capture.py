"""What every capturing spider does: follow, within the scope, all that an answer refers to."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from typing import Any, ClassVar, Self

from scrapy import Request, Spider
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response, TextResponse
from twisted.python.failure import Failure

from crawler.ending import Ending
from crawler.header_address import as_address
from crawler.links import Found, Kind, css_urls, page_links, refresh_target
from crawler.options import CaptureOptions
from crawler.scope import OutOfScope, Scope, Trail
from crawler.seen import Seen
from crawler.settings import settings_for
from crawler.tally import Tally
from pipelines.urls import UrlProblem, canonical, resolve, without_fragment

MAX_REDIRECTS = 20
_REDIRECTS = {301, 302, 303, 307, 308}
_FIRST_ERROR = 400
_ASKED_ALL_THE_SAME = {None, UrlProblem.INTRANET_HOST}


class CaptureSpider(Spider):
    """Walks from its seeds; the handler has recorded every answer before it comes here.

    `parse` yields requests and no items. An address is looked at once, however often it is linked.
    """

    priorities: ClassVar[dict[Kind, int]] = {Kind.REFRESH: 2, Kind.REQUISITE: 1, Kind.LINK: 0}

    def __init__(self, name: str | None = None, *, options: CaptureOptions, **values: Any) -> None:
        super().__init__(name, **values)
        self.options = options
        self.scope = Scope(options)
        self.seen = Seen()
        self._met: set[int] = set()
        self.tally = Tally()

    @classmethod
    def from_crawler(
        cls, crawler: Crawler, *args: Any, options: CaptureOptions | None = None, **values: Any
    ) -> Self:
        """Return the spider; its options are given whole, or one by one by `scrapy crawl -a`."""
        if options is None:
            options = CaptureOptions.from_values({"spider": cls.name, **values})
        crawler.settings.setdict(settings_for(options), priority="spider")
        return super().from_crawler(crawler, *args, options=options)

    async def start(self) -> AsyncIterator[Request]:
        """Yield a request for each seed."""
        ending = self.crawler.get_extension(Ending)
        if ending is not None:
            self.tally = ending.tally
        for seed in self.options.start_urls:
            for request in self._consider(canonical(seed), Kind.LINK, Trail(), via=None):
                yield request

    def parse(self, response: Response, **values: Any) -> Iterator[Request]:
        """Yield requests for all that is new and in scope in this answer."""
        trail: Trail = response.meta["trail"]
        location = response.headers.get("Location")
        if response.status in _REDIRECTS and location:
            yield from self._redirected(response, as_address(location), trail)
        elif response.status < _FIRST_ERROR and isinstance(response, TextResponse):
            base, found = self._refers_to(response)
            for each in self._fresh(base, found):
                yield from self._found(response.url, base, each, trail)

    def failed(self, failure: Failure) -> None:
        """Say in the log what has no answer; it is in the WARC and in the tally."""
        if not isinstance(failure.value, IgnoreRequest):
            request: Request = failure.request  # type: ignore[attr-defined]
            self.logger.info("No answer: %s: %s", request.url, failure.getErrorMessage())

    def _refers_to(self, response: TextResponse) -> tuple[str, Iterator[Found]]:
        """Return the base of the answer's addresses, and what it refers to."""
        kind = (response.headers.get("Content-Type") or b"").lower()
        if kind.startswith(b"text/css"):
            urls = css_urls(response.text)
            return response.url, (Found(Kind.REQUISITE, url) for url in urls)
        if not response.body or (kind and b"html" not in kind):
            return response.url, iter(())
        links = page_links(response.text)
        base = resolve(response.url, links.base).url if links.base else response.url
        return base, self._with_headers(response, links.found)

    def _fresh(self, base: str, found: Iterator[Found]) -> Iterator[Found]:
        """Yield what was not already met in the same words, which saves resolving it again.

        Where depth counts, an address may be too deep here and not so there, so all are yielded.
        """
        site = base[: base.find("/", len("https://"))]
        for each in found:
            if each.href.startswith(("/", "http")) and self.options.max_depth is None:
                words = hash((site, each.href, each.kind))
                if words in self._met:
                    continue
                self._met.add(words)
            yield each

    def _with_headers(self, response: Response, found: tuple[Found, ...]) -> Iterator[Found]:
        """Yield what the Refresh header refers to, the page itself, and the site's icon."""
        refresh = response.headers.get("Refresh")
        if refresh and (target := refresh_target(as_address(refresh))):
            yield Found(Kind.REFRESH, target)
        yield from found
        yield Found(Kind.REQUISITE, resolve(response.url, "/favicon.ico").url)

    def _redirected(self, response: Response, location: str, trail: Trail) -> Iterator[Request]:
        hops = len(trail.path) - len(trail.path.rstrip("R"))
        target = resolve(response.url, location)
        if hops >= MAX_REDIRECTS:
            self.tally.skip(target.url, "too-many-redirects")
        elif target.problem in _ASKED_ALL_THE_SAME:
            url = without_fragment(target.url)
            yield from self._consider(url, Kind.REFRESH, trail.redirect(), via=response.url)

    def _found(self, page: str, base: str, found: Found, trail: Trail) -> Iterator[Request]:
        """Yield a request for an address found in a page, where one is due."""
        if found.kind is Kind.REQUISITE and not self.options.requisites:
            return
        target = resolve(base, found.href)
        if target.problem not in _ASKED_ALL_THE_SAME:
            return
        url = without_fragment(target.url)
        yield from self._consider(url, found.kind, _step(trail, found.kind, page, url), via=page)

    def _consider(self, url: str, kind: Kind, trail: Trail, via: str | None) -> Iterator[Request]:
        """Yield the request for `url` where it is new and in scope; count why not."""
        if not self.seen.add(url):
            return
        reason = self.scope.verdict(url, trail)
        if reason is None:
            yield Request(
                url,
                callback=self.parse,
                errback=self.failed,
                priority=self.priority(url, kind),
                dont_filter=True,
                meta={"trail": trail, "via": via, "verbatim_url": True},
            )
            return
        if reason is OutOfScope.TOO_DEEP:
            self.seen.forget(url)
        self.tally.skip(url, reason.value)

    def priority(self, url: str, kind: Kind) -> int:
        """Return how soon `url` is asked: redirects, then what pages need, then links."""
        return self.priorities[kind]


def _step(trail: Trail, kind: Kind, page: str, url: str) -> Trail:
    """Return the trail one step further."""
    if kind is Kind.LINK:
        return trail.link(page, url)
    return trail.requisite() if kind is Kind.REQUISITE else trail.redirect()
