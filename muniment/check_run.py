"""A run of checks over a collection: the control URLs, the links, and what the run is worth."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field

from muniment import __version__
from muniment.check_settings import probe_options, user_agent
from muniment.controls import ask_controls, failed_controls
from muniment.memory import hold_memory
from muniment.network import make_wire
from muniment.progress import progress
from muniment.runs import Run, utcnow
from muniment.until_signal import run_until_signal
from pipelines.checking import CheckLog, check
from pipelines.checks.probe import Probe
from pipelines.checks.readback import RUN
from pipelines.extraction import CHECK_PREFIX
from warc.wire import Limits, Wire
from warc.writer import WarcWriter, WriterOptions


@dataclass(slots=True)
class Asked:
    """What became of a run: how many links were asked, and the control URLs that failed.

    `is_controlled`: there are control URLs, and one opened before the links and after them.
    """

    log: CheckLog
    stopped: bool = False
    failed_controls: list[str] = field(default_factory=list)
    is_controlled: bool = False

    @property
    def never_began(self) -> bool:
        """Return whether a control URL failed before any link was asked."""
        return bool(self.failed_controls) and not self.log.outcomes.total()


def check_writer(run: Run, run_id: str) -> WarcWriter:
    """Return what writes the WARC files of a run of checks; none is made until it writes."""
    return WarcWriter(_writer_options(run, run_id), clock=utcnow)


def ask(run: Run, log: CheckLog, writer: WarcWriter, urls: Sequence[str]) -> Asked:
    """Ask `urls`, the control URLs before and after them, all written by `writer`.

    Where a control URL fails at the beginning no link is asked.
    """
    asked = Asked(log)
    hold_memory()

    async def work() -> None:
        limits = Limits(connect=run.config.check.timeout, idle=run.config.check.timeout)
        async with make_wire(run.config.network, limits) as wire:
            asked.failed_controls = await _failed_controls(run, wire, writer, log, "before")
            if asked.failed_controls:
                return
            probe = Probe(
                wire, writer, probe_options(run.config), clock=utcnow, sleep=asyncio.sleep
            )
            with progress("check") as advance:
                await check(urls, probe, log, advance)
            asked.failed_controls = await _failed_controls(run, wire, writer, log, "after")
            asked.is_controlled = bool(run.config.check.control_urls) and not asked.failed_controls

    asked.stopped = run_until_signal(work)
    return asked


async def _failed_controls(
    run: Run, wire: Wire, writer: WarcWriter, log: CheckLog, when: str
) -> list[str]:
    """Ask the control URLs and note it in the ledger; return them where none of them opens."""
    seen = await ask_controls(run.config, wire, writer)
    log.ledger.add_controls(when, seen)
    return failed_controls(seen)


def _writer_options(run: Run, run_id: str) -> WriterOptions:
    return WriterOptions(
        archive=run.collection.archive,
        indexes=run.collection.indexes,
        prefix=CHECK_PREFIX,
        info=(
            ("software", f"Muniment/{__version__}"),
            ("operator", run.config.capture.operator),
            ("isPartOf", run.collection.name),
            ("description", f"{RUN}{run_id}"),
            ("http-header-user-agent", user_agent(run.config.network)),
        ),
    )
