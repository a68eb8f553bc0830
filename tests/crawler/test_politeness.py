"""Whole crawls of sites that are slow, tired or tired of us."""

from __future__ import annotations

import itertools
import signal
import socket
import time
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

import pytest

WALL = "<html><title>Technical Difficulties</title><p>We are sorry</p>"
BUSY = "503 Service Unavailable"


def answer(status: str, *fields: str, body: str = "") -> bytes:
    lines = [f"HTTP/1.1 {status}", "Content-Type: text/html", f"Content-Length: {len(body)}"]
    return "\r\n".join([*lines, *fields, "", body]).encode()


def links(count: int) -> str:
    return "".join(f"<a href=/{n}.htm>{n}</a>" for n in range(count))


def pages(site: Any, count: int, body: str = "<p>hello</p>") -> None:
    """Make a front page with links to `count` pages."""
    site.page("/", links(count))
    for n in range(count):
        site.page(f"/{n}.htm", body)
    site.page("/robots.txt", "")
    site.page("/favicon.ico", "")


def when(site: Any, path: str) -> list[float]:
    return [moment for moment, asked in zip(site.times, site.paths, strict=True) if asked == path]


def notes(done: Any) -> list[str]:
    return [event["message"] for event in done.events if event["event"] == "note"]


def test_requests_to_a_host_begin_at_least_the_delay_apart(
    site: Any, crawl: Callable[..., Any]
) -> None:
    pages(site, 5)
    crawl(site.url, delay=0.15, concurrency=4)
    gaps = [later - earlier for earlier, later in zip(site.times, site.times[1:], strict=False)]
    assert len(gaps) >= 6
    assert min(gaps) > 0.11  # the site measures late or early by a little


def test_no_request_waits_until_the_answers_before_it_are_recorded(
    site: Any, start: Callable[..., Any]
) -> None:
    pages(site, 7)
    site.seconds = 0.05
    slow = "crawler.handler._outlinks=lambda *_: __import__('time').sleep(0.4) or ()"
    start(site.url, concurrency=4, patch=slow).wait()
    assert site.busiest == 4
    second = site.times[6:10]  # after robots.txt, the first page, and four of its links
    # One may be being recorded as the others come, another as they begin; three would be 1.2 s.
    assert max(second) - min(second) < 1.0


@pytest.mark.parametrize("status", ["429 Too Many Requests", BUSY])
@pytest.mark.parametrize("as_date", [False, True])
def test_the_whole_host_waits_as_long_as_it_asks(
    site: Any, crawl: Callable[..., Any], status: str, as_date: bool
) -> None:
    pages(site, 12)
    until = format_datetime(datetime.now(UTC) + timedelta(seconds=4), usegmt=True)
    wanted = until if as_date else "1"
    site.first["/2.htm"] = [answer(status, f"Retry-After: {wanted}")]
    done = crawl(site.url, concurrency=1)
    first, second = when(site, "/2.htm")
    rest = [moment for moment in site.times if moment > first]
    assert min(rest) - first > (0.4 if as_date else 0.95)
    assert (done.status, done.finished["reason"]) == (0, "finished")
    assert second == max(rest)
    assert Counter(site.paths)["/3.htm"] == 1


def test_other_hosts_go_on_while_one_is_waited_for(
    site: Any, other: Any, crawl: Callable[..., Any]
) -> None:
    pages(site, 40)
    pages(other, 40)
    site.first["/1.htm"] = [answer(BUSY, "Retry-After: 2")]
    other.seconds = 0.01
    done = crawl(site.url, other.url, concurrency=2)
    (paused, _) = when(site, "/1.htm")
    assert other.times[-1] - paused < 1.9
    assert done.status == 0
    assert len(set(site.paths)) == len(set(other.paths)) == 43


