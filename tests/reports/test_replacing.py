"""Copies of our own are found in captures of sites as well as in checks."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipelines.store import Citation, LinkHistory
from reports.replacing import OwnCopies
from warc.cdxj import CdxjEntry, urlkey
from warc.locator import Locator

URL = "http://www.a.example/x"


def _index(folder: Path, name: str, *statuses: tuple[str, int]) -> None:
    lines = [
        str(
            CdxjEntry(
                urlkey=urlkey(URL),
                timestamp=stamp,
                url=URL,
                mime="text/html",
                status=status,
                digest="-",
                locator=Locator(file=f"{name}.warc.gz", offset=7, length=9),
            )
        )
        for stamp, status in statuses
    ]
    (folder / f"{name}.cdxj").write_text("\n".join(sorted(lines)) + "\n", "utf-8")


def _cited(*dates: str | None) -> LinkHistory:
    citations = tuple(
        Citation(
            statement_url="http://s.example/",
            title=None,
            date=date,
            document_type=None,
            bureau=None,
            href=URL,
            text=None,
            sentence=None,
        )
        for date in dates
    )
    return LinkHistory(url=URL, host="www.a.example", citations=citations, checks=())


@pytest.mark.parametrize(
    ("dates", "stamp", "days"),
    [
        (("2012-03-02",), "20120301000000", 1),
        (("2016", "2010"), "20110301000000", 424),
        (("2013-02",), "20120301000000", 337),
        ((None, "no date"), "20110301000000", None),
        ((), "20110301000000", None),
    ],
)
def test_the_capture_nearest_to_the_first_citation_is_named(
    tmp_path: Path, dates: tuple[str | None, ...], stamp: str, days: int | None
) -> None:
    _index(tmp_path, "state-1", ("20110301000000", 200), ("20120301000000", 200))
    _index(tmp_path, "state-2", ("20130201000000", 404))
    _index(tmp_path, "check-1", ("20130201000000", 200))
    found = OwnCopies(tmp_path, [URL], "http://localhost:8090/").replacement(_cited(*dates))
    assert found is not None
    assert (found.url, found.days) == (f"http://localhost:8090/{stamp}/{URL}", days)
    assert (found.source, f"{found.date:%Y%m%d%H%M%S}") == ("own-capture", stamp)


def test_without_a_capture_there_is_none(tmp_path: Path) -> None:
    _index(tmp_path, "state-2", ("20130201000000", 404))
    assert OwnCopies(tmp_path, [URL], "http://l/").replacement(_cited("2013")) is None
    assert OwnCopies(tmp_path, [], "http://l/").replacement(_cited("2013")) is None
