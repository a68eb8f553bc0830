"""Links that reviewers want asked again now: one child process at a time asks them."""

from __future__ import annotations

import subprocess
import threading
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

_AT_ONCE = 50
_REMEMBERED = 1_000
_LAST_WORDS = 300
_GRACE_SECONDS = 20


class RecheckStatus(StrEnum):
    """How far it is with a link that is to be asked again."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    NEXT_RUN = "next-run"  # another run is at work in the collection


@dataclass(frozen=True, slots=True, kw_only=True)
class Recheck:
    """A link to be asked again; `words` say what went wrong."""

    url: str
    asked: datetime
    status: RecheckStatus = RecheckStatus.WAITING
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """How links are asked: `line` is the command for some URLs, `holder` says who is at work."""

    line: Callable[[Sequence[str]], Sequence[str]]
    holder: Callable[[], str | None]


class Rechecks:
    """The links asked again since the review began, in the order in which they were wanted."""

    def __init__(self, asking: Asking) -> None:
        self._asking = asking
        self._links: dict[str, Recheck] = {}
        self._waiting: deque[str] = deque()
        self._changed = threading.Condition()
        self._child: subprocess.Popen[str] | None = None
        self._thread: threading.Thread | None = None
        self._is_over = False

    def add(self, urls: Iterable[str], now: datetime) -> None:
        """Have links asked as soon as those before them were; one that waits is not asked twice."""
        with self._changed:
            for url in urls:
                known = self._links.pop(url, None)
                is_queued = known is not None and known.status is RecheckStatus.WAITING
                if not is_queued:
                    self._waiting.append(url)
                self._links[url] = Recheck(url=url, asked=now)
            self._forget_oldest()
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, name="recheck", daemon=True)
                self._thread.start()
            self._changed.notify_all()

    def links(self) -> list[Recheck]:
        """Return the links, the last one wanted first."""
        with self._changed:
            return list(reversed(self._links.values()))

    def under_way(self) -> int:
        """Return how many links wait or are being asked."""
        with self._changed:
            busy = (RecheckStatus.WAITING, RecheckStatus.RUNNING)
            return sum(one.status in busy for one in self._links.values())

    def close(self) -> None:
        """End the child process, if there is one, as Ctrl-C would; what it answered is kept."""
        with self._changed:
            self._is_over = True
            child = self._child
            self._changed.notify_all()
        if child is not None:
            child.terminate()
        if self._thread is not None:
            self._thread.join(_GRACE_SECONDS)
            if child is not None and child.poll() is None:
                child.kill()
                self._thread.join(_GRACE_SECONDS)

    def _forget_oldest(self) -> None:
        done = (RecheckStatus.DONE, RecheckStatus.FAILED, RecheckStatus.NEXT_RUN)
        over = len(self._links) - _REMEMBERED
        for url in [one.url for one in self._links.values() if one.status in done][: max(0, over)]:
            del self._links[url]

    def _work(self) -> None:
        while urls := self._next():
            self._set(urls, RecheckStatus.RUNNING)
            holder = self._asking.holder()
            if holder is None:
                status, words = self._ask(urls)
                holder = self._asking.holder() if status is RecheckStatus.FAILED else None
            if holder is not None:
                status = RecheckStatus.NEXT_RUN
                words = f"another run is at work ({holder}): due at the next run"
            self._set(urls, status, words)

    def _next(self) -> list[str]:
        with self._changed:
            while not self._waiting and not self._is_over:
                self._changed.wait()
            if self._is_over:
                return []
            count = min(_AT_ONCE, len(self._waiting))
            return [self._waiting.popleft() for _ in range(count)]

    def _ask(self, urls: Sequence[str]) -> tuple[RecheckStatus, str]:
        try:
            with self._changed:
                if self._is_over:
                    return RecheckStatus.FAILED, "the review was ended"
                self._child = subprocess.Popen(  # noqa: S603 - our own command; URLs are arguments
                    self._asking.line(urls),
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.PIPE,
                    text=True,
                    errors="replace",
                    start_new_session=True,
                )
            said = self._child.communicate()[1]
        except OSError as error:
            return RecheckStatus.FAILED, str(error)
        if self._child.returncode == 0:
            return RecheckStatus.DONE, ""
        last = next((line for line in reversed(said.splitlines()) if line.strip()), "")
        ended = f"the check ended with status {self._child.returncode}"
        return RecheckStatus.FAILED, f"{ended}: {last.strip()[:_LAST_WORDS]}" if last else ended

    def _set(self, urls: Iterable[str], status: RecheckStatus, words: str = "") -> None:
        with self._changed:
            for url in urls:
                if url in self._links:
                    self._links[url] = replace(self._links[url], status=status, words=words)
