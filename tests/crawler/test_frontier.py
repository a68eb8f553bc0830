"""The frontier in child processes: killed, resumed, refused, on a full disk, and once more."""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from warc.cdxj import CdxjIndex
from warc.check import Severity, check_collection
from warc.collection import Collection

PAGES = 150


def build(site: Any, count: int = PAGES, *fields: str) -> None:
    """Make pages in a tree of five links each, with an image each."""
    site.page("/robots.txt", "", status="404 Not Found")
    for n in range(count):
        links = "".join(f"<a href=/{k}.htm>{k}</a>" for k in range(5 * n + 1, 5 * n + 6))
        body = f"<p>page {n}</p><img src=/{n}.gif>{links}" + "x" * 200
        path = "/" if n == 0 else f"/{n}.htm"
        site.page(path, body, f'ETag: "{n}"', *fields)
        site.page(f"/{n}.gif", f"picture {n}")


def pages_of(count: int) -> set[str]:
    return {"/"} | {f"/{n}.htm" for n in range(1, count)} | {f"/{n}.gif" for n in range(count)}


def assert_valid(collection: Path) -> None:
    report = check_collection(Collection(collection))
    errors = [p for p in report.problems if p.severity is Severity.ERROR]
    assert not errors


def notes(done: Any) -> list[str]:
    return [event["message"] for event in done.events if event["event"] == "note"]


def kill_when(site: Any, running: Any, answers: int) -> None:
    """Kill the crawl once the site has given so many more answers, unless it ends before."""
    before = len(site.sent)
    while len(site.sent) < before + answers and running.process.poll() is None:
        time.sleep(0.001)
    running.process.kill()
    running.process.wait()


def test_killed_at_any_moment_nothing_is_lost_and_nothing_written_is_asked_again(
    site: Any, start: Callable[..., Any]
) -> None:
    build(site)
    site.seconds = 0.002
    choose = random.Random(7)
    kills = 6
    for _ in range(kills):
        kill_when(site, start(site.url), choose.randrange(1, 60))
    running = start(site.url)
    done = running.wait()
    assert (done.status, done.finished["reason"]) == (0, "finished")
    assert any(note.startswith("resuming: ") for note in notes(done))
    assert_valid(running.options.collection)
    index = CdxjIndex(running.options.collection / "indexes")
    written = Counter({p: len(index.captures(site.url + p[1:])) for p in pages_of(PAGES)})
    assert set(written.values()) == {1}
    asked = [path for path in site.paths if path in written]
    # At most those under way are asked again, and as many that wait to be recorded.
    assert len(asked) <= len(written) + kills * 2 * 4


def test_two_crawls_of_one_collection_are_not_run_at_once(
    site: Any, start: Callable[..., Any]
) -> None:
    build(site)
    first = start(site.url)
    while not site.sent:
        time.sleep(0.005)
    with site.lock:  # no answer: the first cannot end, however long the second takes to begin
        second = start(site.url).wait()
        assert second.status == 1
        assert first.process.poll() is None
    done = first.wait()
    assert (done.status, done.finished["reason"]) == (0, "finished")
    assert_valid(first.options.collection)


def test_a_second_pass_asks_by_condition_and_tells_what_changed(
    site: Any, crawl: Callable[..., Any]
) -> None:
    build(site, 12)
    first = crawl(site.url)
    octets = first.finished["bytes"]
    for n in (*range(4), *range(5, 12)):
        path = "/" if n == 0 else f"/{n}.htm"
        site.first[path] = [b'HTTP/1.1 304 Not Modified\r\nETag: "%d"\r\n\r\n' % n]
    site.page("/4.htm", "<p>another text</p><img src=/4.gif>", 'ETag: "new"')
    second = crawl(site.url)
    assert second.finished["bytes"] < octets
    told = second.finished
    assert (told["new"], told["changed"], told["gone"]) == (0, 1, 0)
    assert told["unchanged"] >= 11
    asked = [head for path, head, _ in site.sent if path == "/4.htm"]
    assert b'If-None-Match: "4"' in asked[-1]
    index = CdxjIndex(second.archive.parent / "indexes")
    assert [one.is_revisit for one in index.captures(f"{site.url}1.htm")] == [False, True]


def test_a_page_that_vanished_is_told(site: Any, crawl: Callable[..., Any]) -> None:
    build(site, 4)
    crawl(site.url)
    site.answers["/3.gif"] = b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"
    second = crawl(site.url)
    assert second.finished["gone"] == 1


def test_a_full_disk_ends_the_crawl_with_all_that_was_written_valid(
    site: Any, start: Callable[..., Any]
) -> None:
    build(site, 60)
    noise = random.Random(1)
    for n in range(60):
        site.page(f"/{n}.gif", noise.randbytes(40_000).hex())
    limit = "__import__('resource').setrlimit(__import__('resource').RLIMIT_FSIZE, (1 << 19,) * 2)"
    running = start(site.url, patch=f"crawler.process.LIMIT={limit}")
    done = running.wait()
    assert (done.status, done.finished["reason"]) == (4, "disk-full")
    assert done.finished["responses"] > 5
    again = start(site.url).wait()
    assert (again.status, again.finished["reason"]) == (0, "finished")
    assert_valid(running.options.collection)
    index = CdxjIndex(running.options.collection / "indexes")
    found = {path: len(index.captures(site.url + path[1:])) for path in pages_of(60)}
    assert min(found.values()) == 1
