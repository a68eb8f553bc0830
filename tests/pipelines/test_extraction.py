"""Parts of a collection: made for each WARC file, gone with it."""

from __future__ import annotations

from pathlib import Path

from statement_pages import captured, page

from pipelines.extraction import extract, part_path
from pipelines.store import Store
from warc.collection import Collection


def silent(*_: object) -> None:
    """Want no progress."""


def test_a_warc_that_is_gone_takes_its_parts_with_it_and_nothing_else(tmp_path: Path) -> None:
    collection = Collection(tmp_path)
    collection.create()
    for name in ("a.warc.gz", "b.warc.gz"):
        (collection.archive / name).write_bytes(captured(page(name), f"/r/{name}.htm"))
    with Store(tmp_path / "store.sqlite") as store:
        extract(collection, store, silent)
        gone, kept = (part_path(collection, name) for name in ("a.warc.gz", "b.warc.gz"))
        assert gone.exists()
        columns = gone.with_suffix(".parquet")
        mine = gone.with_name("mine.jsonl")
        columns.touch()
        mine.touch()
        (collection.archive / "a.warc.gz").unlink()
        done = extract(collection, store, silent)
    assert (done.files, done.statements) == (1, 1)
    assert not gone.exists()
    assert not columns.exists()
    assert kept.exists()
    assert mine.exists()
