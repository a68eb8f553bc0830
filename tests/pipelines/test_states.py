"""States in the store: what is folded when, an older store, and which runs are void."""

from __future__ import annotations

import resource
import sqlite3
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from link_courses import RULES, check, day

from pipelines.check_runs import (
    begin_run,
    check_runs,
    left_runs,
    settle_left,
    settle_run,
    unfinished_run,
)
from pipelines.checks.evidence import Evidence
from pipelines.due import Choice, select
from pipelines.lifecycle import Event, LifecycleRules, State
from pipelines.states import forget_states, link_state, link_states, refresh_states
from pipelines.store import Store
from pipelines.store_schema import CURRENT_STATEMENTS, SCHEMA, SCHEMA_VERSION
from pipelines.verdicts.verdict import Verdict
from pipelines.void_runs import HostSeen, VoidRules, soundness

A, B = "http://a.example/1", "http://a.example/2"
LATER = day(10_000)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path / "store.sqlite") as store:
        yield store


def seen(text: str, url: str) -> tuple[Evidence, Verdict]:
    one = check(text)
    verdict = Verdict(
        outcome=one.outcome, reason=one.reason, sentence="", confidence="high",
        final_url=one.final_url, rules_version="1",
    )  # fmt: skip
    return Evidence(url=url, checked=one.date), verdict


def run(store: Store, run_id: str, *checks: tuple[str, str]) -> None:
    """Keep one run of checks: (`gone@3`, URL) …"""
    made = [seen(text, url) for text, url in checks]
    begin_run(store, run_id, made[0][0].checked)
    store.put_checks(run_id, made)
    settle_run(store, run_id, VoidRules(), ended=made[-1][0].checked)


def cited(store: Store, *urls: str) -> None:
    with store.transaction() as database:
        database.execute("INSERT INTO warcs VALUES ('w', 1, '1', '{}', 0)")
        database.execute(
            "INSERT INTO statements (statement_id, warc, url, captured, era, text_digest, speakers,"
            " warc_offset) VALUES (1, 'w', 'http://s.example/', '2026-01-01', 'x', 'x', '[]', 0)"
        )
        for place, url in enumerate(urls):
            database.execute("INSERT OR IGNORE INTO links (url, host) VALUES (?, 'x')", (url,))
            database.execute(
                "INSERT INTO citations SELECT 1, link_id, ?, url, '', '' FROM links WHERE url = ?",
                (place, url),
            )


def test_only_links_of_the_run_are_folded(store: Store) -> None:
    run(store, "1", ("ok@0", A), ("ok@0", B))
    assert refresh_states(store, RULES, now=LATER) == 2
    run(store, "2", ("gone@7", A))
    assert refresh_states(store, RULES, now=LATER, run_id="2") == 1
    state = link_state(store, A)
    assert (state.state, state.since, state.failures) == (State.SUSPECT, day(7), 1)
    assert (state.next_due, state.event, state.checked) == (day(10), Event.FAILED, day(7))
    assert refresh_states(store, RULES, now=LATER) == 0
    forget_states(store)
    assert refresh_states(store, RULES, now=LATER) == 2


def test_other_rules_make_all_states_anew(store: Store) -> None:
    run(store, "1", ("gone@0", A))
    refresh_states(store, RULES, now=LATER)
    other = LifecycleRules(gone_checks=1)
    assert refresh_states(store, other, now=LATER) == 1
    assert link_state(store, A).state is State.DEAD_GONE
    assert refresh_states(store, other, now=LATER) == 0


def test_links_of_a_run_under_way_are_folded_each_time(store: Store) -> None:
    run(store, "1", ("ok@0", A))
    refresh_states(store, RULES, now=LATER)
    begin_run(store, "2", day(7))
    store.put_checks("2", [seen("gone@7", A)])
    refresh_states(store, RULES, now=LATER)
    assert link_state(store, A).state is State.SUSPECT


