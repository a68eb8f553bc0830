"""`muniment report`: the broken-link report."""

from __future__ import annotations

import webbrowser
from pathlib import Path
from typing import Any

import click

from muniment.config import override
from muniment.fail_on import FailOn
from muniment.options import collection_options, existing, settings
from muniment.runs import Run, open_run, utcnow
from muniment.status import ExitStatus, StageOutcome
from pipelines.refill import refill_lost
from pipelines.store import STORE_NAME, Store
from pipelines.verdicts.rules import Rules
from pipelines.void_runs import VoidRules
from reports import csv, html, jsonl
from reports.assembly import assemble
from reports.findings import Report
from reports.statistics import share_broken

_FORMATS = {"html": html.render, "csv": csv.render, "jsonl": jsonl.render}


@click.command("report")
@collection_options
@click.option("--fail-on", metavar="none|any|N%", help="Broken links that make the status 2.")
@click.option("--open", "show", is_flag=True, help="Open the report in the browser.")
def command(fail_on: str | None, *, show: bool, **flags: Any) -> ExitStatus:
    """Write the broken-link report as HTML, CSV and JSON Lines into the run's folder.

    One HTML file that opens without a network; its evidence links lead to `muniment replay`.
    """
    config = settings(flags)
    report = override(config.report, fail_on=fail_on)
    FailOn.parse(report.fail_on)
    with open_run(override(existing(config), report=report), "report") as run:
        run.stage("report", stage)
    if show and "report" in run.reports:
        webbrowser.open(Path(run.reports["report"]).as_uri())
    return run.status


def stage(run: Run) -> StageOutcome:
    """Write every format; the status tells whether the broken share is beyond `fail_on`."""
    outcome = StageOutcome(stage="report")
    void = VoidRules(share=run.config.check.void_share, hosts=run.config.check.void_hosts)
    with Store(run.collection.root / STORE_NAME) as store:
        outcome.notes += refill_lost(run.collection, store, Rules(), void)
        report = assemble(
            store,
            collection=run.collection.name,
            run_id=run.run_id,
            generated=utcnow(),
            replay_base=run.config.report.replay_base,
            lifecycle=run.config.lifecycle,
        )
    for ending, render in _FORMATS.items():
        path = run.folder / f"report.{ending}"
        path.write_text(render(report), "utf-8", newline="")
        run.reports["report" if ending == "html" else ending] = str(path)
    _tell(outcome, report, FailOn.parse(run.config.report.fail_on))
    return outcome


def _tell(outcome: StageOutcome, report: Report, fail_on: FailOn) -> None:
    share = share_broken(report.findings)
    outcome.figures = {"links": len(report.findings), "broken": share.numerator}
    if share.value is not None:
        judged = f"of the {share.denominator} that could be judged"
        outcome.figures[judged] = f"{100 * share.value:.1f} %"
    if not report.findings:
        outcome.notes.append("no link has been checked yet: `muniment check` asks them")
    outcome.notes += report.warnings
    if fail_on.is_exceeded(share.numerator, share.denominator):
        outcome.status = ExitStatus.BROKEN_LINKS
        outcome.notes.append("more links are broken than --fail-on allows")
