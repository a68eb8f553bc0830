"""Real and made files of other people's tools, each with what a good reader does of it."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import pytest

from warc.capture import Capture
from warc.check import Severity, check_file
from warc.damage import Damage
from warc.files.record import Record
from warc.reader import iter_captures, iter_records, record_at

FOLDER = Path(__file__).resolve().parents[3] / "shared" / "warcs"
MANIFEST = FOLDER / "manifest.jsonl"
pytestmark = pytest.mark.skipif(not MANIFEST.exists(), reason="needs ../shared/warcs")

# The header of its only record breaks off without a length: what others count is a phantom.
PHANTOM = {"jwarc/utf8field.warc"}
DAMAGED = {
    "made/arc-truncated.arc": 128,
    "made/junk-between-members.warc.gz": 434,
    "made/length-missing.warc": 597,
    "made/length-negative.warc": 597,
    "made/nul-padding-at-end.warc.gz": 1557,
    "made/truncated-no-final-crlf.warc": 6209,
    "made/truncated-plain-header.warc": 3403,
}


def manifest() -> list[dict[str, Any]]:
    if not MANIFEST.exists():
        return []
    lines = [json.loads(line) for line in MANIFEST.read_text("utf-8").splitlines()]
    return [line for line in lines if not line["file"].endswith(".wacz")]


ENTRIES = manifest()


@pytest.mark.parametrize("entry", ENTRIES, ids=[entry["file"] for entry in ENTRIES])
def test_every_agreed_record_is_read_and_every_gap_is_named(entry: dict[str, Any]) -> None:
    found = list(iter_records(FOLDER / entry["file"]))
    records = [one for one in found if isinstance(one, Record)]
    damage = [one for one in found if isinstance(one, Damage)]
    if entry["file"] in PHANTOM:
        assert damage
        assert not records
        return
    assert len(records) >= (entry["records"] or 0)
    assert all(len(one.read()) == one.block_size for one in records)
    most = max((entry["readers"] or {"none": 0}).values())
    assert damage or len(records) >= entry["records"] or len(records) >= most


@pytest.mark.parametrize("entry", ENTRIES, ids=[entry["file"] for entry in ENTRIES])
def test_every_record_of_its_own_is_found_again_by_its_locator(entry: dict[str, Any]) -> None:
    path = FOLDER / entry["file"]
    for one in iter_records(path):
        if isinstance(one, Record) and one.length and not one.notes:
            assert record_at(path.parent, one.locator) == one


@pytest.mark.parametrize(("file", "offset"), DAMAGED.items())
def test_damage_is_named_at_its_byte_and_is_an_error_of_the_check(file: str, offset: int) -> None:
    path = FOLDER / file
    first = next(one for one in iter_records(path) if isinstance(one, Damage))
    assert (first.file, first.offset) == (path.name, offset)
    errors = [p.offset for p in check_file(path) if p.severity is Severity.ERROR]
    assert offset in errors


def test_whole_files_of_other_tools_have_no_damage() -> None:
    agreed = [e for e in ENTRIES if e["expected"] == "all readers agree, no complaint"]
    assert len(agreed) > 20
    for entry in agreed:
        found = list(iter_records(FOLDER / entry["file"]))
        assert not [one for one in found if isinstance(one, Damage)], entry["file"]


def test_500_mutated_files_raise_nothing_and_end(tmp_path: Path) -> None:
    chance = random.Random(20161027)
    sources = [FOLDER / e["file"] for e in ENTRIES if (FOLDER / e["file"]).stat().st_size < 50_000]
    path = tmp_path / "mutated.warc.gz"
    for _ in range(500):
        data = bytearray(chance.choice(sources).read_bytes())
        for _ in range(chance.randint(1, 4)):
            at = chance.randrange(len(data) + 1)
            data[at : at + chance.choice((0, 1, 9, 200))] = chance.randbytes(
                chance.choice((0, 1, 40))
            )
        path.write_bytes(data)
        for one in iter_captures(path):
            assert one.payload(1 << 16) is not None if isinstance(one, Capture) else one.reason
