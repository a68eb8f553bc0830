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
    assert len(asked) <= len(written) + kills * 4  # at most those under way are asked again
