"""The review's queue: its rows are the report's findings, however they were brought up to date."""

from __future__ import annotations

import random
import sqlite3
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from citing import cite

from pipelines.check_runs import begin_run, put_settled
from pipelines.checks.evidence import Evidence
from pipelines.checks.hop import Hop
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


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """Yield a store of links that were checked in seven runs, and one that never was."""
    chance = random.Random(6)
    with Store(tmp_path / "store.sqlite") as opened:
        cite(opened, *URLS, "http://never.example/asked")
        for run in range(7):
            check(opened, run, [url for url in URLS if chance.random() < 0.8], chance)
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


SORTED = [*queue.SORTS, *(f"-{name}" for name in queue.SORTS)]


@pytest.mark.parametrize("sort", SORTED)
def test_pages_and_neighbours_follow_one_order(db: sqlite3.Connection, sort: str) -> None:
    chosen = Filter(host="un.example")
    whole = queue.urls(db, chosen, sort)
    assert len(whole) == 9
    pages = [queue.page(db, chosen, sort, number, size=4) for number in (1, 2, 3)]
    assert [row.url for page in pages for row in page.rows] == whole
    assert queue.page(db, chosen, sort, 99, size=4) == pages[-1]
    assert {(page.total, page.pages) for page in pages} == {(9, 3)}
    walked = [queue.neighbours(db, chosen, sort, url) for url in whole]
    assert [one.next for one in walked] == [*whole[1:], None]
    assert [one.previous for one in walked] == [None, *whole[:-1]]


def test_neighbours_of_a_link_that_passes_no_more(db: sqlite3.Connection) -> None:
    whole = queue.urls(db, Filter())
    broken = queue.urls(db, Filter(standing="broken"))
    other = next(url for url in whole if url not in broken)
    assert queue.neighbours(db, Filter(standing="broken"), "reading", other) == queue.Neighbours(
        previous=broken[-1], next=None
    )
    assert queue.neighbours(db, Filter(), "reading", "http://unknown/").next == whole[0]


FILTERS = [
    Filter(),
    Filter(standing="broken"),
    Filter(standing="broken", reason="http-404", host="nato.example"),
    Filter(decision="none", tld="example", year="2016"),
    Filter(q="page-1", state="suspect"),
    Filter(q="report trade", confidence="high", host="un.example", outcome="gone"),
    Filter(q="os", standing="broken"),
]


@pytest.mark.parametrize("chosen", FILTERS, ids=lambda one: "&".join(one.to_query()))
def test_facets_say_what_another_choice_would_show(db: sqlite3.Connection, chosen: Filter) -> None:
    assert Filter.from_query(chosen.to_query()) == chosen
    assert queue.total(db, chosen) == len(queue.urls(db, chosen))
    facets = queue.facets(db, chosen)
    for name in queue.FACETS:
        counts = getattr(facets, name)
        assert sum(counts.values()) == queue.total(db, _with(chosen, name, ""))
        for value, count in counts.items():
            assert queue.total(db, _with(chosen, name, value)) == count, (name, value)


def _with(chosen: Filter, name: str, value: str) -> Filter:
    return Filter.from_query({**chosen.to_query(), name: value})


def test_facets_count_as_a_reader_would(db: sqlite3.Connection, path: Path) -> None:
    rows = [row for row in of_queue(path) if "page-1" in str(row[0])]
    counts = Counter(row[1] for row in rows)
    assert dict(queue.facets(db, Filter(q="page-1")).standing) == counts


@pytest.mark.parametrize(
    ("q", "expected"),
    [
        ("PAGE-7", 3),
        ("page-7 nato", 1),
        ('"report on trade"', 27),
        ("?gone", 3),
        ("o", 9),  # www.osce
        ("na page-7", 1),
        ("page-7 OR nato", 0),
        ('"', 27),
        ("%", 0),
        ("*:^()-", 0),
        ("a\0b", 0),
    ],
)
def test_what_is_typed_is_looked_for_as_it_stands(
    db: sqlite3.Connection, q: str, expected: int
) -> None:
    found = queue.total(db, Filter(q=q))
    assert found == len(queue.page(db, Filter(q=q)).rows)
    assert found == expected or (q == "?gone" and found)


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ({"colour": "red"}, "there is no filter 'colour'"),
        ({"standing": "dead"}, "standing cannot be 'dead'; known: broken, could-not-look"),
        ({"year": "16"}, "year cannot be '16'; it has four digits"),
        ({"q": "x" * 501}, "q is longer than 500 characters"),
        ({"decision": "undo"}, "decision cannot be 'undo'"),
    ],
)
def test_an_address_that_cannot_be_is_refused_in_words(query: dict[str, str], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        Filter.from_query(query)


def test_an_order_that_does_not_exist_is_refused_in_words(db: sqlite3.Connection) -> None:
    with pytest.raises(ValueError, match="there is no order 'rowid; --'"):
        queue.page(db, Filter(), "rowid; --")


def test_sort_and_page_stand_beside_the_filter() -> None:
    query = {"page": "3", "sort": "-cited", "q": " a b ", "standing": "broken", "host": ""}
    assert Filter.from_query(query).to_query() == {"standing": "broken", "q": "a b"}
