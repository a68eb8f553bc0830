"""Which decisions are taken back: an `undo` may itself be undone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from pipelines.decisions.model import Decision


def undone(decisions: Iterable[Decision]) -> frozenset[str]:
    """Return the ids of the decisions that an undo in force takes back.

    Undos whose target is not among `decisions` are without effect. In a circle, which only a
    file written by hand can have, the oldest undo counts.
    """
    undos: defaultdict[str, list[Decision]] = defaultdict(list)
    for one in decisions:
        if one.undoes is not None:
            undos[one.undoes].append(one)
    if not undos:
        return frozenset()
    gone: set[str] = set()
    # An undo can only be undone by a later one: from the latest back, each is settled for good.
    known = sorted((one for each in undos.values() for one in each), key=_order, reverse=True)
    for one in known:
        if one.id not in gone and one.undoes is not None:
            gone.add(one.undoes)
    return frozenset(gone)


def _order(one: Decision) -> tuple[object, str]:
    return one.made, one.id
