"""Whole crawls in child processes of a site of literal bytes; the WARCs are read by hand here."""

from __future__ import annotations

import gzip
import signal
import socket
import time
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

HTML = "Content-Type: text/html"


@dataclass
class Rec:
    """One WARC record."""

    fields: dict[str, str]
    block: bytes

    @property
    def type(self) -> str:
        return self.fields["WARC-Type"]

    @property
    def uri(self) -> str:
        return self.fields.get("WARC-Target-URI", "")


def read(archive: Path) -> list[Rec]:
    """Return all records of the closed WARC files; every gzip member must be whole."""
    assert not list(archive.glob("*.open"))
    return [rec for path in sorted(archive.glob("*.warc.gz")) for rec in _records(path)]


def _records(path: Path) -> Iterator[Rec]:
    data = path.read_bytes()
    while data:
        member = zlib.decompressobj(31)
        text = member.decompress(data)
        assert member.eof, f"{path.name} ends within a member"
        data = member.unused_data
        head, _, rest = text.partition(b"\r\n\r\n")
        lines = head.decode().split("\r\n")
        assert lines[0] == "WARC/1.1"
        fields = dict(line.split(": ", 1) for line in lines[1:])
        size = int(fields["Content-Length"])
        assert rest[size:] == b"\r\n\r\n"
        yield Rec(fields, rest[:size])


def of_type(records: list[Rec], kind: str) -> list[Rec]:
    return [rec for rec in records if rec.type == kind]


def assert_exact(site: Any, records: list[Rec]) -> None:
    """Assert that each answer sent, and each request received, is there byte for byte."""
    kept = Counter((r.uri, r.block) for r in records if r.type in {"response", "revisit"})
    asked = Counter(r.block for r in of_type(records, "request"))
    for path, request, response in site.sent:
        uri = site.url + path[1:]
        whole, head = (uri, response), (uri, response[: response.index(b"\r\n\r\n") + 4])
        assert kept[whole] or kept[head], path
        kept[whole if kept[whole] else head] -= 1
        assert asked[request], request
        asked[request] -= 1
    assert not +kept
    assert not +asked


def build(site: Any) -> None:
    """Make a site of thirty pages with what real ones have."""
    items = "".join(f'<li><a href="/ps/{n}.htm">{n}</a>' for n in range(25))
    site.page("/", f'<link rel=stylesheet href=/s.css><img src="/a.png"><ul>{items}</ul>')
    for n in range(25):
        site.page(f"/ps/{n}.htm", f'<p>Statement {n}</p><a href="/ps/{n + 1}.htm#top">next</a>')
    site.page("/ps/3.htm", "", "Location: /moved/3.htm", status="301 Moved Permanently")
    site.page("/moved/3.htm", "<p>moved here</p><a href='http://elsewhere.invalid/'>out</a>")
    site.page("/ps/4.htm", '<meta http-equiv="refresh" content="0; url=/after.htm">')
    site.page("/after.htm", "<base href='/deep/er/'><a href='x.pdf'>pdf</a>")
    site.answers["/deep/er/x.pdf"] = (
        b"HTTP/1.1 200 OK\r\nContent-Type: application/pdf\r\nContent-Length: 5\r\n\r\n%PDF-"
    )
    site.answers["/s.css"] = (
        b"HTTP/1.1 200 OK\r\ncontent-TYPE: text/css\r\nX-Odd:  two \r\nX-Odd: three\r\n"
        b"Transfer-Encoding: chunked\r\n\r\n"
        b'9;ext=1\r\np{x:url("\r\n7\r\nbg.gif"\r\n2\r\n)}\r\n0\r\nTrailer: t\r\n\r\n'
    )
    packed = gzip.compress(b"<a href='/from-gzip.htm'>g</a>", mtime=0)
    site.answers["/ps/5.htm"] = (
        b"HTTP/1.1 200\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\n"
        + f"Content-Length: {len(packed)}\r\n\r\n".encode()
        + packed
    )
    site.page("/from-gzip.htm", "<p>found inside gzip</p>")
    site.page("/robots.txt", "User-agent: *\nDisallow: /ps/7.htm\n")


def test_a_crawl_ends_by_itself_and_every_byte_is_kept(
    site: Any, crawl: Callable[..., Any]
) -> None:
    build(site)
    done = crawl(site.url)
    assert done.status == 0
    assert done.finished["reason"] == "finished"
    records = read(done.archive)
    assert_exact(site, records)
    reached = {"/robots.txt", "/moved/3.htm", "/after.htm", "/deep/er/x.pdf", "/bg.gif", "/a.png"}
    assert reached | {"/from-gzip.htm", "/s.css", "/favicon.ico"} <= set(site.paths)
    assert "/ps/7.htm" not in site.paths
    assert max(Counter(site.paths).values()) == 1
    assert done.finished["responses"] == len(site.sent)
    assert done.finished["bytes"] == sum(len(sent) for _, _, sent in site.sent)
    assert done.finished["skipped"] == {"robots": 1, "other-host": 1}
    assert done.finished["statuses"]["301"] == 1
    assert done.finished["warcs"] == [p.name for p in sorted(done.archive.iterdir())]


