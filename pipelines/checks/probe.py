"""Ask many links on many hosts at once, each request captured, and hand over what was seen."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from pipelines.checks.evidence import Evidence, Incident, assemble, read_evidence
from pipelines.checks.hop import Hop, read_hop
from pipelines.checks.link_check import LinkCheck
from pipelines.checks.mishap import told
from pipelines.checks.name_servers import noted
from pipelines.checks.politeness import HostShare, Reception, Schedule
from pipelines.checks.probe_options import USER_AGENT, ProbeOptions
from pipelines.checks.reception import may_pass, reception, wanted_pause
from pipelines.checks.servers import Server, origin_of
from pipelines.checks.siblings import Siblings, sibling_url
from pipelines.checks.targets import Target, read_target
from pipelines.verdicts.doubt import is_doubtful
from pipelines.verdicts.parking_places import zone_in_doubt
from warc.exchange import Exchange, FailureKind
from warc.framing import parse_head
from warc.wire import Limits, Wire, WireRequest
from warc.writer import WarcWriter

__all__ = ["USER_AGENT", "Probe", "ProbeOptions", "Progress"]

_ACCEPT = (
    ("Accept", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"),
    ("Accept-Language", "en-US,en;q=0.9"),
    ("Accept-Encoding", "gzip, deflate, br, zstd"),
    ("Upgrade-Insecure-Requests", "1"),
)
_PROOF = "hostProof"  # names, in a metadata record, the server that was asked whether it is there

OnEvidence = Callable[[Evidence], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far a run is.

    `waiting` links have not been asked to their end, `active` requests are under way. `hosts`
    says of how many hosts the last request got no answer: where those are many, the fault may be
    ours.
    """

    asked: int
    waiting: int
    active: int
    hosts_left: int
    hosts: HostShare


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
        self._headers = (("User-Agent", options.user_agent), *_ACCEPT)
        self._limits = options.limits()
        self._clock = clock
        self._sleep = sleep
        self._schedule: Schedule[str | LinkCheck] = Schedule(options.pace)
        self._servers: dict[str, Server] = {}
        self._siblings = Siblings()
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
            hosts=self._schedule.share,
        )

    def seconds_left(self) -> float:
        """Return how long the host with the most waiting links will take at least."""
        waiting, origin = self._schedule.fullest()
        server = self._servers.get(origin)
        each = server.patience.mean / self._options.per_host if server else 0.0
        return waiting * max(each, self._options.delay)

    async def run(self, urls: Iterable[str], on_evidence: OnEvidence) -> None:
        """Ask every URL once and call `on_evidence` once for each, as they are done.

        A URL that cannot be asked is handed over at once, without a request. Faults of our own
        (a full disk) end the run and are raised; what the network does never is.
        """
        for url in dict.fromkeys(urls):
            target = read_target(url)
            if isinstance(target, Target):
                self._schedule.add(origin_of(target.url), url)
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

    async def _work(self, group: asyncio.TaskGroup, on_evidence: OnEvidence) -> None:
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
        self, origin: str, task: str | LinkCheck | None, on_evidence: OnEvidence
    ) -> None:
        """Ask one request of a check, or for a proof, and decide what follows from it."""
        server = self._servers.get(origin)
        if server is None:
            server = self._servers[origin] = Server(origin)
        check = LinkCheck(task, task) if isinstance(task, str) else task
        try:
            hop = await self._ask(check, server)
        except OSError:
            raise
        except Exception as fault:  # noqa: BLE001 - one link is never to cost the run
            hop, mishap = None, told(fault)
        self._asked += 1
        self._active -= 1
        if hop is not None:
            self._release(server, hop, on_evidence, is_proof=check is None)
            if check is not None:
                self._advance(check, origin, hop, on_evidence)
        else:
            is_proof = check is None
            self._schedule.finish(origin, self._now(), Reception.FINE, is_proof=is_proof)
            if check is not None:
                on_evidence(self._stumbled(check, mishap))
        self._wake.set()

    async def _ask(self, check: LinkCheck | None, server: Server) -> Hop:
        exchange = await self._wire.fetch(self._request(check, server))
        try:
            return await self._capture(check, exchange, server.origin)
        finally:
            exchange.response.close()

    def _stumbled(self, check: LinkCheck, mishap: str) -> Evidence:
        """Return what was seen of a link until our own code failed."""
        if check.asks_sibling:
            return assemble(check.url, check.hops)
        if check.hops:
            return replace(assemble(check.url, check.hops), mishap=mishap)
        return Evidence(url=check.url, checked=self._clock(), mishap=mishap)

    def _request(self, check: LinkCheck | None, server: Server) -> WireRequest:
        if check is None:
            return WireRequest(url=server.proof_url, headers=self._headers, limits=self._limits)
        cookie = check.next_cookie()
        headers = (*self._headers, ("Cookie", cookie)) if cookie else self._headers
        return WireRequest(
            url=check.next_url, headers=headers, limits=self._limits_for(check, server)
        )

    def _limits_for(self, check: LinkCheck, server: Server) -> Limits:
        """Return the bounds; what hung before is not waited for as long again."""
        if check.hung != check.next_url:
            return self._limits
        return self._options.limits(server.patience.seconds(self._options.timeout))

    async def _capture(self, check: LinkCheck | None, exchange: Exchange, origin: str) -> Hop:
        if check is None:
            written = self._writer.write_exchange(exchange, fields=((_PROOF, origin),))
            return read_hop(exchange, written, asked=exchange.target_uri)
        hop = read_hop(exchange, None, asked=check.url)
        zone = None if check.asks_sibling else zone_in_doubt(hop, check.url)
        if zone and (names := await self._wire.name_servers(zone)):
            exchange = replace(exchange, notes=(*exchange.notes, noted(names)))
            hop = replace(hop, name_servers=names)
        written = self._writer.write_exchange(exchange, fields=check.fields())
        hop = replace(
            hop, response=written.response, request=written.request, metadata=written.metadata
        )
        leads_on = hop.next_url is not None
        check.add(hop, parse_head(exchange.head).get_all("set-cookie") if leads_on else [])
        return hop

    def _release(
        self, server: Server, hop: Hop, on_evidence: OnEvidence, *, is_proof: bool
    ) -> None:
        """Tell the schedule how the host took it; hand over what this means for other links."""
        took = reception(hop)
        server.took(hop, took)
        left = self._schedule.finish(
            server.origin, self._now(), took, pause=self._pause(hop), is_proof=is_proof
        )
        for task in left:
            self._give_up(task, server.origin, on_evidence)

    def _pause(self, hop: Hop) -> float:
        asked = wanted_pause(hop, self._clock(), default=self._options.retry_delay)
        return min(asked, self._options.retry_after_cap)

    def _advance(self, check: LinkCheck, origin: str, hop: Hop, on_evidence: OnEvidence) -> None:
        options = self._options
        if check.asks_sibling:
            self._siblings.put(hop)
            on_evidence(assemble(check.url, check.hops))
        elif hop.next_url is not None and check.may_follow(hop, options.max_redirects):
            check.next_url = hop.next_url
            self._enter(check, on_evidence)
        elif self._may_retry(check, origin, hop):
            check.start_again(hung=hop.url if hop.failure is FailureKind.TIMEOUT else None)
            wait = max(options.retry_delay, self._pause(hop), 0.0)
            self._schedule.postpone(_origin_of(check), check, self._now() + wait)
        else:
            self._finish(check, on_evidence)

    def _finish(self, check: LinkCheck, on_evidence: OnEvidence) -> None:
        """Hand over what was seen, once what a made-up neighbour gets is known where in doubt."""
        evidence = assemble(check.url, check.hops)
        url = _neighbour(evidence)
        if url is None or self._schedule.is_closed(origin_of(url)):
            on_evidence(evidence)
        elif known := self._siblings.get(url):
            on_evidence(replace(evidence, sibling=known))
        else:
            check.ask_sibling(url)
            self._enter(check, on_evidence)

    def _may_retry(self, check: LinkCheck, origin: str, hop: Hop) -> bool:
        """Return whether to ask again later: never what would wait for a closed server."""
        if check.attempt >= self._options.retries or not may_pass(hop):
            return False
        first = origin_of(check.hops[check.attempt_start].url)
        return not (self._schedule.is_closed(origin) or self._schedule.is_closed(first))

    def _enter(self, check: LinkCheck, on_evidence: OnEvidence) -> None:
        """Put a check in line where it leads on to, before what has not begun."""
        origin = _origin_of(check)
        if self._schedule.is_closed(origin):
            self._give_up(check, origin, on_evidence)
        else:
            self._schedule.add(origin, check, first=True)

    def _give_up(self, task: str | LinkCheck, origin: str, on_evidence: OnEvidence) -> None:
        """Hand over a link that is not asked, or not further, since its server is closed."""
        if isinstance(task, str):
            evidence = Evidence(url=task, checked=self._clock(), incident=self._incident(origin))
        elif task.asks_sibling:
            evidence = assemble(task.url, task.hops)
        elif len(task.hops) > task.attempt_start:  # on its way along redirects
            evidence = replace(assemble(task.url, task.hops), incident=self._incident(origin))
        else:  # asked before and waiting to be asked again: what was seen then stands
            evidence = assemble(task.url, task.hops)
        on_evidence(evidence)

    def _incident(self, origin: str) -> Incident:
        return self._servers[origin].incident(*self._schedule.strikes(origin))


def _neighbour(evidence: Evidence) -> str | None:
    """Return the made-up address whose answer would settle a doubt; None where there is none."""
    try:
        return sibling_url(evidence.hops[0].url) if is_doubtful(evidence) else None
    except Exception:  # noqa: BLE001 - the verdict tells of it: `judge` fails in the same way
        return None


def _origin_of(check: LinkCheck) -> str:
    target = read_target(check.next_url)
    assert isinstance(target, Target), "only what can be asked is followed"  # noqa: S101 - for the type checker
    return origin_of(target.url)
