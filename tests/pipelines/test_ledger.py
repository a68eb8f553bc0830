"""The ledger of a run: after the store is lost, the same checks, incidents and runs come back."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from ipaddress import ip_network
from pathlib import Path
from typing import Any

import pytest
from probing import NO_SUCH_NAME, PAGE, QUICK
from scripted_web import EverywhereHere, ScriptedWeb, answer, hang, moved

from pipelines.check_runs import begin_run, settle_run
from pipelines.checking import CheckLog, check
from pipelines.checks.evidence import Evidence
from pipelines.checks.ledger import Ledger, read_note
from pipelines.checks.probe import Probe
from pipelines.checks.readback import RUN, read_runs
from pipelines.lifecycle import LifecycleRules
from pipelines.refill import check_files, go_on_with, refill_checks
from pipelines.states import refresh_states
from pipelines.store import Store
from pipelines.verdicts.rules import Rules
from pipelines.void_runs import VoidRules
from warc.collection import Collection
from warc.files.record import Record
from warc.http.addresses import AddressPolicy
from warc.reader import iter_records
from warc.wire import Wire
from warc.writer import WarcWriter, WriterOptions

RUNS = ("20261101T000000Z", "20261108T000000Z", "20261115T000000Z")
MANY = 12
OPTIONS = replace(QUICK, retries=1, breaker=3, timeout=0.2)
FRONT = b"<title>Widgets</title><h1>Welcome to Widgets</h1><p>Use the menu to find what we make."
ANSWERS: dict[str, Any] = {
    "/page": answer("200 OK", PAGE),
    "/gone": answer("404 Not Found", b"no"),
    "/far": [moved("302 Found", "/hang"), answer("200 OK", PAGE)],  # each attempt ends elsewhere
    "/hang": hang,
    "/a/bolt.html": answer("200 OK", FRONT),
    "/a/nail.html": answer("200 OK", FRONT),
    "/dead": hang,
    "/": hang,
} | {f"/dead/{number}": hang for number in range(MANY)}
TABLES = {
    "checks": "SELECT url, run_id, checks.checked, evidence FROM checks JOIN links USING (link_id)"
    " ORDER BY check_id",
    "verdicts": "SELECT url, run_id, v.* FROM verdicts AS v JOIN checks USING (check_id)"
    " JOIN links USING (link_id) ORDER BY check_id",
    "check_runs": "SELECT * FROM check_runs ORDER BY run_id",
    "link_states": "SELECT url, host, s.state, s.since, s.failures, s.first_failed, s.next_due,"
    " s.event, s.why, s.checked FROM link_states AS s JOIN links USING (link_id) ORDER BY url",
}


def utcnow() -> datetime:
    return datetime.now(UTC)


class Kept:
    """A collection with three runs: a sound one, one whose control URL failed, one cut short."""

    def __init__(self, folder: Path) -> None:
        self.collection = Collection(folder)
        with Store(folder / "store.sqlite") as store:
            asyncio.run(self._run(store, RUNS[0]))
            asyncio.run(self._run(store, RUNS[1], failed=["http://control.test/"]))
            asyncio.run(self._run(store, RUNS[2], is_cut=True))
            refresh_states(store, LifecycleRules(), now=utcnow())

    def writer(self, run_id: str) -> WarcWriter:
        options = WriterOptions(
            archive=self.collection.archive,
            indexes=self.collection.indexes,
            prefix="check",
            info=(("description", f"{RUN}{run_id}"),),
        )
        return WarcWriter(options, clock=utcnow)

    async def _run(
        self, store: Store, run_id: str, *, failed: list[str] | None = None, is_cut: bool = False
    ) -> None:
        policy = AddressPolicy(allowed=(ip_network("127.0.0.0/8"),))
        resolver = EverywhereHere(nowhere=NO_SUCH_NAME)
        async with ScriptedWeb(ANSWERS) as web:
            urls = [web.url(path, f"{path.split('/')[1] or 'root'}.test") for path in ANSWERS]
            urls += ["http://nowhere.test/", "http://10.0.0.1/", f"{urls[0]}#top"]
            urls += ["mailto:desk@example.test", "http://bad host/"]
            with self.writer(run_id) as writer:
                async with Wire(resolver=resolver, policy=policy) as wire:
                    log = CheckLog(store, writer, Rules(), run_id)
                    begin_run(store, run_id, utcnow(), log.ledger)
                    controls: list[Evidence] = []
                    probe = Probe(wire, writer, OPTIONS, clock=utcnow)
                    await probe.run([web.url("/page", "control.test")], controls.append)
                    log.ledger.add_controls("before", controls)
                    probe = Probe(wire, writer, OPTIONS, clock=utcnow)
                    await check(urls, probe, log, lambda *_: None)
                    ended = None if is_cut else utcnow()
                    settle_run(
                        store, run_id, VoidRules(), ended=ended, failed_controls=failed or (),
                        is_controlled=not failed, ledger=log.ledger,
                    )  # fmt: skip


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Kept:
    return Kept(tmp_path_factory.mktemp("kept"))


def tables(store: Store) -> dict[str, list[tuple[Any, ...]]]:
    found = {name: store.read(query) for name, query in TABLES.items()}
    found["verdicts"] = [(*row[:2], *row[3:]) for row in found["verdicts"]]  # without check_id
    return found


def test_a_store_that_was_deleted_is_made_again_to_the_last_row(kept: Kept, tmp_path: Path) -> None:
    with Store(kept.collection.root / "store.sqlite") as old, Store(tmp_path / "s") as new:
        count = refill_checks(kept.collection, new, Rules(), VoidRules(hosts=1, share=0.01))
        refresh_states(new, LifecycleRules(), now=utcnow())
        was, made = tables(old), tables(new)
        for name in TABLES:
            assert made[name] == was[name], name
        assert count == len(was["checks"]) == 3 * (len(ANSWERS) + 5)
        assert refill_checks(kept.collection, new, Rules(), VoidRules()) == 0


def test_the_kept_runs_hold_what_no_exchange_shows(kept: Kept) -> None:
    with Store(kept.collection.root / "store.sqlite") as store:
        reasons = {reason for (reason,) in store.read("SELECT reason FROM verdicts")}
        assert {"host-unreachable", "url-scheme", "address-refused", "dns-nxdomain"} <= reasons
        incidents = store.read(
            "SELECT count(*) FROM checks WHERE json_extract(evidence, '$.incident') IS NOT NULL"
        )
        assert incidents[0][0] > 3
        shared = store.read(
            "SELECT count(*) FROM checks WHERE json_extract(evidence, '$.sibling') IS NOT NULL"
        )
        assert shared[0][0] >= 2
        runs = store.read("SELECT ended IS NULL, void != '', controlled FROM check_runs")
        assert runs == [(0, 0, 1), (0, 1, 0), (1, 0, 1)]


def test_a_control_url_is_no_check_of_a_link(kept: Kept) -> None:
    for run in read_runs(kept.collection, check_files(kept.collection)):
        assert all(one.is_noted for one in run.checks)
        assert not any("control.test" in one.evidence.url for one in run.checks)


def test_incidents_name_the_records_of_the_faults_that_prove_them(kept: Kept) -> None:
    run, *_ = read_runs(kept.collection, check_files(kept.collection))
    faults = {
        hop.metadata
        for one in run.checks
        for hop in one.evidence.all_hops
        if hop.failure is not None
    }
    incidents = [one.evidence.incident for one in run.checks if one.evidence.incident]
    assert all(faults & set(incident.locators) for incident in incidents)


def without(kept: Kept, folder: Path, is_lost: Callable[[Record], bool]) -> Collection:
    """Return a copy of the collection in which the records that are lost are damaged."""
    shutil.copytree(kept.collection.root, folder)
    collection = Collection(folder)
    for path in check_files(collection):
        data = bytearray(path.read_bytes())
        for record in iter_records(path):
            if isinstance(record, Record) and is_lost(record):
                at = record.locator
                data[at.offset + at.length // 2] ^= 0xFF
        path.write_bytes(data)
    return collection


def test_a_lost_ledger_costs_no_exchange(kept: Kept, tmp_path: Path) -> None:
    def is_list_of_checks(record: Record) -> bool:
        if record.type != "metadata":
            return False
        note = read_note(record.read())
        return note is not None and bool(note.checks)

    collection = without(kept, tmp_path / "c", is_list_of_checks)
    with Store(tmp_path / "s") as new:
        refill_checks(collection, new, Rules(), VoidRules())
        reasons = {reason for (reason,) in new.read("SELECT reason FROM verdicts")}
        assert {"ok", "http-404"} <= reasons
        assert len(new.read("SELECT * FROM check_runs")) == len(RUNS)


def test_what_a_killed_run_had_not_noted_is_noted_when_it_goes_on(
    kept: Kept, tmp_path: Path
) -> None:
    folder = tmp_path / "c"
    shutil.copytree(kept.collection.root, folder)
    copy = object.__new__(Kept)
    copy.collection = Collection(folder)
    first = check_files(copy.collection)[0]
    for path in check_files(copy.collection)[1:]:
        path.unlink()
    whole = first.read_bytes()
    notes = [
        record.locator.offset
        for record in iter_records(first)
        if isinstance(record, Record)
        and record.type == "metadata"
        and (note := read_note(record.read())) is not None
        and note.checks
    ]
    first.write_bytes(whole[: notes[0]])  # killed before the first batch was kept
    (folder / "store.sqlite").unlink()
    with Store(folder / "store.sqlite") as store, Store(tmp_path / "again") as again:
        (run,) = read_runs(copy.collection, check_files(copy.collection))
        assert run.began is not None
        begin_run(store, run.run_id, run.began)
        with store.transaction() as database:
            urls = [(one.evidence.url,) for one in run.checks]
            database.executemany("INSERT INTO links (url, host) VALUES (?, 'x')", urls)
        with copy.writer(run.run_id) as writer:
            ledger = Ledger(writer, run.run_id)
            count = go_on_with(copy.collection, store, run.run_id, Rules(), ledger)
        assert 3 <= count < len(run.checks)
        assert refill_checks(copy.collection, again, Rules(), VoidRules()) == count
        query = TABLES["checks"]
        assert again.read(query) == store.read(query)


@pytest.mark.parametrize(
    "block", [b"", b"checkRun", b"checkRun: 1\r\ncheck: {", b"checkRun: 1\r\ncheck: []\r\n"]
)
def test_what_is_no_note_is_none(block: bytes) -> None:
    note = read_note(block)
    assert note is None or not note.checks
