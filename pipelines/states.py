"""The states of links in the store: folded from their checks, only where something is new."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import groupby, islice
from operator import itemgetter
from typing import Any

from pipelines.lifecycle import (
    Event,
    LifecycleRules,
    LinkState,
    Observation,
    State,
    fold,
    trace,
)
from pipelines.store import Store
from pipelines.verdicts.reasons import Outcome

_NAME = "link_states"
_VERSION = 2  # of the fold itself; a higher one makes all states anew
_BATCH = 5_000

# Link by link in the order of the temporary table (CROSS JOIN keeps it), so that nothing is
# sorted. A page's title is read only where the link was once parked: it tells whether the page is
# back.
_CHECKS = """
SELECT stale.link_id, checks.checked, outcome, reason, final_url,
    coalesce(void != '' OR instr(doubted, ' ' || reason || ' '), 0),
    answering.run_id IS NOT NULL,
    CASE WHEN once_parked.link_id IS NOT NULL
        THEN json_extract(evidence, '$.hops[#-1].page.title') END
FROM temp.stale CROSS JOIN checks USING (link_id) CROSS JOIN verdicts USING (check_id)
    LEFT JOIN check_runs ON check_runs.run_id = checks.run_id
    LEFT JOIN temp.answering ON answering.link_id = stale.link_id
        AND answering.run_id = checks.run_id
    LEFT JOIN temp.once_parked ON once_parked.link_id = stale.link_id
ORDER BY stale.link_id
"""
# `answering`: where a link that had turned us away was gone and another of its host worked.
_SCRATCH = """
CREATE TEMP TABLE stale (link_id INTEGER PRIMARY KEY);
CREATE TEMP TABLE once_parked (link_id INTEGER PRIMARY KEY);
CREATE TEMP TABLE answering (link_id INTEGER, run_id TEXT, PRIMARY KEY (link_id, run_id))
    WITHOUT ROWID;
"""
_FILL = """
INSERT OR IGNORE INTO temp.once_parked SELECT link_id FROM temp.stale CROSS JOIN checks
    USING (link_id) CROSS JOIN verdicts USING (check_id) WHERE outcome = 'parked';
INSERT OR IGNORE INTO temp.answering
    WITH walled AS MATERIALIZED (SELECT DISTINCT link_id FROM temp.stale CROSS JOIN checks
            USING (link_id) CROSS JOIN verdicts USING (check_id) WHERE outcome = 'blocked'),
        gone AS MATERIALIZED (SELECT link_id, run_id, host FROM walled CROSS JOIN links
            USING (link_id) CROSS JOIN checks USING (link_id) CROSS JOIN verdicts USING (check_id)
            WHERE outcome = 'gone'),
        near AS MATERIALIZED (SELECT run_id, host FROM (SELECT DISTINCT run_id, host FROM gone) AS g
            WHERE EXISTS (SELECT 1 FROM links CROSS JOIN checks ON checks.run_id = g.run_id
                AND checks.link_id = links.link_id CROSS JOIN verdicts USING (check_id)
                WHERE links.host = g.host AND outcome IN ('ok', 'moved')))
    SELECT link_id, run_id FROM gone JOIN near USING (run_id, host);
