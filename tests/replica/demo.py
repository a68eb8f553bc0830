"""The whole job on the replica: `python tests/replica/demo.py [--serve]`, which `make demo` runs.

Starts the replica in this process, runs the real command as a child process against it, says
where the report is and how to replay, and leaves no process behind.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import FrameType

if not __package__:
    # As a script its folder comes first on the path, where the package itself is out of reach.
    sys.path[0] = str(Path(__file__).resolve().parents[1])

from replica.statement import HOST
from replica.world import Replica, serve

PROJECT = Path(__file__).resolve().parents[2]
_MARK = "# Made by tests/replica/demo.py; this folder is emptied at each start."
COLLECTION = "state-2009-2017-replica"
_GRACE_SECONDS = 10
_STOPPED = 130  # as shells report a process ended by Ctrl-C


def main() -> int:
    """Return the exit status of the command that ran."""
    parser = argparse.ArgumentParser(description=__doc__, allow_abbrev=False)
    parser.add_argument("--serve", action="store_true", help="keep replay and replica running")
    parser.add_argument("--pages", type=int, default=300, help="statements (default 300)")
    parser.add_argument("--folder", type=Path, default=PROJECT / "demo", help="default: demo")
    arguments = parser.parse_args()
    signal.signal(signal.SIGTERM, _interrupt)
    folder: Path = arguments.folder.absolute()
    problem = empty(folder)
    if problem:
        print(f"demo: {problem}", file=sys.stderr)
        return 1
    try:
        with serve(pages=arguments.pages) as replica:
            return demonstrate(replica, folder, keep_open=arguments.serve)
    except KeyboardInterrupt:
        return _STOPPED


def demonstrate(replica: Replica, folder: Path, *, keep_open: bool) -> int:
    """Run the job and return its exit status; with `keep_open` serve until Ctrl-C afterwards."""
    shutil.copy(replica.ca_file, folder / "ca.pem")
    config = folder / "muniment.toml"
    config.write_text(settings(replica), "utf-8")
    print(f"A replica of {HOST} with {replica.pages} statements is up on loopback.", flush=True)
    with child("run", "--config", config) as run:
        status = run.wait()
    collection = _short(folder / COLLECTION)
    report = _report(folder)
    print(f"\nOpen the report in a browser: {report.as_uri() if report else 'none was written'}")
    if not keep_open:
        print("Its evidence opens while the replay runs; to start it:")
        print(f"  .venv/bin/muniment replay --collection {collection}")
        return status
    print("Its evidence opens in the replay, which runs until Ctrl-C:", flush=True)
    with child("replay", "--config", config) as replay, suppress(KeyboardInterrupt):
        return replay.wait() or status
    return status


def empty(folder: Path) -> str | None:
    """Make the folder empty for a fresh start; return why not, if it is not a demo's folder."""
    config = folder / "muniment.toml"
    if folder.exists() and any(folder.iterdir()):
        if not config.is_file() or not config.read_text("utf-8").startswith(_MARK):
            return f"{_short(folder)} holds something else; name another with --folder"
        shutil.rmtree(folder)
    folder.mkdir(parents=True, exist_ok=True)
    # Written first, so that a run that dies at once can be started again.
    config.write_text(_MARK + "\n", "utf-8")
    return None


def settings(replica: Replica) -> str:
    """Return the configuration of the demo; its paths are relative to its folder."""
    network = replica.network() | {"ca_file": "ca.pem"}
    tables: dict[str, dict[str, object]] = {
        "network": network,
        "capture": {
            "profile": "state-2009-2017",
            "seeds": [f"http://{HOST}/"],
            "concurrency": 8,
            "delay": 0.0,
            "max_pages": 20 * replica.pages + 1000,  # the calendar without end is no excuse
        },
        "check": {"per_host_delay": 0.0, "timeout": 2.0, "retry_delay": 1.0},
    }
    lines = [_MARK, f'collection = "{COLLECTION}"']
    for name, table in tables.items():
        lines.append(f"\n[{name}]")
        lines += [f"{key} = {json.dumps(value)}" for key, value in table.items()]
    return "\n".join(lines) + "\n"


@contextmanager
def child(command: str, *arguments: str | Path) -> Iterator[subprocess.Popen[bytes]]:
    """Run a command of Muniment on this terminal; it has ended when the block is left.

    Ctrl-C reaches the child from the terminal itself. One that does not end by itself then is
    asked to, and killed at last.
    """
    line = [sys.executable, "-m", "muniment", command, *map(str, arguments)]
    process = subprocess.Popen(line, env=_environment())
    try:
        yield process
    except _TerminatedError:
        process.terminate()
        raise
    finally:
        _end(process)


class _TerminatedError(KeyboardInterrupt):
    """This process alone was asked to end; the child has not heard of it."""


def _end(process: subprocess.Popen[bytes]) -> None:
    for stop in (process.poll, process.terminate, process.kill):
        if process.poll() is not None:
            return
        stop()
        try:
            process.wait(_GRACE_SECONDS)
        except subprocess.TimeoutExpired:
            continue


def _environment() -> dict[str, str]:
    """Return ours, without the script's folder and with the checkout for `-m muniment`."""
    return os.environ | {"PYTHONPATH": str(PROJECT), "PYTHONUNBUFFERED": "1"}


def _report(folder: Path) -> Path | None:
    return max(folder.glob(f"{COLLECTION}/runs/*/report.html"), default=None)


def _short(path: Path) -> str:
    relative = os.path.relpath(path)
    return str(path) if relative.startswith("..") else relative


def _interrupt(_: int, __: FrameType | None) -> None:
    raise _TerminatedError


if __name__ == "__main__":
    sys.exit(main())