def test_a_pause_is_no_longer_than_its_cap_and_then_the_host_is_left(
    site: Any, crawl: Callable[..., Any]
) -> None:
    pages(site, 20)
    for n in range(20):
        site.page(f"/{n}.htm", "", "Retry-After: 3600", status=BUSY)
    done = crawl(site.url, concurrency=1, retry_after_cap=0.3)
    assert (done.status, done.finished["reason"]) == (4, "throttled")
    assert len([path for path in site.paths if path.endswith(".htm")]) == 3
    (note,) = notes(done)
    assert note.startswith(f"127.0.0.1:{site.port} is not available: 503, 3 times in a row")
    kept = 17 + ("/favicon.ico" not in site.paths)
    assert f"URLs kept for the next run: {kept}" in note


def test_a_time_budget_does_not_wait_for_a_host(site: Any, crawl: Callable[..., Any]) -> None:
    pages(site, 20)
    site.first["/1.htm"] = [answer(BUSY, "Retry-After: 3600")]
    began = time.monotonic()
    done = crawl(site.url, max_seconds=1, retry_after_cap=3600)
    assert time.monotonic() - began < 5
    assert (done.status, done.finished["reason"]) == (4, "max-seconds")


def test_a_signal_does_not_wait_for_a_host(site: Any, start: Callable[..., Any]) -> None:
    pages(site, 20)
    site.first["/1.htm"] = [answer("429 Slow Down", "Retry-After: 3600")]
    crawling = start(site.url, retry_after_cap=3600)
    while "/1.htm" not in site.paths and crawling.process.poll() is None:
        time.sleep(0.01)
    time.sleep(0.2)
    asked = time.monotonic()
    crawling.process.send_signal(signal.SIGTERM)
    done = crawling.wait()
    assert time.monotonic() - asked < 3
    assert (done.status, done.finished["reason"]) == (4, "shutdown")


def test_what_fails_is_asked_again_after_the_rest(site: Any, crawl: Callable[..., Any]) -> None:
    pages(site, 30)
    site.first["/1.htm"] = [b"", b""]  # the first is put down to the kept connection
    site.first["/2.htm"] = [answer("500 Oops")]
    site.first["/3.htm"] = [answer("200 OK", body=WALL)]
    done = crawl(site.url, concurrency=1)
    assert done.status == 0
    asked = [path for path in site.paths if path.endswith(".htm")]
    assert [asked.count(path) for path in ("/1.htm", "/2.htm", "/3.htm")] == [3, 2, 2]
    assert min(len(asked) - asked[::-1].index(f"/{n}.htm") for n in (1, 2, 3)) > 15
    assert done.finished["failures"] == {"empty": 1}
    assert notes(done) == []


def test_a_wall_is_slowed_down_for_and_then_its_host_is_left(
    site: Any, other: Any, crawl: Callable[..., Any]
) -> None:
    pages(site, 30, WALL)
    site.page("/favicon.ico", WALL)  # else its 404 would begin the row anew
    pages(other, 30)
    done = crawl(site.url, other.url, concurrency=1)
    assert (done.status, done.finished["reason"]) == (4, "walled")
    walls = [m for m, p in zip(site.times, site.paths, strict=True) if p.endswith(("m", ".ico"))]
    gaps = [later - earlier for earlier, later in itertools.pairwise(walls)]
    assert len({path for path in site.paths if path.endswith(("m", ".ico"))}) == 5
    assert len([gap for gap in gaps if gap > 0.09]) >= 4
    assert max(gaps) > 0.05 * 2**4
    assert len(set(other.paths)) == 33
    (note,) = notes(done)
    assert note == (
        f'127.0.0.1:{site.port} walls us off: "Technical Difficulties" or a challenge, '
        "5 times in a row; URLs kept for the next run: 31"
    )
    assert done.finished["skipped"]["walled"] == 31


def test_a_host_that_goes_silent_is_left_and_its_urls_kept(
    site: Any, crawl: Callable[..., Any]
) -> None:
    pages(site, 40)
    for n in range(3, 40):
        site.answers[f"/{n}.htm"] = b""
    done = crawl(site.url, concurrency=4, backoff=0.002)
    assert (done.status, done.finished["reason"]) == (4, "unreachable")
    assert "gave no answer, 18 times in a row" in notes(done)[0]
    assert len(site.paths) < 40


