"""The Scrapy download handler over our own wire: every exchange is recorded here."""

from __future__ import annotations

from collections.abc import Iterator
from ipaddress import ip_address

from scrapy import Request
from scrapy.core.downloader.handlers.base import BaseDownloadHandler
from scrapy.crawler import Crawler
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    IgnoreRequest,
    NotConfigured,
)
from scrapy.http import Headers, Response
from scrapy.responsetypes import responsetypes
from scrapy.utils.httpobj import urlparse_cached

from crawler.archive import Archive
from crawler.ending import Ending
from crawler.options import CaptureOptions
from crawler.scope import Trail
from warc.exchange import Ending as HowEnded
from warc.exchange import Exchange, Failure, FailureKind
from warc.framing import ResponseHead, decoded, parse_head
from warc.wire import WireRequest

READ_LIMIT = 8 << 20

# What Scrapy's own exception says the same, and whether another try may do better.
_EXCEPTIONS: dict[FailureKind, tuple[type[Exception], bool]] = {
    FailureKind.DNS_NXDOMAIN: (CannotResolveHostError, False),
    FailureKind.DNS_NO_ADDRESS: (CannotResolveHostError, False),
    FailureKind.DNS_SERVFAIL: (CannotResolveHostError, True),
    FailureKind.DNS_TIMEOUT: (CannotResolveHostError, True),
    FailureKind.CONNECT_REFUSED: (DownloadConnectionRefusedError, True),
    FailureKind.CONNECT_TIMEOUT: (DownloadTimeoutError, True),
    FailureKind.TLS_TIMEOUT: (DownloadTimeoutError, True),
    FailureKind.TIMEOUT: (DownloadTimeoutError, True),
    FailureKind.CONNECT_UNREACHABLE: (DownloadFailedError, True),
    FailureKind.RESET: (DownloadFailedError, True),
    FailureKind.EMPTY: (DownloadFailedError, True),
    FailureKind.PROXY: (DownloadFailedError, True),
}
_CUT = {HowEnded.DISCONNECT, HowEnded.TIME, HowEnded.LENGTH, HowEnded.MALFORMED}
_READ_TYPES = ("text/", "application/xhtml", "application/xml", "application/json")
_CODINGS = {b"Content-Encoding", b"Transfer-Encoding"}


class CaptureHandler(BaseDownloadHandler):
    """Asks by `warc.wire`, writes to the WARC, then tells Scrapy.

    A `Response` has the body without its codings. `request.meta["capture"]` is the `Written`.
    Flags: "unread" where the body was captured but is not given on, being no text or longer than
    `READ_LIMIT`; "cut" where it ended before its end.
    """

    lazy = True

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        archive, ending = crawler.get_extension(Archive), crawler.get_extension(Ending)
        if archive is None or ending is None:
            raise NotConfigured("the extensions Archive and Ending are needed")
        self._archive = archive
        self._ending = ending
        options: CaptureOptions = crawler.settings["CAPTURE_OPTIONS"]
        self._headers = (
            ("User-Agent", options.agent),
            ("Accept", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"),
            ("Accept-Language", "en"),
            ("Accept-Encoding", "gzip, deflate, br"),
        )

    async def download_request(self, request: Request) -> Response:
        """Return the answer; raise a download exception of Scrapy where there is none."""
        page = not request.meta.get("robots", False)
        async with self._archive.turn(urlparse_cached(request).hostname or ""):
            if refusal := self._ending.refusal(request.url):
                self._ending.tally.skip(request.url, refusal)
                raise IgnoreRequest(refusal)
            with self._ending.under_way(page=page):
                exchange = await self._archive.ask(self._wire_request(request))
        try:
            return self._record(request, exchange, page=page)
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
        given = {name.lower() for name, _ in own}
        defaults = tuple(h for h in self._headers if h[0].lower() not in given)
        return WireRequest(
            url=request.url, method=request.method, headers=defaults + own, body=request.body
        )

    def _record(self, request: Request, exchange: Exchange, *, page: bool) -> Response:
        """Write the exchange and return the answer, or raise what there is instead of one."""
        try:
            written = self._archive.write(exchange, tuple(_origin(request)))
        except OSError as error:
            self._ending.cannot_write(error)
            raise DownloadCancelledError(f"the WARC cannot be written: {error}") from error
        request.meta["capture"] = written
        request.meta["download_latency"] = exchange.timings.ended
        head = None if exchange.failure else parse_head(exchange.head)
        self._ending.tally.add(exchange, written, head.status if head else 0)
        if head is None:
            raise self._failed(request, exchange.failure)
        response = response_of(exchange, head)
        self._ending.note_answer(request.url, response.status, response.body, page=page)
        return response

    def _failed(self, request: Request, failure: Failure | None) -> Exception:
        """Return Scrapy's name for the failure; what no second try can mend is not retried."""
        assert failure is not None  # noqa: S101 - an exchange without a head has failed
        kind, again = _EXCEPTIONS.get(failure.kind, (DownloadFailedError, False))
        if not again:
            request.meta["dont_retry"] = True
        return kind(f"{failure.kind.value}: {failure.detail}")


def response_of(exchange: Exchange, head: ResponseHead) -> Response:
    """Return the answer as Scrapy knows it, decoded."""
    flags = ["cut"] if exchange.ending in _CUT else []
    body = b""
    if _is_read(head) and exchange.response.size - exchange.head_size <= READ_LIMIT:
        body = decoded(exchange, READ_LIMIT)
    else:
        flags.append("unread")
    headers = Headers([(name, value) for name, value in head.headers])
    for coding in _CODINGS:
        headers.pop(coding, None)
    kind = responsetypes.from_args(headers=headers, url=exchange.target_uri, body=body)
    return kind(
        url=exchange.target_uri,
        status=head.status,
        headers=headers,
        body=body,
        flags=flags,
        ip_address=ip_address(exchange.address) if exchange.address else None,
        protocol=head.version.decode("latin-1"),
    )


def _is_read(head: ResponseHead) -> bool:
    """Return whether a spider can use the body: text, or nothing said about it."""
    kind = (head.get("Content-Type") or "").strip().lower()
    return not kind or kind.startswith(_READ_TYPES) or "+xml" in kind


def _origin(request: Request) -> Iterator[tuple[str, str]]:
    """Yield where the request came from, in the words Heritrix uses in its metadata records."""
    if via := request.meta.get("via"):
        yield "via", str(via)
    trail = request.meta.get("trail")
    if isinstance(trail, Trail) and trail.path:
        yield "hopsFromSeed", trail.path
    if retry := request.meta.get("retry_times"):
        yield "retry", str(retry)
