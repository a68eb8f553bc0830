"""The spider of statements against the replica of the archive."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from replica import HOST, serve
from warc.cdxj import CdxjIndex

ROOT = Path(__file__).resolve().parents[2]


def test_every_statement_of_the_replica_is_captured(crawl: Callable[..., Any]) -> None:
    with serve(pages=30) as replica:
        done = crawl(profile="state-2009-2017", spider="statements", **replica.network())
        asked = {(seen.host, seen.path) for seen in replica.requests}
        index = CdxjIndex(done.archive.parent / "indexes")
        statements = list(replica.statement_urls())
        missing = [url for url in statements if not index.captures(url)]
    assert len(statements) == 30
    assert not missing
    assert done.status == 0
    assert {host for host, _ in asked} == {HOST}
    assert (HOST, "/robots.txt") in asked
    assert index.captures(f"https://{HOST}/robots.txt")


def test_an_archive_that_walls_us_half_way_is_left(crawl: Callable[..., Any]) -> None:
    with serve(pages=60, wall_after=40) as replica:
        done = crawl(
            profile="state-2009-2017", spider="statements", concurrency=1, **replica.network()
        )
        asked = len(replica.requests)
    assert (done.status, done.finished["reason"]) == (4, "walled")
    assert asked <= 50


def test_scrapy_knows_the_spiders_and_runs_one(tmp_path: Path) -> None:
    scrapy = Path(sys.executable).with_name("scrapy")
    listed = subprocess.run([scrapy, "list"], cwd=ROOT, capture_output=True, text=True, check=True)
    assert listed.stdout.split() == ["pages", "statements"]
    with serve(pages=3) as replica:
        network = replica.network()
        arguments = {
            "profile": "state-2009-2017",
            "collection": tmp_path / "c",
            "delay": 0,
            "resolver": network["resolver"],
            "connect_to": ",".join(network["connect_to"]),  # type: ignore[arg-type]
            "allow_ranges": "127.0.0.0/8",
            "ca_file": network["ca_file"],
        }
        given = [word for name, value in arguments.items() for word in ("-a", f"{name}={value}")]
        command = [scrapy, "crawl", "statements", *given]
        subprocess.run(command, cwd=ROOT, check=True, capture_output=True, env=dict(os.environ))
        index = CdxjIndex(tmp_path / "c" / "indexes")
        assert all(index.captures(url) for url in replica.statement_urls())
