"""One run of the command: its folder, its log, its `run.json`, its summary."""

from __future__ import annotations

import json
import logging
import os
import platform
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from crawler.disk import is_full
from muniment import __version__
from muniment.config import Config, ConfigError, as_table
from muniment.lock import locked
from muniment.status import ExitStatus, StageOutcome, gravest
from muniment.summary import summary
from warc.collection import Collection

RUN_SCHEMA = 1
_log = logging.getLogger(__name__)


def utcnow() -> datetime:
    """Return the time now, aware UTC."""
    return datetime.now(UTC)


@dataclass(slots=True)
class Run:
    """A run under way; stages add their outcomes, `finish` writes `run.json`."""

    config: Config
    command: str
    run_id: str
    started: datetime
    folder: Path
    outcomes: list[StageOutcome] = field(default_factory=list)
    reports: dict[str, str] = field(default_factory=dict)

    @property
    def collection(self) -> Collection:
        """Return the collection this run works on."""
        return Collection(self.config.collection)

    @property
    def status(self) -> ExitStatus:
        """Return what the command ends with."""
        return gravest(self.outcomes)

    def stage(self, name: str, work: Callable[[Run], StageOutcome]) -> StageOutcome:
        """Do one stage and keep its outcome and its duration.

        A fault in it is its outcome, told in the summary and in full in the log: other stages
        can still be done.
        """
        began = time.monotonic()
        try:
            outcome = work(self)
        except (ConfigError, click.ClickException):
            raise
        except Exception as error:  # noqa: BLE001 - told in the summary, in full in the log
            _log.exception("the stage %s failed", name)
            full = isinstance(error, OSError) and is_full(error)
            status = ExitStatus.CUT_SHORT if full else ExitStatus.FAILED
            outcome = StageOutcome(stage=name, status=status)
            outcome.notes.append(f"{name} failed: {_in_words(error)}")
        outcome.seconds = round(time.monotonic() - began, 3)
        self.outcomes.append(outcome)
        return outcome

    def finish(self) -> None:
        """Write `run.json`, last and atomically; where it cannot be, a note says so."""
        table: dict[str, Any] = {
            "schema": RUN_SCHEMA,
            "run": self.run_id,
            "command": self.command,
            "collection": self.collection.name,
            "started": self.started.isoformat(),
            "finished": utcnow().isoformat(),
            "status": int(self.status),
            "status_name": self.status.name.lower().replace("_", "-"),
            "stages": [asdict(outcome) for outcome in self.outcomes],
            "reports": self.reports,
            "versions": {"muniment": __version__, "python": platform.python_version()},
            "settings": as_table(self.config),
        }
        temporary = self.folder / "run.json.tmp"
        try:
            temporary.write_text(json.dumps(table, indent=1, ensure_ascii=False) + "\n", "utf-8")
            temporary.replace(self.folder / "run.json")
        except OSError as error:
            temporary.unlink(missing_ok=True)
            if self.outcomes:
                self.outcomes[-1].notes.append(f"run.json is missing: {error.strerror}")

    def summary(self, width: int | None = None) -> list[str]:
        """Return at most 25 lines for the terminal, none wider than it but for paths."""
        status = self.status.name.lower().replace("_", " ")
        places = {name: _short(path) for name, path in self.reports.items()}
        places["log"] = _short(str(self.folder / "muniment.log"))
        return summary(f"{self.command} {self.run_id}: {status}", self.outcomes, places, width)


@contextmanager
def open_run(config: Config, command: str) -> Iterator[Run]:
    """Yield a run that holds the collection's lock and logs to its own folder.

    The folder is `runs/<run id>/`; the id is the UTC time it started. `run.json` is written and
    the summary printed also where a stage raises.
    """
    started = utcnow()
    root = config.collection
    try:
        Collection(root).create()
    except OSError as error:
        raise UnwritableError(
            f"{root}: the collection cannot be written: {error.strerror}; "
            "name another folder with --collection"
        ) from error
    with locked(root, started):
        folder = _new_folder(root / "runs", started)
        run = Run(config, command, folder.name, started, folder)
        with _log_to(folder / "muniment.log"):
            try:
                yield run
            except BaseException as error:
                run.outcomes.append(_fault(error))
                raise
            finally:
                run.finish()
                _echo_summary(run)


class UnwritableError(Exception):
    """The collection's folder cannot be made or written."""


def _in_words(error: Exception) -> str:
    if isinstance(error, OSError) and error.strerror:
        return f"{error.strerror}: {error.filename}" if error.filename else error.strerror
    return f"{type(error).__name__}: {error}"


def _fault(error: BaseException) -> StageOutcome:
    """Return the outcome of a run that ended in an exception, which is told by who catches it."""
    if isinstance(error, KeyboardInterrupt | click.Abort):
        return StageOutcome(stage="stopped", status=ExitStatus.CUT_SHORT)
    if isinstance(error, ConfigError):
        return StageOutcome(stage="settings", status=ExitStatus.USAGE)
    _log.error("the run ended in an error", exc_info=error)
    return StageOutcome(stage="error", status=ExitStatus.FAILED)


def _echo_summary(run: Run) -> None:
    for outcome in run.outcomes:
        for note in outcome.notes:
            _log.info("%s: %s", outcome.stage, note)
    width = shutil.get_terminal_size().columns if sys.stdout.isatty() else None
    for line in run.summary(width):
        click.echo(line)


def _new_folder(runs: Path, started: datetime) -> Path:
    """Make and return a folder of its own for a run; two in one second get a suffix."""
    base = started.strftime("%Y%m%dT%H%M%SZ")
    for suffix in range(1, 1000):
        folder = runs / (base if suffix == 1 else f"{base}-{suffix}")
        try:
            folder.mkdir(parents=True)
        except FileExistsError:
            continue
        except OSError as error:
            raise UnwritableError(f"{folder}: cannot be made: {error.strerror}") from error
        return folder
    raise UnwritableError(f"{runs}: more than 999 runs in one second")


class _RunLog(logging.FileHandler):
    """Loses lines in silence where there is no room for them: that is told by who needs room."""

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - logging's name
        """Say nothing."""

    def close(self) -> None:
        """Close the file, which may be unable to take its last lines."""
        with suppress(OSError):
            super().close()


@contextmanager
def _log_to(path: Path) -> Iterator[None]:
    handler = _RunLog(path, encoding="utf-8")
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    root = logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    try:
        yield
    finally:
        root.removeHandler(handler)
        root.setLevel(level)
        handler.close()


def _short(path: str) -> str:
    """Return `path` relative to the current folder where it is inside it."""
    relative = os.path.relpath(path)
    return path if relative.startswith("..") else relative