def test_each_file_begins_with_warcinfo_that_says_who_and_how(
    site: Any, crawl: Callable[..., Any]
) -> None:
    site.page("/", "<p>hello</p>")
    done = crawl(site.url, operator="An Archive", contact="a@example.org", proxy=None)
    first = read(done.archive)[0]
    assert first.type == "warcinfo"
    for said in (b"operator: An Archive", b"a@example.org", b"robots: obey", b"isPartOf:"):
        assert said in first.block
    assert str(done.archive.parent).encode() not in first.block


def test_a_full_file_is_followed_by_another_with_its_own_warcinfo(
    site: Any, crawl: Callable[..., Any]
) -> None:
    build(site)
    done = crawl(site.url, warc_size=4000, prefix="Two words")
    files = sorted(done.archive.iterdir())
    assert len(files) > 2
    assert all(file.name.startswith("Two-words-") for file in files)
    for file in files:
        first, *others = _records(file)
        assert (first.type, first.fields["WARC-Filename"]) == ("warcinfo", file.name)
        assert {each.fields["WARC-Warcinfo-ID"] for each in others} == {
            first.fields["WARC-Record-ID"]
        }


def test_the_metadata_says_where_a_page_was_found(site: Any, crawl: Callable[..., Any]) -> None:
    site.page("/", "<a href=/a.htm>a</a>")
    site.page("/a.htm", "", "Location: /b.htm", status="302 Found")
    site.page("/b.htm", "<p>b</p>")
    records = read(crawl(site.url).archive)
    metadata = {rec.uri: rec.block for rec in of_type(records, "metadata")}
    found = metadata[site.url + "b.htm"]
    assert f"via: {site.url}a.htm\r\n".encode() in found
    assert b"hopsFromSeed: LR\r\n" in found
    assert f"outlink: {site.url}a.htm L a/@href\r\n".encode() in metadata[site.url]
    assert f"outlink: {site.url}b.htm R Location:\r\n".encode() in metadata[site.url + "a.htm"]


def test_failures_leave_metadata_and_are_retried(site: Any, crawl: Callable[..., Any]) -> None:
    site.page("/", "<a href=/empty.htm>e</a><a href=/busy.htm>b</a><a href=/cut.htm>c</a>")
    site.answers["/empty.htm"] = b""
    site.page("/busy.htm", "later", status="503 Service Unavailable")
    site.answers["/cut.htm"] = (
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 99\r\n"
        b"Connection: close\r\n\r\n<a href=/in-cut.htm>"
    )
    done = crawl(site.url, retries=1)
    records = read(done.archive)
    asked = Counter(site.paths)
    assert (asked["/busy.htm"], asked["/cut.htm"]) == (2, 2)
    assert asked["/in-cut.htm"] == 1
    failed = [r for r in of_type(records, "metadata") if r.uri.endswith("/empty.htm")]
    assert len(failed) == 2
    assert any(b"retry: 1" in rec.block for rec in failed)
    truncated = [r.fields.get("WARC-Truncated") for r in records if r.uri.endswith("/cut.htm")]
    assert truncated.count("disconnect") >= 1
    assert done.finished["failures"] == {"empty": 2}
    assert done.status == 0


@pytest.mark.parametrize("most", [1, 7])
def test_a_page_budget_is_kept_exactly(site: Any, crawl: Callable[..., Any], most: int) -> None:
    build(site)
    done = crawl(site.url, max_pages=most)
    assert done.status == 4
    assert done.finished["reason"] == "max-pages"
    assert len([p for p in site.paths if p != "/robots.txt"]) == most
    assert_exact(site, read(done.archive))


def test_a_byte_budget_ends_the_crawl(site: Any, crawl: Callable[..., Any]) -> None:
    links = "".join(f"<a href=/{n}.htm>x</a>" for n in range(60))
    site.page("/", links)
    for n in range(60):
        site.page(f"/{n}.htm", "x" * 10_000)
    done = crawl(site.url, max_bytes=100_000, concurrency=2)
    assert (done.status, done.finished["reason"]) == (4, "max-bytes")
    assert 100_000 <= done.finished["bytes"] < 130_000
    assert_exact(site, read(done.archive))


def test_a_time_budget_ends_the_crawl(site: Any, crawl: Callable[..., Any]) -> None:
    build(site)
    site.seconds = 0.2
    done = crawl(site.url, max_seconds=0.6, concurrency=1)
    assert (done.status, done.finished["reason"]) == (4, "max-seconds")
    assert_exact(site, read(done.archive))


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_the_crawl_with_whole_files(
    site: Any, start: Callable[..., Any], number: signal.Signals
) -> None:
    build(site)
    site.seconds = 0.05
    running = start(site.url, concurrency=2, delay=0.1)
    while len(site.sent) < 5 and running.process.poll() is None:
        time.sleep(0.01)
    asked = time.monotonic()
    running.process.send_signal(number)
    done = running.wait()
    assert time.monotonic() - asked < 5
    assert (done.status, done.finished["reason"]) == (4, "shutdown")
    assert_exact(site, read(done.archive))
    assert len(list((done.archive.parent / "indexes").glob("*.cdxj"))) == 1


