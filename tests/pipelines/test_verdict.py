"""What evidence means: the table of outcomes, row by row, from answers written out by hand."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from pipelines.checks.evidence import Evidence, read_evidence
from pipelines.verdicts.reasons import REASONS, Confidence
from pipelines.verdicts.rules import Rules
from pipelines.verdicts.verdict import Outcome, Verdict, judge
from warc.exchange import Ending, Exchange, Failure, FailureKind, Spool, Timings
from warc.locator import Locator
from warc.writer import Written

NOW = datetime(2026, 3, 1, tzinfo=UTC)
URL = "http://www.example.org/reports/2014/report-12.html"
PROSE = "The two governments met to discuss the report and agreed on its findings. "
ARTICLE = f"<main><h1>Joint report</h1><p>{PROSE * 30}</p></main>"
AT = Locator(file="x.warc.gz", offset=0, length=10)
WRITTEN = Written(
    response=AT, request=AT, metadata=AT, payload_digest=None, is_revisit=False, date=NOW
)


def exchange(
    status: str = "200 OK",
    body: str | bytes = ARTICLE,
    *headers: str,
    url: str = URL,
    ending: Ending = Ending.COMPLETE,
) -> Exchange:
    """Return the exchange of an answer written out."""
    lines = [f"HTTP/1.1 {status}", *headers]
    if not any(line.lower().startswith("content-type") for line in headers):
        lines.append("Content-Type: text/html; charset=utf-8")
    head = ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1")
    return Exchange(
        target_uri=url,
        method="GET",
        began=NOW,
        request=b"GET / HTTP/1.1\r\n\r\n",
        response=Spool.of(head + (body if isinstance(body, bytes) else body.encode())),
        head_size=len(head),
        ending=ending,
        timings=Timings(ended=0.1),
    )


def failed(kind: FailureKind, url: str = URL) -> Exchange:
    """Return an exchange without an answer."""
    return Exchange(
        target_uri=url,
        method="GET",
        began=NOW,
        request=b"",
        response=Spool(),
        head_size=0,
        ending=Ending.NONE,
        timings=Timings(ended=0.1),
        failure=Failure(kind=kind, detail="as the system says"),
    )


def evidence_of(*exchanges: Exchange, asked: str | None = None) -> Evidence:
    url = asked or exchanges[0].target_uri
    evidence = read_evidence(url, [(one, WRITTEN) for one in exchanges])
    for one in exchanges:
        one.response.close()
    return evidence


def judged(*exchanges: Exchange, asked: str | None = None) -> Verdict:
    return judge([evidence_of(*exchanges, asked=asked)], Rules())


def page(title: str, body: str = "", heading: str | None = None) -> str:
    shown = f"<h1>{heading}</h1>" if heading is not None else ""
    return f"<html><head><title>{title}</title></head><body>{shown}{body}</body></html>"


def sent_on(to: str, status: str = "301 Moved", url: str = URL) -> Exchange:
    return exchange(status, "", f"Location: {to}", url=url)


def test_a_page_that_opens_is_ok_with_the_rules_version() -> None:
    verdict = judged(exchange())
    assert (verdict.outcome, verdict.reason) == (Outcome.OK, "ok")
    assert verdict.confidence == "high"
    assert verdict.final_url == URL
    assert verdict.rules_version == Rules().version


@pytest.mark.parametrize(
    ("status", "outcome"),
    [
        *((code, Outcome.GONE) for code in (404, 410)),
        *(
            (code, Outcome.BLOCKED)
            for code in (401, 402, 403, 405, 406, 407, 412, 428, 429, 451, 999)
        ),
        *((code, Outcome.BLOCKED) for code in (418, 420, 430, 440, 449, 450, 498)),
        *((code, Outcome.TRANSIENT) for code in (400, 408, 421, 500, 502, 503, 504, 520, 523, 530)),
        (204, Outcome.OK),
        *((code, Outcome.UNSURE) for code in (300, 425, 426, 460, 505, 509)),
    ],
)
def test_each_status_has_the_outcome_of_the_table(status: int, outcome: Outcome) -> None:
    verdict = judged(exchange(f"{status} Reason", ""))
    assert verdict.outcome is outcome
    assert str(status) in verdict.reason or status == 204


@pytest.mark.parametrize("kind", list(FailureKind))
def test_each_failure_is_told_apart_and_none_is_gone_at_once(kind: FailureKind) -> None:
    verdict = judged(failed(kind))
    assert verdict.outcome not in (Outcome.GONE, Outcome.OK)
    assert verdict.outcome is (
        Outcome.BLOCKED
        if kind is FailureKind.TLS_CLIENT_CERTIFICATE
        else Outcome.UNSURE
        if REASONS[verdict.reason].confidence is Confidence.LOW
        else Outcome.TLS
        if kind.startswith("tls-") and kind not in (FailureKind.TLS_TIMEOUT, FailureKind.TLS_RESET)
        else Outcome.EXCLUDED
        if kind is FailureKind.ADDRESS_REFUSED
        else Outcome.UNSUPPORTED
        if kind is FailureKind.URL_INVALID
        else Outcome.TRANSIENT
    )


def test_failures_have_reasons_of_their_own() -> None:
    reasons = {judged(failed(kind), failed(kind)).reason for kind in FailureKind}
    assert len(reasons) == len(FailureKind)


def test_a_name_that_does_not_exist_twice_is_gone() -> None:
    unknown = failed(FailureKind.DNS_NXDOMAIN)
    assert judged(unknown).outcome is Outcome.UNSURE
    assert judged(unknown, failed(FailureKind.DNS_NXDOMAIN)).outcome is Outcome.GONE


def test_several_attempts_are_decided_by_the_last_that_was_answered() -> None:
    reset, fine = evidence_of(failed(FailureKind.RESET)), evidence_of(exchange())
    assert judge([reset, fine], Rules()).outcome is Outcome.OK
    assert judge([fine, reset], Rules()).outcome is Outcome.OK
    assert judge([], Rules()).outcome is Outcome.UNSURE


@pytest.mark.parametrize(
    ("final", "reason"),
    [
        ("https://www.example.org/reports/2014/report-12.html", "moved-to-https"),
        ("http://example.org/reports/2014/report-12.html/", "moved-slightly"),
        ("http://www.example.org/archive/report-12.html", "moved"),
        ("http://elsewhere.net/a/b.html", "moved-other-site"),
    ],
)
def test_a_permanent_redirect_to_a_good_page_is_moved(final: str, reason: str) -> None:
    verdict = judged(sent_on(final), exchange(url=final))
    assert (verdict.outcome, verdict.reason) == (Outcome.MOVED, reason)
    assert verdict.final_url == final


def test_a_temporary_redirect_to_a_good_page_is_ok() -> None:
    final = "http://www.example.org/archive/report-12.html"
    verdict = judged(sent_on(final, "302 Found"), exchange(url=final))
    assert (verdict.outcome, verdict.reason) == (Outcome.OK, "ok-elsewhere")


@pytest.mark.parametrize(
    ("final", "outcome"),
    [
        ("http://www.example.org/", Outcome.SOFT_GONE),
        ("https://example.org/index.html", Outcome.SOFT_GONE),
        ("http://www.example.org/en/", Outcome.SOFT_GONE),
        ("http://unrelated.net/", Outcome.SOFT_GONE),
        ("http://www.example.org/404.html", Outcome.SOFT_GONE),
        ("http://www.example.org/errors/not-found", Outcome.SOFT_GONE),
        ("http://www.example.org/error.aspx?aspxerrorpath=/x", Outcome.SOFT_GONE),
        ("http://www.example.org/error", Outcome.UNSURE),
        ("http://reports.example.org/", Outcome.MOVED),
        ("http://www.example.org/reports/", Outcome.MOVED),
    ],
)
def test_where_a_redirect_ends_can_say_that_the_page_is_gone(final: str, outcome: Outcome) -> None:
    assert judged(sent_on(final), exchange(url=final)).outcome is outcome


def test_a_front_page_may_be_sent_to_a_front_page_and_a_short_address_anywhere() -> None:
    root = sent_on("https://www.example.org/en/", url="http://example.org/index.html")
    assert judged(root, exchange(url="https://www.example.org/en/")).outcome is Outcome.MOVED
    short = sent_on("https://www.example.org/", url="http://bit.ly/2abcd")
    assert judged(short, exchange(url="https://www.example.org/")).outcome is Outcome.OK


def test_a_redirect_to_a_missing_page_is_gone() -> None:
    final = "http://www.example.org/new.html"
    verdict = judged(sent_on(final), exchange("404 Not Found", "", url=final))
    assert (verdict.outcome, verdict.reason) == (Outcome.GONE, "redirect-to-http-404")


def test_a_redirect_without_an_address_is_told() -> None:
    assert judged(exchange("301 Moved", "")).reason == "redirect-no-address"


@pytest.mark.parametrize(
    ("status", "body", "headers"),
    [
        ("403 Forbidden", page("Just a moment...", "<p>Checking"), ()),
        ("503 Service Unavailable", page("Just a moment..."), ("Server: cloudflare",)),
        ("404 Not Found", page("Just a moment..."), ("cf-mitigated: challenge",)),
        ("200 OK", page("Attention Required! | Cloudflare", "", "Sorry"), ()),
        ("202 Accepted", "<html></html>", ("x-amzn-waf-action: challenge",)),
        ("200 OK", page("", "<iframe src='https://geo.captcha-delivery.com/c/'></iframe>"), ()),
        ("200 OK", page("", "<iframe src='/_Incapsula_Resource?x=1'></iframe>"), ()),
        ("200 OK", page("Robot Check", "<form action=/captcha><p>Enter the letters"), ()),
        ("200 OK", page("Access Denied", "<p>You don't have permission to access</p>"), ()),
        ("200 OK", page("x", "<div id=px-captcha></div>"), ()),
        ("200 OK", page("Request Rejected", "The requested URL was rejected."), ()),
    ],
)
def test_a_robot_check_is_blocked_whatever_its_status(
    status: str, body: str, headers: tuple[str, ...]
) -> None:
    assert judged(exchange(status, body, *headers)).outcome is Outcome.BLOCKED


def test_technical_difficulties_are_blocked() -> None:
    body = page(
        "Technical Difficulties",
        "<p>We are experiencing technical difficulties. Please try again later.",
        "Technical Difficulties",
    )
    assert judged(exchange(body=body)).reason == "technical-difficulties"


def test_a_robot_checks_script_on_a_real_page_blocks_nothing() -> None:
    body = ARTICLE + "<script src='/cdn-cgi/challenge-platform/scripts/jsd/main.js'></script>"
    assert judged(exchange(body=body)).outcome is Outcome.OK


FORM = "<form action=/in><input name=user><input type=password name=word></form>"


def test_a_login_wall_is_blocked_and_a_login_in_the_corner_is_not() -> None:
    final = "https://www.example.org/accounts/login/?next=/reports"
    assert judged(sent_on(final, "302 Found"), exchange(url=final)).reason == "login"
    assert judged(exchange(body=page("Sign in", FORM))).reason == "login"
    assert judged(exchange(body=ARTICLE + FORM)).outcome is Outcome.OK
    asked = exchange(body=page("Sign in", FORM), url="http://www.example.org/login")
    assert judged(asked).outcome is Outcome.OK


@pytest.mark.parametrize(
    "body",
    [
        page("example.org - This domain is for sale", "<p>Buy now"),
        page("example.org", "<p>The domain may be for sale by its owner!"),
        page("example.org", "<script src='//www.sedoparking.com/frmpark/x.js'></script>"),
        page("", "<script>window.park = 'abc';</script>"),
    ],
)
def test_a_parked_domain_is_parked(body: str) -> None:
    assert judged(exchange(body=body)).outcome is Outcome.PARKED


def test_a_link_sent_to_a_seller_of_names_is_parked() -> None:
    final = "https://www.hugedomains.com/domain_profile.cfm?d=example.org"
    assert judged(sent_on(final, "302 Found"), exchange(url=final)).reason == "redirect-to-parking"


@pytest.mark.parametrize(
    ("ending", "reason"),
    [
        (Ending.DISCONNECT, "body-cut"),
        (Ending.TIME, "body-slow"),
        (Ending.MALFORMED, "body-malformed"),
        (Ending.LENGTH, "ok-cut"),
        (Ending.CLOSED, "ok"),
    ],
)
def test_how_a_body_ended_matters(ending: Ending, reason: str) -> None:
    assert judged(exchange(ending=ending)).reason == reason


@pytest.mark.parametrize(
    ("declared", "body", "outcome"),
    [
        ("application/pdf", b"%PDF-1.4 ...", Outcome.OK),
        ("application/pdf", b"junk first\n%PDF-1.4 ...", Outcome.OK),
        ("application/pdf", b"<html><p>Sorry</html>", Outcome.TRANSIENT),
        ("application/pdf", b"", Outcome.TRANSIENT),
        ("application/pdf", page("Page not found").encode(), Outcome.SOFT_GONE),
        ("image/png", b"\x89PNG\r\n\x1a\n...", Outcome.OK),
        ("image/png", b"GIF89a", Outcome.OK),
        ("image/jpeg", b"<html></html>", Outcome.TRANSIENT),
        ("application/json", b"{}", Outcome.OK),
        ("application/octet-stream", b"\x00\x01", Outcome.OK),
    ],
)
def test_a_file_must_begin_as_its_type_does(declared: str, body: bytes, outcome: Outcome) -> None:
    assert judged(exchange("200 OK", body, f"Content-Type: {declared}")).outcome is outcome


def test_an_archives_copy_of_an_error_page_is_not_the_archives_error() -> None:
    url = "https://web.archive.org/web/2014/http://www.example.org/x"
    kept = exchange("404 Not Found", "", "Memento-Datetime: Mon, 01 Jan 2014 00:00:00 GMT", url=url)
    own = exchange("429 Too Many Requests", "", url=url)
    withheld = exchange("403 Forbidden", "", "X-Archive-Wayback-Runtime-Error: blocked", url=url)
    assert judged(kept).outcome is Outcome.OK
    assert judged(own).outcome is Outcome.UNSURE
    assert judged(withheld).outcome is Outcome.BLOCKED


def test_every_sentence_is_plain_and_whole() -> None:
    for code, reason in REASONS.items():
        assert reason.sentence[0].isupper(), code
        assert reason.sentence.endswith("."), code


def test_the_same_evidence_gives_the_same_verdict() -> None:
    evidence = evidence_of(exchange("404 Not Found", ""))
    assert judge([evidence], Rules()) == judge([evidence], Rules())
    assert judge([evidence], Rules(version="other")).rules_version == "other"
