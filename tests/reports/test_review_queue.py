"""The review's queue: its rows are the report's findings, however they were brought up to date."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from citing import cite
from queued_links import FIRST, NOW, RULES, URLS, check, fill, run_name

from pipelines.check_runs import put_settled
from pipelines.checks.ledger import Settled
from pipelines.decisions.log import append, undo
from pipelines.decisions.model import Basis, Decision, Kind, Scope, new_id
from pipelines.lifecycle import LifecycleRules
from pipelines.store import Store
from pipelines.verdicts.pack_names import PackName
from pipelines.verdicts.verdict import Outcome, Verdict
from reports.assembly import Imprint, assemble
from reports.findings import Finding, reading_order
from reports.review import index, queue
from reports.review.queue import Filter


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """Yield a store of links that were checked in seven runs, and one that never was."""
    with Store(tmp_path / "store.sqlite") as opened:
        fill(opened)
        yield opened


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / index.INDEX_NAME


@pytest.fixture
def db(store: Store, path: Path) -> Iterator[sqlite3.Connection]:
    """Yield the index of the store as it stands."""
    index.refresh(store, path, RULES, NOW)
    with closing(index.open_index(path)) as opened:
        yield opened


def decide(store: Store, kind: Kind, subject: str, **fields: object) -> Decision:
    values = {"id": new_id(), "made": NOW, "author": "ann", "kind": kind, "subject": subject}
    one = Decision(**{**values, **fields})  # type: ignore[arg-type]
    append(store, [one])
    return one


def found(store: Store, now: datetime = NOW, pack: PackName = PackName.STRICT) -> list[Finding]:
    imprint = Imprint(collection="c", run_id="r", generated=now, replay_base="http://x/")
    return reading_order(assemble(store, imprint, lifecycle=RULES, pack=pack).findings)


def of_report(findings: Sequence[Finding]) -> list[tuple[object, ...]]:
    return [
        (one.url, one.standing, one.outcome, one.reason, one.confidence, one.sentence, one.state,
         one.first_broken, one.failures, one.checked, one.final_url, len(one.citations),
         one.ruling.decision.kind if one.ruling else "")
        for one in findings
    ]  # fmt: skip


def of_queue(path: Path) -> list[tuple[object, ...]]:
    with closing(index.open_index(path)) as db:
        rows = queue.page(db, Filter(), size=1_000).rows
    return [
        (one.url, one.standing, one.outcome, one.reason, one.confidence, one.sentence, one.state,
         one.first_broken, one.failures, one.checked, one.final_url, one.citations, one.decision)
        for one in rows
    ]  # fmt: skip


def assert_whole(store: Store, path: Path, now: datetime = NOW) -> None:
    """Assert that the index, brought up to date bit by bit, is one made anew, and the report's."""
    assert of_queue(path) == of_report(found(store, now))
    anew = path.with_name("anew.sqlite")
    anew.unlink(missing_ok=True)
    index.refresh(store, anew, RULES, now)
    with closing(index.open_index(path)) as one, closing(index.open_index(anew)) as other:
        for chosen in (Filter(), Filter(standing="broken"), Filter(host="un.example")):
            assert queue.facets(one, chosen) == queue.facets(other, chosen)
            assert queue.total(one, chosen) == queue.total(other, chosen)
        searched = Filter(q="page-3")
        assert queue.urls(one, searched) == queue.urls(other, searched)


def test_the_rows_are_the_findings_of_the_report_in_its_order(store: Store, path: Path) -> None:
    assert index.refresh(store, path, RULES, NOW) == len(URLS)
    rows = of_queue(path)
    assert rows == of_report(found(store))
    assert len({standing for _, standing, *_ in rows}) >= 4, "the test tries too little"


@pytest.mark.parametrize("pack", [PackName.PEW2024, PackName.IABOT])
def test_another_definition_has_other_standings(store: Store, path: Path, pack: PackName) -> None:
    index.refresh(store, path, RULES, NOW, pack=pack)
    assert of_queue(path) == of_report(found(store, pack=pack))
    assert index.refresh(store, path, RULES, NOW) == len(URLS), "made by another definition"
    assert_whole(store, path)


def test_only_what_is_new_is_read(store: Store, path: Path) -> None:
    index.refresh(store, path, RULES, NOW)
    assert index.refresh(store, path, RULES, NOW) == 0
    check(store, 7, URLS[:3], random.Random(1))
    assert index.refresh(store, path, RULES, NOW) == 3
    assert_whole(store, path)
    put_settled(store, run_name(7), Settled(ended=FIRST, void="it proved nothing"))
    assert index.refresh(store, path, RULES, NOW) == 3, "the run is void after all"
    assert_whole(store, path)


