"""Extract one WARC with Muniment, warcio + parsel and trafilatura, side by side in one run.

`python benchmarks/extract.py [--warc FILE] [--peers VENV]`: the WARC is of the replica's statements
where no other is named; VENV is an environment of its own with warcio, parsel and trafilatura.
CPU a page, ratios and peak memory, then the gain of several processes, then a big WARC.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from extractors import MISSING
from measured import Cost, run
from replica_warcs import write_big_warc, write_warcs

from warc.capture import Capture
from warc.reader import iter_captures

_OURS, _COMMAND = "muniment", "muniment extract"
_PEERS = ("warcio + parsel", "trafilatura")
_SLOW = "trafilatura"  # measured once
_FILES = 8
_MIB = 1 << 20


def main() -> int:
    """Measure everything and print it; return 0."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--warc", type=Path, help="a WARC file to read for the replica's")
    parser.add_argument("--peers", type=Path, help="a venv with warcio, parsel and trafilatura")
    parser.add_argument("--pages", type=int, default=2000, help="of the replica (default 2000)")
    parser.add_argument("--rounds", type=int, default=3, help="of which the best counts")
    parser.add_argument("--big", type=int, default=200, metavar="MB", help="0: none (default 200)")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        file = arguments.warc or write_warcs(folder / "one", arguments.pages, 1)[0]
        on_one_core(folder, file.resolve(), arguments.peers, arguments.rounds)
        with_more_processes(folder, arguments.pages, arguments.rounds)
        if arguments.big:
            with_a_big_warc(folder, file, arguments.big)
    return 0


def on_one_core(folder: Path, file: Path, peers: Path | None, rounds: int) -> None:
    """Print what each takes for the same file: CPU behind the imports and of the whole run."""
    pages = sum(isinstance(one, Capture) and _is_page(one) for one in iter_captures(file))
    print(f"{file.name}: {file.stat().st_size / 1e6:.1f} MB, {pages} HTML pages, on one core,")
    print(f"best of {rounds} ({_SLOW}: one run)")
    best: dict[str, tuple[float, Cost]] = {}
    for name in (_OURS, *_PEERS):
        python = sys.executable if name == _OURS else _python_of(peers)
        for _ in range(1 if name == _SLOW else rounds):
            found = _measure(python, name, file, folder) if python else None
            if found is None:
                print(f"  {name} is not installed in the environment of --peers: left out")
                break
            best[name] = min(best.get(name, found), found, key=lambda one: one[0])
    for _ in range(rounds):
        cost = run(_command(folder, [file], 1), folder)
        best[_COMMAND] = min(
            best.get(_COMMAND, (cost.cpu, cost)), (cost.cpu, cost), key=lambda one: one[0]
        )
    _table(best, pages)


def _is_page(capture: Capture) -> bool:
    return capture.status == 200 and "html" in (capture.content_type or "")


def _python_of(peers: Path | None) -> str | None:
    return str(peers.absolute() / "bin" / "python") if peers else None


def _measure(python: str, name: str, file: Path, folder: Path) -> tuple[float, Cost] | None:
    """Return the CPU of the pass alone and the cost of the run; None where it cannot be run."""
    script = str(Path(__file__).with_name("extractors.py"))
    cost = run([python, script, name, str(file), str(folder / "peer.jsonl")], folder)
    said = (folder / "output.txt").read_text("utf-8")
    if cost.status == MISSING:
        return None
    if cost.status:
        raise SystemExit(f"{name} failed:\n{said}")
    return float(said.split()[-1]), cost


def _command(folder: Path, files: list[Path], workers: int) -> list[str]:
    named = [word for file in files for word in ("--from", str(file))]
    output = ("--output", str(folder / "statements.jsonl"), "--workers", str(workers))
    return [sys.executable, "-m", "muniment", "extract", *named, *output]


def _table(best: dict[str, tuple[float, Cost]], pages: int) -> None:
    print("  {:18}{:>13}{:>18}{:>10}".format("", "CPU ms/page", "whole run ms/page", "peak MiB"))
    for name, (cpu, cost) in best.items():
        alone = "" if name == _COMMAND else f"{cpu / pages * 1000:.3f}"
        print(f"  {name:18}{alone:>13}{cost.cpu / pages * 1000:18.3f}{cost.peak:10.0f}")
    for name in _PEERS:
        if name in best:
            whole = best[name][1].cpu / best[_COMMAND][1].cpu
            ratio = best[name][0] / best[_OURS][0]
            print(f"  {name}: {ratio:.1f} x our CPU, {whole:.1f} x that of the whole run")


def with_more_processes(folder: Path, pages: int, rounds: int) -> None:
    """Print how much sooner two processes, and all, are done with several files."""
    files = write_warcs(folder / "several", pages * 2, _FILES)
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    print(f"{len(files)} files with {pages * 2} pages, whole runs, best of {rounds}:")
    alone = 0.0
    for workers in sorted({1, 2, cores or 1}):
        costs = [run(_command(folder, files, workers), folder) for _ in range(rounds)]
        best = min(costs, key=lambda cost: cost.seconds)
        alone = alone or best.seconds
        figures = f"{best.seconds:6.2f} s {alone / best.seconds:5.2f} x"
        print(f"  {workers} processes: {figures}  peak of all together {best.peak:.0f} MiB")


def with_a_big_warc(folder: Path, source: Path, megabytes: int) -> None:
    """Print peak memory for a WARC of so many MB with ever other addresses."""
    file = folder / "big.warc.gz"
    count = write_big_warc(file, source, megabytes)
    cost = run(_command(folder, [file], 1), folder)
    size = f"{file.stat().st_size / 1e6:.0f} MB with {count} captures"
    print(f"{size}: {cost.seconds:.0f} s, peak {cost.peak:.0f} MiB")


if __name__ == "__main__":
    sys.exit(main())
