"""Ask many links on many hosts at once, each request captured, and hand over what was seen."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime

from pipelines.checks.cookies import Cookies
from pipelines.checks.evidence import Evidence, Incident, IncidentKind, assemble, read_evidence
from pipelines.checks.hop import Hop, read_hop
from pipelines.checks.politeness import Pace, Reception, Schedule
from pipelines.checks.reception import may_pass, pause, reception
from pipelines.checks.targets import Target, read_target
from warc.exchange import Exchange
from warc.framing import parse_head
from warc.locator import Locator
from warc.wire import Limits, Wire, WireRequest
from warc.writer import WarcWriter

USER_AGENT = "Mozilla/5.0 (compatible; Muniment/0.1; link check of an archive)"

_ACCEPT = (
    ("Accept", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"),
    ("Accept-Language", "en-US,en;q=0.9"),
    ("Accept-Encoding", "gzip, deflate, br, zstd"),
    ("Upgrade-Insecure-Requests", "1"),
)
_MOST_LOCATORS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class ProbeOptions:
    """How to ask; times in seconds.

    `concurrency` bounds requests at once over all hosts, `per_host` those to one. `body_limit`
    bounds an answer in bytes as received. `timeout` is the longest wait for a connection, for
    TLS, and for any next byte; a whole exchange may take `total`, three timeouts where that is
    None. A fault that may pass is tried
    again up to `retries` times, each `retry_delay` later. `retry_after_cap` bounds how long a
    server's Retry-After is obeyed. `breaker` faults in a row close a host.
    """

    concurrency: int = 64
    per_host: int = 2
    delay: float = 0.5
    max_redirects: int = 20
    body_limit: int = 2 << 20
    user_agent: str = USER_AGENT
    timeout: float = 20.0
    total: float | None = None
    retries: int = 1
    retry_delay: float = 15.0
    retry_after_cap: float = 120.0
    breaker: int = 3

    @property
    def limits(self) -> Limits:
        """Return the wire's bounds for one exchange."""
        return Limits(
            connect=self.timeout,
            idle=self.timeout,
            total=3 * self.timeout if self.total is None else self.total,
            response_bytes=self.body_limit,
        )

    @property
    def pace(self) -> Pace:
        """Return how each host is treated."""
        rest = self.retry_delay if self.retries else None
        return Pace(per_host=self.per_host, delay=self.delay, breaker=self.breaker, rest=rest)


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far a run is."""

    asked: int
    waiting: int
    active: int
    hosts_left: int


@dataclass(slots=True)
class _Check:
    """One link on its way: every hop so far, and where the present attempt began among them."""

    url: str
    next_url: str
    cookie: str | None = None
    check_id: str = field(default_factory=lambda: uuid.uuid4().hex)
    hops: list[Hop] = field(default_factory=list)
    attempt: int = 0
    attempt_start: int = 0
    cookies: Cookies = field(default_factory=Cookies)
    seen: set[tuple[str, str | None]] = field(default_factory=set)

    def request(self, options: ProbeOptions) -> WireRequest:
        """Return the next request."""
        self.cookie = self.cookies.header(self.next_url)
        own = (("Cookie", self.cookie),) if self.cookie else ()
        headers = (("User-Agent", options.user_agent), *_ACCEPT, *own)
        return WireRequest(url=self.next_url, headers=headers, limits=options.limits)

    def fields(self) -> tuple[tuple[str, str], ...]:
        """Return what the WARC says beside the exchange, to find a check's records by."""
        return (
            ("checkId", self.check_id),
            ("checkUrl", self.url),
            ("checkAttempt", str(self.attempt)),
            ("checkHop", str(len(self.hops) - self.attempt_start)),
        )

    def may_follow(self, hop: Hop, options: ProbeOptions) -> bool:
        """Return whether the check goes on where `hop` leads: no circle, not too many hops."""
        if hop.next_url is None or len(self.hops) - self.attempt_start > options.max_redirects:
            return False
        return (hop.next_url, self.cookies.header(hop.next_url)) not in self.seen

    def start_again(self) -> None:
        """Begin the next attempt, with nothing remembered from the one before."""
        self.attempt += 1
        self.attempt_start = len(self.hops)
        self.next_url = self.url
        self.cookies = Cookies()
        self.seen.clear()


