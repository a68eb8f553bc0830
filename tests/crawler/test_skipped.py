from __future__ import annotations

import json
from pathlib import Path

from crawler.skipped import SkippedList


def test_each_url_is_a_line_that_is_there_at_once(tmp_path: Path) -> None:
    path = tmp_path / "skipped.jsonl"
    listing = SkippedList(path)
    assert not path.exists()
    listing.add("http://a.example/é\n", "robots", "http://a.example/")
    listing.add("http://b.example/\ud800", "other-host", None)
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    assert rows[0] == {
        "url": "http://a.example/é\n",
        "reason": "robots",
        "via": "http://a.example/",
    }
    assert (rows[1]["reason"], rows[1]["via"]) == ("other-host", None)
    listing.close()
    listing.add("http://c.example/", "robots", None)
    assert len(path.read_text("utf-8").splitlines()) == 3
    listing.close()


def test_a_list_that_cannot_be_written_stops_nothing(tmp_path: Path) -> None:
    listing = SkippedList(tmp_path / "missing" / "skipped.jsonl")
    listing.add("http://a.example/", "robots", None)
    listing.add("http://a.example/", "robots", None)
    listing.close()
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_stops_nothing() -> None:
    listing = SkippedList(Path("/dev/full"))
    for _ in range(3):
        listing.add("http://a.example/", "robots", None)
    listing.close()