def test_a_link_of_a_host_that_walls_us_off_is_gone_where_the_host_answers(store: Store) -> None:
    run(store, "1", ("blocked@0", A), ("ok@0", B))
    run(store, "2", ("gone@30", A))
    refresh_states(store, RULES, now=LATER)
    assert link_state(store, A).state is State.BLOCKED
    run(store, "3", ("gone@60", A), ("ok@60", B))
    refresh_states(store, RULES, now=LATER, run_id="3")
    assert link_state(store, A).state is State.SUSPECT


def test_a_check_of_the_future_is_left_out(store: Store) -> None:
    run(store, "1", ("ok@0", A))
    run(store, "2", ("gone@5000", A))
    refresh_states(store, RULES, now=day(1))
    assert link_state(store, A).state is State.ALIVE


@pytest.mark.parametrize(("kind", "after"), [("slow", State.SUSPECT), ("proxy", State.ALIVE)])
def test_void_runs_change_no_state_and_are_told(store: Store, kind: str, after: State) -> None:
    urls = [f"http://h{number}.example/" for number in range(10)]
    run(store, "1", *((("ok@0"), url) for url in urls))
    run(
        store, "2", *((f"{kind}@7" if place < 2 else "ok@7", url) for place, url in enumerate(urls))
    )
    refresh_states(store, RULES, now=LATER)
    assert {link_state(store, url).state for url in urls} == {State.ALIVE}
    assert [bool(one.void) for one in check_runs(store)] == [False, True]
    run(
        store,
        "3",
        *((f"{kind}@14" if place < 2 else "ok@14", url) for place, url in enumerate(urls)),
    )
    assert not check_runs(store)[-1].void, "these two are known to fail: most others had answered"
    refresh_states(store, RULES, now=LATER, run_id="3")
    assert link_state(store, urls[0]).state is after


@pytest.mark.parametrize(
    ("hosts", "silent", "before", "is_void"),
    [(10, 2, 0, True), (10, 1, 0, False), (9, 9, 0, False), (100, 20, 0, True),
     (100, 19, 0, False), (100, 100, 0, True), (100, 30, 30, False), (50, 30, 20, True)],
)  # fmt: skip
def test_a_fifth_of_ten_hosts_or_more_voids_a_run(
    hosts: int, silent: int, before: int, is_void: bool
) -> None:
    seen = [
        HostSeen(host=str(n), silent=n < silent, failed_before=n < before) for n in range(hosts)
    ]
    found = soundness(seen, [], VoidRules())
    assert bool(found.void) is is_void, found
    assert (found.hosts, found.silent) == (hosts, silent)
    assert (
        "control address http://c.example/"
        in soundness(seen, ["http://c.example/"], VoidRules()).void
    )
    assert bool(soundness(seen, [], VoidRules(share=0.01, hosts=1)).void) is (silent > before)


def test_names_that_vanish_all_at_once_are_our_own_name_server(store: Store) -> None:
    urls = [f"http://h{number}.example/" for number in range(10)]
    run(store, "0", *(("noname@0", url) for url in urls))
    assert not check_runs(store)[-1].void, "a first run finds dead names, and may find many"
    run(store, "1", *(("ok@7", url) for url in urls))
    run(store, "2", *(("noname@14", url) for url in urls))
    assert check_runs(store)[-1].void


def test_a_run_goes_on_for_a_day(store: Store) -> None:
    assert unfinished_run(store, day(0)) is None
    begin_run(store, "1", day(0))
    found = unfinished_run(store, day(0.9))
    assert found is not None
    assert found.run_id == "1"
    assert unfinished_run(store, day(1.1)) is None
    store.put_checks("1", [seen("ok@0.5", A)])
    assert left_runs(store, but="1") == []
    (abandoned,) = left_runs(store)
    settle_left(store, abandoned, VoidRules(), RULES, now=day(2))
    (left,) = check_runs(store)
    assert (left.ended, link_state(store, A).state) == (day(0.5), State.ALIVE)


