"""Every awkward behaviour of the replica's outside world comes to the outcome it must."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from ipaddress import ip_network
from pathlib import Path

from pipelines.checks.evidence import Evidence
from pipelines.checks.probe import Probe, ProbeOptions
from pipelines.verdicts.rules import Rules
from pipelines.verdicts.verdict import judge
from replica import CATALOGUE, UNCITED, Replica, serve
from warc.http.addresses import AddressPolicy
from warc.http.resolver import DnsResolver
from warc.wire import ConnectTo, Wire
from warc.writer import WarcWriter, WriterOptions

OPTIONS = ProbeOptions(delay=0, timeout=2.0, retry_delay=0.1)


def utcnow() -> datetime:
    return datetime.now(UTC)


def probed(replica: Replica, urls: list[str], folder: Path) -> dict[str, Evidence]:
    seen: dict[str, Evidence] = {}
    written = WriterOptions(archive=folder / "a", indexes=folder / "i", prefix="CHECK")
    network = replica.network()

    async def scenario() -> None:
        with WarcWriter(written, clock=utcnow) as writer:
            async with Wire(
                resolver=DnsResolver(("127.0.0.1", replica.dns_port), timeout=1.0),
                policy=AddressPolicy(allowed=(ip_network("127.0.0.0/8"),)),
                connect_to=tuple(ConnectTo.parse(text) for text in network["connect_to"]),
                ca_file=replica.ca_file,
            ) as wire:
                probe = Probe(wire, writer, OPTIONS, clock=utcnow)
                await probe.run(urls, lambda evidence: seen.update({evidence.url: evidence}))

    asyncio.run(scenario())
    return seen


def test_every_behaviour_of_the_replica_has_its_outcome(tmp_path: Path) -> None:
    expected = {link.url: str(link.expected) for link in (*CATALOGUE, *UNCITED)}
    with serve(pages=30, slow_seconds=0.2) as replica:
        expected |= {url: str(outcome) for url, outcome in replica.expected_links().items()}
        seen = probed(replica, list(expected), tmp_path)
    verdicts = {url: judge([evidence], Rules()) for url, evidence in seen.items()}
    assert {url: verdict.outcome.value for url, verdict in verdicts.items()} == expected
