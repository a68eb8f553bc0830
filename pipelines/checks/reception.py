"""How a host took a request, whether to ask again later, and how long it wants to be left alone."""

from __future__ import annotations

from datetime import datetime

from pipelines.checks.breaker import Reception
from pipelines.checks.hop import Hop
from warc.exchange import Ending, FailureKind
from warc.http.retry_after import retry_after

_TOO_MANY = 429
_UNAVAILABLE = 503
_AWAY = frozenset(
    {
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
    }
)
_SILENT = frozenset(
    {
        FailureKind.RESET,
        FailureKind.EMPTY,
        FailureKind.TIMEOUT,
        FailureKind.TLS_RESET,
        FailureKind.TLS_CLOSED,
    }
)
_MAY_PASS = (
    _AWAY
    | _SILENT
    | {
        FailureKind.DNS_NXDOMAIN,  # asked a second time before it is believed
        FailureKind.DNS_NXDOMAIN_ALIAS,
        FailureKind.DNS_CNAME_LOOP,
        FailureKind.DNS_NO_ADDRESS,
        FailureKind.PROXY,
    }
)
_MAY_PASS_STATUSES = frozenset({408, 425, 429, 500, 502, 503, 504, *range(520, 528), 530})
# Not a page that was too slow: asking again would only take the same time again.
_CUT = frozenset({Ending.DISCONNECT, Ending.MALFORMED})


def reception(hop: Hop) -> Reception:
    """Return how the host took the request of `hop`."""
    if hop.failure in _AWAY:
        return Reception.AWAY
    if hop.failure in _SILENT:
        return Reception.SILENT
    if hop.status == _TOO_MANY or (hop.status == _UNAVAILABLE and hop.header("retry-after")):
        return Reception.THROTTLED
    return Reception.FINE


def may_pass(hop: Hop) -> bool:
    """Return whether what went wrong may be gone later in the run."""
    if hop.failure is not None:
        return hop.failure in _MAY_PASS
    if hop.status is None or hop.status in _MAY_PASS_STATUSES:
        return True
    return hop.is_undecodable or hop.ending in _CUT or (hop.ending is Ending.TIME and not hop.size)


def wanted_pause(hop: Hop, now: datetime, *, default: float) -> float:
    """Return the seconds for which the host of `hop` wants no requests; 0 where it is content.

    Retry-After is a number of seconds or a date (RFC 9110 section 10.2.3); a host that throttles
    without it is left alone for `default`.
    """
    if reception(hop) is not Reception.THROTTLED:
        return 0.0
    asked = retry_after(hop.header("retry-after"), now)
    return default if asked is None else asked