def test_no_more_requests_are_under_way_than_asked_for(
    site: Any, crawl: Callable[..., Any]
) -> None:
    build(site)
    site.seconds = 0.02
    crawl(site.url, concurrency=3)
    assert site.busiest == 3


def test_nothing_captured_is_its_own_exit_status(crawl: Callable[..., Any]) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]
        done = crawl(f"http://127.0.0.1:{port}/", retries=0)
    assert done.status == 5
    assert done.finished["failures"] == {"connect-refused": 1}
    assert done.finished["skipped"] == {"robots-unreachable": 1}
    failed = of_type(read(done.archive), "metadata")
    assert [rec.uri for rec in failed] == [f"http://127.0.0.1:{port}/robots.txt"]


def test_no_address_inside_is_asked_without_leave(site: Any, crawl: Callable[..., Any]) -> None:
    site.page("/", "<p>private</p>")
    done = crawl(site.url, allow_ranges=[])
    assert done.status == 5
    assert done.finished["failures"] == {"address-refused": 1}
    assert site.sent == []


def test_a_site_that_walls_us_is_left_and_named(site: Any, crawl: Callable[..., Any]) -> None:
    wall = "<html><title>Technical Difficulties</title><p>We are sorry</p>"
    links = "".join(f"<a href=/{n}.htm>x</a>" for n in range(50))
    site.page("/", links)
    for n in range(50):
        site.page(f"/{n}.htm", wall)
    done = crawl(site.url, concurrency=1)
    assert (done.status, done.finished["reason"]) == (4, "walled")
    assert len([p for p in site.paths if p[1:2].isdigit()]) == 5


@pytest.mark.parametrize(("status", "asked"), [("404 Not Found", True), ("503 Unavailable", False)])
def test_robots_that_is_not_there_allows_and_one_that_fails_forbids(
    site: Any, crawl: Callable[..., Any], status: str, asked: bool
) -> None:
    site.page("/", "<p>home</p>")
    site.page("/robots.txt", "User-agent: *\nDisallow: /\n", status=status)
    done = crawl(site.url, retries=0)
    assert ("/" in site.paths) is asked
    assert done.status == (0 if asked else 5)


def test_robots_may_be_elsewhere_and_its_delay_is_kept(
    site: Any, crawl: Callable[..., Any]
) -> None:
    site.page("/robots.txt", "", "Location: /r.txt", status="301 Moved Permanently")
    site.page("/r.txt", "User-agent: muniment\nCrawl-delay: 0.4\nDisallow: /no.htm\n")
    site.page("/", "<a href=/a.htm>a</a><a href=/b.htm>b</a><a href=/no.htm>n</a>")
    began = time.monotonic()
    done = crawl(site.url)
    assert time.monotonic() - began > 0.8
    assert "/no.htm" not in site.paths
    assert done.finished["skipped"] == {"robots": 1}


def test_robots_is_ignored_only_when_told_so(site: Any, crawl: Callable[..., Any]) -> None:
    site.page("/robots.txt", "User-agent: *\nDisallow: /\n")
    site.page("/", "<p>home</p>")
    done = crawl(site.url, obey_robots=False)
    assert site.paths.count("/") == 1
    assert b"robots: ignore" in read(done.archive)[0].block


def test_progress_is_told_while_the_crawl_goes_on(site: Any, crawl: Callable[..., Any]) -> None:
    build(site)
    site.seconds = 0.05
    done = crawl(site.url, concurrency=2)
    told = [event for event in done.events if event["event"] == "progress"]
    assert 2 <= len(told) <= 4 * done.finished["seconds"] + 2
    counts = [event["responses"] for event in told]
    assert counts == sorted(counts)
    assert max(event["queued"] for event in told) > 2


def test_a_big_body_is_captured_whole_and_its_last_link_followed(
    site: Any, crawl: Callable[..., Any]
) -> None:
    site.page("/", "<a href=/big.htm>big</a>")
    site.page("/big.htm", "<p>y</p>" * (1 << 20) + "<a href=/last.htm>x</a>")
    done = crawl(site.url)
    assert_exact(site, read(done.archive))
    assert "/last.htm" in site.paths


def test_wrong_options_are_told_in_one_line(tmp_path: Path, crawl: Callable[..., Any]) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")
    done = crawl("http://127.0.0.1:9/", collection=blocked / "collection")
    assert done.status == 1
    assert [event["event"] for event in done.events] == ["note", "finished"]
    assert str(blocked) in done.events[0]["message"]
