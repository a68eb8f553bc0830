"""A report by another definition: what counts as broken, since when, and what it is called."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from citing import cite

from pipelines.checks.evidence import Evidence
from pipelines.checks.hop import Hop
from pipelines.checks.page_facts import PageFacts
from pipelines.states import forget_states
from pipelines.store import Store
from pipelines.verdicts.pack_names import PackName
from pipelines.verdicts.rules import Rules
from pipelines.verdicts.verdict import judge
from reports.assembly import Imprint, assemble
from reports.changes import Change, changes, differences
from reports.definitions import shares_by_definition
from reports.findings import Report
from reports.formats import FORMATS, write
from reports.standing import Standing
from reports.statistics import share_broken
from warc.exchange import Ending

DAY = datetime(2026, 3, 1, tzinfo=UTC)
GONE, SOFT, WALL = (f"http://{name}.example/x" for name in ("gone", "soft", "wall"))
PAGE = PageFacts(title="Report", text="Words. " * 99, text_length=700, prose_length=2500)
MISSING = PageFacts(title="Page not found", text="Not here.", text_length=9, prose_length=9)


def check(url: str, status: int, day: datetime, page: PageFacts = PAGE) -> Evidence:
    hop = Hop(
        url=url, method="GET", began=day, status=status, ending=Ending.COMPLETE, size=900,
        sniffed="html", content_type="text/html", page=page,
    )  # fmt: skip
    return Evidence(url=url, checked=day, hops=(hop,))


@pytest.fixture
def store(tmp_path: Path):
    """Yield a store of three runs, four days apart: the first link works in the first of them."""
    with Store(tmp_path / "store.sqlite") as opened:
        cite(opened, GONE, SOFT, WALL)
        for run in range(3):
            day = DAY + timedelta(days=4 * run)
            evidence = [
                check(GONE, 404 if run else 200, day),
                check(SOFT, 200, day, MISSING),
                check(WALL, 429, day),
            ]
            judged = [(one, judge([one], Rules())) for one in evidence]
            opened.put_checks(f"2026030{run}T000000Z", judged)
        yield opened


def report(store: Store, pack: PackName) -> Report:
    imprint = Imprint(
        collection="c", run_id="r", generated=DAY + timedelta(days=30), replay_base="http://x/"
    )
    return assemble(store, imprint, pack=pack)


def standings(store: Store, pack: PackName) -> list[Standing]:
    return [one.standing for one in report(store, pack).findings]


B, U, W = Standing.BROKEN, Standing.UNSEEN, Standing.WORKS


@pytest.mark.parametrize(
    ("pack", "expected"),
    [
        (PackName.STRICT, [B, B, U]),
        (PackName.PEW2024, [B, W, W]),
        (PackName.IABOT, [W, W, B]),  # two failures are too few; 429 three times is enough
    ],
)
def test_what_is_dead_by_the_definition_is_broken_in_the_report(
    store: Store, pack: PackName, expected: list[Standing]
) -> None:
    assert standings(store, pack) == expected
    share = share_broken(report(store, pack).findings)
    assert (share.numerator, share.blocked) == (expected.count(B), expected.count(U))


def test_every_report_has_the_shares_by_all_definitions(store: Store) -> None:
    for pack in PackName:
        made = report(store, pack)
        shares = shares_by_definition(made.findings)
        assert {name: (one.numerator, one.denominator) for name, one in shares.items()} == {
            "strict": (2, 2), "pew2024": (1, 3), "iabot": (1, 3),
        }  # fmt: skip
        names = [one.pack for one in made.definitions]
        assert names == ["strict", "pew2024", "iabot"]


def test_the_series_of_failures_is_that_of_the_definition(store: Store) -> None:
    gone, soft, wall = report(store, PackName.IABOT).findings
    assert (gone.first_broken, gone.failures) == (None, 0)
    assert (wall.first_broken, wall.failures) == (DAY, 3)
    assert soft.sentence.endswith("By iabot 1: not dead, the answer has status 200.")
    assert wall.sentence.endswith("By iabot 1: dead, it failed 3 times: the answer has status 429.")


def test_strict_is_as_it_always_was(store: Store) -> None:
    made = report(store, PackName.STRICT)
    assert str(made.definition) == f"strict {Rules().version}"
    assert all(one.ruled is None for one in made.findings)
    assert not any("strict" in one.sentence for one in made.findings)
    assert made.previous is not None
    assert made.previous.standings == {GONE: B, SOFT: B, WALL: U}


def test_the_run_before_is_held_against_the_same_definition(store: Store) -> None:
    by_strict, by_iabot = (report(store, pack) for pack in (PackName.STRICT, PackName.IABOT))
    assert changes(by_strict)[Change.NEW] == 0
    assert changes(by_iabot) == {Change.NEW: 1, Change.NONE: 2}
    assert differences(by_iabot)[Standing.BROKEN] == 1
    assert [one.standings.get(B, 0) for one in by_iabot.trend] == [0, 0, 1]
    assert [one.standings.get(B, 0) for one in by_strict.trend] == [1, 2, 2]


@pytest.mark.parametrize("name", sorted(set(FORMATS) - {"xlsx", "parquet"}))
def test_every_format_names_the_definition_and_its_version(
    store: Store, name: str, tmp_path: Path
) -> None:
    path = tmp_path / f"report.{name}"
    write(report(store, PackName.PEW2024), name, path)
    text = path.read_text("utf-8")
    assert "pew2024 1" in text or "pew2024, version 1" in text


def test_the_page_shows_the_same_evidence_by_every_definition(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "report.html"
    made = report(store, PackName.PEW2024)
    write(made, "html", path)
    page = path.read_text("utf-8")
    assert page.count('<th scope="row">pew2024 1</th>') == 1
    assert page.count('<th scope="row">iabot 1</th>') == 1
    write(replace(made, definitions=()), "html", path)
    assert "The same evidence by every definition" not in path.read_text("utf-8")


def test_a_404_behind_a_wall_is_no_proof(store: Store) -> None:
    def ask(run: str, status: int, day: float) -> None:
        evidence = check(WALL, status, DAY + timedelta(days=day))
        store.put_checks(run, [(evidence, judge([evidence], Rules()))])
        forget_states(store)

    ask("20260304T000000Z", 404, 12)
    made = report(store, PackName.STRICT)
    (walled,) = [one for one in made.findings if one.url == WALL]
    assert (walled.outcome, walled.standing, walled.failures) == ("gone", Standing.UNSEEN, 0)
    assert walled.sentence.endswith("turned us away before, so that this is no proof.")
    assert made.trend[-1].standings[Standing.UNSEEN] == 1
    ask("20260305T000000Z", 200, 16)
    ask("20260306T000000Z", 404, 20)
    assert standings(store, PackName.STRICT) == [B, B, B], "it showed itself in between"
