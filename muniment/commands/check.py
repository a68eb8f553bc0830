"""`muniment check`: ask the cited links, keep the evidence, judge."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import datetime
from typing import Any

import click

from muniment.check_list_flags import (
    asked_as,
    asking_options,
    for_a_list,
    list_options,
    take_asking_flags,
    take_list_flags,
)
from muniment.check_run import Asked, ask, check_writer
from muniment.check_settings import void_rules
from muniment.options import collection_options, existing, network_options, settings
from muniment.printable import printable
from muniment.runs import Run, open_run, utcnow
from muniment.status import ExitStatus, StageOutcome
from pipelines.check_runs import (
    CheckRun,
    answered,
    begin_run,
    is_run,
    left_runs,
    settle_left,
    settle_run,
    unfinished_run,
)
from pipelines.checking import CheckLog
from pipelines.checks.ledger import Ledger, Settled
from pipelines.due import Choice, Selection, select
from pipelines.own_clock import IN_DOUBT as CLOCK_IN_DOUBT
from pipelines.refill import go_on_with, refill_lost
from pipelines.run_counts import RunCounts, count_run, last_check
from pipelines.states import refresh_states
from pipelines.store import STORE_NAME, Store
from pipelines.verdicts.rules import Rules
from pipelines.void_runs import control_failed
from reports.standing import CONFIRMED, FIRST_SIGHT, STANDING_WORDS, Standing, standing
from warc.recovery import recover


@click.command("check")
@click.option("--all", "everything", is_flag=True, help="Ask also the links that are not due.")
@click.option("--url", "urls", multiple=True, metavar="URL", help="Ask this link, due or not.")
@click.option("--host", metavar="HOST", default="", help="Ask only links to this host.")
@collection_options
@list_options
@asking_options
@network_options
def command(*, everything: bool, urls: tuple[str, ...], host: str, **flags: Any) -> ExitStatus:
    """Ask the external links the statements cite that are due, and keep the evidence.

    A link is due when it is new, and again after days (a failing one) to months (one that goes
    on working, or is dead); docs/verdicts.md has the table. A run that was stopped or killed is
    gone on with for a day: what was answered is not asked again.

    Each request and answer is written to archive/check-*.warc.gz; the verdicts are judged from
    that evidence alone. Private addresses are never asked unless --allow-range says so.

    With --input the links of a list, without a collection: for each line its verdict (alive,
    broken, uncertain, invalid, skipped), the reason, and the records that prove it.
    """
    listed, given = take_list_flags(flags), take_asking_flags(flags)
    config = settings(flags)
    if listed is not None:
        from muniment.check_list import check_list

        if everything or urls or host:
            raise click.UsageError("--all, --url and --host choose links of a collection.")
        config = replace(config, check=for_a_list(config.check))
        return check_list(asked_as(config, given), listed)
    choice = Choice(everything=everything, urls=urls, host=host.lower())
    with open_run(existing(asked_as(config, given)), "check") as run:
        run.stage("check", lambda run: stage(run, choice))
    return run.status


def stage(run: Run, choice: Choice | None = None) -> StageOutcome:
    """Check the cited links that are due, or those of `choice`."""
    outcome = StageOutcome(stage="check")
    choice = choice or Choice()
    outcome.notes += recover(run.collection)
    with Store(run.collection.root / STORE_NAME) as store:
        run_id = _prepare(run, store, choice, outcome)
        done = answered(store, run_id) if run_id != run.run_id else set()
        selection = select(store, choice, utcnow(), answered=done)
        with check_writer(run, run_id) as writer:
            log = CheckLog(store, writer, Rules(), run_id)
            if not selection.urls:
                _tell_worth(outcome, _settle(run, store, log, None))
                outcome.figures = {"links": 0, **_not_due(selection)}
                outcome.notes.append(_nothing(choice, selection))
                return outcome
            begin_run(store, run_id, utcnow(), log.ledger)
            before = last_check(store)
            asked = ask(run, log, writer, selection.urls)
            settled = _settle(run, store, log, asked)
        counts = count_run(store, run_id, after=before)
    _tell(outcome, selection, asked, settled, counts)
    return outcome


def _prepare(run: Run, store: Store, choice: Choice, outcome: StageOutcome) -> str:
    """Bring the states up to date; return the id of the run of checks that begins or goes on."""
    config, now = run.config, utcnow()
    outcome.notes += refill_lost(run.collection, store, Rules(), void_rules(config))
    left = None if choice.urls else unfinished_run(store, now)
    goes_on = left.run_id if left else ""
    if left is not None:
        read = _read_left(run, store, left)
        known = f", {read} of its answers read from the WARC files" if read else ""
        outcome.notes.append(f"going on with the run {left.run_id}, which was cut short{known}")
    for other in left_runs(store, but=goes_on):
        _read_left(run, store, other)
        with check_writer(run, other.run_id) as writer:
            ledger = Ledger(writer, other.run_id)
            rules = void_rules(config)
            settle_left(store, other, rules, config.lifecycle, now=now, ledger=ledger)
    refresh_states(store, config.lifecycle, now=now, run_id=goes_on)
    return goes_on or run.run_id


def _read_left(run: Run, store: Store, left: CheckRun) -> int:
    """Take what a killed run wrote into its WARC files alone; return how many checks."""
    with check_writer(run, left.run_id) as writer:
        ledger = Ledger(writer, left.run_id)
        return go_on_with(run.collection, store, left.run_id, Rules(), ledger)


def _settle(run: Run, store: Store, log: CheckLog, asked: Asked | None) -> Settled:
    """Keep what the run is worth and the states it leads to; return that.

    A run that was to go on and could not, since a control URL fails, waits with what it has.
    """
    now, run_id = utcnow(), log.ledger.run_id
    failed = asked.failed_controls if asked else []
    waits = asked is not None and asked.never_began and run_id != run.run_id
    goes_on = waits or (asked is not None and asked.stopped)
    settled = settle_run(
        store,
        run_id,
        void_rules(run.config),
        ended=None if goes_on else now,
        failed_controls=() if waits else failed,
        is_controlled=asked is not None and asked.is_controlled,
        ledger=log.ledger if is_run(store, run_id) else None,
    )
    refresh_states(store, run.config.lifecycle, now=now, run_id=run_id)
    return replace(settled, void=control_failed(failed)) if waits else settled


def _tell(
    outcome: StageOutcome, selection: Selection, asked: Asked, settled: Settled, counts: RunCounts
) -> None:
    """Put the figures, and what has to be known of the run, into `outcome`."""
    links = asked.log.outcomes.total()
    outcome.figures = {
        "links": links,
        **_by_standing(counts),
        **_not_due(selection),
    }
    _tell_worth(outcome, settled)
    if asked.stopped:
        outcome.status, outcome.stopped = ExitStatus.CUT_SHORT, True
        left = len(selection.urls) - links
        outcome.notes.append(f"stopped by a signal with {left} links not asked; run again")
    if selection.later:
        outcome.notes.append(_when(selection))
    if asked.log.unjudged.count:
        outcome.status = ExitStatus.FAILED
        outcome.notes += map(printable, asked.log.unjudged.notes())


def _tell_worth(outcome: StageOutcome, settled: Settled) -> None:
    if settled.void:
        outcome.status, outcome.void = ExitStatus.CUT_SHORT, settled.void
        outcome.notes.append(
            f"this run is void and changes no link's state: {settled.void}; run again"
        )
    if settled.doubted:
        outcome.notes.append(CLOCK_IN_DOUBT)


def _not_due(selection: Selection) -> dict[str, int | str]:
    return {"not due": selection.later} if selection.later else {}


def _nothing(choice: Choice, selection: Selection) -> str:
    if not selection.later and not selection.never:
        at_host = f" of {choice.host}" if choice.host else ""
        return f"no links{at_host} to check: no statement cites any (yet)"
    if not selection.later:
        return "no link is ever due: none of those cited leads to a web page that may be asked"
    return _when(selection)


def _when(selection: Selection) -> str:
    when = _day(selection.next_due)
    return f"{selection.later} links are not due; the first will be on {when} (--all asks them)"


def _day(date: datetime | None) -> str:
    return f"{date:%Y-%m-%d %H:%M} UTC" if date else "no day"


def _by_standing(of_run: RunCounts) -> dict[str, int | str]:
    """Return the counts in the report's words and order; what did not occur is left out.

    Of what is broken, what repeated checks confirmed is told apart.
    """
    counts = Counter[Standing]()
    for outcome, number in of_run.outcomes.items():
        counts[standing(outcome.value)] += number
    told: dict[str, int | str] = {}
    for one in Standing:
        if counts[one]:
            told[STANDING_WORDS[one].lower()] = counts[one]
        if one is Standing.BROKEN and counts[one]:
            confirmed = of_run.confirmed
            told |= {CONFIRMED: confirmed, FIRST_SIGHT: counts[one] - confirmed}
    return told