"""
_TABLES = ("stale", "once_parked", "answering")


def refresh_states(
    store: Store, rules: LifecycleRules, *, now: datetime, run_id: str | None = None
) -> int:
    """Fold anew the states of the links checked in `run_id` or in a run that did not end.

    So are those of links that have none yet, and all of them where the rules are not those that
    the present states were made by. Return how many. Checks dated after `now` are left out.
    """
    version = f"{_VERSION} {rules}"
    known = store.read("SELECT version FROM derived_by WHERE name = ?", (_NAME,))
    everything = known != [(version,)]
    with store.transaction() as database:
        count = _find_stale(database, None if everything else (run_id or ""))
        if count:
            _fold_stale(database, rules, now)
        _drop_scratch(database)
        if everything:
            values = (_NAME, version)
            database.execute("INSERT OR REPLACE INTO derived_by VALUES (?, ?)", values)
    return count


def forget_states(store: Store) -> None:
    """Let the next `refresh_states` fold all states anew, as after verdicts were judged again."""
    with store.transaction() as database:
        database.execute("DELETE FROM derived_by WHERE name = ?", (_NAME,))


def link_states(store: Store) -> dict[str, LinkState]:
    """Return the state of every link that a current statement cites, by URL.

    As of the last `refresh_states`; a link without one is new.
    """
    rows = store.read(
        "SELECT url, state, since, failures, first_failed, next_due, event, why,"
        " link_states.checked FROM links LEFT JOIN link_states USING (link_id) WHERE link_id IN"
        " (SELECT link_id FROM citations JOIN current_statements USING (statement_id))"
        " ORDER BY url"
    )
    return {url: _state(*row) for url, *row in rows}


def link_state(store: Store, url: str) -> LinkState:
    """Return the state of one link, cited or not, as of the last `refresh_states`."""
    rows = store.read(
        "SELECT state, since, failures, first_failed, next_due, event, why, link_states.checked"
        " FROM links JOIN link_states USING (link_id) WHERE url = ?",
        (url,),
    )
    return _state(*rows[0]) if rows else LinkState()


def link_trace(
    store: Store, url: str, rules: LifecycleRules, *, now: datetime
) -> list[tuple[datetime, LinkState]]:
    """Return the date of each check of a link with the state it led to, the oldest first."""
    with store.transaction() as database:
        _all(database, _SCRATCH)
        database.execute("INSERT INTO temp.stale SELECT link_id FROM links WHERE url = ?", (url,))
        _all(database, _FILL)
        seen = [_observation(*row[1:]) for row in database.execute(_CHECKS)]
        _drop_scratch(database)
    return [(one.date, state) for one, state in trace(seen, rules, now=now)]


def _drop_scratch(database: sqlite3.Connection) -> None:
    for table in _TABLES:
        database.execute(f"DROP TABLE IF EXISTS temp.{table}")


def _find_stale(database: sqlite3.Connection, run_id: str | None) -> int:
    _all(database, _SCRATCH)
    if run_id is None:
        database.execute("INSERT INTO temp.stale SELECT DISTINCT link_id FROM checks")
        database.execute("DELETE FROM link_states")
    else:
        database.execute(
            "INSERT OR IGNORE INTO temp.stale SELECT link_id FROM checks WHERE run_id = ?"
            " OR run_id IN (SELECT run_id FROM check_runs WHERE ended IS NULL)",
            (run_id,),
        )
        database.execute(
            "INSERT OR IGNORE INTO temp.stale SELECT link_id FROM links"
            " WHERE NOT EXISTS (SELECT 1 FROM link_states AS s WHERE s.link_id = links.link_id)"
            " AND EXISTS (SELECT 1 FROM checks AS c WHERE c.link_id = links.link_id)"
        )
    (count,) = database.execute("SELECT count(*) FROM temp.stale").fetchone()
    return int(count)


def _all(database: sqlite3.Connection, statements: str) -> None:
    for statement in statements.strip().removesuffix(";").split(";\n"):
        database.execute(statement)


def _fold_stale(database: sqlite3.Connection, rules: LifecycleRules, now: datetime) -> None:
    _all(database, _FILL)
    rows = _folded(database.execute(_CHECKS), rules, now)
    while batch := list(islice(rows, _BATCH)):
        database.executemany(
            "INSERT OR REPLACE INTO link_states VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", batch
        )


def _folded(
    checks: Iterable[tuple[Any, ...]], rules: LifecycleRules, now: datetime
) -> Iterator[tuple[object, ...]]:
    for link_id, rows in groupby(checks, itemgetter(0)):
        state = fold([_observation(*row[1:]) for row in rows], rules, now=now)
        yield (
            link_id,
            state.state.value,
            _text(state.since),
            state.failures,
            _text(state.first_failed),
            _text(state.next_due),
            state.event.value,
            state.why,
            _text(state.checked),
        )


def _observation(
    checked: str,
    outcome: str,
    reason: str,
    final_url: str | None,
    void: int,
    answers: int,
    title: str | None,
) -> Observation:
    return Observation(
        date=datetime.fromisoformat(checked),
        outcome=_OUTCOMES[outcome],
        reason=reason,
        final_url=final_url,
        void=bool(void),
        host_answers=bool(answers),
        title=title or "",
    )


_OUTCOMES = {outcome.value: outcome for outcome in Outcome}


def _state(
    state: str | None,
    since: str | None,
    failures: int,
    first_failed: str | None,
    next_due: str | None,
    event: str,
    why: str,
    checked: str | None,
) -> LinkState:
    if state is None:
        return LinkState()
    return LinkState(
        state=State(state),
        since=_date(since),
        failures=failures,
        first_failed=_date(first_failed),
        next_due=_date(next_due),
        event=Event(event),
        why=why,
        checked=_date(checked),
    )


def _text(date: datetime | None) -> str | None:
    return date.isoformat() if date else None


def _date(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
