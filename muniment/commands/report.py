"""`muniment report`: the broken-link report."""

from __future__ import annotations

import shutil
import sys
import webbrowser
from functools import partial
from pathlib import Path
from typing import Any

import click

from muniment.check_settings import void_rules
from muniment.config import ConfigError, override
from muniment.fail_on import FailOn
from muniment.options import collection_options, existing, settings
from muniment.report_formats import check_formats, split_formats
from muniment.runs import Run, open_run, utcnow
from muniment.status import ExitStatus, StageOutcome
from pipelines.refill import refill_lost
from pipelines.store import STORE_NAME, Store
from pipelines.verdicts.pack_names import PackName
from pipelines.verdicts.rules import Rules
from reports.assembly import Imprint, assemble
from reports.changes import CHANGE_WORDS, Change, changes
from reports.earlier_run import UnknownRunError
from reports.findings import Report
from reports.formats import FORMATS, file_name, write
from reports.standing import CONFIRMED, FIRST_SIGHT
from reports.statistics import share_broken

_PIPED_WIDTH = 160


@click.command("report")
@collection_options
@click.option("--fail-on", metavar="none|any|N%", help="Broken links that make the status 2.")
@click.option("--format", "formats", metavar="NAME,...", help=f"Of: {', '.join(FORMATS)}.")
@click.option(
    "--pack", type=click.Choice([one.value for one in PackName]), help="What is broken  [strict]"
)
@click.option("--since", metavar="RUN", help="Compare with this run of checks  [the last but one]")
@click.option("--table", is_flag=True, help="Print the broken links as a table, too.")
@click.option("--open", "show", is_flag=True, help="Open the report in the browser.")
def command(
    fail_on: str | None,
    formats: str | None,
    pack: str | None,
    since: str | None,
    *,
    table: bool,
    show: bool,
    **flags: Any,
) -> ExitStatus:
    """Write the broken-link report into the run's folder, and tell what changed.

    One HTML file that opens without a network; its evidence links lead to `muniment replay`.
    Other formats beside it, for spreadsheets and programs: docs/reports.md.
    What counts as broken follows a definition (--pack): docs/verdicts.md.
    """
    config = settings(flags)
    report = override(
        config.report, fail_on=fail_on, formats=split_formats(formats), pack=pack and PackName(pack)
    )
    FailOn.parse(report.fail_on)
    check_formats(report.formats)
    with open_run(override(existing(config), report=report), "report") as run:
        run.stage("report", partial(stage, since=since, table=table))
    if show and "report" in run.reports:
        webbrowser.open(Path(run.reports["report"]).as_uri())
    return run.status


def stage(run: Run, *, since: str | None = None, table: bool = False) -> StageOutcome:
    """Write every format; the status tells whether the broken share is beyond `fail_on`."""
    outcome = StageOutcome(stage="report")
    with Store(run.collection.root / STORE_NAME) as store:
        outcome.notes += refill_lost(run.collection, store, Rules(), void_rules(run.config))
        report = _assembled(run, store, since)
    for name in run.config.report.formats:
        path = run.folder / file_name(name)
        write(report, name, path)
        run.reports["report" if name == "html" else name] = str(path)
    _tell(outcome, report, FailOn.parse(run.config.report.fail_on))
    if table:
        _print_table(report)
    return outcome


def _assembled(run: Run, store: Store, since: str | None) -> Report:
    try:
        return assemble(
            store,
            Imprint(
                collection=run.collection.name,
                run_id=run.run_id,
                generated=utcnow(),
                replay_base=run.config.report.replay_base,
            ),
            lifecycle=run.config.lifecycle,
            since=since,
            indexes=run.collection.indexes,
            pack=run.config.report.pack,
        )
    except UnknownRunError as error:
        raise ConfigError(f"--since {error}") from error


def _print_table(report: Report) -> None:
    from reports.table import render

    is_terminal = sys.stdout.isatty()
    width = shutil.get_terminal_size().columns if is_terminal else _PIPED_WIDTH
    for piece in render(report, width=width):
        click.echo(piece, nl=False)


def _tell(outcome: StageOutcome, report: Report, fail_on: FailOn) -> None:
    share = share_broken(report.findings)
    is_strict = report.definition.pack == PackName.STRICT
    broken = "broken" if is_strict else f"broken by {report.definition}"
    outcome.figures = {"links": len(report.findings), broken: share.numerator}
    confirmed = sum(one.is_confirmed for one in report.findings)
    if share.numerator:
        parts = {CONFIRMED: confirmed, FIRST_SIGHT: share.numerator - confirmed}
        outcome.figures |= parts
    if share.set_aside:
        outcome.figures["set aside by reviewers"] = share.set_aside
    if share.value is not None:
        judged = f"of the {share.denominator} that could be judged"
        outcome.figures[judged] = f"{100 * share.value:.1f} %"
    news = changes(report)
    outcome.figures |= {
        CHANGE_WORDS[one].lower(): news[one]
        for one in Change
        if report.previous and one is not Change.NONE
    }
    if not report.findings:
        outcome.notes.append("no link has been checked yet: `muniment check` asks them")
    outcome.notes += report.warnings
    if fail_on.is_exceeded(share.numerator, share.denominator):
        outcome.status = ExitStatus.BROKEN_LINKS
        outcome.notes.append("more links are broken than --fail-on allows")
