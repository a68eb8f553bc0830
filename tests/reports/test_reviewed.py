"""Reviewers' decisions in reports: what is broken, in which share, in every format."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from citing import cite

from pipelines.checks.evidence import Evidence
from pipelines.checks.hop import Hop
from pipelines.checks.page_facts import PageFacts
from pipelines.decisions.log import append, undo
from pipelines.decisions.model import Basis, Decision, Kind, Scope, new_id
from pipelines.decisions.standing import Effect, Ruling, in_force
from pipelines.store import Store
from pipelines.verdicts.pack_names import PackName
from pipelines.verdicts.rules import Rules
from pipelines.verdicts.verdict import judge
from reports.assembly import Imprint, assemble
from reports.changes import Change, changes, differences
from reports.findings import Finding, Report
from reports.formats import FORMATS, write
from reports.overview import broken_links, hit_statements
from reports.reviewed import by_reviewer, reviewed
from reports.standing import Standing
from reports.statistics import share_broken
from warc.exchange import Ending

DAY = datetime(2026, 3, 1, tzinfo=UTC)
NOW = DAY + timedelta(days=30)
GONE, OTHER, FINE = (f"http://{name}.example/x" for name in ("gone", "other", "fine"))
PAGE = PageFacts(title="Report", text="Words. " * 99, text_length=700, prose_length=2500)
SEEN = Basis(outcome="gone", reason="http-404", final_url=GONE)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """Yield a store of two runs: two links were gone in both, one works."""
    with Store(tmp_path / "store.sqlite") as opened:
        cite(opened, GONE, OTHER, FINE)
        for day in (DAY, DAY + timedelta(days=4)):
            found = [_check(GONE, 404, day), _check(OTHER, 404, day), _check(FINE, 200, day)]
            opened.put_checks(f"{day:%Y%m%dT%H%M%SZ}", found)
        yield opened


def _check(url: str, status: int, day: datetime) -> Any:
    hop = Hop(
        url=url, method="GET", began=day, status=status, ending=Ending.COMPLETE, size=900,
        content_type="text/html", sniffed="html", page=PAGE,
    )  # fmt: skip
    evidence = Evidence(url=url, checked=day, hops=(hop,))
    return evidence, judge([evidence], Rules())


def decide(store: Store, kind: Kind, **fields: Any) -> Decision:
    values: dict[str, Any] = {
        "id": new_id(), "made": DAY + timedelta(days=9), "author": "Ada <b>", "kind": kind,
        "subject": GONE, "basis": SEEN, "note": "=1+1",
    }  # fmt: skip
    made = Decision(**{**values, **fields})
    append(store, [made])
    return made


def report(store: Store, pack: PackName = PackName.STRICT) -> Report:
    imprint = Imprint(collection="c", run_id="r", generated=NOW, replay_base="http://x/")
    return assemble(store, imprint, pack=pack)


def of(made: Report, url: str = GONE) -> Finding:
    return next(one for one in made.findings if one.url == url)


@pytest.mark.parametrize("kind", [Kind.NOT_BROKEN, Kind.DISMISSED, Kind.IGNORED])
@pytest.mark.parametrize("pack", [PackName.STRICT, PackName.PEW2024])
def test_what_is_set_aside_is_in_no_share(store: Store, kind: Kind, pack: PackName) -> None:
    before = share_broken(report(store, pack).findings)
    assert (before.numerator, before.denominator) == (2, 3)
    one = decide(store, kind)
    made = report(store, pack)
    share = share_broken(made.findings)
    assert (share.numerator, share.denominator, share.set_aside) == (1, 2, 1)
    found = of(made)
    assert (found.standing, found.is_broken, found.is_confirmed) == (
        Standing.SET_ASIDE, False, False,
    )  # fmt: skip
    assert found.ruling == Ruling(decision=replace(one, number=1), effect=Effect.SET_ASIDE)
    assert {found.rulings[one] for one in ("strict", "pew2024")} == {Standing.SET_ASIDE}
    assert "1 set aside by reviewers" in str(broken_links(made))
    assert hit_statements(made).share.numerator == 1


def test_undone_it_is_broken_as_before(store: Store) -> None:
    before = report(store)
    undo(store, decide(store, Kind.IGNORED).id, "Bob", NOW)
    assert report(store) == before


def test_a_triage_does_not_look_as_if_links_had_come_back(store: Store) -> None:
    decide(store, Kind.DISMISSED)
    made = report(store)
    assert differences(made) == dict.fromkeys(Standing, 0)
    assert changes(made) == {Change.STILL: 1, Change.NONE: 2}
    assert [one.standings[Standing.BROKEN] for one in made.trend] == [1, 1]


def test_what_was_dismissed_is_broken_again_when_it_changes(store: Store) -> None:
    decide(store, Kind.DISMISSED)
    day = DAY + timedelta(days=20)
    store.put_checks(f"{day:%Y%m%dT%H%M%SZ}", [_check(GONE, 410, day)])
    made = report(store)
    assert of(made).is_broken
    assert of(made).ruling is None
    assert changes(made)[Change.NEW] == 1


def test_a_host_ignored_leaves_the_shares_with_its_working_links(store: Store) -> None:
    decide(store, Kind.IGNORED, scope=Scope.HOST, subject="fine.example", basis=None)
    share = share_broken(report(store).findings)
    assert (share.numerator, share.denominator, share.set_aside) == (2, 2, 1)


def test_an_expired_rule_has_no_effect(store: Store) -> None:
    decide(store, Kind.IGNORED, expires=date(2026, 3, 30))
    assert share_broken(report(store).findings).set_aside == 0
    decide(store, Kind.IGNORED, expires=date(2026, 3, 31), subject=OTHER)
    assert share_broken(report(store).findings).set_aside == 1


def test_what_a_reviewer_confirmed_is_confirmed_on_first_sight(store: Store) -> None:
    assert not of(report(store)).is_confirmed
    decide(store, Kind.CONFIRMED)
    assert of(report(store)).is_confirmed


def test_a_replacement_that_a_reviewer_named_is_told(store: Store) -> None:
    decide(store, Kind.REPLACED, replacement="https://new.example/x")
    found = of(report(store))
    assert found.is_broken
    assert found.replacement
    assert (found.replacement.url, found.replacement.source) == (
        "https://new.example/x",
        "reviewer",
    )


@pytest.mark.parametrize(
    ("standing", "ignored", "dismissed"),
    [
        (Standing.BROKEN, Standing.SET_ASIDE, Standing.SET_ASIDE),
        (Standing.UNSEEN, Standing.SET_ASIDE, Standing.SET_ASIDE),
        (Standing.WORKS, Standing.SET_ASIDE, Standing.WORKS),
        (Standing.NOT_ASKED, Standing.NOT_ASKED, Standing.NOT_ASKED),
    ],
)
def test_where_a_link_stands_when_set_aside(
    standing: Standing, ignored: Standing, dismissed: Standing
) -> None:
    for kind, expected in ((Kind.IGNORED, ignored), (Kind.DISMISSED, dismissed)):
        made = Decision(
            id=new_id(), made=DAY, author="A", kind=kind, subject=GONE, note="x", basis=SEEN
        )
        assert by_reviewer(standing, Ruling(decision=made, effect=Effect.SET_ASIDE)) is expected


def test_without_decisions_a_finding_is_itself(finding_of: Callable[..., Finding]) -> None:
    finding = finding_of()
    assert reviewed(finding, in_force([], NOW)) is finding


@pytest.fixture
def decided(store: Store) -> Report:
    decide(store, Kind.DISMISSED)
    decide(store, Kind.REPLACED, subject=OTHER, replacement="https://new.example/x", note="moved")
    return report(store)


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_every_format_tells_who_decided(decided: Report, tmp_path: Path, name: str) -> None:
    path = tmp_path / f"report.{name}"
    write(decided, name, path)
    if name == "xlsx":
        from openpyxl import load_workbook

        links = load_workbook(path)["Links"]
        rows = list(links.iter_rows(values_only=True))
        told = {row[0]: dict(zip(rows[0], row, strict=True)) for row in rows[1:]}[GONE]
        assert (told["decision"], told["decided by"], told["decision note"]) == (
            "dismissed", "Ada <b>", "'=1+1",
        )  # fmt: skip
    elif name == "parquet":
        from pyarrow import parquet

        rows = {row["url"]: row["decision"] for row in parquet.read_table(path).to_pylist()}
        assert (rows[GONE]["kind"], rows[FINE]) == ("dismissed", None)
        assert rows[GONE]["made"] == DAY + timedelta(days=9)
    elif name == "html":
        text = path.read_text("utf-8")
        assert "Ada &lt;b&gt;" in text
        assert "Set aside by a reviewer" in text
        assert "1 is set aside by reviewers" in text
    elif name == "atom":
        assert path.read_text("utf-8").startswith("<?xml")  # neither link was called dead
    else:
        assert "2026-03-10" in path.read_text("utf-8")


def test_machines_read_the_decision(decided: Report, tmp_path: Path) -> None:
    for name in ("jsonl", "csv", "junit"):
        write(decided, name, tmp_path / name)
    lines = map(json.loads, (tmp_path / "jsonl").read_text("utf-8").splitlines())
    told = {one["url"]: one for one in lines}
    assert (told[GONE]["standing"], told[FINE]["decision"]) == ("set-aside", None)
    assert (told[GONE]["decision"]["kind"], told[GONE]["decision"]["author"]) == (
        "dismissed", "Ada <b>",
    )  # fmt: skip
    rows = csv.DictReader((tmp_path / "csv").read_text("utf-8-sig").splitlines())
    row = next(row for row in rows if row["url"] == GONE)
    assert (row["decision"], row["decided_by"], row["decided"], row["decision_note"]) == (
        "dismissed", "Ada <b>", "2026-03-10T00:00:00+00:00", "'=1+1",
    )  # fmt: skip
    junit = (tmp_path / "junit").read_text("utf-8")
    assert 'failures="1"' in junit
    assert 'skipped message="Dismissed until it changes by Ada &lt;b&gt; on 2026-03-10' in junit
