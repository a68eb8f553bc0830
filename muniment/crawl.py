"""The crawling process: Scrapy runs in a child, once a process, and tells its progress."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any

from crawler.errors_file import ERRORS
from crawler.options import CaptureOptions
from muniment import crawling_process
from muniment.crawling_process import CrawlingProcess
from muniment.status import ExitStatus
from warc.http.userinfo import masked

Event = Mapping[str, Any]
_NOTHING: Event = {"event": "finished", "responses": 0, "bytes": 0, "failed": 0}
_SAME_WISH = 0.5  # seconds; `timeout` and the like signal a process and then its group
_AGAIN = b"\nmuniment: ending what is under way; Ctrl-C again ends at once and loses no record\n"


class CrawlError(Exception):
    """The crawling process ended without a word; the message quotes its last line."""


def crawl(options: CaptureOptions, folder: Path, on_event: Callable[[Event], None]) -> Event:
    """Run one crawl to its end and return its last event, with its `exit_status` added.

    The options are left in `folder` as `capture.json`, without what is secret in them; their log
    is to be in it too, and what the crawl says on standard error lies beside that. A signal
    to this process is passed on, and the crawl's clean end is waited for; a second one kills the
    crawl, which the next start mends. Raises CrawlError where it dies without that event.
    """
    asked = options.to_json()
    (folder / "capture.json").write_text(masked(asked) + "\n", "utf-8")
    child = crawling_process.taken()
    with _signals_to(child) as asked_to_end:
        with contextlib.suppress(BrokenPipeError):  # how it ended is told below
            child.give(asked)
        last = _relay(child.lines(), on_event)
    status = child.wait()
    words = _unexpected_words(folder / ERRORS)
    if last["event"] == "finished":
        return {**last, "exit_status": status if status >= 0 else last["exit"]}
    if status == -signal.SIGTERM:  # before it could heed it
        return {**_NOTHING, "reason": "shutdown", "exit_status": ExitStatus.NOTHING_CAPTURED}
    if status == -signal.SIGKILL and asked_to_end:
        return {**_NOTHING, **last, "reason": "killed", "exit_status": ExitStatus.CUT_SHORT}
    reason = words[-1] if words else f"killed with status {status}"
    raise CrawlError(f"the crawl ended without finishing: {reason}")


def _unexpected_words(errors: Path) -> list[str]:
    """Return the lines that a crawl left on standard error; without any its file goes."""
    try:
        words = errors.read_text("utf-8", "replace").strip().splitlines()
    except OSError:  # it ended before it could make the file
        return []
    if not words:
        errors.unlink()
    return words


def _relay(lines: Iterable[str], on_event: Callable[[Event], None]) -> Event:
    """Return how the crawl ended, or else how far it had come when it last said so."""
    last = {**_NOTHING, "event": "none"}
    for line in lines:
        try:
            event = json.loads(line)
        except ValueError:
            continue  # a library's stray print is no event
        if event.get("event") in ("finished", "progress"):
            last = event
        if event.get("event") != "finished":
            on_event(event)
    return last


@contextmanager
def _signals_to(child: CrawlingProcess) -> Iterator[list[float]]:
    """Pass SIGINT or SIGTERM on to the child as SIGTERM, and a later one as SIGKILL.

    Yield when they came.
    """
    came: list[float] = []

    def pass_on(_: int, __: FrameType | None) -> None:
        came.append(time.monotonic())
        if len(came) == 1:
            child.send_signal(signal.SIGTERM)
            if os.isatty(2):
                os.write(2, _AGAIN)
        elif came[-1] - came[0] >= _SAME_WISH:
            child.send_signal(signal.SIGKILL)

    before = {n: signal.signal(n, pass_on) for n in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield came
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
