"""Every behaviour of the network is judged right, and told apart by its reason."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest

from behaviours import network_connect, network_dns, network_http, network_redirects, network_tls
from behaviours.case import Case
from behaviours.network_web import OPTIONS, Web
from pipelines.checks.evidence import Evidence
from pipelines.verdicts.plain import plain
from pipelines.verdicts.rules import Rules
from pipelines.verdicts.verdict import judge

CASES = (
    *network_dns.CASES,
    *network_connect.CASES,
    *network_tls.CASES,
    *network_http.CASES,
    *network_redirects.CASES,
)


class Run:
    """One run over all cases: what it found, what the servers saw."""

    def __init__(self, folder: Path) -> None:
        self.seen: dict[str, Evidence] = {}
        asyncio.run(self._run(folder))

    async def _run(self, folder: Path) -> None:
        async with Web(folder, CASES) as web:
            self.seen = await web.check()
            self.heads = tuple(web.server.heads)
            self.trapped = tuple(web.trap.heads)
            self.rebound = web.names.asked("rebinding.test")


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> Run:
    return Run(tmp_path_factory.mktemp("web"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_behaviour_is_judged_right(ran: Run, case: Case) -> None:
    evidence = ran.seen[case.name]
    verdict = judge([evidence], Rules())
    found = (verdict.outcome, verdict.reason, plain(verdict, evidence))
    assert found == (case.outcome, case.reason, case.plain)


def test_every_behaviour_has_a_name_and_a_link_of_its_own() -> None:
    assert len({case.name for case in CASES}) == len({case.link for case in CASES}) == len(CASES)


def test_faults_of_single_addresses_are_not_taken_for_the_host(tmp_path: Path) -> None:
    cases = {case.name: case for case in network_http.CASES}
    faults = (
        "silence",
        "reset-first",
        "empty",
        "hang-in-head",
        "reset-in-head",
        "head-then-silence",
    )
    alive = ("no-length", "chunked", "via", "gzip", "204")
    chosen = [cases[f"http-{name}"] for name in (*faults, *alive)]
    options = replace(OPTIONS, per_host=2, timeout=0.3, retry_delay=0.1)

    async def run() -> dict[str, Evidence]:
        async with Web(tmp_path, chosen) as web:
            return await web.check(options)

    seen = asyncio.run(run())
    for case in chosen:
        assert judge([seen[case.name]], Rules()).reason == case.reason


def test_no_connection_is_made_to_a_refused_address(ran: Run) -> None:
    assert ran.trapped == ()


def test_no_user_name_is_ever_sent(ran: Run) -> None:
    assert not [head for head in ran.heads if b"secret" in head or b"uthorization" in head]
