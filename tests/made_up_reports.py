"""Reports of made-up findings, deterministic, any number of them."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from reports.findings import (
    Citation,
    Definition,
    Finding,
    Hop,
    Period,
    PreviousRun,
    Replacement,
    Report,
    RunFigures,
)
from reports.standing import Standing
from warc.locator import Locator

NOW = datetime(2026, 11, 23, 20, 15, tzinfo=UTC)
WARC = "muniment-checks-20261123201500-00001-host.warc.gz"

# outcome, reason, sentence, confidence, status, failure, weight
CASES = (
    ("ok", "http-200", "The page answers with status 200.", "high", 200, None, 50),
    ("gone", "http-404", "The server says there is no such page (404).", "high", 404, None, 14),
    ("gone", "http-410", "The server says the page was removed (410).", "high", 410, None, 2),
    ("gone", "dns-nxdomain", "There is no host {host} any more.", "high", None, "dns-nxdomain", 6),
    (
        "soft-gone",
        "to-root",
        "The address now leads to the site's front page.",
        "medium",
        200,
        None,
        5,
    ),
    (
        "soft-gone",
        "phrase",
        "The page says “page not found”, with status 200.",
        "medium",
        200,
        None,
        4,
    ),
    ("parked", "parking-page", "The name is held by a parking service.", "medium", 200, None, 2),
    ("transient", "timeout", "No answer from {host} within 20 s.", "low", None, "timeout", 4),
    ("transient", "http-503", "The server failed with status 503.", "low", 503, None, 2),
    (
        "tls",
        "tls-expired",
        "The certificate of {host} has expired.",
        "medium",
        None,
        "tls-expired",
        2,
    ),
    ("blocked", "http-403", "{host} refuses this program (403).", "high", 403, None, 8),
    ("moved", "http-301", "Moved for good to another address, which works.", "high", 301, None, 8),
    ("unsupported", "mailto", "A mail address: nothing was asked.", "high", None, None, 2),
    (
        "excluded",
        "private-address",
        "{host} is a private address: nothing was sent.",
        "high",
        None,
        None,
        1,
    ),
)
HOSTS = (
    "www.osce.org", "www.un.org", "www.treasury.gov", "travel.state.gov", "www.usaid.gov",
    "photos.state.gov", "www.whitehouse.gov", "trade.example", "www.nato.int", "blogs.state.gov",
    "www.youtube.com", "www.hrw.org", "www.iaea.org", "careers.state.gov", "www.ohchr.org",
)  # fmt: skip
WORDS = (
    "the", "United", "States", "welcomes", "our", "partners", "and",
    "commends", "progress", "toward", "human", "rights", "security", "cooperation",
    "dialogue", "peace", "trade", "climate", "agreement", "refugees", "assistance",
    "democracy", "elections", "minister", "secretary", "visit", "region", "bilateral",
    "strategic", "energy", "women", "education", "health", "treaty", "nuclear",
    "sanctions", "conference", "statement", "commitment", "effort", "people", "government",
    "support", "future",
)  # fmt: skip
TYPES = ("Media Note", "Press Statement", "Remarks", "Readout", "Fact Sheet")
BUREAUS = ("Office of the Spokesperson", "Bureau of Democracy, Human Rights, and Labor", None)

HOSTILE = (
    "<script>document.title='owned'</script>",
    "</script><img src=x onerror=alert(1)>",
    "=HYPERLINK(\"http://evil.example\";\"click\")",
    "abc\u202egnp.exe\u2066\u200f",
    "Länge " + "x" * 10_000,
    "\x00\x07\ud800 lone and control",
    "{{ 7 * 7 }} {% raw %} ]]> -->",
)  # fmt: skip
HOSTILE_URLS = (
    "javascript:alert(document.domain)",
    "data:text/html,<script>alert(1)</script>",
    "http://evil.example/\"><script>alert(2)</script>",
    "http://evil.example/\u202egpj.exe",
    "http://evil.example/" + "y" * 10_000,
    "http://[broken",
    "vbscript:msgbox(1)",
)  # fmt: skip


def _phrase(source: random.Random, low: int, high: int) -> str:
    return " ".join(source.choices(WORDS, k=source.randint(low, high)))


def _citation(source: random.Random, href: str) -> Citation:
    number = source.randrange(1200)
    about = random.Random(number)
    date = f"{about.randint(2009, 2017)}-{about.randint(1, 12):02}-{about.randint(1, 28):02}"
    anchor = _phrase(source, 1, 5)
    return Citation(
        statement_url=f"https://2009-2017.state.gov/r/pa/prs/ps/{date[:4]}/{240000 + number}.htm",
        statement_title=_phrase(about, 5, 12).capitalize(),
        statement_date=date if number % 40 else None,
        document_type=about.choice(TYPES),
        bureau=about.choice(BUREAUS),
        text=anchor,
        sentence=f"{_phrase(source, 6, 14).capitalize()} {anchor} {_phrase(source, 3, 8)}.",
        href=href,
    )


def _finding(source: random.Random, number: int) -> Finding:
    outcome, reason, sentence, confidence, status, failure, _ = source.choices(
        CASES, weights=[case[-1] for case in CASES]
    )[0]
    host = source.choice(HOSTS)
    url = f"http://{host}/{'/'.join(source.choices(WORDS, k=source.randint(1, 4)))}/{number}.html"
    if outcome == "unsupported":
        url = f"mailto:{number}@{host}"
    locator = Locator(file=WARC, offset=number * 2711 + source.randrange(1000), length=1400)
    hops, final = (), None
    if outcome == "moved":
        final = url.replace("http:", "https:")
        hops = (
            Hop(url=url, status=301, locator=locator),
            Hop(
                url=final,
                status=200,
                locator=Locator(file=WARC, offset=locator.offset + 900, length=1),
            ),
        )
    elif outcome not in ("unsupported", "excluded"):
        final = url if status else None
        hops = (Hop(url=url, status=status, failure=failure, locator=locator),)
    failures = source.randint(1, 4)
    is_bad = outcome in ("gone", "soft-gone", "parked", "transient", "tls")
    return Finding(
        url=url,
        host=host,
        outcome=outcome,
        reason=reason,
        sentence=sentence.format(host=host),
        confidence=confidence,
        checked=NOW + timedelta(seconds=number / 4),
        final_url=final,
        hops=hops,
        first_broken=NOW - timedelta(days=9 * failures) if is_bad else None,
        failures=failures if is_bad else 0,
        state=("dead-gone" if failures > 2 else "suspect") if is_bad else "alive",
        event=("died" if failures > 2 else "failed") if is_bad else "found",
        since=NOW - timedelta(days=9) if is_bad else None,
        replacement=_copy(url, number) if is_bad and number % 3 == 0 else None,
        citations=tuple(_citation(source, url) for _ in range(source.choice((1, 1, 1, 2, 5)))),
        replay=f"20261123201500/{final}" if final else None,
        evidence=(Locator(file=WARC, offset=locator.offset + 1500, length=300),) if hops else (),
    )


def _copy(url: str, number: int) -> Replacement:
    date = NOW - timedelta(days=400 + number % 30)
    address = f"http://localhost:8090/{date:%Y%m%d%H%M%S}/{url}"
    return Replacement(url=address, date=date, days=number % 90, source="own-check")


def _trend(findings: tuple[Finding, ...]) -> tuple[RunFigures, ...]:
    """Return runs a week apart, after each of which a little more was broken."""
    now = Counter(finding.standing for finding in findings)
    return tuple(
        RunFigures(
            run_id=f"{NOW - timedelta(weeks=ago):%Y%m%d-%H%M%S}",
            ended=NOW - timedelta(weeks=ago),
            standings=dict(now)
            | {
                Standing.BROKEN: now[Standing.BROKEN] * (20 - ago) // 20,
                Standing.WORKS: now[Standing.WORKS] + now[Standing.BROKEN] * ago // 20,
            },
        )
        for ago in range(8, -1, -1)
    )


def hostile_findings() -> Iterator[Finding]:
    """Yield broken links whose every string tries something."""
    for number, text in enumerate(HOSTILE):
        url = HOSTILE_URLS[number]
        yield Finding(
            url=url,
            host=text,
            outcome="gone",
            reason=text[:200],
            sentence=text,
            confidence="high",
            checked=NOW,
            final_url=HOSTILE_URLS[-1 - number],
            hops=(
                Hop(
                    url=url,
                    failure=text[:80],
                    locator=Locator(file=text[:60], offset=7, length=1),
                ),
            ),
            first_broken=NOW,
            failures=1,
            state=text[:40],
            citations=(
                Citation(
                    statement_url=url,
                    statement_title=text,
                    statement_date="2013-01-02",
                    document_type=text[:60],
                    bureau=text[:60],
                    text=text,
                    sentence=f"Before {text} after",
                    href=f" {url}",
                ),
            ),
            replay=f"20261123201500/{url}",
            replacement=Replacement(url=url, date=NOW, days=None, source=text[:40]),
        )


def make_report(count: int, *, hostile: bool = False, previous: bool = True) -> Report:
    """Return a report of `count` made-up findings, and of hostile ones where wanted."""
    source = random.Random(count)
    findings = tuple(_finding(source, number) for number in range(count))
    if hostile:
        findings += tuple(hostile_findings())
    before = {
        finding.url: source.choices((finding.outcome, "ok", "gone"), (9, 1, 1))[0]
        for finding in findings
    }
    return Report(
        collection="state-2009-2017",
        run_id="20261123-201500",
        generated=NOW + timedelta(hours=1),
        definition=Definition(pack="strict", version="2026.1"),
        findings=findings,
        statements=min(count * 3, 1200),
        pages=min(count * 4, 1630),
        replay_base="http://localhost:8090/",
        period=Period.covering(findings),
        previous=PreviousRun(run_id="20261116-201500", ended=NOW, outcomes=before)
        if previous
        else None,
        trend=_trend(findings) if previous else (),
    )
