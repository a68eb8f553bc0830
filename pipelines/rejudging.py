"""Old evidence judged by the present rules: what was, what is. Checks themselves never change."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

from pipelines.checks.evidence import Evidence
from pipelines.store import Store
from pipelines.stored_checks import StoredCheck, iter_pages
from pipelines.unjudged import Unjudged
from pipelines.verdicts.rules import Rules
from pipelines.verdicts.verdict import NOT_JUDGED, Verdict, judge

MOST_EXAMPLES = 3
Derive = Callable[[Evidence], Evidence]


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Change:
    """From which outcome and reason a verdict changed to which; "" where there was none."""

    was: tuple[str, str]
    now: tuple[str, str]

    @property
    def is_outcome(self) -> bool:
        """Return whether the outcome changed, not the reason alone."""
        return self.was[0] != self.now[0]


@dataclass(slots=True)
class Difference:
    """What judging again came to; `reworded` verdicts have another sentence or confidence only.

    `examples` has the first URLs of each change; `unread` counts checks whose evidence cannot be
    read, and `unjudged` those that our own code fails at: they keep the verdict they have.
    """

    rules: str
    checks: int = 0
    unread: int = 0
    unjudged: Unjudged = field(default_factory=Unjudged)
    reworded: int = 0
    changes: Counter[Change] = field(default_factory=Counter)
    examples: dict[Change, list[str]] = field(default_factory=dict)

    def in_order(self) -> list[tuple[Change, int]]:
        """Return the changes, those of the outcome first, the most frequent first."""
        return sorted(
            self.changes.items(), key=lambda one: (not one[0].is_outcome, -one[1], one[0])
        )

    def note(self, url: str, was: Verdict | None, now: Verdict) -> None:
        """Take one check into account."""
        if was is not None and (was.outcome, was.reason) == (now.outcome, now.reason):
            self.reworded += replace(was, rules_version=now.rules_version) != now
            return
        change = Change(
            was=("", "") if was is None else (was.outcome.value, was.reason),
            now=(now.outcome.value, now.reason),
        )
        self.changes[change] += 1
        shown = self.examples.setdefault(change, [])
        if len(shown) < MOST_EXAMPLES and url not in shown:
            shown.append(url)


def rejudge(
    store: Store, rules: Rules, *, write: bool, derive: Derive | None = None
) -> Iterator[Difference]:
    """Judge every stored check again; yield the difference so far after each page of checks.

    Verdicts are replaced where `write` says so, a page in one transaction: what is interrupted
    can be begun again. `derive` makes the evidence anew from its records; by default that of the
    store is judged.
    """
    difference = Difference(rules.version)
    for page in iter_pages(store):
        judged = list(_judged(page, rules, derive, difference))
        if write:
            store.put_verdicts(judged)
        yield difference


def _judged(
    page: list[StoredCheck], rules: Rules, derive: Derive | None, difference: Difference
) -> Iterator[tuple[int, Verdict]]:
    for check in page:
        difference.checks += 1
        evidence = _evidence(check, derive)
        if evidence is None:
            difference.unread += 1
            continue
        now = judge([evidence], rules)
        if now.reason == NOT_JUDGED and not _has_mishap(check):
            difference.unjudged.add(check.url, now)
            continue
        difference.note(check.url, check.verdict, now)
        if now != check.verdict:
            yield check.check_id, now


def _has_mishap(check: StoredCheck) -> bool:
    return check.verdict is not None and check.verdict.reason == NOT_JUDGED


def _evidence(check: StoredCheck, derive: Derive | None) -> Evidence | None:
    if check.evidence is None or derive is None:
        return check.evidence
    try:
        return derive(check.evidence)
    except (OSError, ValueError):  # a record is missing or damaged: `verify --verdicts` names it
        return None
