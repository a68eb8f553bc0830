"""A filter as conditions in SQL over the rows of the index."""

from __future__ import annotations

import re
import sqlite3
from dataclasses import dataclass

from reports.review.filter import UNREVIEWED, Filter
from reports.review.index_schema import COMBINED

_OF_STATEMENTS = ("year", "bureau", "document_type")
_TERM = re.compile(r'"([^"]*)"?|([^\s"]+)')
_SHORTEST = 3  # of what the trigrams of the search can find
COMBO_BITS = 24
_DRAW = (
    f"INSERT INTO temp.drawn SELECT rows.id, host_id << {COMBO_BITS} | combo"  # noqa: S608 - a number of ours
    " FROM ({}) AS found CROSS JOIN rows INDEXED BY rows_coded ON rows.id = found.id"
)
_SOME = 500  # so many links are sorted sooner than found on a walk through all in order
_LAST_LETTER = "\U0010ffff"


@dataclass(frozen=True, slots=True, kw_only=True)
class Conditions:
    """What follows WHERE, and the values it is bound to."""

    sql: str
    values: tuple[str, ...]


def combined(chosen: Filter) -> dict[str, str]:
    """Return what the filter wants of a combination, by column."""
    found = {name: value for name in COMBINED if (value := getattr(chosen, name))}
    if found.get("decision") == UNREVIEWED:
        found["decision"] = ""
    return found


def is_drawn(chosen: Filter) -> bool:
    """Return whether the filter asks for what is no part of a combination, its host aside."""
    return bool(chosen.q or any(getattr(chosen, name) for name in _OF_STATEMENTS))


def conditions(chosen: Filter, count: int) -> Conditions:
    """Return the conditions on a row to pass, of which `count` do; `draw` went before.

    A plus keeps SQLite from using an index for a condition, so that it walks in the order of the
    page and stops when that is full.
    """
    plus = "+" if count > _SOME else ""
    found: list[tuple[str, tuple[str, ...]]] = []
    if wanted := combined(chosen):
        each = " AND ".join(f"{name} = ?" for name in wanted)
        found.append(
            (f"{plus}combo IN (SELECT combo FROM combos WHERE {each})", (*wanted.values(),))  # noqa: S608 - names of ours
        )
    if chosen.host:
        found.append(("host = ?", (host_of(chosen),)))
    if is_drawn(chosen):
        found.append((f"{plus}id IN (SELECT id FROM temp.drawn)", ()))  # noqa: S608 - a sign of ours
    return Conditions(
        sql=" AND ".join(sql for sql, _ in found) or "1",
        values=tuple(value for _, values in found for value in values),
    )


def host_of(chosen: Filter) -> str:
    """Return the host as the index has it."""
    return chosen.host.lower()


def draw(db: sqlite3.Connection, chosen: Filter) -> bool:
    """Put what is searched for, and cited as asked, into `temp.drawn`; False where nothing is.

    What was drawn last is kept while the index stays the same. `code` is the host's number and
    then the combination's in the last `COMBO_BITS`.
    """
    if not is_drawn(chosen):
        return False
    (version,) = db.execute("PRAGMA data_version").fetchone()
    parts = [*_searched(chosen.q), *_cited(chosen)]
    values = tuple(value for _, part in parts for value in part)
    query = " INTERSECT ".join(sql for sql, _ in parts) or "SELECT id FROM rows"
    key = repr((version, query, values))
    db.execute("CREATE TEMP TABLE IF NOT EXISTS drawing (key TEXT)")
    if db.execute("SELECT 1 FROM temp.drawing WHERE key = ?", (key,)).fetchone():
        return True
    db.execute("DELETE FROM temp.drawing")
    db.execute("DROP TABLE IF EXISTS temp.drawn")
    db.execute("CREATE TEMP TABLE drawn (id INTEGER PRIMARY KEY, code INTEGER NOT NULL)")
    db.execute(_DRAW.format(query), values)
    db.execute("INSERT INTO temp.drawing VALUES (?)", (key,))
    return True


def terms(q: str) -> list[str]:
    """Return the words and phrases that are looked for, without their quotes."""
    pairs = (found.groups() for found in _TERM.finditer(q.replace("\0", " ")))
    return [text for phrase, word in pairs if (text := word if phrase is None else phrase)]


def _searched(q: str) -> list[tuple[str, tuple[str, ...]]]:
    found = terms(q)
    long = " AND ".join(f'"{one}"' for one in found if len(one) >= _SHORTEST)
    made: list[tuple[str, tuple[str, ...]]] = []
    if long:
        made.append(("SELECT rowid AS id FROM search WHERE search MATCH ?", (long,)))
    made += [_beginning(one) for one in found if len(one) < _SHORTEST]
    return made


def _beginning(term: str) -> tuple[str, tuple[str, ...]]:
    """Return the query of links whose host begins so, with or without www."""
    low = term.lower()
    return (
        "SELECT id FROM rows WHERE host >= ? AND host < ? OR host >= ? AND host < ?",
        (low, low + _LAST_LETTER, f"www.{low}", f"www.{low}{_LAST_LETTER}"),
    )


def _cited(chosen: Filter) -> list[tuple[str, tuple[str, ...]]]:
    return [
        ("SELECT id FROM cited WHERE kind = ? AND value = ?", (name, value))
        for name in _OF_STATEMENTS
        if (value := getattr(chosen, name))
    ]
