"""Parking told by name servers and addresses: asked in doubt only, kept, and derived again."""

from __future__ import annotations

import asyncio
import gzip
from dataclasses import replace
from pathlib import Path

import pytest
from probing import probed
from scripted_web import EverywhereHere, ScriptedWeb, answer

from behaviours.pages_fresh import ALIVETEXT, f
from pipelines.checks.evidence import Evidence
from pipelines.checks.hop import read_hop
from pipelines.verdicts.plain import plain
from pipelines.verdicts.rules import Rules
from pipelines.verdicts.verdict import judge
from warc.cdxj import CdxjIndex
from warc.rebuild import exchange_at

LITTLE = f("ministry.test", "<h1>ministry.test</h1><p>Flights, hotels, insurance, cars</p>")
OWN = "ns1.provider.test"


class Registry(EverywhereHere):
    """Everywhere is here, and all zones are looked after by the same server."""

    def __init__(self, *servers: str) -> None:
        super().__init__()
        self.servers = servers
        self.zones: list[str] = []

    async def name_servers(self, zone: str) -> tuple[str, ...]:
        self.zones.append(zone)
        return self.servers


def seen(
    folder: Path, body: str, registry: EverywhereHere, path: str = "/press/report"
) -> Evidence:
    async def scenario() -> Evidence:
        async with ScriptedWeb({path: answer("200 OK", body.encode())}) as web:
            url = f"http://www.ministry.test:{web.port}{path}"
            return (await probed(folder, [url], resolver=registry))[0]

    return asyncio.run(scenario())


def told(evidence: Evidence) -> tuple[str, str]:
    verdict = judge([evidence], Rules())
    return plain(verdict, evidence), verdict.reason


@pytest.mark.parametrize(
    ("server", "expected"),
    [
        ("ns1.sedoparking.com", ("broken", "parked-by-name-server")),
        ("ns1.parkingcrew.net", ("broken", "parked-by-name-server")),
        ("ns2.bodis.com", ("broken", "parked-by-name-server")),
        ("ns1.uniregistrymarket.link", ("broken", "parked-by-name-server")),
        ("nsg1.namebrightdns.com", ("uncertain", "parked-by-name-server")),
        ("ns1.notbodis.com", ("alive", "ok")),
        (OWN, ("alive", "ok")),
    ],
)
def test_a_page_that_says_little_is_judged_by_its_name_servers(
    tmp_path: Path, server: str, expected: tuple[str, str]
) -> None:
    registry = Registry(server)
    assert told(seen(tmp_path, LITTLE, registry)) == expected
    assert registry.zones == ["ministry.test"]


def test_the_names_are_kept_in_the_records_and_lead_to_the_same_verdict(tmp_path: Path) -> None:
    evidence = seen(tmp_path, LITTLE, Registry("ns1.sedoparking.com"))
    assert Evidence.from_json(evidence.as_json()) == evidence
    assert b"note: name servers: ns1.sedoparking.com" in _metadata(tmp_path)
    hop = evidence.hops[0]
    exchange = exchange_at(
        tmp_path / "a", hop.response, hop.metadata, hop.request, CdxjIndex(tmp_path / "i")
    )
    read = read_hop(exchange, None, asked=evidence.url)
    exchange.response.close()
    assert told(replace(evidence, hops=(read,))) == ("broken", "parked-by-name-server")


def test_no_question_is_asked_for_a_page_that_is_what_was_asked_for(tmp_path: Path) -> None:
    registry = Registry("ns1.sedoparking.com")
    path = "/science/water-quality-in-the-delta"
    assert told(seen(tmp_path, f("Water", ALIVETEXT), registry, path)) == ("alive", "ok")
    assert registry.zones == []


def test_a_resolver_that_knows_no_zones_is_not_asked(tmp_path: Path) -> None:
    assert told(seen(tmp_path, LITTLE, EverywhereHere())) == ("alive", "ok")


def test_an_address_of_a_parking_service_tells_as_well(tmp_path: Path) -> None:
    evidence = seen(tmp_path, LITTLE, Registry(OWN))
    for address, expected in (("199.59.243.228", "parked-by-address"), ("198.51.100.7", "ok")):
        hop = replace(evidence.hops[0], address=address)
        assert told(replace(evidence, hops=(hop,)))[1] == expected


def _metadata(folder: Path) -> bytes:
    return b"".join(gzip.decompress(path.read_bytes()) for path in folder.glob("a/*.warc.gz"))
