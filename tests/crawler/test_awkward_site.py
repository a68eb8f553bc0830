"""Every awkward answer is captured to the byte: the real crawl, judged by what the server knows."""

from __future__ import annotations

import gzip
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from awkward import Served, judge, odd_site, serve
from crawler.options import CaptureOptions

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def captured(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Served, Path]]:
    """Return the site as it was asked, and the collection."""
    folder = tmp_path_factory.mktemp("awkward")
    options = folder / "options.json"
    with serve(odd_site) as served:
        asked = CaptureOptions(
            collection=folder / "collection",
            seeds=(f"{served.url}/",),
            delay=0,
            retries=0,
            backoff=0,
            concurrency=8,
            allow_ranges=("127.0.0.0/8",),
            log_file=folder / "capture.log",
        )
        options.write_text(asked.to_json(), "utf-8")
        command = [sys.executable, "-m", "crawler", str(options)]
        subprocess.run(command, cwd=ROOT, check=True, timeout=60, stdout=subprocess.DEVNULL)
        yield served, asked.collection


def test_every_answer_is_recorded_as_sent_and_every_page_is_found(
    captured: tuple[Served, Path],
) -> None:
    judgement = judge(*captured)
    assert judgement.faults == []
    assert judgement.counts["responses"] > 400
    assert judgement.counts["failures"] >= 5
    assert judgement.counts["revisits"] >= 5


def _records(path: Path, change: Callable[[bytes], bytes]) -> None:
    """Write the file anew, a member a record, each as `change` has it."""
    whole = gzip.decompress(path.read_bytes())
    parts = whole.split(b"\r\n\r\nWARC/1.1\r\n")
    records = [b"WARC/1.1\r\n" * (n > 0) + part + b"\r\n\r\n" for n, part in enumerate(parts)]
    records[-1] = records[-1].removesuffix(b"\r\n\r\n")
    kept = filter(None, map(change, records))
    path.write_bytes(b"".join(gzip.compress(record, 1) for record in kept))


def _damage(record: bytes) -> bytes:
    return record.replace(b"This is chunks-two", b"This is chunks-TWO")


def _lose(record: bytes) -> bytes:
    return b"" if b"/odd/chunks-two\r\n" in record else record


def _swap(record: bytes) -> bytes:
    """File one answer under another's address, of the same length."""
    return record.replace(b"/odd/status-400\r\n", b"/odd/status-402\r\n")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (_damage, " recorded, first differ at "),
        (_lose, "no record: "),
        (_swap, "misfiled: "),
    ],
)
def test_the_judge_sees_what_is_wrong(
    captured: tuple[Served, Path],
    tmp_path: Path,
    change: Callable[[bytes], bytes],
    words: str,
) -> None:
    served, collection = captured
    copy = tmp_path / "collection"
    shutil.copytree(collection, copy)
    (file,) = (copy / "archive").iterdir()
    _records(file, change)
    assert any(words in fault for fault in judge(served, copy).faults)
