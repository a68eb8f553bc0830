"""The whole job on real pages that nobody here wrote, served on loopback under their addresses."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from replica.answer import Answer, Received, reply
from replica.nameserver import Lookup, NameServer
from replica.server import HttpServer

HOST = "2009-2017.state.gov"
SEED = "http://2009-2017.state.gov/r/pa/prs/ps/2016/10/263705.htm"
Row = dict[str, Any]


class Corpus:
    """The pages of the corpus by address; every other host does not exist."""

    def __init__(self, folder: Path) -> None:
        text = (folder / "gold.jsonl").read_text("utf-8")
        rows: list[Row] = [json.loads(line) for line in text.splitlines()]
        self.rows = {row["url"]: row for row in rows if row["host"] == HOST}
        self._pages = {urlsplit(url).path: row for url, row in self.rows.items()}
        self._folder = folder

    def respond(self, request: Received) -> Answer:
        row = self._pages.get(request.path)
        if row is None:
            return reply(404, "<title>Not here</title>")
        body = (self._folder / row["file"]).read_bytes()
        return reply(row["http"]["status"], body, content_type=row["http"]["content_type"])

    def lookup(self, host: str) -> Lookup:
        return Lookup.LOOPBACK if host == HOST else Lookup.NXDOMAIN


@contextmanager
def served(corpus: Corpus) -> Iterator[tuple[int, int]]:
    """Serve the corpus from a thread; yield the ports of HTTP and DNS."""
    web = HttpServer(corpus.respond, [], hang_seconds=1)
    names = NameServer(corpus.lookup)
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever)
    thread.start()

    def do(work: Any) -> Any:
        return asyncio.run_coroutine_threadsafe(work, loop).result(10)

    try:
        yield do(web.start()), do(names.start())
    finally:
        do(web.stop())
        do(names.stop())
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


@pytest.fixture(scope="module")
def job(
    shared: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Corpus, Path, subprocess.CompletedProcess[str]]:
    corpus = Corpus(shared / "corpus")
    folder = tmp_path_factory.mktemp("corpus")
    with served(corpus) as (http, dns):
        table = {
            "network": {
                "resolver": f"127.0.0.1:{dns}",
                "connect_to": [f":80::{http}"],
                "allow_ranges": ["127.0.0.0/8"],
            },
            "capture": {"seeds": sorted(corpus.rows), "delay": 0.0, "concurrency": 8},
            "check": {"per_host_delay": 0.0, "timeout": 1.0, "retry_delay": 0.1},
        }
        lines = ['collection = "c"']
        for name, values in table.items():
            lines.append(f"[{name}]")
            lines += [f"{key} = {json.dumps(value)}" for key, value in values.items()]
        config = folder / "muniment.toml"
        config.write_text("\n".join(lines), "utf-8")
        made = subprocess.run(
            [sys.executable, "-m", "muniment", "run", "--config", config],
            capture_output=True,
            text=True,
            timeout=100,
            check=False,
        )
    return corpus, folder / "c", made


def statements(collection: Path) -> dict[str, Row]:
    parts = sorted((collection / "statements").glob("*.jsonl"))
    rows = [json.loads(line) for part in parts for line in part.read_text("utf-8").splitlines()]
    return {row["url"]: row for row in rows}


def test_the_job_ends_well(job: tuple[Corpus, Path, subprocess.CompletedProcess[str]]) -> None:
    assert job[2].returncode == 0, job[2].stdout + job[2].stderr


def test_the_statements_are_those_expected(
    job: tuple[Corpus, Path, subprocess.CompletedProcess[str]],
) -> None:
    corpus, collection, _ = job
    found = statements(collection)
    expected = {url: row for url, row in corpus.rows.items() if row["expected"] == "record"}
    assert set(found) == set(expected)
    for url, row in expected.items():
        assert found[url]["title"] == row["title"], url
        assert found[url]["document_type"] == row["doc_type"], url
        assert found[url]["office"] == row["office"], url
        assert found[url]["place"] in {row["place"], *row["place_alt"]}, url
        if row["date"]:
            assert found[url]["date"] == row["date"], url
        said = [(one["name"], one["role"]) for one in found[url]["speakers"]]
        assert said == [(one["name"], one["role"]) for one in row["speakers"]], url


def test_the_statement_the_project_began_with_is_among_them(
    job: tuple[Corpus, Path, subprocess.CompletedProcess[str]],
) -> None:
    seed = statements(job[1])[SEED]
    assert seed["title"] == (
        "Joint Statement on the U.S.-Mexico Bilateral High Level Dialogue on Human Rights"
    )
    assert seed["document_type"] == "Media Note"
    assert seed["office"] == "Office of the Spokesperson"
    assert seed["place"] == "Washington, DC"
    assert seed["date"] == "2016-10-27"
    assert seed["original_url"] == "http://www.state.gov/r/pa/prs/ps/2016/10/263705.htm"


def test_what_they_cite_was_asked_and_no_host_was_found(
    job: tuple[Corpus, Path, subprocess.CompletedProcess[str]],
) -> None:
    (report,) = (job[1] / "runs").glob("*/report.jsonl")
    findings = [json.loads(line) for line in report.read_text("utf-8").splitlines()]
    assert findings
    assert {one["outcome"] for one in findings} <= {"gone", "unsupported", "transient"}
