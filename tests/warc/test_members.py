"""Records read whole, by whatever way: short and long members, damaged and not."""

from __future__ import annotations

import gzip
import random
from pathlib import Path

import pytest
from warc_bytes import record

from warc.damage import Damage
from warc.files.record import Record
from warc.reader import iter_records

SIZES = (0, 1, 8192, 1 << 18, (1 << 20) - 1, 1 << 20, (1 << 20) + 1, 3 << 20)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("block", [bytes, random.Random(1).randbytes], ids=["zeros", "noise"])
def test_a_member_of_any_size_is_read_whole(tmp_path: Path, size: int, block: object) -> None:
    path = tmp_path / "x.warc.gz"
    content = block(size)  # type: ignore[operator]
    member = gzip.compress(record(content), 6, mtime=0)
    path.write_bytes(member * 2)
    found = list(iter_records(path))
    assert [type(one) for one in found] == [Record, Record]
    assert [(one.offset, one.length) for one in found if isinstance(one, Record)] == [
        (0, len(member)), (len(member), len(member)),
    ]  # fmt: skip
    assert all(b"".join(one.chunks()) == content for one in found if isinstance(one, Record))


@pytest.mark.parametrize("cut", range(1, 9))
def test_a_record_is_kept_where_its_members_trailer_is_cut(tmp_path: Path, cut: int) -> None:
    path = tmp_path / "x.warc.gz"
    path.write_bytes(gzip.compress(record(), 6, mtime=0)[:-cut])
    damage, kept = iter_records(path)
    assert isinstance(damage, Damage)
    assert "ends inside a gzip member" in damage.reason
    assert isinstance(kept, Record)
    assert kept.read().endswith(b"<p>Hello.</p>")
