"""Statements as Parquet: the keys of the JSON Lines, in typed columns."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from statement_pages import captured, page

from pipelines.parquet import VERSION_KEY, write_parquet
from pipelines.parts import write_part

parquet = pytest.importorskip("pyarrow.parquet", reason="needs muniment[parquet]")


def test_every_key_is_a_column_and_every_value_comes_back(tmp_path: Path) -> None:
    file, part = tmp_path / "x.warc.gz", tmp_path / "x.jsonl"
    link = 'See <a href="http://un.example/a">the resolution</a>.'
    file.write_bytes(captured(page("On Trade", link), "/r/pa/prs/ps/2016/10/263705.htm"))
    write_part(file, part, lambda *_: None)
    write_parquet([part, part], tmp_path / "x.parquet")
    table = parquet.read_table(tmp_path / "x.parquet")
    one = json.loads(part.read_text("utf-8"))
    assert table.column_names == list(one)
    assert table.schema.metadata[VERSION_KEY.encode()] == str(one["schema"]).encode()
    assert table.num_rows == 2
    row = table.to_pylist()[1]
    assert row.pop("captured").isoformat() == one.pop("captured")
    assert row == one
