"""Checks read back from exchanges alone: what a killed run leaves, or a run without a ledger."""

from __future__ import annotations

import asyncio
import shutil
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from ipaddress import ip_network
from pathlib import Path

import pytest
from probing import NO_SUCH_NAME, PAGE, QUICK
from scripted_web import EverywhereHere, ScriptedWeb, answer, hang, moved, reset

from pipelines.check_runs import begin_run, check_runs, settle_run
from pipelines.checks.evidence import Evidence
from pipelines.checks.probe import Probe
from pipelines.checks.readback import RUN, read_runs
from pipelines.lifecycle import LifecycleRules, State
from pipelines.refill import check_files, go_on_with, refill_checks
from pipelines.states import link_state, refresh_states
from pipelines.store import Store
from pipelines.verdicts.rules import Rules
from pipelines.verdicts.verdict import judge
from pipelines.void_runs import VoidRules
from warc.collection import Collection
from warc.http.addresses import AddressPolicy
from warc.wire import Wire
from warc.writer import WarcWriter, WriterOptions

PATHS = ("/page", "/twin", "/gone", "/moved", "/slow", "/loop", "/reset", "/flaky", "/cookie")
ANSWERS = {
    "/page": answer("200 OK", PAGE),
    "/twin": answer("200 OK", PAGE),  # the same payload: a revisit record
    "/gone": answer("404 Not Found", b"no"),
    "/moved": moved("301 Moved", "/page"),
    "/slow": hang,
    "/loop": moved("302 Found", "/loop"),
    "/reset": reset,
    "/flaky": [answer("503 Service Unavailable", b"busy"), answer("200 OK", PAGE)],
    "/cookie": moved("302 Found", "/page", "Set-Cookie: a=b"),
}
RUNS = ("20261101T000000Z", "20261108T000000Z")


class Kept:
    """A collection with two runs of checks, and the evidence as it was when it was seen."""

    def __init__(self, folder: Path) -> None:
        self.collection = Collection(folder)
        self.seen: dict[str, list[Evidence]] = {}
        with Store(folder / "store.sqlite") as store:
            for run_id in RUNS:
                self.seen[run_id] = []
                asyncio.run(self._ask(store, run_id))

    async def _ask(self, store: Store, run_id: str) -> None:
        options = WriterOptions(
            archive=self.collection.archive,
            indexes=self.collection.indexes,
            prefix="check",
            info=(("description", f"{RUN}{run_id}"),),
        )
        policy = AddressPolicy(allowed=(ip_network("127.0.0.0/8"),))
        resolver = EverywhereHere(nowhere=NO_SUCH_NAME)
        begin_run(store, run_id, datetime.now(UTC))
        async with ScriptedWeb(ANSWERS) as web:
            with WarcWriter(options, clock=lambda: datetime.now(UTC)) as writer:
                async with Wire(resolver=resolver, policy=policy) as wire:
                    probe = Probe(
                        wire, writer, replace(QUICK, retries=1), clock=lambda: datetime.now(UTC)
                    )
                    urls = [web.url(path, f"{path[1:]}.test") for path in PATHS]
                    urls += ["http://nowhere.test/", "http://10.0.0.1/", f"{urls[0]}#top"]
                    await probe.run(urls, self.seen[run_id].append)
        store.put_checks(run_id, [(one, judge([one], Rules())) for one in self.seen[run_id]])
        settle_run(store, run_id, VoidRules(), ended=datetime.now(UTC))


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Kept:
    return Kept(tmp_path_factory.mktemp("kept"))


def know(store: Store, urls: list[str]) -> None:
    with store.transaction() as database:
        database.executemany("INSERT INTO links (url, host) VALUES (?, 'x')", [(u,) for u in urls])


def by_url(seen: list[Evidence]) -> dict[str, Evidence]:
    return {one.url: one for one in seen}


def test_the_records_give_the_same_evidence_again(kept: Kept) -> None:
    files = check_files(kept.collection)
    found = {run.run_id: run.checks for run in read_runs(kept.collection, files)}
    assert list(found) == list(RUNS)
    for run_id, checks in found.items():
        assert by_url([one.evidence for one in checks]) == by_url(kept.seen[run_id])
        assert not any(one.is_cut for one in checks)


def test_only_checks_with_nothing_left_to_do_are_whole(kept: Kept) -> None:
    first, *_ = read_runs(kept.collection, check_files(kept.collection))
    left = [one.evidence for one in first.checks if not one.is_whole]
    unsure = {one.hops[0].url.rpartition("/")[2] for one in left}
    assert unsure == {"", "slow", "loop", "reset"}, "'' is the name that does not exist"


def test_a_store_that_was_deleted_is_made_again(kept: Kept, tmp_path: Path) -> None:
    with Store(kept.collection.root / "store.sqlite") as old, Store(tmp_path / "s") as new:
        assert refill_checks(kept.collection, new, Rules(), VoidRules()) == 2 * (len(PATHS) + 3)
        query = (
            "SELECT url, run_id, checks.checked, evidence, outcome, reason, sentence, final_url"
            " FROM checks JOIN links USING (link_id) JOIN verdicts USING (check_id)"
            " ORDER BY run_id, url"
        )
        assert new.read(query) == old.read(query)
        assert [run.run_id for run in check_runs(new)] == list(RUNS)
        now = datetime.now(UTC)
        for store in (old, new):
            refresh_states(store, LifecycleRules(), now=now)
        states = "SELECT url, state, since, failures, next_due, why FROM link_states JOIN links"
        states += " USING (link_id) ORDER BY url"
        assert new.read(states) == old.read(states)
        assert refill_checks(kept.collection, new, Rules(), VoidRules()) == 0


def test_a_run_goes_on_with_what_stands_in_its_warc_files_only(kept: Kept, tmp_path: Path) -> None:
    with Store(tmp_path / "s") as store:
        began = kept.seen[RUNS[1]][0].checked - timedelta(seconds=1)
        begin_run(store, RUNS[1], began)
        know(store, [one.url for one in kept.seen[RUNS[1]]])
        count = go_on_with(kept.collection, store, RUNS[1], Rules())
        assert count == len(PATHS) + 3 - 4
        assert go_on_with(kept.collection, store, RUNS[1], Rules()) == 0
        refresh_states(store, LifecycleRules(), now=datetime.now(UTC))
        (gone,) = [one.url for one in kept.seen[RUNS[1]] if one.url.endswith("/gone")]
        assert link_state(store, gone).state is State.SUSPECT
        assert [run.ended for run in check_runs(store)] == [None]


def test_a_damaged_file_costs_no_check_but_its_own(kept: Kept, tmp_path: Path) -> None:
    shutil.copytree(kept.collection.root, tmp_path / "c")
    collection = Collection(tmp_path / "c")
    first = check_files(collection)[0]
    data = bytearray(first.read_bytes())
    data[len(data) // 2] ^= 0xFF
    first.write_bytes(data)
    found = {run.run_id: run.checks for run in read_runs(collection, check_files(collection))}
    assert 0 < len(found[RUNS[0]]) <= len(PATHS) + 3
    assert len(found[RUNS[1]]) == len(PATHS) + 3