def test_robots_txt_is_waited_for(site: Any, crawl: Callable[..., Any]) -> None:
    pages(site, 3)
    site.page("/robots.txt", "User-agent: *\nDisallow: /1.htm\n")
    site.first["/robots.txt"] = [answer(BUSY), answer("500 Oops")]
    done = crawl(site.url, backoff=0.2)
    first, second, third = when(site, "/robots.txt")
    assert second - first > 0.35
    assert third - second > 0.75
    assert site.paths[3] == "/"
    assert "/1.htm" not in site.paths
    assert done.status == 0


def test_a_host_whose_robots_txt_cannot_be_had_is_left(
    site: Any, other: Any, crawl: Callable[..., Any]
) -> None:
    pages(site, 3)
    pages(other, 3)
    site.page("/robots.txt", "", status=BUSY)
    done = crawl(site.url, other.url)
    assert site.paths == ["/robots.txt"] * 3
    assert len(set(other.paths)) == 6
    assert (done.status, done.finished["reason"]) == (4, "robots-unreachable")
    assert notes(done) == [
        f"http://127.0.0.1:{site.port} is left alone since its robots.txt cannot be had: "
        "status 503; URLs kept for the next run: 1"
    ]


def test_too_long_a_crawl_delay_is_said_to_be_cut(site: Any, start: Callable[..., Any]) -> None:
    pages(site, 3)
    site.page("/robots.txt", "User-agent: *\nCrawl-delay: 600\n")
    crawling = start(site.url, max_seconds=0.5)
    done = crawling.wait()
    assert notes(done) == [
        f"http://127.0.0.1:{site.port} asks in its robots.txt for 600 s between requests; "
        "it is given 60 s"
    ]
    assert site.paths == ["/robots.txt"]


def test_robots_txt_counts_whatever_type_it_is_given(site: Any, crawl: Callable[..., Any]) -> None:
    pages(site, 3)
    body = "User-agent: *\nDisallow: /2.htm\n"
    plain = answer("200 OK", body=body)
    site.answers["/robots.txt"] = plain.replace(b"text/html", b"application/octet-stream")
    crawl(site.url)
    assert "/2.htm" not in site.paths
    assert "/1.htm" in site.paths


def test_a_dead_host_is_left_after_a_few_tries(crawl: Callable[..., Any]) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]
        done = crawl(f"http://127.0.0.1:{port}/")
    assert done.status == 5
    assert done.finished["failures"] == {"connect-refused": 3}
    assert done.finished["skipped"] == {"robots-unreachable": 1}


def test_robots_txt_is_read_again_after_a_day_and_may_then_be_missing(
    site: Any, start: Callable[..., Any]
) -> None:
    pages(site, 30)
    body = "User-agent: *\nDisallow: /29.htm\n"
    site.page("/robots.txt", "", status=BUSY)
    site.first["/robots.txt"] = [answer("200 OK", body=body)]
    site.seconds = 0.03
    done = start(site.url, concurrency=1, patch="crawler.robots.MAX_AGE=0.3").wait()
    assert site.paths.count("/robots.txt") > 3
    assert "/28.htm" in site.paths
    assert "/29.htm" not in site.paths
    assert done.status == 0


def test_the_next_run_asks_for_what_a_left_host_was_not_asked_for(
    site: Any, crawl: Callable[..., Any]
) -> None:
    pages(site, 60)
    for n in range(20, 60):
        site.page(f"/{n}.htm", WALL)
    first = crawl(site.url, concurrency=1, backoff=0.01)
    assert (first.status, first.finished["reason"]) == (4, "walled")
    good = {path for path in site.paths if not path.endswith(".htm") or int(path[1:-4]) < 20}
    asked = len(site.paths)
    pages(site, 60)
    second = crawl(site.url, concurrency=4)
    assert (second.status, second.finished["reason"]) == (0, "finished")
    again = site.paths[asked:]
    assert {f"/{n}.htm" for n in range(20, 60)} <= set(again)
    assert not {path for path in again if path in good} - {"/robots.txt"}
