"""`muniment status`: what a collection holds and how its last runs ended."""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from muniment.indexing import unindexed
from muniment.lock import holder
from muniment.options import collection_options, settings
from muniment.status import ExitStatus
from pipelines.check_runs import check_runs
from pipelines.decisions.log import decisions
from pipelines.decisions.rechecks import asked_again, is_wanted
from pipelines.decisions.standing import Status, statuses
from pipelines.lifecycle import LinkState, State
from pipelines.states import link_states
from pipelines.store import STORE_NAME, Store
from reports.standing import STANDING_WORDS, Standing, standing
from warc.collection import Collection

_RUNS_SHOWN = 5
_OF_OUTCOMES = tuple(one for one in Standing if one is not Standing.SET_ASIDE)


@click.command("status")
@collection_options
def command(**flags: Any) -> ExitStatus:
    """Show what the collection holds, where its last report is, and how its last runs ended.

    Changes nothing.
    """
    collection = Collection(settings(flags).collection)
    if not collection.archive.is_dir():
        click.echo(f"{collection.root}: no collection here yet; `muniment run` makes one")
        return ExitStatus.DONE
    click.echo(f"{collection.name} in {collection.root}")
    for name, words in (*_archive(collection), *_derived(collection.root)):
        click.echo(f"  {name:<10}  {words}")
    runs = sorted((collection.root / "runs").glob("*/run.json"), reverse=True)
    if report := _last_report(runs):
        click.echo(f"  {'report':<10}  {_short(report)}")
    for file in runs[:_RUNS_SHOWN]:
        click.echo(f"  {'run':<10}  {_told(file)}")
    return ExitStatus.DONE


def _archive(collection: Collection) -> Iterator[tuple[str, str]]:
    files = collection.warc_files()
    if not files:
        yield "archive", "no WARC files yet; `muniment capture` makes them"
    else:
        sizes = [file.stat() for file in files]
        last = datetime.fromtimestamp(max(one.st_mtime for one in sizes), UTC)
        size = _size(sum(one.st_size for one in sizes))
        yield "archive", f"{len(files)} WARC files, {size}, last written {last:%Y-%m-%d %H:%M} UTC"
    at_work = holder(collection.root)
    if at_work:
        yield "at work", f"a run, {at_work}"
    else:
        for unfinished in sorted(collection.archive.glob("*.open")):
            yield "unfinished", f"{unfinished.name}: the next capture puts it right"
        if missing := unindexed(collection):
            yield "indexes", f"{len(missing)} are missing; `muniment extract` makes them again"


def _derived(root: Path) -> Iterator[tuple[str, str]]:
    if not (root / STORE_NAME).exists():
        yield "statements", "none yet; `muniment extract` derives them"
        return
    with Store(root / STORE_NAME) as store:
        yield "statements", f"{store.statement_count():,}"
        cited, outcomes = len(store.cited_urls()), store.outcome_counts()
        states = link_states(store)
        runs = check_runs(store)
        wanted = asked_again(store)
        reviews = list(_reviews(store))
    checked = sum(outcomes.values())
    if not cited:
        yield "links", "no statement cites any"
        return
    yield (
        "links",
        f"{cited:,} cited, {checked:,} checked"
        + ("" if checked >= cited else "; `muniment check` asks them"),
    )
    if checked:
        yield "", _standings(outcomes)
        yield "states", _states(list(states.values()))
        now = datetime.now(UTC)
        yield "due", _due(states, wanted, now)
    yield from reviews
    if runs and runs[-1].void:
        yield "void", f"the link checks of {runs[-1].began:%Y-%m-%d %H:%M} UTC: {runs[-1].void}"


def _states(states: list[LinkState]) -> str:
    counts = Counter(one.state for one in states)
    return ", ".join(f"{counts[one]:,} {one}" for one in State if counts[one])


def _reviews(store: Store) -> Iterator[tuple[str, str]]:
    known = decisions(store)
    if known:
        counts = Counter(statuses(known, datetime.now(UTC)).values())
        ended = f", {counts[Status.EXPIRED]:,} expired" if counts[Status.EXPIRED] else ""
        yield "decisions", f"{counts[Status.IN_FORCE]:,} of reviewers in force{ended}"


def _due(states: dict[str, LinkState], wanted: dict[str, datetime], now: datetime) -> str:
    known = [(one, one.is_due(now) or is_wanted(url, one, wanted)) for url, one in states.items()]
    due = sum(is_due for _, is_due in known)
    later = [one.next_due for one, is_due in known if one.next_due and not is_due]
    if not later:
        return f"{due:,} links now"
    return f"{due:,} links now, {len(later):,} later, the first on {min(later):%Y-%m-%d %H:%M} UTC"


def _standings(outcomes: dict[str, int]) -> str:
    counts = Counter[Standing]()
    for outcome, number in outcomes.items():
        counts[standing(outcome)] += number
    return ", ".join(f"{counts[one]:,} {STANDING_WORDS[one].lower()}" for one in _OF_OUTCOMES)


def _last_report(runs: list[Path]) -> Path | None:
    return next((page for r in runs if (page := r.with_name("report.html")).exists()), None)


def _told(file: Path) -> str:
    """Return how a run ended, and its first note where it did not end well."""
    try:
        run = json.loads(file.read_text("utf-8"))
        started, finished = map(datetime.fromisoformat, (run["started"], run["finished"]))
        stages = sorted(run["stages"], key=lambda stage: not stage["status"])
        notes = stages[0]["notes"] if run["status"] and stages else []
        ended = run["status_name"].replace("-", " ") + (f": {notes[0]}" if notes else "")
        took = (finished - started).total_seconds()
        return f"{started:%Y-%m-%d %H:%M}  {run['command']:<7}  {_duration(took):>8}  {ended}"
    except (ValueError, KeyError, TypeError, OSError) as error:
        return f"{file}: not readable: {error}"


def _duration(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    if hours:
        return f"{hours} h {minutes:02} m"
    return f"{minutes} m {rest:02} s" if minutes else f"{rest} s"


def _size(octets: int) -> str:
    for unit, factor in (("GB", 10**9), ("MB", 10**6), ("kB", 10**3)):
        if octets >= factor:
            return f"{octets / factor:.1f} {unit}"
    return f"{octets} bytes"


def _short(path: Path) -> str:
    relative = os.path.relpath(path)
    return str(path) if relative.startswith("..") else relative
