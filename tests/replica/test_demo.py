"""`make demo`: it can be repeated, spares what is not its own and leaves no process behind."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from replica import HOST, Expected, Replica
from replica.demo import COLLECTION, PROJECT, empty, settings

DEMO = [sys.executable, str(PROJECT / "tests/replica/demo.py")]


def test_a_folder_of_its_own_is_emptied_and_another_is_spared(tmp_path: Path) -> None:
    assert empty(tmp_path / "demo") is None
    (tmp_path / "demo/old").touch()
    assert empty(tmp_path / "demo") is None
    assert not (tmp_path / "demo/old").exists()
    other = tmp_path / "thesis"
    other.mkdir()
    (other / "chapter").write_text("years of work")
    assert "name another with --folder" in str(empty(other))
    assert (other / "chapter").exists()


def test_the_settings_are_toml_and_lead_to_the_replica() -> None:
    table = tomllib.loads(settings(Replica(pages=30)))
    assert table["collection"] == COLLECTION
    assert table["network"]["allow_ranges"] == ["127.0.0.0/8"]
    assert table["capture"]["seeds"] == [f"http://{HOST}/"]


def test_the_demo_ends_well_and_judges_every_cited_link(tmp_path: Path) -> None:
    done = subprocess.run(
        [*DEMO, "--pages", "30", "--folder", str(tmp_path)],
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "report.html" in done.stdout
    rows = _rows(tmp_path.glob(f"{COLLECTION}/runs/*/report.jsonl"))
    found = {_plain(row["url"]): row["outcome"] for row in rows if "outcome" in row}
    assert found == {
        _plain(url): expected.value
        for url, expected in Replica(pages=30).expected_links().items()
        if expected is not Expected.UNSUPPORTED  # such links are not asked, so not judged either
    }


def _plain(url: str) -> str:
    """Return the URL in the form compared: without its fragment, after %-decoding."""
    return unquote(url.partition("#")[0])


def _rows(files: Iterable[Path]) -> Iterator[dict[str, Any]]:
    for file in files:
        yield from map(json.loads, file.read_text("utf-8").splitlines())


def test_a_signal_ends_the_demo_and_its_children(tmp_path: Path) -> None:
    with subprocess.Popen(
        [*DEMO, "--pages", "3000", "--folder", str(tmp_path / "demo")],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    ) as demo:
        _wait_for(tmp_path / "demo" / COLLECTION / "archive", "*.open")  # the capture is under way
        demo.send_signal(signal.SIGTERM)
        assert demo.wait(30) == 130
    assert not _members(demo.pid)


def _wait_for(folder: Path, pattern: str) -> None:
    deadline = time.monotonic() + 30
    while not list(folder.glob(pattern)):
        assert time.monotonic() < deadline, f"no {pattern} in {folder}"
        time.sleep(0.05)


def _members(session: int) -> list[int]:
    """Return the processes that still belong to a session, where /proc tells (Linux)."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text("utf-8").rpartition(")")[2].split()
        except OSError:
            continue  # it has ended meanwhile
        if int(fields[3]) == session and fields[0] != "Z":
            found.append(int(stat.parent.name))
    return [pid for pid in found if pid != os.getpid()]
