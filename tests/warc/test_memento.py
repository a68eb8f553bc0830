"""Memento, the CDX server and parts of answers, asked of a replay over literal records."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from replayed import Replayed, html
from warc_bytes import record

URL = "http://a.example/page"
TIMES = ("20150101000000", "20160301120000", "20170701000000")


def _capture(url: str, timestamp: str, block: bytes, number: int) -> bytes:
    date = (
        f"{timestamp[:4]}-{timestamp[4:6]}-{timestamp[6:8]}T"
        f"{timestamp[8:10]}:{timestamp[10:12]}:{timestamp[12:]}Z"
    )
    at = record(block, url=url, number=number)
    return at.replace(b"2016-10-27T15:00:00.123456Z", date.encode())


@pytest.fixture
def replay(tmp_path: Path) -> Replayed:
    made = Replayed(tmp_path)
    captures = [
        *((URL, time, html(b"<p>%s" % time.encode())) for time in TIMES),
        ("http://a.example/pages/more", TIMES[0], html(b"gone", status="404 Not Found")),
        ("http://sub.a.example/", TIMES[1], html(b"sub")),
        ("http://b.example/", TIMES[1], html(b"other")),
    ]
    path = made.collection.archive / "a.warc"
    path.write_bytes(b"".join(_capture(*one, number) for number, one in enumerate(captures)))
    made.index(path)
    return made


@pytest.mark.parametrize(
    ("date", "time"),
    [
        ("Thu, 01 Jan 2015 00:00:00 GMT", TIMES[0]),
        ("Fri, 01 Jan 2016 00:00:00 GMT", TIMES[1]),
        ("Sat, 01 Jan 2000 00:00:00 GMT", TIMES[0]),
        ("Tue, 01 Jan 2030 00:00:00 GMT", TIMES[2]),
    ],
)
def test_a_time_gate_leads_to_the_nearest_capture(replay: Replayed, date: str, time: str) -> None:
    found = replay.get(f"/timegate/{URL}", accept_datetime=date)
    assert found.status == 302
    assert found.headers["location"] == f"http://localhost:8090/{time}mp_/{URL}"
    assert found.headers["vary"] == "accept-datetime"
    assert f'<{URL}>; rel="original"' in found.headers["link"]


def test_a_time_gate_without_a_date_leads_to_the_last_capture(replay: Replayed) -> None:
    found = replay.get(f"/timegate/{URL}")
    assert found.headers["location"].endswith(f"/{TIMES[2]}mp_/{URL}")


@pytest.mark.parametrize("date", ["2016-01-01", "yesterday", "Thu, 99 Jan 2015 00:00:00 GMT", ""])
def test_what_is_no_date_is_refused(replay: Replayed, date: str) -> None:
    assert replay.get(f"/timegate/{URL}", accept_datetime=date).status == 400


def test_a_time_gate_of_what_was_not_captured_is_missing(replay: Replayed) -> None:
    assert replay.get("/timegate/http://a.example/never").status == 404


def test_a_time_map_lists_every_capture_in_order(replay: Replayed) -> None:
    found = replay.get(f"/timemap/link/{URL}")
    assert found.headers["content-type"] == "application/link-format"
    mementos = [line for line in found.text.split(",\n") if "memento" in line]
    assert [line.split("/")[3] for line in mementos] == [f"{time}mp_" for time in TIMES]
    assert 'rel="first memento"' in mementos[0]
    assert 'rel="last memento"' in mementos[-1]
    assert 'datetime="Tue, 01 Mar 2016 12:00:00 GMT"' in mementos[1]


def test_a_time_map_comes_as_json(replay: Replayed) -> None:
    said = json.loads(replay.get(f"/timemap/json/{URL}").text)
    assert said["original_uri"] == URL
    assert [one["datetime"][:4] for one in said["mementos"]["list"]] == ["2015", "2016", "2017"]
    assert replay.get("/timemap/json/http://a.example/never").status == 404


def test_a_memento_names_its_neighbours(replay: Replayed) -> None:
    found = replay.get(f"/{TIMES[1]}mp_/{URL}")
    assert found.headers["memento-datetime"] == "Tue, 01 Mar 2016 12:00:00 GMT"
    link = found.headers["link"]
    for time, relation in zip(
        TIMES, ("first prev memento", "memento", "next last memento"), strict=True
    ):
        assert f'/{time}mp_/{URL}>; rel="{relation}"' in link
    assert f'<http://localhost:8090/timegate/{URL}>; rel="timegate"' in link


def _urls(replay: Replayed, query: str) -> list[str]:
    found = replay.get(f"/cdx?{query}&output=json&fl=url")
    assert found.status == 200
    return [json.loads(line)["url"] for line in found.text.splitlines()]


@pytest.mark.parametrize(
    ("query", "count"),
    [
        (f"url={URL}", 3),
        (f"url={URL}*", 4),
        (f"url={URL}&matchType=prefix", 4),
        ("url=a.example&matchType=host", 4),
        ("url=a.example&matchType=domain", 5),
        ("url=*.a.example", 5),
        (f"url={URL}&limit=2", 2),
        (f"url={URL}&from=2016&to=2016", 1),
        (f"url={URL}*&filter=status:404", 1),
        (f"url={URL}*&filter=!status:404", 3),
        (f"url={URL}*&filter=~url:.*more$", 1),
        (f"url={URL}*&collapse=urlkey", 2),
        (f"url={URL}&collapse=timestamp:2", 1),
        ("url=http://a.example/never", 0),
    ],
)
def test_the_cdx_server_finds(replay: Replayed, query: str, count: int) -> None:
    assert len(_urls(replay, query)) == count


def test_the_cdx_server_sorts(replay: Replayed) -> None:
    def times(query: str) -> list[str]:
        found = replay.get(f"/cdx?url={URL}&fl=timestamp&output=text&{query}")
        return found.text.split()

    assert times("") == list(TIMES)
    assert times("sort=reverse&limit=1") == [TIMES[2]]
    assert times("closest=20160201000000&limit=1") == [TIMES[1]]


def test_cdxj_lines_are_those_of_the_index(replay: Replayed) -> None:
    lines = (replay.collection.indexes / "a.warc.cdxj").read_text("utf-8").splitlines()
    assert replay.get("/cdx?url=b.example&matchType=host").text.splitlines() == [
        line for line in lines if line.startswith("example,b)")
    ]


@pytest.mark.parametrize(
    "query", ["", f"url={URL}&limit=many", f"url={URL}&output=xml", f"url={URL}&matchType=odd",
              f"url={URL}&filter=~status:(", f"url={URL}&from=soon"],
)  # fmt: skip
def test_a_question_that_makes_no_sense_is_told(replay: Replayed, query: str) -> None:
    found = replay.get(f"/cdx?{query}")
    assert found.status == 400
    assert json.loads(found.text)["message"]


@pytest.mark.parametrize(
    ("field", "status", "body"),
    [
        ("bytes=0-2", 206, b"<p>"),
        ("bytes=3-6", 206, b"2015"),
        ("bytes=-2", 206, b"00"),
        ("bytes=15-", 206, b"00"),
        ("bytes=99-", 416, b""),
        ("bytes=5-2", 200, b"<p>20150101000000"),
        ("lines=1-2", 200, b"<p>20150101000000"),
    ],
)
def test_a_part_is_given(replay: Replayed, field: str, status: int, body: bytes) -> None:
    found = replay.get(f"/{TIMES[0]}id_/{URL}", range=field)
    assert (found.status, found.body) == (status, body)


def test_a_part_of_another_version_is_not_mixed_in(replay: Replayed) -> None:
    tag = replay.get(f"/{TIMES[0]}id_/{URL}").headers["etag"]
    same = replay.get(f"/{TIMES[0]}id_/{URL}", range="bytes=0-2", if_range=tag)
    other = replay.get(f"/{TIMES[1]}id_/{URL}", range="bytes=0-2", if_range=tag)
    assert (same.status, other.status) == (206, 200)
