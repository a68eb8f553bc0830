"""An asyncio HTTP/1.1 client that returns every exchange as it went over the wire."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Self

from warc.exchange import WAS_RESET, Ending, Exchange, Failure, FailureKind, Spool, Timings
from warc.framing import Framer
from warc.http.addresses import AddressPolicy
from warc.http.connection import Connection
from warc.http.dialer import Course, Dialer, DialError
from warc.http.pool import Pool
from warc.http.proxy import Proxy
from warc.http.reception import Reception
from warc.http.request import ConnectTo, Limits, WireRequest
from warc.http.resolver import Resolver, ZoneResolver
from warc.http.target import InvalidTargetError, Target, parse_target
from warc.http.tls import TlsContext
from warc.http.tls_faults import tls_failure

__all__ = ["ConnectTo", "Limits", "Wire", "WireRequest"]

_PROXY_WANTS_CREDENTIALS = 407
_IDLE_FOR_TOO_LONG = 408


def _utcnow() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """What is being asked: the request, as parsed and as bytes, and its limits."""

    request: WireRequest
    target: Target
    sent: bytes
    limits: Limits
    began: datetime


class Wire:
    """Ask over HTTP/1.1 and keep connections; every outcome is an Exchange.

    `ca_file` adds authorities to the system's. `proxy` is `http://[user:password@]host:port`.
    To be used within one event loop; close it, or use it as an async context manager.
    """

    def __init__(
        self,
        *,
        resolver: Resolver,
        policy: AddressPolicy,
        limits: Limits | None = None,
        connect_to: tuple[ConnectTo, ...] = (),
        ca_file: Path | None = None,
        proxy: str | None = None,
        clock: Callable[[], datetime] = _utcnow,
    ) -> None:
        self._limits = limits or Limits()
        self._clock = clock
        self._proxy = Proxy.parse(proxy) if proxy is not None else None
        self._pool = Pool()
        is_direct = proxy is None and not connect_to
        self._zones = resolver if is_direct and isinstance(resolver, ZoneResolver) else None
        self._dialer = Dialer(
            pool=self._pool,
            resolver=resolver,
            policy=policy,
            tls=TlsContext(ca_file),
            connect_to=connect_to,
            proxy=self._proxy,
        )

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def close(self) -> None:
        """Close every connection; exchanges under way end as cut."""
        await self._pool.close()

    def cut(self) -> None:
        """End every answer under way as cut by time; what is not yet connected goes on."""
        self._pool.cut("given up: the capture was ending")

    async def name_servers(self, zone: str) -> tuple[str, ...]:
        """Return the names of a zone's servers, asked for as names of hosts are.

        None where they are not told, and where names are not ours to ask for: behind a proxy,
        or with connections led elsewhere.
        """
        return await self._zones.name_servers(zone) if self._zones else ()

    async def fetch(self, request: WireRequest) -> Exchange:
        """Return what asking `request` came to; raise for nothing the network does.

        The caller owns the exchange's spool. A kept connection that turns out closed before any
        byte of an answer is replaced by a fresh one, once, for methods that may be repeated.
        """
        began = self._clock()
        course = Course(started=asyncio.get_running_loop().time())
        try:
            target = parse_target(request.url)
        except InvalidTargetError as error:
            failure = Failure(kind=FailureKind.URL_INVALID, detail=str(error))
            return _failed(request, request.url, began, course, failure)
        asked = _Asked(
            request=request,
            target=target,
            sent=request.render(target),
            limits=request.limits or self._limits,
            began=began,
        )
        try:
            return await self._fetch(asked, course)
        except DialError as error:
            return _failed(request, target.url, began, course, error.failure)

    async def _fetch(self, asked: _Asked, course: Course) -> Exchange:
        key = self._dialer.route(asked.target).key
        connection = self._pool.take(key)
        if connection is not None:
            reception = await self._ask(connection, asked, course, is_fresh=False)
            if not (_is_stale(reception) and asked.request.is_idempotent):
                return self._finish(connection, asked, reception, course)
            reception.spool.close()
            self._pool.discard(connection)
        connection = await self._dialer.dial(asked.target, asked.limits, course)
        reception = await self._ask(connection, asked, course, is_fresh=True)
        return self._finish(connection, asked, reception, course)

    async def _ask(
        self, connection: Connection, asked: _Asked, course: Course, *, is_fresh: bool
    ) -> Reception:
        limits = asked.limits
        framer = Framer(asked.request.method, head_bytes=limits.head_bytes, is_first=is_fresh)
        reception = Reception(framer, limits, course.started + limits.total)
        sent = asked.sent
        if self._proxy is not None and asked.target.scheme == "http":
            sent = self._proxy.authorize(asked.request.render(asked.target, in_full=True))
        try:
            await connection.ask(sent, reception)
        except BaseException:
            reception.spool.close()
            raise
        return reception

    def _finish(
        self, connection: Connection, asked: _Asked, reception: Reception, course: Course
    ) -> Exchange:
        """Return the exchange; keep the connection where nothing speaks against it."""
        framer = reception.framer
        if framer.is_reusable and connection.is_usable and not _asks_to_close(asked.request):
            self._pool.put(self._dialer.route(asked.target).key, connection)
        else:
            self._pool.discard(connection)
        ending = framer.ending or Ending.NONE
        failure = _failure(reception, connection) if ending is Ending.NONE else None
        if self._is_from_proxy(asked, framer):
            ending, failure = Ending.NONE, _proxy_failure(framer)
            reception.spool.close()
            reception.spool = Spool()
        return Exchange(
            target_uri=asked.target.url,
            method=asked.request.method,
            began=asked.began,
            request=asked.sent,
            response=reception.spool,
            head_size=min(framer.head_size, reception.spool.size),
            ending=ending,
            timings=_timings(course, reception.first_byte),
            interim=framer.interim,
            failure=failure,
            address=connection.address,
            port=connection.port,
            tls=connection.tls,
            notes=self._notes(connection, reception),
        )

    def _is_from_proxy(self, asked: _Asked, framer: Framer) -> bool:
        """Return whether the proxy itself answered: that is not the target's answer."""
        if self._proxy is None or asked.target.scheme != "http" or framer.head is None:
            return False
        return framer.head.status == _PROXY_WANTS_CREDENTIALS

    def _notes(self, connection: Connection, reception: Reception) -> tuple[str, ...]:
        notes = list(reception.framer.notes)
        if reception.framer.ending is Ending.CLOSED and not connection.is_end_certain:
            notes.append("closed without TLS close_notify")
        if reception.framer.ending is Ending.DISCONNECT and reception.error is not None:
            notes.append(WAS_RESET)
        if self._proxy is not None:
            notes.append(f"through the proxy {self._proxy.host}:{self._proxy.port}")
        return tuple(notes)


