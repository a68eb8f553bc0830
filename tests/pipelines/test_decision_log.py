"""The log of decisions: append-only, guarded against others, and never lost with the store."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from citing import cite

from pipelines.checks.evidence import Evidence
from pipelines.checks.hop import Hop
from pipelines.decisions.kept import DecisionFileError, line_of, read_decisions
from pipelines.decisions.log import (
    ConflictError,
    UnknownDecisionError,
    append,
    decisions,
    history,
    import_decisions,
    latest,
    undo,
)
from pipelines.decisions.model import Decision, Kind, new_id
from pipelines.decisions.standing import in_force
from pipelines.due import Choice, select
from pipelines.lifecycle import LifecycleRules
from pipelines.states import refresh_states
from pipelines.store import Store
from pipelines.store_error import StoreError
from pipelines.verdicts.rules import Rules
from pipelines.verdicts.verdict import judge
from warc.exchange import Ending

URL, OTHER = "http://a.example/x", "http://b.example/y"
DAY = datetime(2026, 11, 24, 9, tzinfo=UTC)


def decide(kind: Kind = Kind.CONFIRMED, url: str = URL, **fields: Any) -> Decision:
    values = {"id": new_id(), "made": DAY, "author": "Ada", "kind": kind, "subject": url}
    return Decision(**{**values, **fields})


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path / "store.sqlite") as opened:
        yield opened


def ids(store: Store) -> list[str]:
    return [one.id for one in decisions(store)]


def test_what_is_appended_is_the_history_of_its_link(store: Store) -> None:
    made = [decide(), decide(url=OTHER), decide(Kind.NOTE, note="looked again")]
    assert append(store, made) == [1, 2, 3]
    assert [one.id for one in history(store, URL)] == [made[0].id, made[2].id]
    assert {url: one.number for url, one in latest(store, [URL, OTHER, "x"]).items()} == {
        URL: 3,
        OTHER: 2,
    }


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE decisions SET note = 'x'",
        "DELETE FROM decisions",
        "INSERT OR REPLACE INTO decisions SELECT * FROM decisions",
    ],
)
def test_the_store_refuses_to_change_the_log(store: Store, change: str) -> None:
    append(store, [decide()])
    with (
        pytest.raises(sqlite3.IntegrityError, match="decisions are never"),
        store.transaction() as db,
    ):
        db.execute(change)
    assert len(ids(store)) == 1


def test_a_decision_that_came_between_is_shown_and_nothing_is_written(store: Store) -> None:
    append(store, [decide(author="Bob")], expect={URL: 0})
    file = store.decisions_path.read_bytes()
    with pytest.raises(ConflictError) as error:
        append(store, [decide(url=OTHER), decide()], expect={OTHER: 0, URL: 0})
    assert (error.value.url, error.value.theirs.author) == (URL, "Bob")
    assert len(ids(store)) == 1
    assert store.decisions_path.read_bytes() == file
    assert append(store, [decide()], expect={URL: 1}) == [2]


def test_of_many_at_once_who_saw_the_same_one_decides(tmp_path: Path) -> None:
    path = tmp_path / "store.sqlite"
    Store(path).close()
    told: list[int] = []

    def try_it() -> None:
        with Store(path) as own, suppress(ConflictError):
            told.extend(append(own, [decide()], expect={URL: 0}))

    threads = [threading.Thread(target=try_it) for _ in range(6)]
    for one in threads:
        one.start()
    for one in threads:
        one.join(60)
    assert told == [1]
    assert len(read_decisions(tmp_path / "decisions.jsonl")) == 1


def test_a_clock_that_goes_back_does_not_turn_decisions_round(store: Store) -> None:
    append(store, [decide()])
    append(store, [decide(made=DAY - timedelta(days=1)), decide(made=DAY)])
    dates = [one.made for one in history(store, URL)]
    assert dates == sorted(set(dates))


def test_undo_takes_back_and_undo_of_that_brings_back(store: Store) -> None:
    one = decide()
    append(store, [one])
    (number,) = undo(store, one.id, "Bob", DAY)
    taken_back = history(store, URL)[-1]
    assert (taken_back.number, taken_back.undoes, taken_back.author) == (number, one.id, "Bob")
    assert not in_force(decisions(store), DAY)
    with pytest.raises(UnknownDecisionError, match="undone already"):
        undo(store, one.id, "Bob", DAY)
    undo(store, taken_back.id, "Bob", DAY)
    assert in_force(decisions(store), DAY)
    with pytest.raises(UnknownDecisionError, match="no decision or batch"):
        undo(store, new_id(), "Bob", DAY)


def test_a_batch_is_undone_at_once_and_so_is_that(store: Store) -> None:
    batch = new_id()
    made = [decide(url=f"http://a.example/{n}", batch=batch) for n in range(3)]
    append(store, made)
    undo(store, made[0].id, "Ada", DAY)
    assert len(undo(store, batch, "Ada", DAY)) == 2
    assert not in_force(decisions(store), DAY)
    again = decisions(store)[-1].batch
    assert again
    assert len(undo(store, again, "Ada", DAY)) == 2
    assert len(in_force(decisions(store), DAY).links) == 2


def test_decisions_outlive_the_store(tmp_path: Path) -> None:
    path = tmp_path / "store.sqlite"
    with Store(path) as first:
        append(first, [decide(), decide(url=OTHER)])
        kept = decisions(first)
    for file in tmp_path.glob("store.sqlite*"):
        file.unlink()
    with Store(path) as second:
        assert decisions(second) == kept


def test_a_lost_file_is_made_again(store: Store) -> None:
    append(store, [decide()])
    store.decisions_path.unlink()
    append(store, [decide(url=OTHER)])
    assert [one.id for one in read_decisions(store.decisions_path)] == ids(store)


def test_a_line_that_a_crash_cut_off_is_no_decision(tmp_path: Path) -> None:
    file, path = tmp_path / "decisions.jsonl", tmp_path / "store.sqlite"
    whole, cut = decide(), decide(url=OTHER)
    file.write_text(line_of(whole) + line_of(cut)[:-20], "ascii")
    with Store(path) as store:
        assert ids(store) == [whole.id]
        append(store, [decide(url=OTHER)])
        assert len(read_decisions(file)) == 2


def test_a_file_without_its_last_line_end_loses_nothing(tmp_path: Path) -> None:
    file = tmp_path / "decisions.jsonl"
    one = decide()
    file.write_text(line_of(one).rstrip(), "ascii")
    with Store(tmp_path / "store.sqlite") as store:
        assert ids(store) == [one.id]
        append(store, [decide(url=OTHER)])
    assert len(read_decisions(file)) == 2


def test_what_came_with_the_file_is_taken_in_when_the_store_opens(tmp_path: Path) -> None:
    file, path = tmp_path / "decisions.jsonl", tmp_path / "store.sqlite"
    with Store(path) as store:
        append(store, [decide()])
    theirs = decide(url=OTHER, author="Bob")
    with file.open("a", encoding="ascii") as end:
        end.write(line_of(theirs))
    with Store(path) as store:
        assert ids(store)[-1] == theirs.id


def test_a_bad_line_is_told_with_its_place(tmp_path: Path) -> None:
    file = tmp_path / "decisions.jsonl"
    bad = line_of(decide()).replace('"confirmed"', '"maybe"')
    file.write_text(line_of(decide(url=OTHER)) + "\n" + bad, "ascii")
    with pytest.raises(StoreError, match=r"decisions\.jsonl, line 3: kind: 'maybe' is none of"):
        Store(tmp_path / "store.sqlite")
    file.write_text("<<<<<<< HEAD\n", "ascii")
    with pytest.raises(DecisionFileError, match="line 1: not a line of JSON"):
        read_decisions(file)
    one = decide()
    file.write_text(line_of(one) + line_of(one).replace("Ada", "Eve"), "ascii")
    with pytest.raises(DecisionFileError, match="line 2: id: stands for another"):
        read_decisions(file)


def test_an_import_adds_what_is_new_only(store: Store) -> None:
    known, new = decide(), decide(url=OTHER)
    append(store, [known])
    assert import_decisions(store, [new, known, new]) == 1
    assert import_decisions(store, [new, known]) == 0
    assert len(read_decisions(store.decisions_path)) == 2


def test_where_the_file_cannot_be_written_nothing_is_decided(store: Store) -> None:
    store.decisions_path.mkdir()
    with pytest.raises(StoreError, match=r"decisions\.jsonl: cannot be written: Is a directory"):
        append(store, [decide()])
    assert ids(store) == []


def test_a_recheck_makes_a_link_due_until_it_was_checked(store: Store) -> None:
    cite(store, URL)
    _check(store, DAY)
    soon = DAY + timedelta(minutes=5)
    assert select(store, Choice(), soon).urls == ()
    asked = decide(Kind.RECHECK, made=DAY + timedelta(minutes=1))
    append(store, [asked])
    assert select(store, Choice(), soon).urls == (URL,)
    undo(store, asked.id, "Ada", soon)
    assert select(store, Choice(), soon).urls == ()
    append(store, [decide(Kind.RECHECK, made=soon)])
    assert select(store, Choice(), soon).urls == (URL,)
    _check(store, soon + timedelta(minutes=1))
    assert select(store, Choice(), soon + timedelta(minutes=2)).urls == ()


def _check(store: Store, at: datetime) -> None:
    hop = Hop(url=URL, method="GET", began=at, status=404, ending=Ending.COMPLETE)
    evidence = Evidence(url=URL, checked=at, hops=(hop,))
    run = f"{at:%Y%m%dT%H%M%SZ}"
    store.put_checks(run, [(evidence, judge([evidence], Rules()))])
    refresh_states(store, LifecycleRules(), now=at, run_id=run)
