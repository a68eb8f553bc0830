"""Capture about 900 awkward addresses with the real command, and judge it to the byte.

`python benchmarks/judge_capture.py [--peers VENV]`: VENV is an environment of its own with pywb
and cdxj-indexer, which then read the files too. Exit status 1 where anything is not right.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from measured import capture_command, run
from peers import ask_peers
from sites import large_site

from awkward import Judgement, judge, serve

_MOST_TOLD = 50


def main() -> int:
    """Return 0 where all is right."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--peers", type=Path, help="a venv with pywb and cdxj-indexer")
    parser.add_argument("--pages", type=int, default=300, help="plain pages (default 300)")
    parser.add_argument("--megabytes", type=int, default=100, help="largest body (default 100)")
    parser.add_argument("--keep", type=Path, help="a folder for the collection, kept")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = arguments.keep or Path(scratch)
        return _judge(arguments, folder)


def _judge(arguments: argparse.Namespace, folder: Path) -> int:
    site = partial(large_site, pages=arguments.pages, megabytes=arguments.megabytes)
    collection = folder / "collection"
    with serve(site) as served:
        cost = run(capture_command(f"{served.url}/", collection), folder)
    print((folder / "output.txt").read_text("utf-8"))
    judgement = judge(served, collection)
    if cost.status:
        judgement.faults.append(f"the command ended with status {cost.status}")
    ask_peers(served, collection, arguments.peers, judgement)
    _tell(judgement)
    print(f"{cost.seconds:.1f} s, {cost.cpu:.1f} s of CPU, peak {cost.peak:.0f} MiB")
    return 1 if judgement.faults else 0


def _tell(judgement: Judgement) -> None:
    for name, count in judgement.counts.items():
        right = judgement.counts.get(f"{name}, right")
        if not name.endswith(", right"):
            print(f"{name:45} {count:7}" + (f" {right:7} right" if right is not None else ""))
    print("\n".join(["", *judgement.faults[:_MOST_TOLD], f"{len(judgement.faults)} faults"]))


if __name__ == "__main__":
    sys.exit(main())