def test_a_link_that_no_statement_cites_any_more_goes(store: Store, path: Path) -> None:
    index.refresh(store, path, RULES, NOW)
    cite(store, *URLS[3:])
    index.refresh(store, path, RULES, NOW)
    assert {row[0] for row in of_queue(path)} == set(URLS[3:])
    assert_whole(store, path)


def test_a_new_capture_of_a_page_takes_the_place_of_the_one_before(
    store: Store, path: Path
) -> None:
    index.refresh(store, path, RULES, NOW)
    check(store, 7, ["http://added.example/later"], random.Random(1))
    assert index.refresh(store, path, RULES, NOW) == 1, "it was checked, but nothing cites it"
    assert len(of_queue(path)) == len(URLS)
    cited = [*URLS[5:], "http://added.example/later"]
    cite(store, *cited, warc_name="b.warc.gz", captured=FIRST)
    assert index.refresh(store, path, RULES, NOW) > 0
    assert {row[0] for row in of_queue(path)} == set(cited)
    assert_whole(store, path)


@pytest.mark.parametrize("damage", [b"", b"no database at all" * 300])
def test_an_index_that_is_lost_or_damaged_is_made_anew(
    store: Store, path: Path, damage: bytes
) -> None:
    path.write_bytes(damage)
    assert index.refresh(store, path, RULES, NOW) == len(URLS)
    path.unlink()
    assert index.refresh(store, path, RULES, NOW) == len(URLS)
    assert_whole(store, path)
    assert [one.name for one in path.parent.glob("review*")] == [path.name]


def test_verdicts_judged_again_are_read_again(store: Store, path: Path) -> None:
    index.refresh(store, path, RULES, NOW)
    verdict = Verdict(
        outcome=Outcome.GONE, reason="http-410", sentence="Gone.", confidence="high",
        final_url=None, rules_version="1",
    )  # fmt: skip
    numbers = [number for (number,) in store.read("SELECT check_id FROM checks")]
    store.put_verdicts([(number, verdict) for number in numbers])
    index.refresh(store, path, RULES, NOW)
    assert {row[3] for row in of_queue(path)} == {"http-410"}


def test_whoever_has_it_open_reads_the_one_made_anew(
    store: Store, path: Path, db: sqlite3.Connection
) -> None:
    assert queue.total(db, Filter(q="page-1")) == 3
    index.refresh(store, path, LifecycleRules(gone_checks=1), NOW)
    cite(store, *URLS[1:2])
    index.refresh(store, path, RULES, NOW)
    assert queue.urls(db, Filter(q="page-1")) == URLS[1:2]


def test_decisions_are_taken_in_one_by_one(store: Store, path: Path) -> None:
    index.refresh(store, path, RULES, NOW)
    broken = [one for one in found(store) if one.is_broken]
    one, other = broken[0], broken[1]
    basis = Basis(outcome=one.outcome, reason=one.reason, final_url=one.final_url)
    decide(store, Kind.NOT_BROKEN, one.url, basis=basis, note="I saw flamingos")
    decide(store, Kind.CONFIRMED, other.url, author="ben")
    assert index.refresh(store, path, RULES, NOW) == 2
    assert_whole(store, path)
    with closing(index.open_index(path)) as db:
        assert queue.urls(db, Filter(q="flamingo")) == [one.url]
        assert queue.urls(db, Filter(decision="confirmed")) == [other.url]
        assert queue.urls(db, Filter(author="ben")) == [other.url]
        assert queue.total(db, Filter(decision="none")) == len(URLS) - 2
        row = queue.row(db, other.url)
    assert row is not None
    assert (row.author, row.latest) == ("ben", 2)


def test_rules_touch_what_they_fit_and_end(store: Store, path: Path) -> None:
    index.refresh(store, path, RULES, NOW)
    last = date.fromisoformat(f"{NOW:%Y-%m-%d}")
    for scope, subject in (
        (Scope.HOST, "UN.example"),
        (Scope.REASON, "http-404"),
        (Scope.PATTERN, "*nato*page-3"),
    ):
        one = decide(store, Kind.IGNORED, subject, scope=scope, note="No matter.", expires=last)
        assert 0 < index.refresh(store, path, RULES, NOW) < len(URLS)
        assert_whole(store, path)
    undo(store, one.id, "ben", NOW)
    assert index.refresh(store, path, RULES, NOW) == 1
    assert_whole(store, path)
    tomorrow = NOW + timedelta(days=1)
    assert index.refresh(store, path, RULES, tomorrow) > 9
    assert_whole(store, path, tomorrow)
    assert not any(row[-1] for row in of_queue(path))
