"""What a name server did wrong: each failure of a question told apart."""

from __future__ import annotations

import socket
from typing import Any

import dns.asyncquery
import dns.exception
import dns.flags
import dns.inet
import dns.message
import dns.name
import dns.nameserver
import dns.query
import dns.resolver

from warc.exchange import FailureKind


class UnreadableError(Exception):
    """Datagrams came, but none that could be read as the answer to the question."""


class TruncatedError(EOFError):
    """An answer is cut short even where there is no limit to its length."""


class CnameLoopError(Exception):
    """Aliases lead back to where they began, or on and on."""


class Datagrams(dns.nameserver.Do53Nameserver):
    """A name server asked as usual, which notes what came instead of an answer.

    Answers to other questions are still passed over: anybody can send them.
    """

    async def async_query(
        self,
        request: dns.message.QueryMessage,
        timeout: float,
        source: str | None,
        source_port: int,
        max_size: bool,
        backend: Any,
        one_rr_per_rrset: bool = False,
        ignore_trailing: bool = False,
    ) -> dns.message.Message:
        """Return the answer to `request`; raise `UnreadableError` where only others came."""
        if max_size:
            whole = await super().async_query(
                request, timeout, source, source_port, max_size, backend
            )
            if whole.flags & dns.flags.TC:
                raise TruncatedError("cut short over TCP too")
            return whole
        family = dns.inet.af_for_address(self.address)
        whom = (self.address, self.port) if backend.datagram_connection_required() else None
        async with await backend.make_socket(family, socket.SOCK_DGRAM, 0, None, whom) as made:
            heard: Any = _Heard(made)
            try:
                return await dns.asyncquery.udp(
                    request,
                    self.address,
                    timeout=timeout,
                    port=self.port,
                    sock=heard,
                    raise_on_truncation=True,
                    ignore_errors=True,
                    ignore_unexpected=True,
                )
            except dns.exception.Timeout as error:
                if heard.last is None:
                    raise
                raise UnreadableError(_told(heard.last)) from error


class _Heard:
    """The library's socket, of which the last datagram is kept."""

    def __init__(self, made: Any) -> None:
        self.family = made.family
        self._made = made
        self.last: bytes | None = None

    async def sendto(self, what: bytes, destination: Any, timeout: float | None) -> int:
        sent: int = await self._made.sendto(what, destination, timeout)
        return sent

    async def recvfrom(self, size: int, timeout: float | None) -> tuple[bytes, Any]:
        datagram, sender = await self._made.recvfrom(size, timeout)
        self.last = datagram
        return datagram, sender


def _told(datagram: bytes) -> str:
    try:
        dns.message.from_wire(datagram)
    except dns.exception.DNSException as error:
        return f"an answer that cannot be read: {error or type(error).__name__}"
    return "an answer to another question"


def kind_of(error: Exception) -> FailureKind:
    """Return which failure `error` is; whatever is no clear answer counts as the server's."""
    for kind, classes in _BY_ERROR:
        if isinstance(error, classes):
            return kind
    errors = error.kwargs.get("errors", ()) if isinstance(error, dns.exception.DNSException) else ()
    causes = [found[3] for found in errors]
    for kind, classes in _BY_CAUSE:
        if any(isinstance(cause, classes) for cause in causes):
            return kind
    if "REFUSED" in causes:
        return FailureKind.DNS_REFUSED
    if isinstance(error, dns.exception.Timeout):
        return FailureKind.DNS_TIMEOUT
    is_unheard = bool(causes) and all(isinstance(cause, OSError) for cause in causes)
    return FailureKind.DNS_UNREACHABLE if is_unheard else FailureKind.DNS_SERVFAIL


_Table = tuple[tuple[FailureKind, tuple[type[Exception], ...]], ...]
_BY_ERROR: _Table = (
    (
        FailureKind.DNS_NXDOMAIN,
        (dns.resolver.NXDOMAIN, dns.name.LabelTooLong, dns.name.NameTooLong),
    ),
    (FailureKind.DNS_NO_ADDRESS, (dns.resolver.NoAnswer,)),
    (FailureKind.DNS_CNAME_LOOP, (CnameLoopError,)),
    (FailureKind.DNS_UNREACHABLE, (dns.resolver.NoResolverConfiguration, OSError)),
)
# What single tries came to: an exception, or the name of a code. Of several the first decides.
_BY_CAUSE: _Table = (
    (FailureKind.DNS_CNAME_LOOP, (dns.message.ChainTooLong,)),
    (FailureKind.DNS_TRUNCATED, (dns.message.Truncated, TruncatedError)),
    (
        FailureKind.DNS_MALFORMED,
        (UnreadableError, dns.exception.FormError, dns.query.BadResponse, EOFError),
    ),
)
