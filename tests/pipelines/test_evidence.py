"""Evidence is derived from exchanges alone: from those in a WARC just as from the live ones."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from ipaddress import ip_network
from pathlib import Path

import pytest
from scripted_web import EverywhereHere, ScriptedWeb, answer, hang, moved

from pipelines.checks.evidence import Evidence, Incident, IncidentKind, read_evidence
from pipelines.checks.page_facts import read_html, read_refresh
from pipelines.checks.probe import Probe, ProbeOptions
from pipelines.verdicts.rules import Rules
from pipelines.verdicts.verdict import Outcome, judge
from warc.collection import Collection
from warc.exchange import FailureKind
from warc.http.addresses import AddressPolicy
from warc.http.resolver import Resolution
from warc.locator import Locator
from warc.rebuild import exchange_at
from warc.wire import Wire
from warc.writer import WarcWriter, WriterOptions, Written

PAGE = b"<title>A page</title><h1>A page</h1><p>" + b"Text enough to be a page. " * 20
MISSING = b"<title>Page not found</title><h1>Page not found</h1>"


def utcnow() -> datetime:
    return datetime.now(UTC)


def probe_all(collection: Collection, paths: list[str]) -> list[Evidence]:
    """Return the evidence of a run over every kind of answer, written to `collection`."""
    answers = {
        "/page": answer("200 OK", PAGE),
        "/twin": answer("200 OK", PAGE),
        "/soft": answer("200 OK", MISSING),
        "/gone": answer("410 Gone", b"gone"),
        "/moved": moved("301 Moved", "/page"),
        "/stub": answer("200 OK", b"<meta http-equiv=refresh content='0;url=/page'>"),
        "/slow": hang,
        "/flaky": [answer("503 Service Unavailable"), answer("200 OK", PAGE)],
    }
    seen: list[Evidence] = []

    async def scenario() -> None:
        options = WriterOptions(
            archive=collection.archive, indexes=collection.indexes, prefix="CHECK"
        )
        unknown = Resolution(failure=FailureKind.DNS_NXDOMAIN, detail="no such name")
        resolver = EverywhereHere(nowhere=unknown)
        policy = AddressPolicy(allowed=(ip_network("127.0.0.0/8"),))
        asking = ProbeOptions(delay=0, timeout=0.2, retry_delay=0.01)
        with WarcWriter(options, clock=utcnow) as writer:
            async with (
                ScriptedWeb(answers) as web,
                Wire(resolver=resolver, policy=policy) as wire,
            ):
                urls = [web.url(path, f"{path[1:]}.test") for path in paths]
                urls += ["http://nowhere.test/x", "http://10.0.0.1/"]
                await Probe(wire, writer, asking, clock=utcnow).run(urls, seen.append)

    asyncio.run(scenario())
    return seen


PATHS = ["/page", "/twin", "/soft", "/gone", "/moved", "/stub", "/slow", "/flaky"]


def test_evidence_and_verdict_are_the_same_again_from_the_warc(tmp_path: Path) -> None:
    collection = Collection(tmp_path)
    seen = probe_all(collection, PATHS)
    assert len(seen) == len(PATHS) + 2
    for evidence in seen:
        again = read_evidence(evidence.url, _from_warc(collection, evidence))
        assert again == evidence
        assert judge([again], Rules()) == judge([evidence], Rules())


def _from_warc(collection: Collection, evidence: Evidence):
    for hop in evidence.all_hops:
        exchange = exchange_at(collection.archive, hop.response, hop.metadata, hop.request)
        written = Written(
            response=hop.response,
            request=hop.request,
            metadata=hop.metadata,
            payload_digest=None,
            is_revisit=False,
            date=exchange.began,
        )
        yield exchange, written
        exchange.response.close()


def test_evidence_of_every_kind_survives_json(tmp_path: Path) -> None:
    seen = probe_all(Collection(tmp_path), PATHS)
    assert [Evidence.from_json(one.as_json()) for one in seen] == seen
    assert any(one.earlier for one in seen)


def test_an_incident_survives_json() -> None:
    when = datetime(2026, 3, 1, tzinfo=UTC)
    incident = Incident(
        host="a.test",
        kind=IncidentKind.THROTTLED,
        links=3,
        since=when,
        detail="status 429",
        locators=(Locator(file="x.warc.gz", offset=1, length=2),),
    )
    evidence = Evidence(url="http://a.test/9", checked=when, incident=incident)
    assert Evidence.from_json(evidence.as_json()) == evidence
    assert judge([evidence], Rules()).outcome is Outcome.BLOCKED


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("0;url=/new", (0, "/new")),
        ("5; URL='http://a.test/x;y'", (5, "http://a.test/x;y")),
        ("0;url='https://a.test/'", (0, "https://a.test/")),
        ("0, /new", (0, "/new")),
        ("30", None),
        ("", None),
    ],
)
def test_a_refresh_is_read_as_browsers_read_it(written: str, read: tuple[int, str] | None) -> None:
    assert read_refresh(written) == read


def test_a_simple_script_redirect_is_seen_and_a_busy_script_is_not() -> None:
    simple = b"<script>window.location.href = '/new';</script>"
    busy = b"<script>if (old) { location = '/old' }</script><p>" + b"Words to read. " * 30
    assert read_html(simple, "text/html").script_move == "/new"
    assert read_html(busy, "text/html").script_move is None


@pytest.mark.parametrize(
    ("fragment", "there"),
    [("part", True), ("named", True), ("other", False), ("", None), ("top", True)],
)
def test_the_place_that_a_fragment_names_is_looked_for(fragment: str, there: bool | None) -> None:
    html = b"<h2 id=part>Part</h2><a name=named></a>"
    assert read_html(html, "text/html", fragment).facts.fragment is there
