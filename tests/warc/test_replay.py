from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from warc.cdxj import CdxjEntry, CdxjIndex
from warc.locator import Locator
from warc.replay.choice import Address, View, closest, original_of, redirect_target
from warc.surt import surt

URL = "http://2009-2017.state.gov/r/pa/prs/"
DIGEST = "sha1:3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ"
OTHER = "sha1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"


def entry(
    timestamp: str,
    url: str = URL,
    mime: str = "text/html",
    status: int | None = 200,
    digest: str = DIGEST,
) -> CdxjEntry:
    return CdxjEntry(
        urlkey=surt(url), timestamp=timestamp, url=url, mime=mime, status=status, digest=digest,
        locator=Locator(file="a.warc.gz", offset=int(timestamp[-6:]), length=1),
    )  # fmt: skip


def index(folder: Path, *entries: CdxjEntry) -> CdxjIndex:
    lines = sorted(f"{one}\n" for one in entries)
    (folder / "a.cdxj").write_text("".join(lines), "utf-8")
    return CdxjIndex(folder)


def day(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("asked", "timestamp"),
    [
        ("2010-01-01", "20160101000000"),
        ("2016-12-01", "20170101000000"),
        ("2030-01-01", "20200101000000"),
    ],
)
def test_the_nearest_capture_in_time_answers(tmp_path: Path, asked: str, timestamp: str) -> None:
    years = (entry(f"{year}0101000000") for year in (2016, 2017, 2020))
    found = closest(index(tmp_path, *years), URL, day(asked))
    assert found is not None
    assert found.timestamp == timestamp


def test_of_two_at_one_time_the_good_one_answers(tmp_path: Path) -> None:
    captures = index(tmp_path, entry("20160101000000", status=503), entry("20160101000000"))
    found = closest(captures, URL, day("2016-01-01"))
    assert found is not None
    assert found.status == 200


@pytest.mark.parametrize(
    "url",
    [
        "https://2009-2017.state.gov/r/pa/prs/",
        "http://2009-2017.state.gov:80/r/pa/prs",
        "http://www.2009-2017.state.gov/r/pa/prs/",
        "HTTP://2009-2017.STATE.GOV/r/pa/prs/#top",
    ],
)
def test_spellings_of_one_address_find_one_capture(tmp_path: Path, url: str) -> None:
    assert closest(index(tmp_path, entry("20160101000000")), url, day("2016-01-01")) is not None


def test_what_was_not_captured_is_not_invented(tmp_path: Path) -> None:
    captures = index(tmp_path, entry("20160101000000"))
    assert closest(captures, f"{URL}ps/", day("2016-01-01")) is None


def test_a_revisit_finds_its_original_by_reference_then_by_digest(tmp_path: Path) -> None:
    revisit = entry("20170101000000", mime="warc/revisit")
    first = entry("20160101000000")
    changed = entry("20160601000000", digest=OTHER)
    captures = index(tmp_path, first, changed, revisit)
    assert original_of(captures, revisit, URL, "20160101000000") == first
    assert original_of(captures, revisit, URL, "20159999999999") == first
    assert original_of(captures, revisit, "http://elsewhere.example/", "") == first


def test_a_revisit_of_something_else_has_no_original(tmp_path: Path) -> None:
    revisit = entry("20170101000000", mime="warc/revisit")
    captures = index(tmp_path, entry("20160101000000", digest=OTHER), revisit)
    assert original_of(captures, revisit, URL, "") is None


@pytest.mark.parametrize(
    ("path", "view", "timestamp", "url"),
    [
        (
            "/20161027000000/http://a.gov/x?y=1&z",
            View.FRAME,
            "20161027000000",
            "http://a.gov/x?y=1&z",
        ),
        ("/20161027000000id_/http://a.gov/", View.RAW, "20161027000000", "http://a.gov/"),
        ("/20161027000000mp_/http:/a.gov/", View.PAGE, "20161027000000", "http://a.gov/"),
        ("/2016/a.gov/x", View.FRAME, "20160101000000", "http://a.gov/x"),
    ],
)
def test_an_address_names_time_view_and_url(
    path: str, view: View, timestamp: str, url: str
) -> None:
    address = Address.parse(path)
    assert address == Address(timestamp=timestamp, view=view, url=url)
    assert address.date is not None


@pytest.mark.parametrize("path", ["/", "/search", "/abc/http://a/", "/1/http://a/", "/2016"])
def test_other_paths_are_no_addresses(path: str) -> None:
    assert Address.parse(path) is None


def test_digits_that_are_no_date_have_none() -> None:
    address = Address.parse("/20161399000000/http://a.gov/")
    assert address is not None
    assert address.date is None


@pytest.mark.parametrize(
    ("status", "location", "target"),
    [
        (301, "/new", "http://2009-2017.state.gov/new"),
        (302, "//b.gov/", "http://b.gov/"),
        (200, "/new", None),
        (301, None, None),
        (301, "javascript:alert(1)", None),
        (301, "http://[", None),
    ],
)
def test_a_redirect_leads_to_an_absolute_web_address(
    status: int, location: str | None, target: str | None
) -> None:
    assert redirect_target(status, URL, location) == target
