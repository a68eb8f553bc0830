"""The crawling process that is begun before it is known what for: used once, or ended unseen."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from muniment import crawling_process
from muniment.crawling_process import CrawlingProcess
from muniment.status import ExitStatus

PROJECT = Path(__file__).resolve().parents[2]


@pytest.fixture(autouse=True)
def _found(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have the process find this project, whatever else is installed."""
    monkeypatch.setenv("PYTHONPATH", str(PROJECT))


def is_alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


def command(*arguments: str, folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "muniment", *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=20,
        check=False,
    )


def test_without_options_it_ends_without_a_word(capfd: pytest.CaptureFixture[str]) -> None:
    child = CrawlingProcess()
    child.give("")
    assert list(child.lines()) == []
    assert child.wait() == 0
    assert capfd.readouterr() == ("", "")


def test_options_that_are_none_are_told(tmp_path: Path) -> None:
    child = CrawlingProcess()
    child.give(json.dumps({"collection": str(tmp_path), "speed": 3}))
    told = [json.loads(line) for line in child.lines()]
    assert [event["event"] for event in told] == ["note", "finished"]
    assert "speed" in told[0]["message"]
    assert child.wait() == ExitStatus.FAILED


def test_it_is_in_a_process_group_of_its_own_and_can_be_dropped() -> None:
    child = CrawlingProcess()
    assert os.getpgid(child._pid) == child._pid
    child.drop()
    assert not is_alive(child._pid)


@pytest.mark.parametrize(
    ("arguments", "begins"),
    [
        (["capture", "http://a.test/"], True),
        (["run"], True),
        (["capture", "--help"], False),
        (["status", "capture"], False),
        (["--help"], False),
        ([], False),
    ],
)
def test_it_is_begun_for_commands_that_crawl(arguments: list[str], begins: bool) -> None:
    crawling_process.begin(arguments)
    begun = list(crawling_process._begun)
    crawling_process._drop()
    assert bool(begun) == begins
    assert not any(is_alive(child._pid) for child in begun)


def test_the_process_begun_is_the_one_that_is_taken() -> None:
    crawling_process.begin(["capture"])
    (begun,) = crawling_process._begun
    child = crawling_process.taken()
    child.drop()
    assert child is begun
    assert not crawling_process._begun


def test_a_usage_error_leaves_no_process_and_no_words_of_it(tmp_path: Path) -> None:
    began = time.monotonic()
    done = command("capture", "--delay", "never", folder=tmp_path)
    assert done.returncode == ExitStatus.USAGE
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1
    assert "never" in done.stderr
    assert time.monotonic() - began < 10  # it is not waited for
    assert not list(tmp_path.iterdir())


def test_what_it_says_unexpectedly_lies_beside_its_log(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    code = (
        "import sys; from pathlib import Path; from crawler.errors_file import write_errors_beside;"
        "write_errors_beside(Path(sys.argv[1])); sys.exit('a fault')"
    )
    subprocess.run([sys.executable, "-c", code, tmp_path / "crawl.log"], timeout=20, check=False)
    assert capfd.readouterr() == ("", "")
    assert (tmp_path / "capture.stderr").read_text("utf-8") == "a fault\n"
