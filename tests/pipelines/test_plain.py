"""Every reason in one of five words; in doubt none is broken."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from pipelines.checks.evidence import Evidence, Incident, IncidentKind
from pipelines.checks.hop import Hop
from pipelines.verdicts.plain import Plain, plain
from pipelines.verdicts.reasons import REASONS, Confidence, Outcome, outcome_of
from pipelines.verdicts.verdict import Verdict
from warc.exchange import Ending, FailureKind

DATE = datetime(2026, 1, 1, tzinfo=UTC)
URL = "http://x.test/"


def verdict(code: str, confidence: str | None = None) -> Verdict:
    row = REASONS[code]
    return Verdict(
        outcome=outcome_of(row.outcome, confidence or row.confidence),
        reason=code,
        sentence=row.sentence,
        confidence=confidence or row.confidence,
        final_url=URL,
        rules_version="1",
    )


def failed(kind: FailureKind) -> Hop:
    return Hop(url=URL, method="GET", began=DATE, failure=kind, ending=Ending.NONE)


def answered(status: int, *headers: tuple[str, str]) -> Hop:
    return Hop(
        url=URL,
        method="GET",
        began=DATE,
        status=status,
        headers=headers,
        ending=Ending.COMPLETE,
    )


def seen(*attempts: Hop) -> Evidence:
    return Evidence(url=URL, checked=DATE, earlier=attempts[:-1], hops=attempts[-1:])


@pytest.mark.parametrize("code", REASONS)
def test_every_reason_has_its_word(code: str) -> None:
    found = plain(verdict(code), seen(answered(500), answered(500)))
    expected = {
        Outcome.OK: {Plain.ALIVE},
        Outcome.MOVED: {Plain.ALIVE},
        Outcome.GONE: {Plain.BROKEN},
        Outcome.SOFT_GONE: {Plain.BROKEN},
        Outcome.PARKED: {Plain.BROKEN},
        Outcome.TLS: {Plain.BROKEN},
        Outcome.UNSURE: {Plain.UNCERTAIN},
        Outcome.BLOCKED: {Plain.UNCERTAIN},
        Outcome.TRANSIENT: {Plain.BROKEN, Plain.UNCERTAIN},
        Outcome.UNSUPPORTED: {Plain.INVALID, Plain.SKIPPED},
        Outcome.EXCLUDED: {Plain.SKIPPED},
    }
    assert found in expected[verdict(code).outcome]


def test_what_a_report_counts_as_broken_a_list_calls_broken_once_it_failed_twice() -> None:
    broken = {Outcome.GONE, Outcome.SOFT_GONE, Outcome.PARKED, Outcome.TLS, Outcome.TRANSIENT}
    twice = seen(answered(500), answered(500))
    found = {code for code in REASONS if plain(verdict(code), twice) is Plain.BROKEN}
    assert found == {code for code in REASONS if verdict(code).outcome in broken}


def test_a_link_that_its_host_kept_from_being_asked_is_uncertain() -> None:
    kind = IncidentKind.UNREACHABLE
    incident = Incident(host="x.test", kind=kind, links=3, since=DATE, detail="timeout")
    unasked = Evidence(url=URL, checked=DATE, incident=incident)
    assert plain(verdict("host-unreachable"), unasked) is Plain.UNCERTAIN


def test_only_what_is_no_address_is_invalid() -> None:
    found = {code: plain(verdict(code), seen(answered(0))) for code in REASONS}
    invalid = {code for code, word in found.items() if word is Plain.INVALID}
    assert invalid == {"url-empty", "url-relative", "url-malformed", "url-long"}
    assert found["url-scheme"] is Plain.SKIPPED
    assert found["redirect-to-refused"] is Plain.SKIPPED


@pytest.mark.parametrize(
    "kind",
    [
        FailureKind.CONNECT_REFUSED,
        FailureKind.CONNECT_TIMEOUT,
        FailureKind.RESET,
        FailureKind.EMPTY,
        FailureKind.TIMEOUT,
        FailureKind.DNS_SERVFAIL,
        FailureKind.DNS_NO_ADDRESS,
    ],
)
def test_a_fault_is_broken_once_the_link_failed_so_again(kind: FailureKind) -> None:
    one = verdict(kind.value)
    assert plain(one, seen(failed(kind), failed(kind))) is Plain.BROKEN
    assert plain(one, seen(failed(kind))) is Plain.UNCERTAIN
    assert plain(one, seen(answered(500), failed(kind))) is Plain.UNCERTAIN


def test_two_ways_of_no_answer_are_one() -> None:
    attempts = seen(failed(FailureKind.TIMEOUT), failed(FailureKind.RESET))
    assert plain(verdict("reset"), attempts) is Plain.BROKEN


@pytest.mark.parametrize("status", [500, 502, 503, 520])
def test_a_server_fault_is_broken_unless_the_server_asks_to_wait(status: int) -> None:
    again = seen(answered(status), answered(status))
    assert plain(verdict("http-5xx"), again) is Plain.BROKEN
    waits = answered(status, ("retry-after", "120"))
    assert plain(verdict("http-5xx"), seen(waits, waits)) is Plain.UNCERTAIN


def test_a_status_out_of_place_is_no_proof() -> None:
    odd = Verdict(
        outcome=outcome_of(Outcome.TRANSIENT, "low"),
        reason="http-304",
        sentence="",
        confidence="low",
        final_url=URL,
        rules_version="1",
    )
    assert plain(odd, seen(answered(304))) is Plain.UNCERTAIN
    assert plain(verdict("http-4xx"), seen(answered(400))) is Plain.BROKEN


@pytest.mark.parametrize(
    "code", ["redirect-loop", "redirect-too-many", "redirect-bad-address", "not-http"]
)
def test_what_no_second_try_can_change_is_broken_at_once(code: str) -> None:
    assert plain(verdict(code), seen(answered(302))) is Plain.BROKEN


def test_a_guess_is_no_proof() -> None:
    assert plain(verdict("redirect-to-root"), seen(answered(200))) is Plain.BROKEN
    low = verdict("redirect-to-root", Confidence.LOW)
    assert low.outcome is Outcome.UNSURE
    assert plain(low, seen(answered(200))) is Plain.UNCERTAIN


def test_nothing_seen_is_no_proof() -> None:
    assert plain(verdict("connect-refused"), Evidence(url=URL, checked=DATE)) is Plain.UNCERTAIN
