"""From a target to an open connection: route, resolution, policy, connect, TLS."""

from __future__ import annotations

import asyncio
import errno
import ssl
from collections.abc import Awaitable
from dataclasses import dataclass
from typing import TypeVar

from warc.exchange import Failure, FailureKind, TlsParameters
from warc.framing import Framer
from warc.http.addresses import AddressPolicy
from warc.http.connection import Connection
from warc.http.pool import Key, Pool
from warc.http.proxy import Proxy
from warc.http.reception import Reception
from warc.http.request import ConnectTo, Limits
from warc.http.resolver import Resolver
from warc.http.target import Target
from warc.http.tls import TlsContext

# RFC 8305 section 5: the next address is tried alongside after a quarter of a second.
_STAGGER = 0.25
_MOST_ADDRESSES = 8

_CONNECT_KINDS = {
    errno.ECONNREFUSED: FailureKind.CONNECT_REFUSED,
    errno.ETIMEDOUT: FailureKind.CONNECT_TIMEOUT,
    errno.ECONNRESET: FailureKind.RESET,
    errno.ECONNABORTED: FailureKind.RESET,
}

_T = TypeVar("_T")


class DialError(Exception):
    """No connection; `failure` says why."""

    def __init__(self, kind: FailureKind, detail: str) -> None:
        super().__init__(detail)
        self.failure = Failure(kind=kind, detail=detail)


@dataclass(slots=True, kw_only=True)
class Course:
    """How far one exchange got, in the loop's time; filled in on the way, also by a failure."""

    started: float
    resolved: float | None = None
    connected: float | None = None
    secured: float | None = None
    address: str | None = None
    port: int | None = None
    tls: TlsParameters | None = None


