"""How many links pass a filter, and how many would with another choice."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Any

from reports.review.conditions import COMBO_BITS, combined, draw, host_of, is_drawn
from reports.review.filter import UNREVIEWED, Filter

MOST_HOSTS = 20
FACETS = ("standing", "reason", "state", "change", "decision", "host")
_SMALL = FACETS[:-1]
_COMBO = (1 << COMBO_BITS) - 1
_DRAWN_HOST = f"code >> {COMBO_BITS}"
_OF_HOST = "{} = (SELECT host_id FROM hosts WHERE host = ?)"
_WALKED = 300
# First the hosts with the most links of any kind, in which those looked for mostly are.
_HOSTS_WALKED = """
SELECT host, sum(host_counts.n) FROM
    (SELECT host_id, host FROM hosts WHERE n ORDER BY n DESC LIMIT ?3) AS first
    CROSS JOIN host_counts ON host_counts.host_id = first.host_id AND host_counts.n
    AND +combo IN (SELECT value FROM json_each(?1))
GROUP BY host_counts.host_id ORDER BY 2 DESC, 1 LIMIT ?2
"""
_HOSTS = """
SELECT host, most.n FROM (SELECT host_id, sum(n) AS n FROM host_counts
    WHERE n AND combo IN (SELECT value FROM json_each(?1)) GROUP BY host_id
    ORDER BY 2 DESC LIMIT ?2) AS most JOIN hosts USING (host_id)
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Facets:
    """Links by each value of a facet, the most first; only values that some link has.

    A facet's own choice does not narrow its counts: they say what another choice would show.
    Hosts are the first 20. `decision` has `none` for what nobody has decided.
    """

    standing: Mapping[str, int]
    reason: Mapping[str, int]
    state: Mapping[str, int]
    change: Mapping[str, int]
    decision: Mapping[str, int]
    host: Mapping[str, int]


def total(db: sqlite3.Connection, chosen: Filter) -> int:
    """Return how many links pass."""
    wanted = combined(chosen)
    condition = " AND ".join(f"{name} = ?" for name in wanted) or "1"
    values = (*wanted.values(),)
    if draw(db, chosen):
        passing = f"code & {_COMBO} IN (SELECT combo FROM combos WHERE {condition})"  # noqa: S608 - names of ours
        query = f"SELECT count(*) FROM temp.drawn WHERE {passing if wanted else 1}"  # noqa: S608 - names of ours
    elif chosen.host:
        query = (
            "SELECT coalesce(sum(host_counts.n), 0) FROM host_counts JOIN combos USING (combo)"  # noqa: S608 - names of ours
            f" WHERE {condition}"
        )
    else:
        query = f"SELECT coalesce(sum(n), 0) FROM combos WHERE {condition}"  # noqa: S608 - names of ours
    if chosen.host:
        query = f"{query} AND {_OF_HOST.format((is_drawn(chosen) and _DRAWN_HOST) or 'host_id')}"
        values = (*values, host_of(chosen))
    return int(db.execute(query, values).fetchone()[0])


def facets(db: sqlite3.Connection, chosen: Filter) -> Facets:
    """Return how many links each other choice would show."""
    wanted = combined(chosen)
    combos = _combos(db, {name: one for name, one in wanted.items() if name not in _SMALL})
    asked = tuple(wanted.get(name) for name in _SMALL)
    passing = {
        combo
        for combo, (_, *values) in combos.items()
        if all(want in (None, value) for want, value in zip(asked, values, strict=True))
    }
    if draw(db, chosen):
        counts, hosts = _of_drawn(db, chosen, passing)
    else:
        hosts = _hosts(db, json.dumps(sorted(passing)))
        counts = _counts(db, chosen, combos)
    found = _tallied(combos, counts, asked)
    decision = {each or UNREVIEWED: count for each, count in found["decision"].items()}
    return Facets(
        standing=found["standing"],
        reason=found["reason"],
        state=found["state"],
        change=found["change"],
        decision=decision,
        host=_sorted(hosts),
    )


