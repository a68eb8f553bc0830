"""The Scrapy download handler over our own wire: every exchange is recorded here."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus

from scrapy import Request
from scrapy.core.downloader.handlers.base import BaseDownloadHandler
from scrapy.crawler import Crawler
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    NotConfigured,
)
from scrapy.http import Response

from crawler.addresses import site_of
from crawler.answers import answer_of, body_of, response_of
from crawler.archive import Archive, utcnow
from crawler.credentials import credentials
from crawler.ending import Ending
from crawler.options import CaptureOptions
from crawler.outlinks import Fields, outlink_fields, redirect_field
from crawler.pace import Reception
from crawler.receptions import taken
from crawler.references import REFERENCES, redirected_to, references
from crawler.scope import Trail, authority
from crawler.turns import Turn, Turns
from warc.exchange import Exchange, Failure, FailureKind
from warc.framing import ResponseHead, parse_head
from warc.wire import WireRequest
from warc.writer import Written

# What Scrapy's own exception says the same, and whether another try may do better.
_EXCEPTIONS: dict[FailureKind, tuple[type[Exception], bool]] = {
    FailureKind.DNS_NXDOMAIN: (CannotResolveHostError, False),
    FailureKind.DNS_NXDOMAIN_ALIAS: (CannotResolveHostError, False),
    FailureKind.DNS_NO_ADDRESS: (CannotResolveHostError, False),
    FailureKind.DNS_CNAME_LOOP: (CannotResolveHostError, False),
    FailureKind.DNS_SERVFAIL: (CannotResolveHostError, True),
    FailureKind.DNS_REFUSED: (CannotResolveHostError, True),
    FailureKind.DNS_MALFORMED: (CannotResolveHostError, True),
    FailureKind.DNS_TRUNCATED: (CannotResolveHostError, True),
    FailureKind.DNS_UNREACHABLE: (CannotResolveHostError, True),
    FailureKind.DNS_TIMEOUT: (CannotResolveHostError, True),
    FailureKind.CONNECT_REFUSED: (DownloadConnectionRefusedError, True),
    FailureKind.CONNECT_TIMEOUT: (DownloadTimeoutError, True),
    FailureKind.TLS_TIMEOUT: (DownloadTimeoutError, True),
    FailureKind.TIMEOUT: (DownloadTimeoutError, True),
    FailureKind.CONNECT_UNREACHABLE: (DownloadFailedError, True),
    FailureKind.TLS_RESET: (DownloadFailedError, True),
    FailureKind.TLS_CLOSED: (DownloadFailedError, True),
    FailureKind.RESET: (DownloadFailedError, True),
    FailureKind.EMPTY: (DownloadFailedError, True),
    FailureKind.PROXY: (DownloadFailedError, True),
}


class CaptureHandler(BaseDownloadHandler):
    """Asks by `warc.wire`, writes to the WARC, then tells Scrapy.

    A `Response` has the body without its codings. `request.meta["capture"]` is the `Written`,
    "answer" what the frontier keeps of it, and "refused" says why it was not asked. Flags:
    "unread" where the body was captured but is not given on, being no text (of a long one the
    beginning is); "cut" where it ended before its end; "wall" where it stands in for every page.
    """

    lazy = True

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        archive, ending = crawler.get_extension(Archive), crawler.get_extension(Ending)
        turns = crawler.get_extension(Turns)
        if archive is None or ending is None or turns is None:
            raise NotConfigured("the extensions Archive, Ending and Turns are needed")
        self._archive = archive
        self._turns = turns
        self._ending = ending
        self._one_by_one = asyncio.Lock()  # what has come in the meantime is let past in between
        options: CaptureOptions = crawler.settings["CAPTURE_OPTIONS"]
        self._credentials = credentials(options.seeds)
        self._headers = (
            ("User-Agent", options.agent),
            ("Accept", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"),
            ("Accept-Language", "en"),
            ("Accept-Encoding", "gzip, deflate, br"),
        )

    async def download_request(self, request: Request) -> Response:
        """Return the answer; raise a download exception of Scrapy where there is none."""
        page = not request.meta.get("robots", False)
        async with self._turns.turn(authority(request.url), request.url) as turn:
            self._ending.admit(request)
            with self._ending.in_hand(pages=page):
                with self._ending.under_way(request):
                    exchange = await self._archive.ask(self._wire_request(request))
                try:
                    return await self._receive(request, exchange, turn, page=page)
                finally:
                    exchange.response.close()

    async def close(self) -> None:
        """Close the wire and the WARC; both handlers may ask for it."""
        await self._archive.close()

    def _wire_request(self, request: Request) -> WireRequest:
        own = tuple(
            (name.decode("latin-1"), value.decode("latin-1"))
            for name, values in request.headers.items()
            for value in values
        )
        if secret := self._credentials and self._credentials.get(site_of(request.url)):
            own += (("Authorization", secret),)
        given = {name.lower() for name, _ in own}
        defaults = tuple(h for h in self._headers if h[0].lower() not in given)
        return WireRequest(
            url=request.url, method=request.method, headers=defaults + own, body=request.body
        )

    async def _receive(
        self, request: Request, exchange: Exchange, turn: Turn, *, page: bool
    ) -> Response:
        """Record the exchange and return the answer, or raise what there is instead of one.

        An ordinary answer ends the turn at once: to read and record it takes the host no time.
        """
        response = None
        head = None if exchange.failure else parse_head(exchange.head)
        with self._recorded(request, exchange, head) as fields:
            is_read = not page or _is_sitemap(request)
            body = body_of(exchange, head, is_read=is_read) if head else None
            turn.taken = taken(
                exchange,
                head,
                body.beginning() if body else b"",
                began=turn.began,
                now=utcnow(),
                is_retry="retry_times" in request.meta,
                is_page=page,
            )
            if turn.taken.reception.is_ordinary:
                turn.end()
            async with self._one_by_one:
                await _let_others_ask()
                if head is not None and body is not None:
                    response = response_of(exchange, head, body.useful())
                    fields.extend(_outlinks(request, response) if page else ())
        if head is None or response is None:
            raise self._failed(request, exchange.failure)
        request.meta["answer"] = answer_of(exchange, head, request.meta["capture"])
        if turn.taken.reception is Reception.WALL:
            response.flags.append("wall")
        self._ending.note_answer(page=page)
        return response

    @contextmanager
    def _recorded(
        self, request: Request, exchange: Exchange, head: ResponseHead | None
    ) -> Iterator[list[tuple[str, str]]]:
        """Write the exchange when this is left, with the fields that were added till then.

        A fault of ours in reading an answer must not cost its record.
        """
        fields = list(_origin(request))
        try:
            with self._ending.in_hand(octets=exchange.response.size):
                yield fields
        finally:
            written = self._write(exchange, tuple(fields))
            request.meta["capture"] = written
            request.meta["download_latency"] = exchange.timings.ended
            self._ending.tally.add(exchange, written, head.status if head else 0)

    def _write(self, exchange: Exchange, fields: Fields) -> Written:
        try:
            return self._archive.write(exchange, fields)
        except OSError as error:
            self._ending.cannot_write(error)
            raise DownloadCancelledError(f"the WARC cannot be written: {error}") from error

    def _failed(self, request: Request, failure: Failure | None) -> Exception:
        """Return Scrapy's name for the failure; what no second try can mend is not retried."""
        assert failure is not None  # noqa: S101 - an exchange without a head has failed
        kind, again = _EXCEPTIONS.get(failure.kind, (DownloadFailedError, False))
        if not again:
            request.meta["dont_retry"] = True
        return kind(f"{failure.kind.value}: {failure.detail}")


async def _let_others_ask() -> None:
    """Let the loop go round twice: answers that have come too end their turns, then others ask."""
    await asyncio.sleep(0)
    await asyncio.sleep(0)


def _is_sitemap(request: Request) -> bool:
    trail = request.meta.get("trail")
    return isinstance(trail, Trail) and trail.sitemaps > 0


def _outlinks(request: Request, response: Response) -> Fields:
    """Return the fields of what an answer leads to, which is left for the spider to follow."""
    if location := redirected_to(response):
        return redirect_field(response.url, location)
    if response.status == HTTPStatus.NOT_MODIFIED:
        return ()
    fields, request.meta[REFERENCES] = outlink_fields(references(response))
    return fields


def _origin(request: Request) -> Iterator[tuple[str, str]]:
    """Yield where the request came from, in the words Heritrix uses in its metadata records."""
    if via := request.meta.get("via"):
        yield "via", str(via)
    trail = request.meta.get("trail")
    if isinstance(trail, Trail) and trail.path:
        yield "hopsFromSeed", trail.path
    if retry := request.meta.get("retry_times"):
        yield "retry", str(retry)
