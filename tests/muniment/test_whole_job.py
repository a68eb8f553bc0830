"""The whole job as a user runs it: the real command, in child processes, against the replica."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

import replica
from pipelines.lifecycle import LifecycleRules
from pipelines.store import Store
from replica.demo import COLLECTION, settings
from reports.assembly import Imprint, assemble
from reports.findings import reading_order
from reports.review import index, queue

PAGES = 30


@dataclass
class Job:
    """A collection made by one run, and the world it was made from."""

    folder: Path
    world: replica.Replica
    first: subprocess.CompletedProcess[str]

    @property
    def collection(self) -> Path:
        return self.folder / COLLECTION

    def muniment(self, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
        return muniment(arguments[0], "--config", self.folder / "muniment.toml", *arguments[1:])

    @property
    def runs(self) -> list[dict[str, Any]]:
        files = sorted((self.collection / "runs").glob("*/run.json"))
        return [json.loads(file.read_text("utf-8")) for file in files]

    @property
    def findings(self) -> list[dict[str, Any]]:
        file = Path(self.runs[0]["reports"]["jsonl"])
        return [json.loads(line) for line in file.read_text("utf-8").splitlines()]

    def statements(self) -> list[dict[str, Any]]:
        parts = sorted((self.collection / "statements").glob("*.jsonl"))
        return [json.loads(line) for p in parts for line in p.read_text("utf-8").splitlines()]


def muniment(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "muniment", *map(str, arguments)],
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )


@pytest.fixture(scope="module")
def job(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Job]:
    folder = tmp_path_factory.mktemp("job")
    with replica.serve(pages=PAGES, slow_seconds=0.2) as world:
        shutil.copy(world.ca_file, folder / "ca.pem")
        text = settings(world).replace("timeout = 2.0", "timeout = 0.7")
        (folder / "muniment.toml").write_text(text, "utf-8")
        first = muniment("run", "--config", folder / "muniment.toml")
        yield Job(folder, world, first)


def test_the_run_ends_well_and_says_so_briefly(job: Job) -> None:
    assert job.first.returncode == 0, job.first.stderr
    assert len(job.first.stdout.splitlines()) <= 25
    assert job.runs[0]["status_name"] == "done"
    assert [stage["stage"] for stage in job.runs[0]["stages"]] == [
        "capture", "extract", "check", "report",
    ]  # fmt: skip


def test_every_statement_of_the_replica_is_found_as_it_is(job: Job) -> None:
    expected = list(job.world.expected_statements())
    found = {one["url"].replace("https://", "http://"): one for one in job.statements()}
    assert len(expected) == PAGES
    for one in expected:
        statement = found[one.url]
        for name in ("title", "document_type", "office", "place"):
            assert statement[name] == getattr(one, name), (one.url, name)
        assert statement["date"] == one.day.isoformat()
        spoken = [(speaker["name"], speaker["role"]) for speaker in statement["speakers"]]
        assert spoken == list(one.speakers)


def test_every_cited_link_gets_the_verdict_it_deserves(job: Job) -> None:
    expected = job.world.expected_links()
    found = {one["url"]: one["outcome"] for one in job.findings}
    compared = {url: outcome for url, outcome in found.items() if url in expected}
    assert len(compared) > PAGES / 2
    assert compared == {url: str(expected[url]) for url in compared}


def test_every_verdict_leads_to_records_that_are_there(job: Job) -> None:
    from warc.locator import Locator
    from warc.random_access import record_at

    asked = [one for one in job.findings if one["hops"]]
    assert asked
    for one in asked:
        for hop in one["hops"]:
            at = Locator(**hop["record"])
            assert record_at(job.collection / "archive", at).record_id


def test_the_collection_is_sound(job: Job) -> None:
    verified = job.muniment("verify")
    assert verified.returncode == 0, verified.stdout
    assert " 0 errors" in verified.stdout


def test_every_verdict_is_proved_by_its_records(job: Job) -> None:
    proved = job.muniment("verify", "--verdicts")
    assert proved.returncode == 0, proved.stdout
    assert f" {len(job.findings)} proved" in proved.stdout


def test_every_broken_link_can_tell_why(job: Job) -> None:
    broken = [one for one in job.findings if one["standing"] == "broken"][:3]
    assert broken
    for one in broken:
        told = job.muniment("why", one["url"])
        assert told.returncode == 0, told.stderr
        assert f"BROKEN: {one['explanation']}"[:60] in told.stdout
        assert "proof: check-" in told.stdout


def test_judging_again_changes_nothing_under_the_same_rules(job: Job) -> None:
    judged = job.muniment("judge", "--from-records")
    assert judged.returncode == 0
    assert judged.stdout.endswith("no verdict changed\n")


def test_a_report_follows_the_definition_it_is_asked_for(job: Job) -> None:
    told = job.muniment("report", "--pack", "pew2024", "--fail-on", "any")
    assert told.returncode == 2
    assert "broken by pew2024 1" in told.stdout
    file = Path(job.runs[-1]["reports"]["jsonl"])
    findings = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
    assert {one["definition"] for one in findings} == {"pew2024 1"}
    standings = {one["reason"]: one["standing"] for one in findings}
    assert standings["http-404"] == "broken"
    assert standings["says-not-found"] == "works"
    strict = {one["url"]: one["standing"] for one in job.findings}
    assert {one["url"]: one["by_definition"]["strict"] for one in findings} == strict
    assert job.muniment("report", "--pack", "iabot", "--fail-on", "any").returncode == 0


def test_nothing_but_the_allowed_range_was_asked(job: Job) -> None:
    refused = [one for one in job.findings if one["outcome"] == "excluded"]
    assert all(one["reason"] in {"address-refused", "redirect-to-refused"} for one in refused)


def test_statements_come_back_byte_for_byte(job: Job) -> None:
    folder = job.collection / "statements"
    before = {file.name: file.read_bytes() for file in folder.iterdir()}
    shutil.rmtree(folder)
    assert job.muniment("extract").returncode == 0
    assert {file.name: file.read_bytes() for file in folder.iterdir()} == before


def test_indexes_come_back_byte_for_byte(job: Job) -> None:
    from warc.cdxj import build_index

    for file in sorted((job.collection / "archive").glob("*.warc.gz")):
        lines = sorted(str(entry) for entry in build_index(file))
        index = job.collection / "indexes" / f"{file.name.removesuffix('.warc.gz')}.cdxj"
        candidates = [index, job.collection / "indexes" / f"{file.name}.cdxj"]
        kept = next(path for path in candidates if path.exists())
        assert kept.read_text("utf-8").splitlines() == lines


def test_extract_reads_only_what_is_new(job: Job) -> None:
    again = job.muniment("extract")
    assert again.returncode == 0
    assert "0 WARC files read" in again.stdout


def test_a_report_can_be_made_again(job: Job) -> None:
    again = job.muniment("report")
    assert again.returncode == 0
    page = Path(job.runs[-1]["reports"]["report"]).read_text("utf-8")
    assert "of " in page
    assert "<script src=" not in page


def test_broken_links_beyond_the_threshold_are_status_2(job: Job) -> None:
    assert job.muniment("report", "--fail-on", "any").returncode == 2
    assert job.muniment("report", "--fail-on", "100%").returncode == 0


def test_status_tells_what_is_there(job: Job) -> None:
    told = job.muniment("status")
    assert told.returncode == 0
    assert f"statements  {PAGES}" in told.stdout
    assert "run " in told.stdout


def test_the_whole_job_follows_a_definition(job: Job) -> None:
    again = job.muniment("run", "--pack", "iabot", "--fail-on", "any")
    assert again.returncode == 0, "iabot calls nothing dead at first sight"
    assert "0 broken by iabot 1" in again.stdout
    assert job.runs[-1]["settings"]["report"]["pack"] == "iabot"
    assert job.muniment("run", "--pack", "strict", "--fail-on", "any").returncode == 2


def test_the_queue_of_the_review_has_the_findings_of_the_report(job: Job, tmp_path: Path) -> None:
    now = datetime(2100, 1, 1, tzinfo=UTC)
    imprint = Imprint(collection="c", run_id="r", generated=now, replay_base="http://x/")
    with Store(job.collection / "store.sqlite") as store:
        index.refresh(store, tmp_path / index.INDEX_NAME, LifecycleRules(), now)
        report = assemble(store, imprint)
    with closing(index.open_index(tmp_path / index.INDEX_NAME)) as db:
        rows = queue.page(db, queue.Filter(), size=10_000).rows
    assert len(rows) > 50
    assert [
        (row.url, row.standing, row.outcome, row.state, row.failures, row.first_broken)
        for row in rows
    ] == [
        (one.url, one.standing, one.outcome, one.state, one.failures, one.first_broken)
        for one in reading_order(report.findings)
    ]
