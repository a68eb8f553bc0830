"""Statements as Parquet, for those who ask many at once; needs `muniment[parquet]`.

The columns are the keys of the JSON Lines (docs/statements.md); the version of both is in the
file's metadata under `muniment.statements`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import chain
from pathlib import Path
from typing import Any

from pipelines.parquet_error import ParquetMissingError
from pipelines.statements.record import SCHEMA

VERSION_KEY = "muniment.statements"
HOW_TO_INSTALL = "Parquet needs pyarrow: pip install 'muniment[parquet]'"
_ROWS = 1000


def require_parquet() -> None:
    """Raise ParquetMissingError, saying what to install, where Parquet cannot be written."""
    try:
        import pyarrow.parquet  # noqa: F401 - only whether it is there
    except ImportError:
        raise ParquetMissingError(HOW_TO_INSTALL) from None


def write_parquet(parts: Iterable[Path], target: Path) -> None:
    """Write the statements of JSON Lines parts, in their order, to one Parquet file.

    Written under a temporary name and renamed; 1,000 statements are held at a time.
    """
    require_parquet()
    import pyarrow
    from pyarrow import parquet

    schema = _schema()
    temporary = target.with_name(f"{target.name}.tmp")
    with parquet.ParquetWriter(temporary, schema, compression="zstd") as writer:
        for rows in _batched(chain.from_iterable(map(_rows, parts))):
            writer.write_table(pyarrow.Table.from_pylist(rows, schema=schema))
    temporary.replace(target)


def _batched(rows: Iterator[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    held: list[dict[str, Any]] = []
    for row in rows:
        held.append(row)
        if len(held) == _ROWS:
            yield held
            held = []
    if held:
        yield held


def _rows(part: Path) -> Iterator[dict[str, Any]]:
    with part.open(encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            row["captured"] = datetime.fromisoformat(row["captured"])
            row["turns"] = [dict(zip(_TURN, turn, strict=True)) for turn in row["turns"]]
            yield row


_TURN = ("speaker", "start", "end")
_TEXTS_1 = ("url", "original_url", "era", "template")
_TEXTS_2 = ("payload_digest", "title", "document_type")
_TEXTS_3 = ("office", "bureau", "venue", "place", "place_normalised", "date", "date_precision")
_TEXTS_4 = ("date_source", "prn", "language")


def _schema() -> Any:
    """Return the columns, in the order of the keys."""
    import pyarrow as pa

    def texts(*names: str) -> list[Any]:
        return [pa.field(name, pa.string()) for name in names]

    whole = pa.int64()
    warc = pa.struct([("file", pa.string()), ("offset", whole), ("length", whole)])
    speaker = pa.struct(texts("name", "role"))
    turn = pa.struct([("speaker", pa.string()), ("start", whole), ("end", whole)])
    strings = pa.list_(pa.string())
    link = pa.struct(
        [
            *texts("href", "resolved", "target", "canonical", "text", "sentence"),
            pa.field("position", whole),
            *texts("kind", "problem"),
            pa.field("wrappers", strings),
            *texts("memento_date"),
        ]
    )
    return pa.schema(
        [
            pa.field("schema", pa.int32()),
            *texts(*_TEXTS_1),
            pa.field("captured", pa.timestamp("us", "UTC")),
            pa.field("warc", warc),
            *texts(*_TEXTS_2),
            pa.field("speakers", pa.list_(speaker)),
            *texts(*_TEXTS_3, *_TEXTS_4),
            pa.field("series", strings),
            *texts("body", "markdown"),
            pa.field("text_begins", whole),
            pa.field("text_ends", whole),
            pa.field("turns", pa.list_(turn)),
            pa.field("outlinks", pa.list_(link)),
            pa.field("other_links", pa.list_(link)),
            pa.field("warnings", strings),
            *texts("text_digest"),
        ],
        metadata={VERSION_KEY: str(SCHEMA)},
    )
