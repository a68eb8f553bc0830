"""A store of links that were checked in several runs, for the review's queue."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from citing import cite

from pipelines.check_runs import begin_run, put_settled
from pipelines.checks.evidence import Evidence
from pipelines.checks.hop import Hop
from pipelines.checks.ledger import Settled
from pipelines.lifecycle import LifecycleRules
from pipelines.store import Store
from pipelines.verdicts.verdict import Outcome, Verdict
from warc.exchange import Ending

FIRST = datetime(2026, 3, 1, tzinfo=UTC)
NOW = FIRST + timedelta(days=400)
RULES = LifecycleRules()
URLS = [f"http://{host}.example/page-{n}" for host in ("un", "www.osce", "nato") for n in range(9)]
FATES = [
    (Outcome.OK, "http-200", "high", 200),
    (Outcome.MOVED, "moved", "high", 200),
    (Outcome.GONE, "http-404", "high", 404),
    (Outcome.SOFT_GONE, "says-not-found", "medium", 200),
    (Outcome.TRANSIENT, "http-503", "low", 503),
    (Outcome.TLS, "tls-expired", "medium", None),
    (Outcome.BLOCKED, "http-403", "high", 403),
    (Outcome.UNSURE, "says-not-found", "low", 200),
]


def run_name(run: int) -> str:
    return f"2026030{run}T000000Z"


def check(store: Store, run: int, urls: Sequence[str], chance: random.Random) -> None:
    """Check links in a run, some of which are void or doubted."""
    day = FIRST + timedelta(days=4 * run)
    run_id = run_name(run)
    begin_run(store, run_id, day)
    checks = []
    for url in urls:
        outcome, reason, confidence, status = chance.choice(FATES)
        hop = Hop(url=url, method="GET", began=day, status=status, ending=Ending.COMPLETE, size=9)
        verdict = Verdict(
            outcome=outcome, reason=reason, sentence=f"So: {reason}.", confidence=confidence,
            final_url=f"{url}?{outcome}", rules_version="1",
        )  # fmt: skip
        checks.append((Evidence(url=url, checked=day, hops=(hop,)), verdict))
    store.put_checks(run_id, checks)
    settled = Settled(
        ended=day + timedelta(hours=1), void="no network" if run % 5 == 4 else "", hosts=3,
        silent=0, is_controlled=True, doubted=("tls-expired",) if run % 3 == 1 else (),
    )  # fmt: skip
    put_settled(store, run_id, settled)


def fill(store: Store) -> None:
    """Let links be cited and checked in seven runs, and one cited that never was checked."""
    chance = random.Random(6)
    cite(store, *URLS, "http://never.example/asked")
    for run in range(7):
        check(store, run, [url for url in URLS if chance.random() < 0.8], chance)
