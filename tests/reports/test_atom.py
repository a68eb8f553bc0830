"""The feed is what RFC 4287 asks for, and changes only with the events it tells."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from xml.etree.ElementTree import Element, fromstring

from reports.atom import MOST_ENTRIES, render
from reports.findings import Finding, Report

ATOM = "{http://www.w3.org/2005/Atom}"
DIED = datetime(2026, 11, 20, 8, tzinfo=UTC)
Make = Callable[..., Finding]
MakeReport = Callable[..., Report]


def _feed(report: Report) -> Element:
    return fromstring("".join(render(report)).encode())  # noqa: S314 - our own


def test_entries_are_the_dead_and_the_resurrected_the_latest_first(
    finding_of: Make, report_with: MakeReport
) -> None:
    back = datetime(2026, 11, 22, tzinfo=UTC)
    feed = _feed(
        report_with(
            finding_of(state="dead-gone", event="died", since=DIED),
            finding_of(url="http://b.example/", outcome="ok", event="resurrected", since=back),
            finding_of(url="http://c.example/", event="failed", since=back),
            finding_of(url="http://d.example/", outcome="parked", event="usurped", since=DIED),
        )
    )
    assert [one.findtext(f"{ATOM}title") for one in feed.iter(f"{ATOM}entry")] == [
        "Back from the dead: http://b.example/",
        "Dead: http://a.example/x",
        "Taken over: http://d.example/",
    ]
    assert feed.findtext(f"{ATOM}updated") == "2026-11-22T00:00:00+00:00"


def test_a_feed_has_what_rfc_4287_asks_for(report_of: MakeReport) -> None:
    made = report_of(0, hostile=True)
    events = [replace(one, event="died", since=DIED) for one in made.findings]
    feed = _feed(replace(made, findings=tuple(events)))
    entries = list(feed.iter(f"{ATOM}entry"))
    assert len(entries) == len(events)
    for element in (feed, *entries):
        for name in ("id", "title", "updated"):
            assert len(element.findall(ATOM + name)) == 1
        assert re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", str(element.findtext(f"{ATOM}id")))
        date = datetime.fromisoformat(str(element.findtext(f"{ATOM}updated")))
        assert date.tzinfo is not None
    assert feed.find(f"{ATOM}author/{ATOM}name") is not None
    assert len({one.findtext(f"{ATOM}id") for one in entries}) == len(entries)
    for link in feed.iter(f"{ATOM}link"):
        assert re.fullmatch(r"https?://[^\s<>\"{}|\\^`\[\]]+", link.get("href", ""))
    assert all(one.find(f"{ATOM}content") is not None for one in entries)


def test_the_same_events_make_the_same_feed_in_a_later_report(
    finding_of: Make, report_with: MakeReport
) -> None:
    dead = finding_of(event="died", since=DIED)
    first = report_with(dead)
    later = replace(first, run_id="2", generated=datetime(2027, 1, 1, tzinfo=UTC))
    assert list(render(first)) == list(render(later))
    again = report_with(replace(dead, since=datetime(2026, 12, 1, tzinfo=UTC)))
    assert "".join(render(first)) != "".join(render(again))


def test_a_feed_is_not_endless(finding_of: Make, report_with: MakeReport) -> None:
    many = [
        finding_of(url=f"http://a.example/{n}", event="died", since=DIED)
        for n in range(MOST_ENTRIES + 1)
    ]
    assert len(list(_feed(report_with(*many)).iter(f"{ATOM}entry"))) == MOST_ENTRIES