# Faults of a handshake that are not told, or in words that stand for several.
_UNEXPLAINED = frozenset({FailureKind.TLS_CLOSED, FailureKind.TLS_RESET, FailureKind.TLS_CIPHER})
_PRESENT_VERSIONS = frozenset({"TLSv1.2", "TLSv1.3"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """Where the connection for a target leads, and under which key it is kept."""

    host: str
    port: int
    key: Key


class Dialer:
    """Open connections to targets; every address is judged, then connected to as judged.

    Through a proxy the target's name is resolved by the proxy. The proxy itself was chosen by
    the operator, so the policy does not judge it.
    """

    def __init__(
        self,
        *,
        pool: Pool,
        resolver: Resolver,
        policy: AddressPolicy,
        tls: TlsContext,
        connect_to: tuple[ConnectTo, ...] = (),
        proxy: Proxy | None = None,
    ) -> None:
        self._pool = pool
        self._resolver = resolver
        self._policy = policy
        self._tls = tls
        self._connect_to = connect_to
        self._proxy = proxy
        self._old_tls: TlsContext | None = None

    def route(self, target: Target) -> Route:
        """Return where to connect for `target`."""
        if self._proxy is not None and target.scheme == "http":
            host, port = self._proxy.host, self._proxy.port
            return Route(host=host, port=port, key=("proxy", host, port))
        host, port = target.host, target.port
        rule = next((rule for rule in self._connect_to if rule.fits(target)), None)
        if rule is not None:
            host, port = rule.to_host or host, rule.to_port or port
        return Route(host=host, port=port, key=(target.scheme, target.host, target.port))

    async def dial(self, target: Target, limits: Limits, course: Course) -> Connection:
        """Return a connection ready for a request to `target`; raise DialError."""
        route = self.route(target)
        if self._proxy is not None:
            connection = await self._reach_proxy(self._proxy, limits, course)
        else:
            connection = await self._reach(route, limits, course)
        try:
            if self._proxy is not None and target.scheme == "https":
                await self._tunnel(connection, self._proxy, target, limits, course)
            if target.scheme == "https":
                await self._secure(connection, target, limits, course)
        except DialError as error:
            self._pool.discard(connection)
            if error.failure.kind in _UNEXPLAINED and connection.address is not None:
                await self._explain(connection.address, target, limits, course)
            raise
        except BaseException:
            self._pool.discard(connection)
            raise
        return connection

    async def _explain(self, address: str, target: Target, limits: Limits, course: Course) -> None:
        """Raise DialError where a server that would not have us agrees to what is out of use.

        Many break off without a word then. Nothing is asked of them, and nothing believed.
        """
        self._old_tls = self._old_tls or self._tls.for_old_servers()
        seconds = _left(limits.connect, limits, course)
        connection = None
        try:
            async with asyncio.timeout(seconds):
                connection = await self._open(address, self.route(target).port)
                await connection.secure(self._old_tls.session(target.host))
        except (DialError, OSError):  # so are those of TLS and of time
            return
        finally:
            if connection is not None:
                self._pool.discard(connection)
        course.tls = agreed = connection.tls
        if agreed is not None and agreed.version not in _PRESENT_VERSIONS:
            raise DialError(FailureKind.TLS_VERSION, f"speaks {agreed.version} only")
        raise DialError(FailureKind.TLS_CIPHER, f"wants {agreed.cipher if agreed else 'no cipher'}")

    async def _reach(self, route: Route, limits: Limits, course: Course) -> Connection:
        addresses = await self._resolve(route.host, limits, course)
        allowed = self._allowed(addresses)
        course.address, course.port = allowed[0], route.port
        connection = await self._race(allowed, route.port, _left(limits.connect, limits, course))
        course.address = connection.address
        course.connected = _now()
        return connection

    async def _resolve(self, host: str, limits: Limits, course: Course) -> tuple[str, ...]:
        resolution = await _within(
            _left(limits.total, limits, course),
            self._resolver.resolve(host),
            DialError(FailureKind.DNS_TIMEOUT, "no answer within the limit"),
        )
        course.resolved = _now()
        if resolution.failure is not None:
            raise DialError(resolution.failure, resolution.detail)
        if not resolution.addresses:
            raise DialError(FailureKind.DNS_NO_ADDRESS, resolution.detail or "no address")
        return resolution.addresses

    def _allowed(self, addresses: tuple[str, ...]) -> tuple[str, ...]:
        refusals = {address: self._policy.refusal(address) for address in addresses}
        allowed = tuple(address for address, words in refusals.items() if words is None)
        if not allowed:
            words = "; ".join(filter(None, refusals.values()))
            raise DialError(FailureKind.ADDRESS_REFUSED, words)
        return allowed[:_MOST_ADDRESSES]

    async def _race(self, addresses: tuple[str, ...], port: int, seconds: float) -> Connection:
        late = DialError(FailureKind.CONNECT_TIMEOUT, f"not connected within {seconds:.3g} s")
        if len(addresses) == 1:
            return await _within(seconds, self._open(addresses[0], port), late)
        return await _within(seconds, self._race_all(addresses, port), late)

    async def _race_all(self, addresses: tuple[str, ...], port: int) -> Connection:
        """Return the first connection of those begun one after the other."""
        waiting = list(addresses)
        running: set[asyncio.Task[Connection]] = set()
        errors: list[DialError] = []
        winner: Connection | None = None
        try:
            while winner is None and (waiting or running):
                if waiting:
                    running.add(asyncio.create_task(self._open(waiting.pop(0), port)))
                done, running = await asyncio.wait(
                    running,
                    timeout=_STAGGER if waiting else None,
                    return_when=asyncio.FIRST_COMPLETED,
                )
                winner = self._winner(done, errors)
        finally:
            await self._call_off(running)
        if winner is None:
            raise _most_telling(errors)
        return winner

    def _winner(
        self, done: set[asyncio.Task[Connection]], errors: list[DialError]
    ) -> Connection | None:
        """Return one connection of `done`, close the others, add what failed to `errors`."""
        winner: Connection | None = None
        for task in done:
            error = task.exception()
            if isinstance(error, DialError):
                errors.append(error)
            elif winner is None:
                winner = task.result()
            else:
                self._pool.discard(task.result())
        return winner

    async def _call_off(self, running: set[asyncio.Task[Connection]]) -> None:
        for task in running:
            task.cancel()
        for ended in await asyncio.gather(*running, return_exceptions=True):
            if isinstance(ended, Connection):
                self._pool.discard(ended)

    async def _open(self, address: str, port: int) -> Connection:
        connection = self._pool.create()
        try:
            loop = asyncio.get_running_loop()
            await loop.create_connection(lambda: connection, address, port)
        except OSError as error:
            self._pool.discard(connection)
            kind = _CONNECT_KINDS.get(error.errno or 0, FailureKind.CONNECT_UNREACHABLE)
            raise DialError(kind, error.strerror or str(error)) from error
        except BaseException:
            self._pool.discard(connection)
            raise
        connection.address, connection.port = address, port
        return connection

    async def _reach_proxy(self, proxy: Proxy, limits: Limits, course: Course) -> Connection:
        seconds = _left(limits.connect, limits, course)
        late = DialError(FailureKind.PROXY, "the proxy could not be reached in time")
        try:
            connection = await _within(seconds, self._open(proxy.host, proxy.port), late)
        except DialError as error:
            raise DialError(FailureKind.PROXY, error.failure.detail) from error
        # Where the target lies is known to the proxy alone.
        connection.address = connection.port = None
        course.connected = _now()
        return connection

    async def _tunnel(
        self,
        connection: Connection,
        proxy: Proxy,
        target: Target,
        limits: Limits,
        course: Course,
    ) -> None:
        framer = Framer("CONNECT", head_bytes=limits.head_bytes, is_first=False)
        deadline = course.started + limits.total
        reception = Reception(framer, limits, deadline, is_tunnel=True)
        try:
            await connection.ask(proxy.connect(target), reception)
        finally:
            reception.spool.close()
        head = framer.head
        if head is None or not 200 <= head.status < 300:  # noqa: PLR2004 RFC 9110 section 9.3.6
            said = f"{head.status} {head.reason.decode('latin-1')}" if head else "no answer"
            raise DialError(FailureKind.PROXY, f"CONNECT: {said}")

    async def _secure(
        self, connection: Connection, target: Target, limits: Limits, course: Course
    ) -> None:
        late = DialError(FailureKind.TLS_TIMEOUT, "the handshake was not done within the limit")
        session = self._tls.session(target.host)
        try:
            seconds = _left(limits.connect, limits, course)
            await _within(seconds, connection.secure(session), late)
        except ssl.SSLError as error:
            failure = session.failure(error)
            raise DialError(failure.kind, failure.detail) from error
        except OSError as error:
            raise _broken_off(error, is_asked=session.is_asked) from error
        finally:
            course.tls = connection.tls
        course.secured = _now()


def _now() -> float:
    return asyncio.get_running_loop().time()


def _left(seconds: float, limits: Limits, course: Course) -> float:
    """Return `seconds`, or what is left of the total where that is less."""
    return max(0.0, min(seconds, course.started + limits.total - _now()))


async def _within(seconds: float, awaited: Awaitable[_T], late: DialError) -> _T:
    """Return what `awaited` gives; raise `late` where that takes longer than `seconds`."""
    try:
        async with asyncio.timeout(seconds):
            return await awaited
    except TimeoutError:
        raise late from None


def _broken_off(error: OSError, *, is_asked: bool) -> DialError:
    """Return the error for a handshake that the server broke off without a word of TLS."""
    is_reset = isinstance(error, ConnectionResetError | BrokenPipeError)
    words = f"{'reset' if is_reset else 'closed'} during the TLS handshake"
    if is_asked:
        return DialError(FailureKind.TLS_CLIENT_CERTIFICATE, words)
    return DialError(FailureKind.TLS_RESET if is_reset else FailureKind.TLS_CLOSED, words)


def _most_telling(errors: list[DialError]) -> DialError:
    """Return the error to report of several: one without IPv6 says nothing of the host."""
    unreachable = FailureKind.CONNECT_UNREACHABLE
    telling = (error for error in errors if error.failure.kind is not unreachable)
    return next(telling, errors[0])