def _is_stale(reception: Reception) -> bool:
    """Return whether a kept connection gave no answer of its own, and no byte that began one.

    A 408 with which the server closes is what it says to a connection that was idle for too long:
    it may have been under way before the request was.
    """
    framer = reception.framer
    if framer.interim or reception.is_timed_out:
        return False
    if framer.head is not None and framer.head.status == _IDLE_FOR_TOO_LONG:
        return not framer.is_reusable
    return framer.ending is Ending.NONE or (framer.ending is Ending.MALFORMED and not framer.head)


def _asks_to_close(request: WireRequest) -> bool:
    return any(
        name.lower() == "connection" and "close" in value.lower() for name, value in request.headers
    )


def _failure(reception: Reception, connection: Connection) -> Failure:
    """Return why there is no answer; from TLS 1.3 on a missing certificate shows only now."""
    if connection.is_certificate_asked and not reception.is_timed_out:
        detail = str(reception.error or "closed before any byte of an answer")
        return Failure(kind=FailureKind.TLS_CLIENT_CERTIFICATE, detail=detail)
    if reception.is_timed_out:
        detail = str(reception.error or "no byte of an answer within the limit")
        return Failure(kind=FailureKind.TIMEOUT, detail=detail)
    match reception.error:
        case None:
            detail = "closed before any byte of an answer"
            return Failure(kind=FailureKind.EMPTY, detail=detail)
        case ssl.SSLError() as error:
            return tls_failure(error)
        case TimeoutError() as error:
            return Failure(kind=FailureKind.TIMEOUT, detail=str(error))
        case error:
            return Failure(kind=FailureKind.RESET, detail=str(error))


def _proxy_failure(framer: Framer) -> Failure:
    reason = framer.head.reason.decode("latin-1") if framer.head else ""
    return Failure(kind=FailureKind.PROXY, detail=f"{_PROXY_WANTS_CREDENTIALS} {reason}")


def _timings(course: Course, first_byte: float | None) -> Timings:
    def since(moment: float | None) -> float | None:
        return None if moment is None else moment - course.started

    ended = asyncio.get_running_loop().time() - course.started
    return Timings(
        resolved=since(course.resolved),
        connected=since(course.connected),
        secured=since(course.secured),
        first_byte=since(first_byte),
        ended=ended,
    )


def _failed(
    request: WireRequest, uri: str, began: datetime, course: Course, failure: Failure
) -> Exchange:
    return Exchange(
        target_uri=uri,
        method=request.method,
        began=began,
        request=b"",
        response=Spool(),
        head_size=0,
        ending=Ending.NONE,
        timings=_timings(course, None),
        failure=failure,
        address=course.address,
        port=course.port,
        tls=course.tls,
    )
