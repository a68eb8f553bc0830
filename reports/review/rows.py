"""What the index holds of a link, made from the store as the report's finding is."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pipelines.checks.evidence import Evidence
from pipelines.link_state import Event, LinkState, State
from pipelines.store import Check, Citation, LinkHistory, Store
from pipelines.verdicts.packs import PACKS, PackName
from pipelines.verdicts.verdict import Outcome, Verdict
from reports.assembly import finding
from reports.changes import Change
from reports.charts import top_level
from reports.definitions import ruled_on, strictly
from reports.findings import CONFIDENCES, Finding
from reports.review.decided import Decided, Ruled
from reports.standing import Standing

_BATCH = 1_000
_PROVES_NOTHING = "(coalesce(void, '') != '' OR coalesce(instr(doubted, ' ' || reason || ' '), 0))"
# The last check that counts, or the last one where none does (`earlier_run.counting`).
_LAST = """
SELECT check_id FROM checks JOIN verdicts USING (check_id) LEFT JOIN check_runs USING (run_id)
WHERE checks.link_id = links.link_id{only} ORDER BY checks.checked DESC, check_id DESC LIMIT 1
"""
_LINKS = f"""
SELECT links.link_id, url, host, checks.checked, run_id, outcome, reason, sentence, confidence,
    final_url, rules, state, since, failures, first_failed, event
FROM json_each(?) AS picked CROSS JOIN links ON links.link_id = picked.value
    CROSS JOIN checks ON check_id = coalesce(
        ({_LAST.format(only=f" AND NOT {_PROVES_NOTHING}")}), ({_LAST.format(only="")}))
    CROSS JOIN verdicts USING (check_id)
    LEFT JOIN link_states ON link_states.link_id = links.link_id
"""  # noqa: S608 - made of constants
_CITATIONS = """
SELECT link_id, url, title, date, document_type, bureau, href, text, sentence
FROM json_each(?) AS picked CROSS JOIN citations ON link_id = picked.value
    CROSS JOIN current_statements USING (statement_id)
ORDER BY link_id, url, position
"""
_RANKS = {name: rank for rank, name in enumerate(Standing)}
_SURETY = {name: rank for rank, name in enumerate(CONFIDENCES)}
_MOST_CITED = 99_999


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A link's rows in the tables of the index.

    `row` has the columns after host and combination, `texts` those after the id; `cited` are the
    kinds and values of what the statements are.
    """

    link_id: int
    url: str
    host: str
    combined: tuple[str, ...]
    row: tuple[object, ...]
    texts: tuple[object, ...]
    cited: frozenset[tuple[str, str]]


def made_rows(
    store: Store, ids: Sequence[int], pack: PackName, decided: Decided, changed: dict[int, Change]
) -> Iterator[Made]:
    """Yield the rows of those of the links that were checked and that a current statement cites.

    `changed` is what became of links since the earlier run, by id; NONE where it says nothing.
    """
    for start in range(0, len(ids), _BATCH):
        batch = json.dumps(ids[start : start + _BATCH])
        cited: defaultdict[int, list[Citation]] = defaultdict(list)
        for link_id, *values in store.read(_CITATIONS, (batch,)):
            cited[link_id].append(_citation(*values))
        found = {
            link_id: _finding(store, values, tuple(cited[link_id]), pack)
            for link_id, *values in store.read(_LINKS, (batch,))
            if link_id in cited
        }
        ruled = decided.on(list(found.values()))
        for link_id, one in zip(found, ruled, strict=True):
            yield _made(link_id, one, changed.get(link_id, Change.NONE))


def _finding(
    store: Store, values: Sequence[Any], citations: tuple[Citation, ...], pack: PackName
) -> Finding:
    url, host, checked, run_id, outcome, reason, sentence, confidence, final_url, rules, *state = (
        values
    )
    folded = _state(*state)
    if pack is not PackName.STRICT:  # it may need all checks with their evidence
        history = store.history(url)
        if history is not None:
            return ruled_on(finding(history, folded), history.checks, PACKS[pack])
    date = datetime.fromisoformat(checked)
    verdict = Verdict(
        outcome=Outcome(outcome),
        reason=reason,
        sentence=sentence,
        confidence=confidence,
        final_url=final_url,
        rules_version=rules,
    )
    evidence = Evidence(url=url, checked=date, hops=())
    last = Check(checked=date, run_id=run_id, evidence=evidence, verdict=verdict)
    history = LinkHistory(url=url, host=host, citations=citations, checks=(last,))
    return strictly(finding(history, folded))


def _made(link_id: int, ruled: Ruled, change: Change) -> Made:
    found = ruled.finding
    first = min(found.citations, key=lambda one: one.statement_date or "9")
    combined = (
        found.standing.value,
        found.outcome,
        found.reason,
        found.confidence,
        found.state,
        change.value,
        ruled.kind,
        ruled.author,
        top_level(found.host),
    )
    row = (
        _reading(found),
        found.checked.isoformat(),
        found.first_broken.isoformat() if found.first_broken else "",
        found.failures,
        len(found.citations),
        ruled.latest,
        ruled.expires,
    )
    texts = (
        found.final_url,
        found.sentence,
        first.statement_url,
        first.statement_title,
        first.statement_date,
        first.text,
        first.sentence,
        _words(found, ruled.notes),
    )
    return Made(
        link_id=link_id,
        url=found.url,
        host=found.host,
        combined=combined,
        row=row,
        texts=texts,
        cited=_values(found),
    )


def _reading(found: Finding) -> str:
    """Return the key that sorts as `reports.findings.reading_order`, but for the URL."""
    rank, surety = _RANKS[found.standing], _SURETY.get(found.confidence, len(_SURETY))
    return f"{rank}{surety}{_MOST_CITED - min(len(found.citations), _MOST_CITED):05}"


def _words(found: Finding, notes: Sequence[str]) -> str:
    texts: list[str | None] = [found.url, found.final_url]
    for one in found.citations:
        texts += [one.text, one.sentence, one.statement_title]
    return "\n".join(dict.fromkeys(text for text in (*texts, *notes) if text))


def _values(found: Finding) -> frozenset[tuple[str, str]]:
    return frozenset(
        (kind, value)
        for one in found.citations
        for kind, value in (
            ("year", one.year),
            ("bureau", one.bureau),
            ("document_type", one.document_type),
        )
        if value
    )


def _citation(*values: Any) -> Citation:
    url, title, date, kind, bureau, href, text, sentence = values
    return Citation(
        statement_url=url,
        title=title,
        date=date,
        document_type=kind,
        bureau=bureau,
        href=href,
        text=text,
        sentence=sentence,
    )


def _state(
    state: str | None, since: str | None, failures: int, first_failed: str | None, event: str
) -> LinkState:
    if state is None:
        return LinkState()
    return LinkState(
        state=State(state),
        since=datetime.fromisoformat(since) if since else None,
        failures=failures,
        first_failed=datetime.fromisoformat(first_failed) if first_failed else None,
        event=Event(event),
    )
