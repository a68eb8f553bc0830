"""The probe and time: pauses, turns, breakers, second tries."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from probing import PAGE, Time, probed, verdict
from scripted_web import ScriptedWeb, answer, hang, moved, reset

from pipelines.checks.evidence import Evidence, IncidentKind
from pipelines.checks.probe import ProbeOptions
from pipelines.verdicts.verdict import Outcome
from warc.reader import Damage, Record, iter_records


def test_retry_after_is_obeyed_up_to_the_cap(tmp_path: Path) -> None:
    answers = {
        "/": [answer("429 Too Many Requests", b"", "Retry-After: 40"), answer("200 OK", PAGE)],
        "/long": [
            answer("429 Too Many Requests", b"", "Retry-After: 9999"),
            answer("200 OK", PAGE),
        ],
    }

    async def scenario(path: str) -> tuple[Evidence, Time]:
        time = Time()
        options = ProbeOptions(delay=0, retry_delay=1, retry_after_cap=60)
        async with ScriptedWeb(answers) as web:
            (evidence,) = await probed(tmp_path, [web.url(path)], options, time=time)
        return evidence, time

    for path, waited in (("/", 40), ("/long", 60)):
        evidence, time = asyncio.run(scenario(path))
        assert verdict(evidence).outcome is Outcome.OK
        assert sum(time.slept) == pytest.approx(waited)


def test_a_host_is_never_asked_more_than_twice_at_once_nor_without_delay(tmp_path: Path) -> None:
    active, most = 0, 0

    async def slow(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal active, most
        active += 1
        most = max(most, active)
        await asyncio.sleep(0.02)
        active -= 1
        writer.write(answer("200 OK", PAGE, "Connection: close"))
        await writer.drain()

    async def scenario() -> None:
        async with ScriptedWeb({f"/{n}": slow for n in range(12)}) as web:
            await probed(tmp_path, [web.url(f"/{n}") for n in range(12)])

    asyncio.run(scenario())
    assert most == 2

    async def delayed() -> float:
        time = Time()
        async with ScriptedWeb({f"/{n}": answer("200 OK", PAGE) for n in range(5)}) as web:
            urls = [web.url(f"/{n}") for n in range(5)]
            await probed(tmp_path, urls, ProbeOptions(delay=2, retries=0), time=time)
        return sum(time.slept)

    assert asyncio.run(delayed()) == pytest.approx(8)


def test_the_breaker_spares_the_other_links_of_a_silent_host(tmp_path: Path) -> None:
    async def scenario() -> tuple[list[Evidence], list[str]]:
        answers = {f"/{n}": reset for n in range(20)} | {"/": reset}
        answers["/fine"] = answer("200 OK", PAGE)
        options = ProbeOptions(delay=0, per_host=1, retries=1, retry_delay=0.01)
        async with ScriptedWeb(answers) as web:
            urls = [web.url(f"/{n}") for n in range(20)]
            other = web.url("/fine", "other.test")
            return await probed(tmp_path, [*urls, other], options), web.paths()

    evidence, paths = asyncio.run(scenario())
    *dead, fine = evidence
    assert verdict(fine).outcome is Outcome.OK
    assert sorted(paths)[:2] == ["/", "/"], "two proofs that the host is down"
    assert len(paths) == 6, "three faults and the proofs close the host"
    spared = [one for one in dead if one.incident]
    assert len(spared) == 17
    incident = spared[0].incident
    assert incident is not None
    assert incident.kind is IncidentKind.UNREACHABLE
    assert incident.locators
    assert verdict(spared[0]).reason == "host-unreachable"
    assert {verdict(one).outcome for one in dead} == {Outcome.TRANSIENT}


def test_private_faults_stay_private(tmp_path: Path) -> None:
    """Many odd addresses in a row on a host that lives: each is judged by itself."""

    async def scenario() -> tuple[list[Evidence], list[str]]:
        answers = {f"/odd{n}": reset for n in range(12)}
        answers |= {f"/{n}": answer("200 OK", PAGE) for n in range(12)}
        options = ProbeOptions(delay=0, retry_delay=0.01)
        async with ScriptedWeb(answers) as web:
            odd = [web.url(f"/odd{n}") for n in range(12)]
            fine = [web.url(f"/{n}") for n in range(12)]
            return await probed(tmp_path, [*odd, *fine], options), web.paths()

    evidence, paths = asyncio.run(scenario())
    assert {verdict(one).outcome for one in evidence[12:]} == {Outcome.OK}
    assert {verdict(one).reason for one in evidence[:12]} == {"reset"}
    assert not any(one.incident for one in evidence)
    assert all(paths.count(f"/odd{n}") >= 2 for n in range(12)), "each was asked again"


def test_a_host_that_comes_back_is_asked_for_the_rest(tmp_path: Path) -> None:
    async def scenario() -> list[Evidence]:
        answers = {f"/{n}": [reset, answer("200 OK", PAGE, "Connection: close")] for n in range(3)}
        answers |= {f"/{n}": answer("200 OK", PAGE, "Connection: close") for n in range(3, 9)}
        options = ProbeOptions(delay=0, per_host=1, retry_delay=0.01)
        async with ScriptedWeb(answers) as web:
            return await probed(tmp_path, [web.url(f"/{n}") for n in range(9)], options)

    evidence = asyncio.run(scenario())
    assert {verdict(one).outcome for one in evidence} == {Outcome.OK}
    assert [len(one.earlier) for one in evidence] == [1, 1, 1, 0, 0, 0, 0, 0, 0]


def test_what_hung_is_not_waited_for_as_long_again(tmp_path: Path) -> None:
    """A server known to answer at once gets the full patience once for each address."""

    async def scenario() -> list[Evidence]:
        answers = {f"/{n}": answer("200 OK", PAGE) for n in range(8)} | {"/hangs": hang}
        options = ProbeOptions(delay=0, timeout=1.2, total=4, retry_delay=0.01)
        async with ScriptedWeb(answers) as web:
            urls = [web.url("/hangs"), *(web.url(f"/{n}") for n in range(8))]
            return await probed(tmp_path, urls, options)

    hung = asyncio.run(scenario())[0]
    assert [round(one.elapsed, 1) for one in hung.all_hops] == [1.2, 0.5]
    assert verdict(hung).reason == "timeout"


def test_a_run_ends_no_later_than_its_last_second_try(tmp_path: Path) -> None:
    """Nothing else is waited for at the end than the delay of the last fault."""

    async def scenario() -> Time:
        time = Time()
        answers = {"/": answer("503 Service Unavailable", b"")}
        options = ProbeOptions(delay=0, retry_delay=15)
        async with ScriptedWeb(answers) as web:
            await probed(tmp_path, [web.url("/")], options, time=time)
        return time

    assert sum(asyncio.run(scenario()).slept) == pytest.approx(15)


def test_a_proof_is_captured_as_a_check_of_no_link(tmp_path: Path) -> None:
    async def scenario() -> list[Evidence]:
        answers = {f"/{n}": reset for n in range(6)} | {"/": reset}
        options = ProbeOptions(delay=0, retry_delay=0.01)
        async with ScriptedWeb(answers) as web:
            return await probed(tmp_path, [web.url(f"/{n}") for n in range(6)], options)

    evidence = asyncio.run(scenario())
    records = [one for path in (tmp_path / "a").iterdir() for one in iter_records(path)]
    assert not any(isinstance(one, Damage) for one in records)
    about = {
        one.locator: one.read()
        for one in records
        if isinstance(one, Record) and one.type == "metadata"
    }
    proofs = {at for at, said in about.items() if b"hostProof: http://site.test:" in said}
    assert len(proofs) == 2
    assert not any(b"checkId" in about[at] for at in proofs)
    incident = next(one.incident for one in evidence if one.incident)
    assert proofs < set(incident.locators), "what closed the host is named beside a link's fault"


def test_a_redirect_waits_for_its_own_hosts_turn(tmp_path: Path) -> None:
    """Many hosts that send everybody to one host do not make a crowd there."""
    active, most = 0, 0

    async def slow(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal active, most
        active += 1
        most = max(most, active)
        await asyncio.sleep(0.01)
        active -= 1
        writer.write(answer("200 OK", PAGE, "Connection: close"))
        await writer.drain()

    async def scenario() -> list[Evidence]:
        answers = {"/go": moved("302 Found", "http://hub.test:{port}/hub"), "/hub": slow}
        async with ScriptedWeb(answers) as web:
            return await probed(tmp_path, [web.url("/go", f"h{n}.test") for n in range(12)])

    evidence = asyncio.run(scenario())
    assert most == 2
    assert all(len(one.hops) == 2 for one in evidence)
