"""The crawling process: Scrapy runs in a child, once a process, and tells its progress."""

from __future__ import annotations

import contextlib
import json
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import IO, Any

from crawler.options import CaptureOptions
from muniment.status import ExitStatus
from warc.http.userinfo import masked

Event = Mapping[str, Any]
_NOTHING: Event = {"event": "finished", "responses": 0, "bytes": 0, "failed": 0}


class CrawlError(Exception):
    """The crawling process ended without a word; the message quotes its last line."""


def crawl(options: CaptureOptions, folder: Path, on_event: Callable[[Event], None]) -> Event:
    """Run one crawl to its end and return its last event, with its `exit_status` added.

    The options are left in `folder` as `capture.json`, without what is secret in them. A signal
    to this process is passed on, and the crawl's clean end is waited for. Raises CrawlError where
    it dies without that event.
    """
    asked = options.to_json()
    (folder / "capture.json").write_text(masked(asked) + "\n", "utf-8")
    errors = folder / "capture.stderr"
    command = [sys.executable, "-m", "crawler", "-"]
    with errors.open("w+", encoding="utf-8") as stderr:
        with _child(command, stderr) as child, _signals_to(child):
            _give(child, asked)
            last = _relay(child, on_event)
        stderr.seek(0)
        words = stderr.read().strip().splitlines()
    if not words:
        errors.unlink()
    if last is None and child.returncode == -signal.SIGTERM:  # before it could heed it
        return {**_NOTHING, "reason": "shutdown", "exit_status": ExitStatus.NOTHING_CAPTURED}
    if last is None:
        reason = words[-1] if words else f"killed with status {child.returncode}"
        raise CrawlError(f"the crawl ended without finishing: {reason}")
    return {**last, "exit_status": child.returncode}


def _give(child: subprocess.Popen[str], options: str) -> None:
    assert child.stdin is not None  # noqa: S101 - it was asked for
    with contextlib.suppress(BrokenPipeError), child.stdin:  # how it ended is told elsewhere
        child.stdin.write(options)


def _relay(child: subprocess.Popen[str], on_event: Callable[[Event], None]) -> Event | None:
    last = None
    assert child.stdout is not None  # noqa: S101 - it was asked for
    for line in child.stdout:
        try:
            event = json.loads(line)
        except ValueError:
            continue  # a library's stray print is no event
        if event.get("event") == "finished":
            last = event
        else:
            on_event(event)
    return last


def _child(command: list[str], stderr: IO[str]) -> subprocess.Popen[str]:
    """Start the crawl in a process group of its own: one Ctrl-C must reach it once, not twice.

    Scrapy takes a second SIGINT for the wish to stop at once, without a clean end.
    """
    return subprocess.Popen(  # noqa: S603 - our own interpreter and module
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=stderr,
        text=True,
        process_group=0,
    )


@contextmanager
def _signals_to(child: subprocess.Popen[str]) -> Iterator[None]:
    """Pass SIGINT and SIGTERM on to the child as SIGTERM, the first one only."""
    passed_on = False

    def pass_on(_: int, __: FrameType | None) -> None:
        nonlocal passed_on
        if not passed_on:
            passed_on = True
            child.send_signal(signal.SIGTERM)

    before = {n: signal.signal(n, pass_on) for n in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
