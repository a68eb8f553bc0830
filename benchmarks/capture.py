"""Capture one site with Muniment, `wget --warc-file` and stock Scrapy, side by side in one run.

`python benchmarks/capture.py`: speed, CPU and memory at no latency, then the share of the ideal
rate at 50 ms with 8 requests in flight, then memory with big bodies, plain and over TLS.
"""

from __future__ import annotations

import argparse
import shutil
import ssl
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import trustme

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from measured import CONCURRENCY, Cost, capture_command, run
from sites import big_bodies, plain_site

from awkward import HOST, Answer, Served, Site, serve, sized

LATENCY = 0.05
_WGET = (
    *("wget", "--recursive", "--level=inf", "--page-requisites", "--no-verbose"),
    *("--warc-file=peer", "--warc-cdx", "--warc-max-size=1G"),
)
_SPIDER = Path(__file__).with_name("stock_spider.py")


def main() -> int:
    """Measure everything and print it; return 0."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=700, help="plain pages (default 700)")
    parser.add_argument("--rounds", type=int, default=3, help="of which the best counts")
    parser.add_argument("--megabytes", type=int, default=100, help="largest body (default 100)")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        at_full_speed(folder / "speed", arguments.pages, arguments.rounds)
        at_a_distance(folder / "latency", arguments.pages)
        with_big_bodies(folder / "bodies", arguments.megabytes)
    return 0


def at_full_speed(folder: Path, pages: int, rounds: int) -> None:
    """Print what each peer takes for the same site, in turn, the best of some rounds."""
    commands: dict[str, Callable[[str, Path], list[str]]] = {
        "muniment": lambda url, at: capture_command(url, at / "collection"),
        "wget": lambda url, _: [*_WGET, url],
        "stock Scrapy": _scrapy,
    }
    if shutil.which("wget") is None:
        print("wget is not installed: left out")
        del commands["wget"]
    with serve(partial(plain_site, pages=pages)) as served:
        best: dict[str, tuple[int, Cost]] = {}
        for number in range(rounds):
            for name, command in commands.items():
                at = folder / f"{name}-{number}"
                result = _one(served, command(f"{served.url}/", at), at)
                if name not in best or result[1].seconds < best[name][1].seconds:
                    best[name] = result
        print(f"No latency, {len(served.site.due)} addresses, whole runs, best of {rounds}:")
    _table(best)


def _one(served: Served, command: list[str], folder: Path) -> tuple[int, Cost]:
    """Return how many answers the command was sent, and what it cost."""
    served.log.clear()
    cost = run(command, folder)
    if missing := len(served.site.due - {asked.target for asked in served.log}):
        print(f"  {missing} addresses were not asked for: {command[:3]}, see {folder}")
    shutil.rmtree(folder)
    return len(served.log), cost


def _scrapy(url: str, folder: Path) -> list[str]:
    settings = {
        "LOG_FILE": str(folder / "scrapy.log"),
        "ROBOTSTXT_OBEY": "1",
        "CONCURRENT_REQUESTS_PER_DOMAIN": str(CONCURRENCY),
        "DOWNLOAD_DELAY": "0",
    }
    given = [word for name, value in settings.items() for word in ("-s", f"{name}={value}")]
    runner = [sys.executable, "-m", "scrapy", "runspider", str(_SPIDER)]
    return [*runner, "-a", f"start={url}", *given]


def _table(best: dict[str, tuple[int, Cost]]) -> None:
    head = ("", "answers", "seconds", "answers/s", "CPU ms/answer", "peak MiB")
    print("  {:14}{:>9}{:>9}{:>11}{:>15}{:>10}".format(*head))
    for name, (count, cost) in best.items():
        rate, cpu = count / cost.seconds, cost.cpu / count * 1000
        print(f"  {name:14}{count:9}{cost.seconds:9.2f}{rate:11.0f}{cpu:15.2f}{cost.peak:10.0f}")
    count, ours = best["muniment"]
    for name, (others, theirs) in best.items():
        if name != "muniment":
            rate = (count / ours.seconds) / (others / theirs.seconds)
            cpu = (ours.cpu / count) / (theirs.cpu / others)
            print(f"  against {name}: {rate:.2f} x the answers a second, {cpu:.2f} x the CPU")


def at_a_distance(folder: Path, pages: int) -> None:
    """Print the share of the ideal rate where every answer takes 50 ms."""
    with serve(partial(plain_site, pages=pages)) as served:
        served.latency = LATENCY
        count, cost = _one(served, capture_command(f"{served.url}/", folder / "c"), folder)
    ideal = CONCURRENCY / LATENCY
    between = served.last_sent - served.first_asked
    print(f"{LATENCY * 1000:.0f} ms latency, {CONCURRENCY} in flight, {count} answers:")
    print(f"  from first request to last answer: {count / between / ideal:.1%} of the ideal rate")
    print(f"  the whole run, start and end included: {count / cost.seconds / ideal:.1%}")


def with_big_bodies(folder: Path, megabytes: int) -> None:
    """Print peak memory for each big body by itself, plain and over TLS."""
    bodies = big_bodies(megabytes)
    print(f"Bodies of up to {megabytes} MB, each captured by itself:")
    for scheme in ("http", "https"):
        for target, answer in bodies.items():
            with _alone(folder, scheme, target, answer) as (served, more):
                _, cost = _one(
                    served, capture_command(f"{served.url}/", folder / "c", *more), folder
                )
            size = sum(len(step) for step in answer.steps if isinstance(step, bytes)) / 1e6
            name = f"{scheme} {target.decode()}"
            figures = f"{size:8.1f} MB on the wire {cost.seconds:6.2f} s"
            print(f"  {name:24}{figures}  peak {cost.peak:4.0f} MiB")


@contextmanager
def _alone(
    folder: Path, scheme: str, target: bytes, answer: Answer
) -> Iterator[tuple[Served, tuple[str, ...]]]:
    """Serve one body, and the page that leads to it."""
    page = f'<a href="{target.decode("ascii")}">big</a>'.encode()
    answers = {b"/": Answer(steps=(sized(page),)), target: answer}
    site = Site(answers=answers, due=frozenset(answers))
    if scheme == "http":
        with serve(lambda _: site) as served:
            yield served, ()
        return
    authority = trustme.CA()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(HOST).configure_cert(context)
    file = folder.with_name("ca.pem")
    authority.cert_pem.write_to_path(str(file))
    with serve(lambda _: site, tls=context) as served:
        yield served, ("--ca", str(file))


if __name__ == "__main__":
    sys.exit(main())
