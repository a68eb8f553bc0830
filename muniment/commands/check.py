"""`muniment check`: ask the cited links, keep the evidence, judge."""

from __future__ import annotations

import asyncio
import contextlib
import signal
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import click

from muniment import __version__
from muniment.check_list_flags import (
    asked_as,
    asking_options,
    for_a_list,
    list_options,
    take_asking_flags,
    take_list_flags,
)
from muniment.check_settings import probe_options, user_agent
from muniment.network import make_wire, run_async
from muniment.options import collection_options, existing, network_options, settings
from muniment.progress import progress
from muniment.runs import Run, open_run, utcnow
from muniment.status import ExitStatus, StageOutcome
from pipelines.checking import CheckLog, check
from pipelines.checks.probe import Probe
from pipelines.extraction import CHECK_PREFIX
from pipelines.store import STORE_NAME, Store
from pipelines.verdicts.reasons import Outcome
from pipelines.verdicts.verdict import Rules
from reports.standing import STANDING_WORDS, Standing, standing
from warc.wire import Limits
from warc.writer import WarcWriter, WriterOptions


@click.command("check")
@collection_options
@list_options
@asking_options
@network_options
def command(**flags: Any) -> ExitStatus:
    """Ask every external link the statements cite, once, and keep the evidence.

    Each request and answer is written to archive/check-*.warc.gz; the verdicts are judged from
    that evidence alone. Private addresses are never asked unless --allow-range says so.

    With --input the links of a list, without a collection: for each line its verdict (alive,
    broken, uncertain, invalid, skipped), the reason, and the records that prove it.
    """
    listed, given = take_list_flags(flags), take_asking_flags(flags)
    config = settings(flags)
    if listed is not None:
        from muniment.check_list import check_list

        config = replace(config, check=for_a_list(config.check))
        return check_list(asked_as(config, given), listed)
    with open_run(existing(asked_as(config, given)), "check") as run:
        run.stage("check", stage)
    return run.status


def stage(run: Run) -> StageOutcome:
    """Check every cited link once."""
    outcome = StageOutcome(stage="check")
    with Store(run.collection.root / STORE_NAME) as store:
        urls = store.cited_urls()
        if not urls:
            outcome.notes.append("no links to check: no statement cites any (yet)")
            return outcome
        with WarcWriter(_writer_options(run), clock=utcnow) as writer:
            log = CheckLog(store, writer, Rules(), run.run_id)
            stopped = _ask(run, urls, writer, log)
    asked = log.outcomes.total()
    outcome.figures = {"links": asked, **_by_standing(log.outcomes)}
    if stopped:
        outcome.status, outcome.stopped = ExitStatus.CUT_SHORT, True
        left = len(urls) - asked
        outcome.notes.append(f"stopped by a signal with {left} links not asked; run again")
    return outcome


def _by_standing(outcomes: Counter[Outcome]) -> dict[str, int | str]:
    """Return the counts in the report's words and order; what did not occur is left out."""
    counts = Counter[Standing]()
    for outcome, number in outcomes.items():
        counts[standing(outcome.value)] += number
    return {STANDING_WORDS[one].lower(): counts[one] for one in Standing if counts[one]}


def _ask(run: Run, urls: Sequence[str], writer: WarcWriter, log: CheckLog) -> bool:
    """Ask all `urls`; return whether a signal stopped it before the end."""
    stopped = False

    async def work() -> None:
        nonlocal stopped
        task = asyncio.current_task()
        assert task is not None  # noqa: S101 - inside a coroutine there is one

        def stop() -> None:
            nonlocal stopped
            if not stopped:  # a second cancellation would hit the closing of the connections
                stopped = True
                task.cancel()

        for number in (signal.SIGINT, signal.SIGTERM):
            asyncio.get_running_loop().add_signal_handler(number, stop)
        limits = Limits(connect=run.config.check.timeout, idle=run.config.check.timeout)
        async with make_wire(run.config.network, limits) as wire:
            probe = Probe(
                wire, writer, probe_options(run.config), clock=utcnow, sleep=asyncio.sleep
            )
            with progress("check") as advance:
                await check(urls, probe, log, advance)

    with contextlib.suppress(asyncio.CancelledError):
        run_async(work())
    return stopped


def _writer_options(run: Run) -> WriterOptions:
    return WriterOptions(
        archive=run.collection.archive,
        indexes=run.collection.indexes,
        prefix=CHECK_PREFIX,
        info=(
            ("software", f"Muniment/{__version__}"),
            ("operator", run.config.capture.operator),
            ("isPartOf", run.collection.name),
            ("description", f"link checks of run {run.run_id}"),
            ("http-header-user-agent", user_agent(run.config.network)),
        ),
    )
