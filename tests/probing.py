"""The probe in a loop of its own, against scripted servers."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from ipaddress import ip_network
from pathlib import Path

from scripted_web import EverywhereHere, ScriptedWeb

from pipelines.checks.evidence import Evidence
from pipelines.checks.probe import Probe, ProbeOptions
from pipelines.verdicts.rules import Rules
from pipelines.verdicts.verdict import Verdict, judge
from warc.exchange import FailureKind
from warc.http.addresses import AddressPolicy
from warc.http.resolver import Resolution
from warc.wire import Wire
from warc.writer import WarcWriter, WriterOptions

PAGE = b"<title>A page</title><h1>A page</h1><p>" + b"Text enough to be a page. " * 20
QUICK = ProbeOptions(delay=0, timeout=1.5, total=4, retry_delay=0.01, retries=0)
NO_SUCH_NAME = Resolution(failure=FailureKind.DNS_NXDOMAIN, detail="no such name")


class Time:
    """A clock that only sleeping moves."""

    def __init__(self) -> None:
        self.now = datetime(2026, 1, 1, tzinfo=UTC)
        self.slept: list[float] = []

    def clock(self) -> datetime:
        return self.now

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(0)
        self.slept.append(seconds)
        self.now += timedelta(seconds=seconds)


def utcnow() -> datetime:
    return datetime.now(UTC)


async def probed(
    folder: Path,
    urls: list[str],
    options: ProbeOptions = QUICK,
    *,
    resolver: EverywhereHere | None = None,
    time: Time | None = None,
    allowed: str = "127.0.0.0/8",
) -> list[Evidence]:
    """Return the evidence of one run over `urls`, in the order of the URLs."""
    policy = AddressPolicy(allowed=(ip_network(allowed),))
    written = WriterOptions(archive=folder / "a", indexes=folder / "i", prefix="CHECK")
    seen: dict[str, Evidence] = {}
    clock = time.clock if time else utcnow
    sleep = time.sleep if time else asyncio.sleep
    with WarcWriter(written, clock=utcnow) as writer:
        async with Wire(resolver=resolver or EverywhereHere(), policy=policy) as wire:
            probe = Probe(wire, writer, options, clock=clock, sleep=sleep)

            def on_evidence(evidence: Evidence) -> None:
                assert evidence.url not in seen, "a link is handed over once"
                seen[evidence.url] = evidence

            await probe.run(urls, on_evidence)
    return [seen[url] for url in dict.fromkeys(urls)]


def verdict(evidence: Evidence) -> Verdict:
    return judge([evidence], Rules())


def run(folder: Path, answers: dict, path: str, options: ProbeOptions = QUICK) -> Evidence:
    """Return the evidence of one link to `path`."""

    async def scenario() -> Evidence:
        async with ScriptedWeb(answers) as web:
            return (await probed(folder, [web.url(path)], options))[0]

    return asyncio.run(scenario())
