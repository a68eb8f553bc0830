"""`muniment run`: the whole job."""

from __future__ import annotations

import importlib
from typing import Any

import click

from muniment.commands.capture import capture_options
from muniment.config import override
from muniment.fail_on import FailOn
from muniment.options import collection_options, network_options, settings
from muniment.parquet_setting import check_parquet
from muniment.report_formats import check_formats
from muniment.runs import open_run
from muniment.status import ExitStatus
from pipelines.verdicts.pack_names import PackName

_STAGES = ("capture", "extract", "check", "report")


@click.command("run")
@collection_options
@network_options
@click.option("--fail-on", metavar="none|any|N%", help="Broken links that make the status 2.")
@click.option(
    "--pack", type=click.Choice([one.value for one in PackName]), help="What is broken  [strict]"
)
def command(fail_on: str | None, pack: str | None, **flags: Any) -> ExitStatus:
    """Do the whole job: capture, extract, check, report.

    Each stage can also be run alone, and again without harm. A stage that fails does not stop
    what can still be done with the captures that are there; Ctrl-C stops the whole job, and
    everything captured until then is kept.

    What the report calls broken, and with it --fail-on, follows a definition (--pack):
    docs/verdicts.md.
    """
    config = settings(flags)
    report = override(config.report, fail_on=fail_on, pack=pack and PackName(pack))
    FailOn.parse(report.fail_on)  # what cannot be followed shows now, not after hours of work
    check_parquet(config.extract)
    check_formats(report.formats)
    capture_options(config)
    with open_run(override(config, report=report), "run") as run:
        for name in _STAGES:
            done = run.stage(name, importlib.import_module(f"muniment.commands.{name}").stage)
            if done.stopped:
                break
    return run.status