def test_what_is_due_is_chosen(store: Store) -> None:
    new, mail = "http://new.example/", "mailto:a@b.example"
    run(store, "1", ("ok@0", A), ("gone@0", B), ("mail@0", mail))
    cited(store, A, B, new, mail)
    refresh_states(store, RULES, now=LATER)
    assert list(link_states(store)) == [A, B, new, mail]
    chosen = select(store, Choice(), day(3))
    assert (chosen.urls, chosen.later, chosen.never) == ((B, new), 1, 1)
    assert chosen.next_due == day(7)
    assert select(store, Choice(), day(7)).urls == (A, B, new)
    assert select(store, Choice(everything=True), day(1), answered={A}).urls == (B, new, mail)
    assert select(store, Choice(host="a.example"), day(3)).urls == (B,)
    assert select(store, Choice(urls=("http://A.example/1#x", mail)), day(0)).urls == (A, mail)


@pytest.mark.parametrize("version", [1, 2])
def test_an_older_store_is_opened_with_its_checks(tmp_path: Path, version: int) -> None:
    path = tmp_path / "old.sqlite"
    database = sqlite3.connect(path)
    for statement in (*SCHEMA.strip().removesuffix(";").split(";\n"), CURRENT_STATEMENTS):
        database.execute(statement)
    database.execute("INSERT INTO links VALUES (1, ?, 'a.example')", (A,))
    for number, (date, outcome) in enumerate([(0, "ok"), (7, "gone"), (10, "gone"), (13, "gone")]):
        row = (number, f"run{number}", day(date).isoformat())
        database.execute("INSERT INTO checks VALUES (?, 1, ?, ?, '{}')", row)
        database.execute(
            "INSERT INTO verdicts VALUES (?, '1', ?, ?, '', 'high', NULL)",
            (number, outcome, "http-404"),
        )
    database.execute(f"PRAGMA user_version = {version}")
    database.commit()
    database.close()
    for _ in range(2):
        with Store(path) as store:
            assert store.read("PRAGMA user_version") == [(SCHEMA_VERSION,)]
            assert [one.run_id for one in check_runs(store)] == ["run0", "run1", "run2", "run3"]
            assert unfinished_run(store, day(13)) is None
            refresh_states(store, RULES, now=LATER)
            assert link_state(store, A).state is State.DEAD_GONE


def test_twenty_thousand_checks_are_folded_in_a_blink(store: Store) -> None:
    with store.transaction() as database:
        for link in range(2_000):
            database.execute("INSERT INTO links VALUES (?, ?, 'h')", (link, f"http://h/{link}"))
            for week in range(10):
                number = 10 * link + week
                date = (day(0) + timedelta(weeks=week)).isoformat()
                row = (number, link, f"r{week}", date)
                database.execute("INSERT INTO checks VALUES (?, ?, ?, ?, '{}')", row)
                database.execute(
                    "INSERT INTO verdicts VALUES (?, '1', 'ok', 'ok', '', 'high', NULL)", (number,)
                )
    before = resource.getrusage(resource.RUSAGE_SELF).ru_utime
    assert refresh_states(store, RULES, now=LATER) == 2_000
    assert resource.getrusage(resource.RUSAGE_SELF).ru_utime - before < 2
    assert isinstance(link_state(store, "http://h/7").since, datetime)


def test_hosts_that_fail_though_a_control_url_opens_are_known_to_fail(store: Store) -> None:
    def ask(run_id: str, date: float, *, is_controlled: bool) -> str:
        made = [seen(f"slow@{date}", f"http://h{number}.example/") for number in range(12)]
        begin_run(store, run_id, made[0][0].checked)
        store.put_checks(run_id, made)
        return settle_run(
            store, run_id, VoidRules(), ended=day(date + 0.1), is_controlled=is_controlled
        ).void

    assert ask("1", 0, is_controlled=False)
    assert ask("2", 3, is_controlled=True), "they were not known to fail"
    assert not ask("3", 6, is_controlled=True)
