"""The frontier's file: what is noted last counts."""

from __future__ import annotations

from pathlib import Path

from crawler.frontier_store import FrontierStore, State
from crawler.scope import Trail
from crawler.waiting import Entry


def entry(number: int) -> Entry:
    url = f"http://h.example/{number}"
    return Entry(number=number, key=number, url=url, host="h", priority=0, trail=Trail())


def test_an_entry_queued_again_right_after_its_lease_is_leased_again(tmp_path: Path) -> None:
    store = FrontierStore(tmp_path / "crawl.sqlite")
    store.open_job(b"job", b"scope", "20260101000000")
    number = store.next_number()
    store.put(entry(number), State.QUEUED)
    assert [e.number for e in store.lease("h", 10)] == [number]
    store.put(entry(number), State.QUEUED)  # to be tried again
    assert [e.number for e in store.lease("h", 10)] == [number]
    store.close()
