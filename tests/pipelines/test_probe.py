"""The probe against scripted servers: what is asked, what is written, what is handed over."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from ipaddress import ip_network
from pathlib import Path

import pytest
from probing import NO_SUCH_NAME, PAGE, QUICK, probed, run, utcnow, verdict
from scripted_web import EverywhereHere, ScriptedWeb, answer, hang, moved, reset

from pipelines.checks.evidence import Evidence, read_evidence
from pipelines.checks.probe import Probe, ProbeOptions
from pipelines.verdicts.verdict import Outcome, Verdict
from warc.http.addresses import AddressPolicy
from warc.wire import Wire
from warc.writer import WarcWriter, WriterOptions


def test_a_link_is_asked_once_and_its_exchange_is_written(tmp_path: Path) -> None:
    async def scenario() -> tuple[list[Evidence], list[str]]:
        async with ScriptedWeb({"/page": answer("200 OK", PAGE)}) as web:
            url = web.url("/page")
            return await probed(tmp_path, [url, url]), web.paths()

    (evidence,), paths = asyncio.run(scenario())
    assert paths == ["/page"]
    hop = evidence.hops[0]
    assert hop.status == 200
    assert hop.address == "127.0.0.1"
    assert hop.page is not None
    assert hop.page.title == "A page"
    assert hop.response is not None
    assert hop.request is not None
    assert hop.metadata is not None
    (warc,) = (tmp_path / "a").iterdir()
    assert hop.response.file in warc.name
    assert verdict(evidence).outcome is Outcome.OK


def test_the_request_looks_like_a_readers_and_names_muniment(tmp_path: Path) -> None:
    async def scenario() -> dict[str, str]:
        async with ScriptedWeb({"/": answer("200 OK", PAGE)}) as web:
            await probed(tmp_path, [web.url("/", "user:secret@site.test") + "#part"])
            return web.requests[0][2]

    headers = asyncio.run(scenario())
    assert "Muniment" in headers["user-agent"]
    assert headers["accept"].startswith("text/html")
    assert "br" in headers["accept-encoding"]
    assert "authorization" not in headers


def test_redirects_are_followed_hop_by_hop_with_the_chains_cookies(tmp_path: Path) -> None:
    async def scenario() -> tuple[Evidence, list[tuple[str, str, dict[str, str]]]]:
        answers = {
            "/old": moved("301 Moved Permanently", "next?x=1", "Set-Cookie: seen=1; Path=/"),
            "/next": moved("301 Moved Permanently", "http://other.test:{port}/end"),
            "/end": answer("200 OK", PAGE),
        }
        async with ScriptedWeb(answers) as web:
            (evidence,) = await probed(tmp_path, [web.url("/old")])
            return evidence, web.requests

    evidence, requests = asyncio.run(scenario())
    assert [path for _, path, _ in requests] == ["/old", "/next?x=1", "/end"]
    assert requests[1][2]["cookie"] == "seen=1"
    assert "cookie" not in requests[2][2], "another site's cookies stay at home"
    assert len({hop.response for hop in evidence.hops}) == 3
    assert verdict(evidence).outcome is Outcome.MOVED
    assert (verdict(evidence).final_url or "").endswith("/end")


def test_a_site_that_wants_its_cookie_back_is_no_loop(tmp_path: Path) -> None:
    answers = {
        "/page": [moved("302 Found", "/page", "Set-Cookie: ok=1"), answer("200 OK", PAGE)],
    }
    assert verdict(run(tmp_path, answers, "/page")).outcome is Outcome.OK


def test_a_circle_of_redirects_is_told_and_ended(tmp_path: Path) -> None:
    answers = {"/a": moved("302 Found", "/b"), "/b": moved("302 Found", "/a")}
    evidence = run(tmp_path, answers, "/a")
    assert [hop.status for hop in evidence.hops] == [302] * 4
    assert verdict(evidence).reason == "redirect-loop"


def test_redirects_without_end_are_cut_off(tmp_path: Path) -> None:
    answers = {f"/{n}": moved("302 Found", f"/{n + 1}") for n in range(9)}
    options = ProbeOptions(delay=0, max_redirects=4, retries=0)
    evidence = run(tmp_path, answers, "/0", options)
    assert len(evidence.hops) == 5
    assert verdict(evidence).reason == "redirect-too-many"


@pytest.mark.parametrize(
    ("location", "reason"),
    [
        ("http://[bad/", "redirect-bad-address"),
        ("mailto:someone@example.org", "redirect-unsupported"),
        ("http://10.0.0.1/", "redirect-to-refused"),
    ],
)
def test_a_redirect_that_cannot_be_followed_says_why(
    tmp_path: Path, location: str, reason: str
) -> None:
    evidence = run(tmp_path, {"/a": moved("301 Moved", location)}, "/a")
    assert verdict(evidence).reason == reason


def test_a_soon_meta_refresh_is_a_hop_and_a_late_one_is_not(tmp_path: Path) -> None:
    stub = b"<meta http-equiv=refresh content=\"0;url='/new'\"><title>Stub</title>"
    late = b"<meta http-equiv=refresh content='300;url=/new'>" + PAGE
    answers = {
        "/stub": answer("200 OK", stub),
        "/late": answer("200 OK", late),
        "/new": answer("200 OK", PAGE),
    }
    assert len(run(tmp_path, answers, "/stub").hops) == 2
    assert len(run(tmp_path, answers, "/late").hops) == 1


def test_what_cannot_be_asked_is_handed_over_without_a_request(tmp_path: Path) -> None:
    urls = ["mailto:a@example.org", "javascript:void(0)", "http://", "page.html", ""]
    resolver = EverywhereHere()
    evidence = asyncio.run(probed(tmp_path, urls, resolver=resolver))
    assert resolver.asked == []
    assert not list((tmp_path / "a").iterdir())
    assert {verdict(one).outcome for one in evidence} == {Outcome.UNSUPPORTED}


def test_a_private_address_is_excluded_without_a_packet(tmp_path: Path) -> None:
    async def scenario() -> tuple[Evidence, list[str]]:
        async with ScriptedWeb({}) as web:
            (evidence,) = await probed(tmp_path, [web.url("/")], allowed="127.9.9.9/32")
            return evidence, web.paths()

    evidence, paths = asyncio.run(scenario())
    assert paths == []
    assert verdict(evidence).outcome is Outcome.EXCLUDED
    assert evidence.hops[0].metadata is not None


@pytest.mark.parametrize(
    ("script", "reason"), [(hang, "timeout"), (reset, "reset")], ids=["hang", "reset"]
)
def test_a_server_that_does_not_answer_is_transient(tmp_path: Path, script, reason: str) -> None:
    evidence = run(tmp_path, {"/": script}, "/")
    assert verdict(evidence).reason == reason
    assert verdict(evidence).outcome is Outcome.TRANSIENT


def test_a_fault_that_passes_is_forgiven_later_in_the_run(tmp_path: Path) -> None:
    answers = {"/": [answer("503 Service Unavailable"), answer("200 OK", PAGE)]}
    evidence = run(tmp_path, answers, "/", ProbeOptions(delay=0, retry_delay=0.01))
    assert [hop.status for hop in evidence.earlier] == [503]
    assert verdict(evidence).outcome is Outcome.OK


def test_a_missing_name_is_gone_only_when_asked_twice(tmp_path: Path) -> None:
    def check(retries: int) -> Verdict:
        options = ProbeOptions(delay=0, retry_delay=0.01, retries=retries)
        resolver = EverywhereHere(nowhere=NO_SUCH_NAME)
        run = probed(tmp_path / str(retries), ["http://nowhere.test/"], options, resolver=resolver)
        return verdict(asyncio.run(run)[0])

    assert check(0).outcome is Outcome.UNSURE
    assert check(1).outcome is Outcome.GONE


def test_a_large_file_is_fetched_up_to_the_limit(tmp_path: Path) -> None:
    body = b"%PDF-1.4\n" + b"x" * 500_000
    answers = {"/a.pdf": answer("200 OK", body, "Content-Type: application/pdf")}
    options = ProbeOptions(delay=0, retries=0, body_limit=100_000)
    evidence = run(tmp_path, answers, "/a.pdf", options)
    assert evidence.hops[0].size <= 100_000
    assert verdict(evidence).reason == "ok-cut"


def test_a_full_disk_ends_the_run_and_is_raised(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with ScriptedWeb({"/": answer("200 OK", PAGE)}) as web:
            policy = AddressPolicy(allowed=(ip_network("127.0.0.0/8"),))
            written = WriterOptions(archive=tmp_path / "a", indexes=tmp_path / "i", prefix="X")
            writer = WarcWriter(written, clock=utcnow)
            (tmp_path / "a").rmdir()
            (tmp_path / "a").write_text("no folder")
            async with Wire(resolver=EverywhereHere(), policy=policy) as wire:
                probe = Probe(wire, writer, QUICK, clock=utcnow)
                await probe.run([web.url("/")], lambda _: None)

    with pytest.raises(OSError, match="directory"):
        asyncio.run(scenario())


def test_evidence_survives_json_and_says_the_same(tmp_path: Path) -> None:
    answers = {"/a": moved("301 Moved", "/b"), "/b": answer("404 Not Found", b"gone")}
    evidence = run(tmp_path, answers, "/a")
    again = Evidence.from_json(evidence.as_json())
    assert again == evidence
    assert verdict(again) == verdict(evidence)
    assert verdict(again).reason == "redirect-to-http-404"


def test_no_exchange_is_evidence_of_the_url_alone() -> None:
    checked = datetime(2026, 1, 1, tzinfo=UTC)
    evidence = read_evidence("tel:+1202", (), checked=checked)
    assert verdict(evidence).outcome is Outcome.UNSUPPORTED
    assert evidence.checked == checked
