"""The crawling process: Scrapy runs in a child, once a process, and tells its progress."""

from __future__ import annotations

import contextlib
import json
import signal
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


class CrawlError(Exception):
    """The crawling process ended without a word; the message quotes its last line."""


def crawl(options: CaptureOptions, folder: Path, on_event: Callable[[Event], None]) -> Event:
    """Run one crawl to its end and return its last event, with its `exit_status` added.

    The options are left in `folder` as `capture.json`, without what is secret in them; their log
    is to be in it too, and what the crawl says on standard error lies beside that. A signal
    to this process is passed on, and the crawl's clean end is waited for. Raises CrawlError where
    it dies without that event.
    """
    asked = options.to_json()
    (folder / "capture.json").write_text(masked(asked) + "\n", "utf-8")
    child = crawling_process.taken()
    with _signals_to(child):
        with contextlib.suppress(BrokenPipeError):  # how it ended is told below
            child.give(asked)
        last = _relay(child.lines(), on_event)
    status = child.wait()
    words = _unexpected_words(folder / ERRORS)
    if last is None and status == -signal.SIGTERM:  # before it could heed it
        return {**_NOTHING, "reason": "shutdown", "exit_status": ExitStatus.NOTHING_CAPTURED}
    if last is None:
        reason = words[-1] if words else f"killed with status {status}"
        raise CrawlError(f"the crawl ended without finishing: {reason}")
    return {**last, "exit_status": status}


def _unexpected_words(errors: Path) -> list[str]:
    """Return the lines that a crawl left on standard error; without any its file goes."""
    try:
        words = errors.read_text("utf-8", "replace").strip().splitlines()
    except OSError:  # it ended before it could make the file
        return []
    if not words:
        errors.unlink()
    return words


def _relay(lines: Iterable[str], on_event: Callable[[Event], None]) -> Event | None:
    last = None
    for line in lines:
        try:
            event = json.loads(line)
        except ValueError:
            continue  # a library's stray print is no event
        if event.get("event") == "finished":
            last = event
        else:
            on_event(event)
    return last


@contextmanager
def _signals_to(child: CrawlingProcess) -> Iterator[None]:
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
