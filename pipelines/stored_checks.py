"""Every check of a store in turn, a page of them in memory, however many there are."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pipelines.checks.evidence import Evidence
from pipelines.store import Store
from pipelines.verdicts.verdict import Outcome, Verdict

_PAGE = 200
_QUERY = (
    "SELECT check_id, url, run_id, checked, evidence, rules, outcome, reason, sentence, confidence,"
    " final_url FROM checks JOIN links USING (link_id) LEFT JOIN verdicts USING (check_id)"
    " WHERE check_id > ? ORDER BY check_id LIMIT ?"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredCheck:
    """One check as the store holds it.

    `url` and `checked` are the columns beside the evidence; `evidence` is None where what is
    stored cannot be read as such, `verdict` None where there is none.
    """

    check_id: int
    url: str
    run_id: str
    checked: str
    evidence: Evidence | None
    verdict: Verdict | None


def count_checks(store: Store) -> int:
    """Return the number of checks."""
    return int(store.read("SELECT count(*) FROM checks")[0][0])


def iter_pages(store: Store, size: int = _PAGE) -> Iterator[list[StoredCheck]]:
    """Yield all checks in the order in which they were stored, `size` at a time.

    The store may be written between two pages.
    """
    last = 0
    while page := [_read(row) for row in store.read(_QUERY, (last, size))]:
        last = page[-1].check_id
        yield page


def _read(row: tuple[Any, ...]) -> StoredCheck:
    check_id, url, run_id, checked, evidence, *verdict = row
    return StoredCheck(
        check_id=check_id,
        url=url,
        run_id=run_id,
        checked=checked,
        evidence=_evidence(evidence),
        verdict=_verdict(verdict),
    )


def _evidence(text: str) -> Evidence | None:
    try:
        return Evidence.from_json(json.loads(text))
    except (ValueError, KeyError, TypeError, AttributeError):
        return None


def _verdict(columns: list[Any]) -> Verdict | None:
    rules, outcome, reason, sentence, confidence, final_url = columns
    try:
        return Verdict(
            outcome=Outcome(outcome),
            reason=reason,
            sentence=sentence,
            confidence=confidence,
            final_url=final_url,
            rules_version=rules,
        )
    except ValueError:
        return None