class Probe:
    """Asks links over `wire` and writes every exchange with `writer`; see `run`.

    `clock` gives aware UTC, `sleep` waits for seconds; both are passed in so that a test can
    hold the time.
    """

    def __init__(
        self,
        wire: Wire,
        writer: WarcWriter,
        options: ProbeOptions,
        *,
        clock: Callable[[], datetime],
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._wire = wire
        self._writer = writer
        self._options = options
        self._clock = clock
        self._sleep = sleep
        self._schedule: Schedule[str | _Check] = Schedule(options.pace)
        self._incidents: dict[str, list[tuple[Hop, Locator | None]]] = {}
        self._wake = asyncio.Event()
        self._alarm: asyncio.Task[None] | None = None
        self._alarm_at = 0.0
        self._active = 0
        self._asked = 0

    @property
    def progress(self) -> Progress:
        """Return how far the run is."""
        return Progress(
            asked=self._asked,
            waiting=self._schedule.waiting,
            active=self._active,
            hosts_left=self._schedule.hosts_left,
        )

    async def run(self, urls: Iterable[str], on_evidence: Callable[[Evidence], None]) -> None:
        """Ask every URL once and call `on_evidence` once for each, as they are done.

        A URL that cannot be asked is handed over at once, without a request. Faults of our own
        (a full disk) end the run and are raised; what the network does never is.
        """
        for url in dict.fromkeys(urls):
            target = read_target(url)
            if isinstance(target, Target):
                self._schedule.add(target.host, url)
            else:
                on_evidence(read_evidence(url, (), checked=self._clock()))
        try:
            async with asyncio.TaskGroup() as group:
                await self._work(group, on_evidence)
        except* OSError as faults:
            raise faults.exceptions[0] from None
        finally:
            if self._alarm:
                self._alarm.cancel()

    async def _work(
        self, group: asyncio.TaskGroup, on_evidence: Callable[[Evidence], None]
    ) -> None:
        while True:
            self._wake.clear()
            now = self._now()
            while self._active < self._options.concurrency and (turn := self._schedule.take(now)):
                self._active += 1
                group.create_task(self._step(*turn, on_evidence))
            due = self._schedule.next_time()
            if not self._active and due is None:
                return
            if due is not None and self._active < self._options.concurrency:
                self._set_alarm(due, now)
            await self._wake.wait()

    def _set_alarm(self, due: float, now: float) -> None:
        """See to it that the work goes on at `due` though nothing else happens until then."""
        if self._alarm and not self._alarm.done():
            if self._alarm_at <= due:
                return
            self._alarm.cancel()
        self._alarm_at = due
        self._alarm = asyncio.ensure_future(self._ring(max(due - now, 0.0)))

    async def _ring(self, seconds: float) -> None:
        await self._sleep(seconds)
        self._wake.set()

    def _now(self) -> float:
        return self._clock().timestamp()

    async def _step(
        self, host: str, task: str | _Check, on_evidence: Callable[[Evidence], None]
    ) -> None:
        """Ask one request of a check and decide what follows from it."""
        check = _Check(task, task) if isinstance(task, str) else task
        exchange = await self._wire.fetch(check.request(self._options))
        try:
            hop = self._capture(check, exchange)
        finally:
            exchange.response.close()
        self._asked += 1
        self._active -= 1
        self._release(host, hop, on_evidence)
        self._advance(check, host, hop, on_evidence)
        self._wake.set()

    def _capture(self, check: _Check, exchange: Exchange) -> Hop:
        written = self._writer.write_exchange(exchange, fields=check.fields())
        hop = read_hop(exchange, written, asked=check.url)
        check.hops.append(hop)
        check.seen.add((hop.url, check.cookie))
        if hop.next_url is not None:
            cookies = parse_head(exchange.head).get_all("set-cookie")
            check.cookies.set(hop.url, cookies)
        return hop

    def _release(self, host: str, hop: Hop, on_evidence: Callable[[Evidence], None]) -> None:
        """Tell the schedule how the host took it; hand over what this means for other links."""
        took = reception(hop)
        if took is Reception.FINE:
            self._incidents.pop(host, None)
        else:
            locators = self._incidents.setdefault(host, [])
            locators.append((hop, hop.metadata))
            del locators[:-_MOST_LOCATORS]
        wait = pause(
            hop,
            self._clock(),
            default=self._options.retry_delay,
            cap=self._options.retry_after_cap,
        )
        for task in self._schedule.finish(host, self._now(), took, pause=wait):
            self._give_up(task, host, on_evidence)

    def _advance(
        self, check: _Check, host: str, hop: Hop, on_evidence: Callable[[Evidence], None]
    ) -> None:
        if check.may_follow(hop, self._options) and hop.next_url is not None:
            check.next_url = hop.next_url
            self._enter(check, first=True, on_evidence=on_evidence)
        elif (
            may_pass(hop)
            and check.attempt < self._options.retries
            and not self._schedule.is_closed(host)
        ):
            check.start_again()
            wait = max(self._options.retry_delay, 0.0)
            self._schedule.postpone(_host_of(check), check, self._now() + wait)
        else:
            on_evidence(assemble(check.url, check.hops))

    def _enter(
        self, check: _Check, *, first: bool, on_evidence: Callable[[Evidence], None]
    ) -> None:
        host = _host_of(check)
        if self._schedule.is_closed(host):
            self._give_up(check, host, on_evidence)
        else:
            self._schedule.add(host, check, first=first)

    def _give_up(
        self, task: str | _Check, host: str, on_evidence: Callable[[Evidence], None]
    ) -> None:
        """Hand over a link that is not asked, or not further, since its host is closed."""
        if isinstance(task, str):
            evidence = Evidence(url=task, checked=self._clock(), incident=self._incident(host))
        elif len(task.hops) > task.attempt_start:  # on its way along redirects
            evidence = replace(assemble(task.url, task.hops), incident=self._incident(host))
        else:  # asked before and waiting to be asked again: what was seen then stands
            evidence = assemble(task.url, task.hops)
        on_evidence(evidence)

    def _incident(self, host: str) -> Incident:
        seen = self._incidents[host]
        bad, links = self._schedule.strikes(host)
        throttled = bad is Reception.THROTTLED
        last = seen[-1][0]
        return Incident(
            host=host,
            kind=IncidentKind.THROTTLED if throttled else IncidentKind.UNREACHABLE,
            links=links,
            since=seen[0][0].began,
            detail=last.detail or (last.failure.value if last.failure else f"status {last.status}"),
            locators=tuple(at for _, at in seen if at is not None),
        )


def _host_of(check: _Check) -> str:
    target = read_target(check.next_url)
    assert isinstance(target, Target), "only what can be asked is followed"  # noqa: S101 - for the type checker
    return target.host
