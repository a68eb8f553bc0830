"""Run a command as a child process and say what it cost, its own children included."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
CONCURRENCY = 8
_PAGE_MIB = os.sysconf("SC_PAGE_SIZE") / (1 << 20)
_LOOK_SECONDS = 0.01


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """What one run came to: seconds on the clock, seconds of CPU, peak memory in MiB.

    Memory is the resident one of all its processes together. It is looked at every 10 ms, since
    what the system reports of a child at its end counts the memory of the parent that forked it.
    """

    status: int
    seconds: float
    cpu: float
    peak: float


def run(command: list[str], folder: Path) -> Cost:
    """Return the cost of `command`, run in `folder`; what it says goes to `output.txt` there."""
    folder.mkdir(parents=True, exist_ok=True)
    environment = os.environ | {"PYTHONPATH": str(PROJECT)}
    began = time.monotonic()
    with (folder / "output.txt").open("wb") as output:
        child = subprocess.Popen(command, cwd=folder, stdout=output, stderr=output, env=environment)
        memory = _Memory(child.pid)
        memory.start()
        _, status, usage = os.wait4(child.pid, 0)
        memory.is_over = True
        memory.join()
    child.returncode = os.waitstatus_to_exitcode(status)
    return Cost(
        status=child.returncode,
        seconds=time.monotonic() - began,
        cpu=usage.ru_utime + usage.ru_stime,
        peak=memory.peak,
    )


def capture_command(url: str, collection: Path, *more: str) -> list[str]:
    """Return the command that captures the site at `url` into `collection`."""
    return [
        sys.executable,
        *("-m", "muniment", "capture", url),
        *("--collection", str(collection)),
        *("--concurrency", str(CONCURRENCY), "--delay", "0"),
        *("--allow-range", "127.0.0.0/8"),
        *more,
    ]


class _Memory(threading.Thread):
    """Watches the resident memory of a process and all that come from it."""

    def __init__(self, pid: int) -> None:
        super().__init__()
        self._pid = pid
        self.peak = 0.0
        self.is_over = False

    def run(self) -> None:
        """Look until it is over (threading)."""
        while not self.is_over:
            self.peak = max(self.peak, _resident(self._pid))
            time.sleep(_LOOK_SECONDS)


def _resident(pid: int) -> float:
    """Return the MiB that a process and its descendants hold; 0 for one that has ended."""
    folder = Path("/proc", str(pid))
    with suppress(OSError):
        own = int((folder / "statm").read_text().split()[1]) * _PAGE_MIB
        children = (folder / "task" / str(pid) / "children").read_text().split()
        return own + sum(_resident(int(child)) for child in children)
    return 0.0