def _combos(db: sqlite3.Connection, wanted: Mapping[str, str]) -> dict[int, tuple[Any, ...]]:
    """Return the combinations that are as `wanted`: the number of links, then the facets."""
    condition = " AND ".join(f"{name} = ?" for name in wanted) or "1"
    query = f"SELECT combo, n, {', '.join(_SMALL)} FROM combos WHERE n AND {condition}"  # noqa: S608 - names of ours
    return {combo: (*rest,) for combo, *rest in db.execute(query, (*wanted.values(),))}


def _counts(
    db: sqlite3.Connection, chosen: Filter, combos: Mapping[int, tuple[Any, ...]]
) -> Mapping[int, int]:
    """Return how many links have each combination, of one host where one is asked for."""
    if not chosen.host:
        return {combo: values[0] for combo, values in combos.items()}
    query = f"SELECT combo, n FROM host_counts WHERE {_OF_HOST.format('host_id')}"  # noqa: S608 - names of ours
    return dict(db.execute(query, (host_of(chosen),)).fetchall())


def _hosts(db: sqlite3.Connection, combos: str) -> dict[str, int]:
    """Return the hosts with the most links of these combinations."""
    left = db.execute("SELECT n FROM hosts ORDER BY n DESC LIMIT 1 OFFSET ?", (_WALKED,)).fetchone()
    found = dict(db.execute(_HOSTS_WALKED, (combos, MOST_HOSTS, _WALKED)).fetchall())
    is_sure = len(found) == MOST_HOSTS and left is not None and min(found.values()) > left[0]
    if left is None or is_sure:
        return found
    return dict(db.execute(_HOSTS, (combos, MOST_HOSTS)).fetchall())


def _of_drawn(
    db: sqlite3.Connection, chosen: Filter, passing: AbstractSet[int]
) -> tuple[Mapping[int, int], dict[str, int]]:
    """Return the links drawn by combination, of the host asked for, and by any host."""
    codes = [code for (code,) in db.execute("SELECT code FROM temp.drawn")]
    hosts = Counter([code >> COMBO_BITS for code in codes if code & _COMBO in passing])
    if chosen.host:
        row = db.execute("SELECT host_id FROM hosts WHERE host = ?", (host_of(chosen),)).fetchone()
        codes = [code for code in codes if row and code >> COMBO_BITS == row[0]]
    return Counter([code & _COMBO for code in codes]), _named(db, hosts)


def _tallied(
    combos: Mapping[int, tuple[Any, ...]], counts: Mapping[int, int], asked: Sequence[str | None]
) -> dict[str, dict[str, int]]:
    """Return the links by each facet: those that the choices of all others let pass."""
    found: list[Counter[str]] = [Counter() for _ in _SMALL]
    places = range(len(_SMALL))
    given = [(place, want) for place, want in enumerate(asked) if want is not None]
    for combo, count in counts.items():
        if combo not in combos or not count:
            continue
        values = combos[combo][1:]
        faults = [place for place, want in given if values[place] != want]
        for place in places if not faults else faults if len(faults) == 1 else ():
            found[place][values[place]] += count
    return {name: _sorted(tally) for name, tally in zip(_SMALL, found, strict=True)}


def _named(db: sqlite3.Connection, counts: Counter[int]) -> dict[str, int]:
    most = dict(counts.most_common(MOST_HOSTS))
    rows = db.execute(
        "SELECT host, host_id FROM hosts WHERE host_id IN (SELECT value FROM json_each(?))",
        (json.dumps(sorted(most)),),
    )
    return {host: most[host_id] for host, host_id in rows}


def _sorted(counts: Mapping[str, int]) -> dict[str, int]:
    return dict(sorted(counts.items(), key=lambda one: (-one[1], one[0])))
