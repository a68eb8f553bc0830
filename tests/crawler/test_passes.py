"""A crawl that goes on where it stopped, and one of a site that was captured before."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from warc.cdxj import CdxjIndex


def tree(site: Any, count: int) -> None:
    """Make pages that each lead to the next and to two leaves; every one has a validator."""
    for n in range(count):
        here, there = ("/" if n == 0 else f"/{n}.htm"), f"/{n + 1}.htm"
        links = f"<a href={there}>next</a>" if n + 1 < count else ""
        leaves = "".join(f"<a href=/{n}/{k}.htm>{k}</a>" for k in "ab")
        site.page(here, f"<title>{n}</title>{links}{leaves}{'.' * 3000}", f'ETag: "{n}"')
        for k in "ab":
            site.page(f"/{n}/{k}.htm", f"leaf {n}{k} {'.' * 3000}", f'ETag: "{n}{k}"')


def changes(done: Any) -> dict[str, int]:
    return {name: done.finished[name] for name in ("new", "changed", "unchanged", "gone")}


def notes(done: Any) -> list[str]:
    return [event["message"] for event in done.events if event["event"] == "note"]


def pages(site: Any) -> Counter[str]:
    return Counter(path for path in site.paths if path.endswith(".htm") or path == "/")


def test_a_crawl_whose_budget_is_spent_goes_on_where_it_stopped(
    site: Any, crawl: Callable[..., Any]
) -> None:
    tree(site, 10)
    first = crawl(site.url, max_pages=12)
    assert (first.status, first.finished["reason"]) == (4, "max-pages")
    assert notes(first) == []
    second = crawl(site.url, max_pages=100)
    assert (second.status, second.finished["reason"]) == (0, "finished")
    assert notes(second)[0].startswith("resuming: ")
    assert set(pages(site)) == set(site.answers)
    assert max(pages(site).values()) == 1
    assert site.paths.count("/robots.txt") == 1
    assert changes(first)["new"] + changes(second)["new"] == 30


def test_a_second_capture_of_an_unchanged_site_costs_its_heads_alone(
    site: Any, crawl: Callable[..., Any]
) -> None:
    tree(site, 10)
    first = crawl(site.url)
    assert changes(first) == {"new": 30, "changed": 0, "unchanged": 0, "gone": 0}
    second = crawl(site.url)
    assert changes(second) == {"new": 0, "changed": 0, "unchanged": 30, "gone": 0}
    assert second.finished["statuses"]["304"] == 30  # found again through pages not sent again
    assert second.finished["bytes"] < 0.05 * first.finished["bytes"]
    assert notes(second) == []
    index = CdxjIndex(second.archive.parent / "indexes")
    assert [c.is_revisit for c in index.captures(f"{site.url}9/b.htm")] == [False, True]


def test_a_full_capture_asks_as_if_it_were_the_first(site: Any, crawl: Callable[..., Any]) -> None:
    tree(site, 3)
    first = crawl(site.url)
    second = crawl(site.url, full=True)
    assert second.finished["bytes"] == first.finished["bytes"]
    assert changes(second)["unchanged"] == 9
    assert not any(b"If-None-Match" in head for _, head, _ in site.sent)


def test_what_is_new_changed_or_gone_is_counted_and_named(
    site: Any, crawl: Callable[..., Any]
) -> None:
    tree(site, 4)
    crawl(site.url)
    site.page("/1/a.htm", "corrected", 'ETag: "other"')
    site.page("/2/a.htm", "", status="410 Gone")
    site.page("/3.htm", "<a href=/3/a.htm>a</a><a href=/3/new.htm>new</a>", 'ETag: "3 again"')
    site.page("/3/new.htm", "a page that was not there before")
    second = crawl(site.url)
    assert changes(second) == {"new": 1, "changed": 2, "unchanged": 8, "gone": 2}
    gone = second.finished["examples"]["gone"]
    assert gone == [f"{site.url}2/a.htm", f"{site.url}3/b.htm"]  # the other is linked no more
    third = crawl(site.url)
    assert changes(third) == {"new": 0, "changed": 0, "unchanged": 11, "gone": 0}


def test_nothing_is_gone_because_the_page_that_links_it_failed(
    site: Any, crawl: Callable[..., Any]
) -> None:
    tree(site, 4)
    crawl(site.url)
    kept = site.answers["/2.htm"]
    site.page("/2.htm", "", status="500 Internal Server Error")
    second = crawl(site.url, retries=0)
    assert changes(second) == {"new": 0, "changed": 0, "unchanged": 6, "gone": 0}
    site.answers["/2.htm"] = kept
    site.page("/3/b.htm", "", status="404 Not Found")
    assert changes(crawl(site.url)) == {"new": 0, "changed": 0, "unchanged": 11, "gone": 1}


def test_seeds_are_their_own_job_whose_pages_are_not_gone_from_another(
    site: Any, crawl: Callable[..., Any]
) -> None:
    tree(site, 2)
    site.page("/alone.htm", "<p>alone</p>", 'ETag: "alone"')
    crawl(site.url)
    other = crawl(f"{site.url}alone.htm")
    assert changes(other) == {"new": 1, "changed": 0, "unchanged": 0, "gone": 0}
    assert changes(crawl(site.url))["gone"] == 0


def test_a_capture_that_cannot_be_read_is_fetched_again(
    site: Any, crawl: Callable[..., Any], tmp_path: Path
) -> None:
    tree(site, 2)
    first = crawl(site.url)
    for warc in first.archive.iterdir():
        warc.rename(tmp_path / warc.name)
    second = crawl(site.url)
    assert second.finished["statuses"]["200"] == 6
    assert changes(second)["unchanged"] == 6


def test_a_narrower_scope_holds_for_what_was_queued_under_the_wider_one(
    site: Any, crawl: Callable[..., Any]
) -> None:
    tree(site, 10)
    crawl(site.url, max_pages=9)
    asked = len(site.sent)
    second = crawl(site.url, exclude=["/[0-9]/"])
    assert (second.status, second.finished["reason"]) == (0, "finished")
    assert any("the scope" in note for note in notes(second))
    assert not [path for path in site.paths[asked:] if path.count("/") > 1]
    assert second.finished["skipped"]["excluded"] >= 1


def test_a_damaged_frontier_is_set_aside(site: Any, crawl: Callable[..., Any]) -> None:
    tree(site, 2)
    first = crawl(site.url)
    file = first.archive.parent / "crawl.sqlite"
    file.write_bytes(b"this is no database" * 100)
    second = crawl(site.url)
    assert (second.status, second.finished["reason"]) == (0, "finished")
    assert "crawl.sqlite was damaged" in notes(second)[0]
    assert changes(second)["unchanged"] == 6  # by the validators in the WARC
    assert second.finished["statuses"]["304"] == 6
    assert (file.parent / "crawl.sqlite.damaged").read_bytes().startswith(b"this is no")


@pytest.mark.parametrize("moment", [0.0, 0.1])
def test_a_crawl_that_nobody_listens_to_any_more_ends_cleanly(
    site: Any, start: Callable[..., Any], moment: float
) -> None:
    tree(site, 200)
    site.seconds = 0.02
    running = start(site.url)
    while len(site.sent) < 5 + 50 * moment:
        assert running.process.poll() is None
    running.process.stdout.close()
    assert running.process.wait(timeout=20) == 4
    archive = running.options.collection / "archive"
    assert [path.suffix for path in archive.iterdir()] == [".gz"]
    assert len(site.sent) < 300


WALL = "<title>Technical Difficulties</title><h1>Technical Difficulties</h1>"


@pytest.mark.parametrize(
    ("options", "text", "reason"),
    [({"max_pages": 5}, "page", "max-pages"), ({"concurrency": 1}, WALL, "walled")],
)
def test_what_waits_when_the_crawl_is_cut_short_is_listed_too(
    site: Any,
    crawl: Callable[..., Any],
    tmp_path: Path,
    options: dict[str, int],
    text: str,
    reason: str,
) -> None:
    site.page("/favicon.ico", text)
    site.page("/", "".join(f"<a href=/{n}.htm>{n}</a>" for n in range(40)))
    for n in range(40):
        site.page(f"/{n}.htm", text)
    listing = tmp_path / "skipped.jsonl"
    done = crawl(site.url, skipped_file=listing, **options)
    assert done.finished["reason"] == reason
    listed = [json.loads(line) for line in listing.read_text("utf-8").splitlines()]
    assert {entry["reason"] for entry in listed} == {reason}
    assert {entry["via"] for entry in listed} == {site.url}
    urls = {entry["url"] for entry in listed}
    assert len(urls) == len(listed) == done.finished["skipped"][reason]
    assert {site.url + path[1:] for path in site.answers} - urls <= {
        site.url + path[1:] for path in site.paths
    }
