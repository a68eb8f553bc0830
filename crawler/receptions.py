"""How a host took a request, read off the exchange."""

from __future__ import annotations

from datetime import datetime

from crawler.pace import Reception, Taken
from crawler.walls import is_wall
from warc.exchange import Exchange, FailureKind
from warc.framing import ResponseHead
from warc.http.retry_after import retry_after

_FIRST_ERROR = 400
# What may be different in a minute; a name that does not exist or a bad certificate will not.
_MAY_PASS = {
    FailureKind.DNS_SERVFAIL,
    FailureKind.DNS_REFUSED,
    FailureKind.DNS_MALFORMED,
    FailureKind.DNS_TRUNCATED,
    FailureKind.DNS_UNREACHABLE,
    FailureKind.DNS_TIMEOUT,
    FailureKind.CONNECT_REFUSED,
    FailureKind.CONNECT_TIMEOUT,
    FailureKind.CONNECT_UNREACHABLE,
    FailureKind.TLS_TIMEOUT,
    FailureKind.TLS_RESET,
    FailureKind.TLS_CLOSED,
    FailureKind.RESET,
    FailureKind.EMPTY,
    FailureKind.TIMEOUT,
    FailureKind.PROXY,
}
_STATUSES = {
    401: Reception.REFUSED,
    403: Reception.REFUSED,
    429: Reception.THROTTLED,
    502: Reception.FAULT,
    503: Reception.UNAVAILABLE,
    504: Reception.FAULT,
    **dict.fromkeys(range(520, 528), Reception.FAULT),
}


def taken(
    exchange: Exchange,
    head: ResponseHead | None,
    body: bytes,
    *,
    began: float,
    now: datetime,
    is_retry: bool,
    is_page: bool,
) -> Taken:
    """Return how the host took the request of `exchange`, whose decoded body is `body`.

    A good robots.txt says nothing of how the pages of a host will be answered.
    """
    reception = _reception(exchange, head, body)
    if reception is Reception.FINE and not is_page:
        reception = Reception.SILENT
    first_byte = exchange.timings.first_byte
    return Taken(
        reception=reception,
        began=began,
        seconds=exchange.timings.ended if first_byte is None else first_byte,
        asks=retry_after(head.get("Retry-After"), now) if head else None,
        is_retry=is_retry,
    )


def _reception(exchange: Exchange, head: ResponseHead | None, body: bytes) -> Reception:
    if head is None:
        kind = exchange.failure.kind if exchange.failure else None
        return Reception.FAULT if kind in _MAY_PASS else Reception.SILENT
    if is_wall(body):
        return Reception.WALL
    usual = Reception.FINE if head.status < _FIRST_ERROR else Reception.SILENT
    return _STATUSES.get(head.status, usual)
