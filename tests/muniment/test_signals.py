"""Ctrl-C at any moment, and a command that is killed: what ends how, and what is left behind."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from awkward import Answer, Served, Site, serve, sized
from warc.capture import Capture
from warc.check import check_collection
from warc.collection import Collection
from warc.reader import iter_captures

PAGES = 60


def slow_site(_: str) -> Site:
    """Return a page that links to sixty others."""
    links = "".join(f'<a href="/{n}.htm">x</a>' for n in range(PAGES))
    answers = {f"/{n}.htm".encode(): Answer(steps=(sized(b"<p>%d" % n),)) for n in range(PAGES)}
    answers[b"/"] = Answer(steps=(sized(links.encode()),))
    return Site(answers=answers, due=frozenset(answers))


@pytest.fixture
def served() -> Iterator[Served]:
    """Return the site, which takes 50 ms an answer."""
    with serve(slow_site) as site:
        site.latency = 0.05
        yield site


@pytest.fixture(autouse=True)
def interruptible() -> Iterator[None]:
    """Let the commands hear SIGINT also where the tests run in the background, which ignore it."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@contextmanager
def muniment(*arguments: str | Path, folder: Path) -> Iterator[subprocess.Popen[str]]:
    """Yield the command as a shell starts it, in a process group of its own."""
    process = subprocess.Popen(
        [sys.executable, "-m", "muniment", *map(str, arguments)],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(Path(__file__).resolve().parents[2])},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        process_group=0,
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def capture(served: Served, folder: Path) -> list[str | Path]:
    """Return the arguments that capture the site."""
    return [
        *("capture", f"{served.url}/", "--collection", folder / "c"),
        *("--delay", "0", "--concurrency", "2", "--allow-range", "127.0.0.0/8", "--no-sitemaps"),
    ]


def heeds(pid: int, number: signal.Signals) -> bool:
    """Return whether the process has a handler of its own for the signal."""
    status = Path(f"/proc/{pid}/status").read_text("utf-8")
    caught = next(line for line in status.splitlines() if line.startswith("SigCgt:"))
    return bool(int(caught.split()[1], 16) >> (number - 1) & 1)


def wait_for_answers(served: Served, count: int) -> None:
    until = time.monotonic() + 20
    while len(served.log) < count:
        assert time.monotonic() < until
        time.sleep(0.01)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_during_the_imports_is_a_line_and_status_4(
    tmp_path: Path, number: signal.Signals
) -> None:
    (tmp_path / "click.py").write_text("import time\ntime.sleep(20)\n")  # found first: slow imports
    with muniment("status", "--collection", tmp_path, folder=tmp_path) as process:
        while not heeds(process.pid, signal.SIGTERM):
            time.sleep(0.0005)
        process.send_signal(number)
        _, errors = process.communicate(timeout=20)
    assert (process.returncode, errors) == (4, "muniment: stopped\n")


def test_a_signal_during_the_capture_stops_the_whole_job(tmp_path: Path, served: Served) -> None:
    (tmp_path / "muniment.toml").write_text(
        f'collection = "c"\n[capture]\nprofile = ""\nseeds = ["{served.url}/"]\ndelay = 0.0\n'
        '[network]\nallow_ranges = ["127.0.0.0/8"]\n'
    )
    with muniment("run", folder=tmp_path) as process:
        wait_for_answers(served, 8)
        os.killpg(process.pid, signal.SIGINT)  # as a terminal sends it
        out, errors = process.communicate(timeout=20)
    assert (process.returncode, errors) == (4, "")
    (run,) = (tmp_path / "c" / "runs").glob("*/run.json")
    stages = json.loads(run.read_text("utf-8"))["stages"]
    assert [(stage["stage"], stage["status"]) for stage in stages] == [("capture", 4)]
    assert "stopped early: " in out


def test_a_second_signal_ends_a_stuck_capture_at_once_and_loses_nothing(
    tmp_path: Path, served: Served
) -> None:
    with muniment(*capture(served, tmp_path), folder=tmp_path) as process:
        wait_for_answers(served, 12)
        child = int(Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text("utf-8"))
        os.kill(child, signal.SIGSTOP)
        process.send_signal(signal.SIGINT)
        process.send_signal(signal.SIGTERM)  # at the same time: one wish, not two
        with pytest.raises(subprocess.TimeoutExpired):
            process.communicate(timeout=1)
        process.send_signal(signal.SIGINT)
        out, errors = process.communicate(timeout=20)
    assert (process.returncode, errors) == (4, "")
    assert "stopped early: at once by a second signal, all records written being kept" in out
    with muniment(*capture(served, tmp_path), folder=tmp_path) as process:
        out, errors = process.communicate(timeout=20)
    assert (process.returncode, errors) == (0, ""), out
    assert check_collection(Collection(tmp_path / "c")).is_sound


def test_a_capture_whose_command_is_killed_ends_soon_and_is_gone_on_with(
    tmp_path: Path, served: Served
) -> None:
    collection = Collection(tmp_path / "c")
    with muniment(*capture(served, tmp_path), folder=tmp_path) as process:
        wait_for_answers(served, 12)
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate(timeout=20)
    with muniment(*capture(served, tmp_path), folder=tmp_path) as process:
        out, errors = process.communicate(timeout=20)
    assert (process.returncode, errors) == (0, ""), out
    assert not list(collection.archive.glob("*.open"))
    assert not list(collection.archive.glob("*.cut"))
    assert check_collection(collection).is_sound
    asked = Counter(request.target for request in served.log)
    assert [target for target, times in asked.items() if times > 1] in ([], [b"/robots.txt"])
    kept = {
        found.target_uri
        for file in collection.warc_files()
        for found in iter_captures(file)
        if isinstance(found, Capture)
    }
    assert {f"{served.url}{target.decode()}" for target in served.site.due} <= kept
