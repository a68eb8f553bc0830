"""How big the HTML report is, how soon it is ready and how fast it answers, in real Chromium.

`python benchmarks/report.py` makes reports of 20,000 and 100,000 made-up links, opens each from
its file and measures in the page itself, the best of several times: until the links are shown,
and from a change of the address's fragment until the table is laid out again. Exit status 1 where
a figure is beyond its bound.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from browser import Browser, Page
from made_up_reports import make_report

from reports.html import render

_READY = "document.documentElement?.dataset.ready"
_TIMES = 5
# What a reader does, and the fragment that it comes to.
_ASKED = {
    "all links": "show=all",
    "a verdict": "outcome=gone",
    "a year": "show=all&year=2013",
    "a bureau": "show=all&bureau=Office+of+the+Spokesperson",
    "a host": "show=all&host=www.un.org",
    "a domain": "show=all&tld=gov",
    "a word": "show=all&q=nuclear",
    "two words": "show=all&q=treaty+www.un.org",
    "by page": "view=pages",
    "by host": "view=hosts",
    "by cause": "view=causes&show=all",
    "sorted": "sort=-cited",
}
_FILTERS = ("a verdict", "a year", "a bureau", "a host", "a domain", "a word", "two words")
_MEASURE = """
new Promise((told) => {
  let began = 0;
  addEventListener('hashchange', () => {
    document.getElementById('table').offsetHeight;
    told(performance.now() - began);
  }, {once: true});
  began = performance.now();
  location.hash = '#%s';
})
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bound:
    """The most that a report of `links` links may take: megabytes, seconds, milliseconds."""

    links: int
    size: float
    ready: float
    filtered: float = 60.0


_BOUNDS = (Bound(links=20_000, size=1.5, ready=0.5), Bound(links=100_000, size=6.0, ready=1.5))


def main() -> int:
    """Return 1 where a figure is beyond its bound."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--keep", type=Path, help="a folder for the reports, kept")
    given = parser.parse_args()
    chromium = shutil.which("chromium")
    if chromium is None:
        print("left out: there is no Chromium")
        return 0
    faults: list[str] = []
    with tempfile.TemporaryDirectory() as scratch:
        folder = given.keep or Path(scratch)
        folder.mkdir(parents=True, exist_ok=True)
        with Browser(chromium, Path(scratch) / "profile") as browser:
            for bound in _BOUNDS:
                faults += _measure(browser, bound, folder)
    print(*faults, sep="\n")
    return int(bool(faults))


def _measure(browser: Browser, bound: Bound, folder: Path) -> list[str]:
    path = folder / f"report-{bound.links}.html"
    report = make_report(bound.links)
    began = time.process_time()
    path.write_text(render(report), "utf-8")
    written = time.process_time() - began
    size = path.stat().st_size / 1e6
    ready = min(_opened(browser, path) for _ in range(_TIMES)) / 1000
    print(
        f"{bound.links:,} links: {size:.2f} MB, ready in {ready:.2f} s; written in {written:.1f} s"
    )
    answered = _answered(browser, path)
    for name, took in answered.items():
        print(f"  {name:10} {took:6.0f} ms")
    slowest = max(answered[name] for name in _FILTERS)
    figures = (
        ("megabytes", size, bound.size),
        ("seconds until ready", ready, bound.ready),
        ("ms for a filter", slowest, bound.filtered),
    )
    return [
        f"{bound.links:,} links: {figure:.2f} {name}, at most {most} wanted"
        for name, figure, most in figures
        if figure > most
    ]


def _opened(browser: Browser, path: Path) -> float:
    """Return the milliseconds until the links were shown, as the page itself tells."""
    page = browser.page()
    page.open(path.as_uri())
    ready = float(page.wait(_READY))
    page.close()
    return ready


def _answered(browser: Browser, path: Path) -> dict[str, float]:
    """Return the milliseconds that each thing asked takes, from the default view."""
    page = browser.page()
    page.open(path.as_uri())
    page.wait(_READY)
    _rest(page)
    taken = {
        name: min(_timed(page, asked) for _ in range(_TIMES)) for name, asked in _ASKED.items()
    }
    page.close()
    return taken


def _timed(page: Page, asked: str) -> float:
    took = float(page.ask(_MEASURE % asked))
    page.ask(_MEASURE % "view=links")
    return took


def _rest(page: Page) -> None:
    """Wait until the page has nothing left to prepare, as while a reader reads the head."""
    page.wait("document.documentElement.dataset.searchable")


if __name__ == "__main__":
    sys.exit(main())
