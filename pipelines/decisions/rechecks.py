"""Which links reviewers want to be asked again, whether due or not."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from pipelines.decisions.log import decisions
from pipelines.decisions.model import Kind
from pipelines.decisions.undoing import undone
from pipelines.link_state import LinkState
from pipelines.store import Store


def asked_again(store: Store) -> dict[str, datetime]:
    """Return when a recheck of each link was last asked for; what was taken back is left out."""
    if not store.read("SELECT 1 FROM decisions WHERE kind = ? LIMIT 1", (Kind.RECHECK.value,)):
        return {}
    known = decisions(store)
    gone = undone(known)
    wanted: dict[str, datetime] = {}
    for one in known:
        if one.kind is Kind.RECHECK and one.id not in gone:
            wanted[one.subject] = max(one.made, wanted.get(one.subject, one.made))
    return wanted


def is_wanted(url: str, state: LinkState, wanted: Mapping[str, datetime]) -> bool:
    """Return whether a recheck of the link was asked for that no check since has answered."""
    asked = wanted.get(url)
    return asked is not None and (state.checked is None or state.checked < asked)
