"""The crawling process, which imports for longer than the command needs to know what it shall do.

So it is begun first. It waits for its options on its standard input and ends without a word where
none come. This module imports nothing slow; `subprocess` alone would take as long as all before.
"""

from __future__ import annotations

import atexit
import os
import signal
import sys
from collections.abc import Iterator

_CRAWLS = ("capture", "run")
_HELP = "--help"


class CrawlingProcess:
    """A crawl that waits for what it is asked to do, then tells of it line by line.

    To be used in this order: `give`, `lines`, `wait`. It is in a process group of its own: one
    Ctrl-C must reach it once, not twice. Scrapy takes a second SIGINT for the wish to stop at
    once, without a clean end.
    """

    def __init__(self) -> None:
        theirs, self._input = os.pipe()
        self._output, told = os.pipe()
        try:
            self._pid = os.posix_spawn(
                sys.executable,
                [sys.executable, "-m", "crawler", "-"],
                os.environ,
                file_actions=[(os.POSIX_SPAWN_DUP2, theirs, 0), (os.POSIX_SPAWN_DUP2, told, 1)],
                setpgroup=0,
            )
        finally:
            os.close(theirs)
            os.close(told)

    def give(self, options: str) -> None:
        """Say what it is asked to do; raise BrokenPipeError where it has ended."""
        with os.fdopen(self._input, "w", encoding="utf-8") as file:
            file.write(options)

    def lines(self) -> Iterator[str]:
        """Yield what it tells until it ends."""
        with os.fdopen(self._output, encoding="utf-8", errors="replace") as file:
            yield from file

    def send_signal(self, number: signal.Signals) -> None:
        """Send it a signal; not to be used any more once it was waited for."""
        os.kill(self._pid, number)

    def wait(self) -> int:
        """Wait for its end and return its exit status, or the negative number of a signal."""
        _, status = os.waitpid(self._pid, 0)
        return os.waitstatus_to_exitcode(status)

    def drop(self) -> None:
        """End it before it was given anything."""
        os.close(self._input)
        os.close(self._output)
        self.send_signal(signal.SIGKILL)
        self.wait()


_begun: list[CrawlingProcess] = []


def begin(arguments: list[str]) -> None:
    """Start the process where these arguments of the command ask for a crawl."""
    if arguments[:1] and arguments[0] in _CRAWLS and _HELP not in arguments:
        _begun.append(CrawlingProcess())
        atexit.register(_drop)


def taken() -> CrawlingProcess:
    """Return a process that waits for its options: the one begun, or else a new one."""
    return _begun.pop() if _begun else CrawlingProcess()


def _drop() -> None:
    """End the process that nobody took: the command came to nothing."""
    while _begun:
        _begun.pop().drop()
