"""One crawl in this process, as the options in a file, or from standard input, say.

Progress goes to standard output as JSON lines, the log to the file the options name. Exit status
0 finished, 4 cut short with good data, 5 nothing captured, 1 our fault. A second crawl needs a
second process, since Twisted's reactor cannot be started again.
"""

from __future__ import annotations

import gc
import logging
import os
import sys
import time
from pathlib import Path
from typing import Any

from scrapy.crawler import Crawler, CrawlerProcess
from scrapy.settings import Settings

from crawler import interrupt
from crawler.alone import alone
from crawler.archive import wire_for
from crawler.disk import is_full
from crawler.ending import Ending
from crawler.errors_file import write_errors_beside
from crawler.options import CaptureOptions, OptionsError
from crawler.progress import tell
from crawler.settings import settings_for
from crawler.stopping import ExitStatus, StopReason, exit_status
from crawler.tally import Tally
from warc.collection import Collection
from warc.recovery import recover

_STDIN = "-"
_PATIENCE = 15.0  # longer than a crawl whose command was killed needs to end


def main(arguments: list[str]) -> int:
    """Run the crawl that the options file describes; return the exit status."""
    if len(arguments) != 1:
        tell("note", message="usage: python -m crawler OPTIONS.json (- for standard input)")
        return ExitStatus.FAULT
    try:
        text = _read(arguments[0])
        is_commands = arguments[0] == _STDIN
        if not text and is_commands:
            return ExitStatus.FINISHED  # begun for a command that then came to nothing
        options = CaptureOptions.from_json(text)
        if options.log_file is not None and is_commands:
            write_errors_beside(options.log_file)
        Collection(options.collection).create()
        # The command holds a lock of its own: who is there has lost his.
        patience = _PATIENCE if is_commands else 0.0
        with alone(options.collection, patience, interrupt.is_asked_to_stop):
            prepare(options)
            return run(options)
    except (OptionsError, OSError) as error:
        tell("note", message=str(error))
        full = isinstance(error, OSError) and is_full(error)
        reason = StopReason.DISK_FULL if full else StopReason.FAULT
        status = exit_status(reason, 0)
        tell("finished", reason=reason, exit=status, **Tally().as_json())
        return status


def _read(name: str) -> str:
    return sys.stdin.read() if name == _STDIN else Path(name).read_text("utf-8")


def prepare(options: CaptureOptions) -> None:
    """Mend what a killed crawl left, and prove that the options fit together."""
    wire_for(options)
    for sentence in recover(Collection(options.collection)):
        tell("note", message=sentence)


def run(options: CaptureOptions) -> int:
    """Crawl, tell the end of it, and return the exit status."""
    began = time.monotonic()
    logging.raiseExceptions = False  # a full disk takes the log too
    if interrupt.is_asked_to_stop():
        return _end(StopReason.SIGNAL, Tally(), 0.0)
    process = _Process(_settings(options))
    crawler = process.create_crawler(options.spider)
    outcome = process.crawl(crawler, options=options)
    outcome.addErrback(lambda failure: tell("note", message=failure.getErrorMessage()))
    gc.freeze()  # what the imports made need not be gone through again and again
    gc.enable()
    process.start()
    ending = crawler.get_extension(Ending) if not process.bootstrap_failed else None
    return _finish(crawler, ending, time.monotonic() - began)


class _Process(CrawlerProcess):
    """Remembers signals, also those that come before there is a spider to end by them."""

    def _signal_shutdown(self, signum: int, _: Any) -> None:
        interrupt.remember(signum, None)
        super()._signal_shutdown(signum, _)


def _finish(crawler: Crawler, ending: Ending | None, seconds: float) -> int:
    otherwise = StopReason.SIGNAL if interrupt.is_asked_to_stop() else StopReason.FAULT
    reason = (ending.reason if ending else None) or otherwise
    tally = ending.tally if ending else Tally()
    return _end(reason, tally, seconds)


def _end(reason: StopReason, tally: Tally, seconds: float) -> int:
    """Tell the end of the crawl and return the exit status."""
    status = exit_status(reason, tally.pages)
    try:
        tell("finished", reason=reason, exit=status, seconds=round(seconds, 3), **tally.as_json())
    except OSError:  # nobody listens any more; nor should Python try again as it exits
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return status


def _settings(options: CaptureOptions) -> Settings:
    settings = Settings()
    settings.setmodule("crawler.settings", priority="project")
    settings.setdict(settings_for(options), priority="cmdline")
    settings.set("CAPTURE_PROGRESS", True, priority="cmdline")
    if options.log_file is not None:
        options.log_file.parent.mkdir(parents=True, exist_ok=True)
        settings.set("LOG_FILE", str(options.log_file), priority="cmdline")
    return settings
