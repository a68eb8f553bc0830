"""Have other people's software read the files: warcio, FastWARC, cdxj-indexer and pywb."""

from __future__ import annotations

import json
import subprocess
from collections import Counter
from pathlib import Path

from fastwarc.warc import ArchiveIterator as FastIterator
from warcio.archiveiterator import ArchiveIterator

from awkward import Judgement, Served
from warc.check import Severity, check_collection
from warc.collection import Collection


def ask_peers(served: Served, collection: Path, venv: Path | None, judgement: Judgement) -> None:
    """Add what each reader makes of the collection; those in `venv` only where it is given."""
    files = sorted((collection / "archive").glob("*.warc.gz"))
    report = check_collection(Collection(collection))
    judgement.faults += [
        f"verify: {p.file} {p.offset}: {p.message}"
        for p in report.problems
        if p.severity is Severity.ERROR
    ]
    warcio = sum((_by_warcio(path) for path in files), Counter[str]())
    fast = sum((_by_fastwarc(path) for path in files), Counter[str]())
    judgement.counts["records read by warcio"] = warcio.total()
    judgement.counts["records read by FastWARC"] = fast.total()
    if warcio != fast:
        judgement.faults.append(f"warcio reads {dict(warcio)}, FastWARC {dict(fast)}")
    if venv is not None:
        own = _own_lines(collection)
        for tool in ("cdxj-indexer", "cdx-indexer"):
            _by_indexer(venv / "bin" / tool, files, own, judgement)


def _by_warcio(path: Path) -> Counter[str]:
    kinds: Counter[str] = Counter()
    with path.open("rb") as stream:
        for record in ArchiveIterator(stream):
            record.raw_stream.read()
            kinds[record.rec_type] += 1
    return kinds


def _by_fastwarc(path: Path) -> Counter[str]:
    kinds: Counter[str] = Counter()
    with path.open("rb") as stream:
        for record in FastIterator(stream, parse_http=False):
            record.reader.read()
            kinds[record.headers["WARC-Type"]] += 1
    return kinds


def _own_lines(collection: Path) -> dict[tuple[str, str], tuple[str, str]]:
    """Return key and address of every line of our own index, by where its record lies."""
    lines = {}
    for path in (collection / "indexes").glob("*.cdxj"):
        for line in path.read_text("utf-8").splitlines():
            key, _, text = line.split(" ", 2)
            named = json.loads(text)
            lines[named["filename"], named["offset"]] = (key, named["url"])
    return lines


def _by_indexer(
    tool: Path,
    files: list[Path],
    own: dict[tuple[str, str], tuple[str, str]],
    judgement: Judgement,
) -> None:
    """Compare our index with the tool's, line by line."""
    options = ["-j"] if tool.name == "cdx-indexer" else []
    done = subprocess.run([tool, *options, *files], capture_output=True, text=True, check=False)
    lines = [line for line in done.stdout.splitlines() if " {" in line]
    if done.returncode or len(lines) != len(own):
        words = f"{tool.name}: status {done.returncode}, {len(lines)} lines, not {len(own)}: "
        judgement.faults.append(words + done.stderr.strip()[-300:])
    for line in lines:
        key, _, text = line.split(" ", 2)
        named = json.loads(text)
        ours = own.get((Path(named["filename"]).name, str(named["offset"])))
        is_right = ours == (key, named["url"])
        fault = f"{key} {named['url']}: we have {ours}"
        judgement.hold(f"index lines by {tool.name}", is_right=is_right, fault=fault)
