"""`muniment judge`: old evidence by the present rules."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from muniment.config import Config, ConfigError
from muniment.lock import locked
from muniment.options import collection_options, existing, settings
from muniment.printable import printable
from muniment.progress import progress
from muniment.runs import utcnow
from muniment.status import ExitStatus
from pipelines.rejudging import MOST_EXAMPLES, Derive, Difference, rejudge
from pipelines.states import forget_states, link_states, refresh_states
from pipelines.store import STORE_NAME, Store
from pipelines.store_copy import copied
from pipelines.stored_checks import count_checks
from pipelines.verdicts.rules import Rules
from warc.collection import Collection

_States = dict[tuple[str, str], list[str]]  # the links that went from one state to another


@click.command("judge")
@collection_options
@click.option("--dry-run", is_flag=True, help="Show the difference and write nothing.")
@click.option("--from-records", is_flag=True, help="Read the WARC records of each check again.")
@click.option("--json", "as_json", is_flag=True, help="Write the difference as one JSON object.")
def command(*, dry_run: bool, from_records: bool, as_json: bool, **flags: Any) -> ExitStatus:
    """Judge the evidence of every check again by the present rules, and show what changes.

    After an update of Muniment, old checks then say what a check of today would say of the same
    answers, and the states of links follow, also by the rules that [lifecycle] sets; which links
    changed is told. The checks themselves, their dates and their records
    stay as they are; nothing is asked of any network. With --from-records the pages are also
    read anew from the WARC files, for when the reading has changed and not only the rules.
    """
    config = existing(settings(flags))
    path = config.collection / STORE_NAME
    if not path.exists():
        raise ConfigError(f"{config.collection}: nothing to judge; `muniment check` asks links")
    judged = _to_judge(path, dry_run=dry_run)
    with judged as file, Store(file) as store, progress("judge") as advance:
        difference = Difference(Rules().version)
        total = count_checks(store)
        derive = _derive(config) if from_records else None
        for difference in rejudge(store, Rules(), write=True, derive=derive):
            advance(difference.checks, total, "")
        states = _fold_again(store, config, anew=bool(difference.changes))
    if as_json:
        told = _as_json(difference, states, written=not dry_run)
        click.echo(json.dumps(told, ensure_ascii=False))
    else:
        click.echo("\n".join(_told(difference, states, written=not dry_run)))
    return ExitStatus.FAILED if difference.unjudged.count else ExitStatus.DONE


@contextmanager
def _to_judge(store: Path, *, dry_run: bool) -> Iterator[Path]:
    """Yield the store, which nobody else writes meanwhile, or a copy of it."""
    if dry_run:
        with copied(store) as copy:
            yield copy
        return
    with locked(store.parent, utcnow()):
        yield store


def _fold_again(store: Store, config: Config, *, anew: bool) -> _States:
    """Bring the states up to date, by the rules that are set now; return which links changed."""
    before = {url: one.state.value for url, one in link_states(store).items()}
    if anew:
        forget_states(store)
    refresh_states(store, config.lifecycle, now=utcnow())
    changed: _States = {}
    for url, one in link_states(store).items():
        change = (before[url], one.state.value)
        if change[0] != change[1]:
            changed.setdefault(change, []).append(url)
    return changed


def _derive(config: Config) -> Derive:
    from pipelines.proofs import Prover
    from warc.cdxj import CdxjIndex

    collection = Collection(config.collection)
    return Prover(collection.archive, CdxjIndex(collection.indexes), Rules()).derive


def _told(difference: Difference, states: _States, *, written: bool) -> Iterator[str]:
    differ = difference.changes.total()
    checks = f"{difference.checks:,} check{'' if difference.checks == 1 else 's'}"
    verdicts = f"{differ:,} verdict{'' if differ == 1 else 's'}" if differ else "no verdict"
    yield f"judged {checks} by rules {difference.rules}: {verdicts} changed"
    for change, count in difference.in_order():
        yield f"  {count:>6,}  {_words(change.was)} → {_words(change.now)}"
        for url in difference.examples[change]:
            yield f"          {printable(url)}"
    if difference.reworded:
        yield f"  {difference.reworded:>6,}  with other words or another confidence only"
    if difference.unread:
        yield (
            f"  {difference.unread:>6,}  left as they were, their evidence cannot be read; "
            "`muniment verify --verdicts` names them"
        )
    for (was, now), urls in sorted(states.items(), key=lambda one: (-len(one[1]), one[0])):
        yield f"  {len(urls):>6,}  {'link' if len(urls) == 1 else 'links'}: {was} → {now}"
        for url in urls[:MOST_EXAMPLES]:
            yield f"          {printable(url)}"
    yield from (f"  ! {printable(note)}" for note in difference.unjudged.notes())
    if not written and (differ or difference.reworded or states):
        yield "nothing was written; without --dry-run it is"


def _words(verdict: tuple[str, str]) -> str:
    outcome, reason = verdict
    if not outcome:
        return "none"
    return outcome if reason == outcome else f"{outcome} ({reason})"


def _as_json(difference: Difference, states: _States, *, written: bool) -> dict[str, Any]:
    return {
        "rules": difference.rules,
        "written": written,
        "checks": difference.checks,
        "changed": difference.changes.total(),
        "reworded": difference.reworded,
        "unread": difference.unread,
        "unjudged": difference.unjudged.count,
        "changes": [
            {
                "was": dict(zip(("outcome", "reason"), change.was, strict=True)),
                "is": dict(zip(("outcome", "reason"), change.now, strict=True)),
                "count": count,
                "examples": difference.examples[change],
            }
            for change, count in difference.in_order()
        ],
        "states": [
            {"was": was, "is": now, "count": len(urls), "examples": urls[:MOST_EXAMPLES]}
            for (was, now), urls in sorted(states.items())
        ],
    }
