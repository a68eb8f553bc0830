"""Which copy of our own stands for a dead link."""

from __future__ import annotations

from datetime import date

from pipelines.replacements import CopySource, days_between, living_copies, nearest_copy
from warc.cdxj import CdxjEntry
from warc.locator import Locator

URL = "http://a.example/x"


def _entry(timestamp: str, file: str, offset: int = 0, status: int | None = 200) -> CdxjEntry:
    return CdxjEntry(
        urlkey="example,a)/x",
        timestamp=timestamp,
        url=URL,
        mime="text/html",
        status=status,
        digest="-",
        locator=Locator(file=file, offset=offset, length=9),
    )


def test_of_checks_only_answers_that_came_to_a_good_end_are_copies() -> None:
    good = _entry("20260101000000", "check-1.warc.gz", 10)
    parked = _entry("20260201000000", "check-1.warc.gz", 90)
    alive = [Locator(file="check-1.warc.gz", offset=10, length=9)]
    (copy,) = living_copies([good, parked], alive, "check")
    assert (copy.entry, copy.source) == (good, CopySource.CHECK)


def test_of_captures_of_a_site_every_success_is_one() -> None:
    entries = [
        _entry("20260101000000", "state-1.warc.gz", status=status)
        for status in (200, 206, 301, 404, None)
    ]
    found = living_copies(entries, [], "check")
    assert [copy.entry.status for copy in found] == [200, 206]
    assert {copy.source for copy in found} == {CopySource.CAPTURE}


def test_the_nearest_to_the_citation_is_chosen_and_without_a_date_the_oldest() -> None:
    days = ("20100105000000", "20100120000000", "20120101000000", "2013")
    copies = living_copies([_entry(day, "state-1.warc.gz") for day in days], [], "check")
    nearest = nearest_copy(copies, date(2010, 1, 14))
    assert nearest is not None
    assert nearest.entry.timestamp == "20100120000000"
    assert days_between(nearest, date(2010, 1, 14)) == 6
    oldest = nearest_copy(copies, None)
    assert oldest is not None
    assert oldest.entry.timestamp == "20100105000000"
    assert nearest_copy([], date(2010, 1, 14)) is None
