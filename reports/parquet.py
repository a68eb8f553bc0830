"""The links as Parquet, for those who ask many at once; needs `muniment[parquet]`.

The columns are the keys of the JSON Lines (docs/reports.md), times as timestamps. The file's
metadata has the figures of the report under `muniment.report`, as JSON.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from pipelines.verdicts.pack_names import PackName
from reports.findings import Report, reading_order
from reports.formats import FormatMissingError
from reports.json import SCHEMA
from reports.jsonl import as_json, line
from reports.overview import overview

METADATA_KEY = "muniment.report"
HOW_TO_INSTALL = "parquet needs pyarrow: pip install 'muniment[parquet]'"
_ROWS = 2000
_TIMES = ("state_since", "broken_since", "checked")


def require() -> None:
    """Raise FormatMissingError, saying what to install, where Parquet cannot be written."""
    try:
        import pyarrow.parquet  # noqa: F401 - only whether it is there
    except ImportError:
        raise FormatMissingError(HOW_TO_INSTALL) from None


def write(report: Report, path: Path) -> None:
    """Write one row for each link, broken links first; 2,000 rows are held at a time."""
    require()
    import pyarrow
    from pyarrow import parquet

    figures = line({"schema": SCHEMA, **overview(report)})
    schema = _schema().with_metadata({METADATA_KEY: figures})
    with parquet.ParquetWriter(path, schema, compression="zstd") as writer:
        for rows in _batches(report):
            writer.write_table(pyarrow.Table.from_pylist(rows, schema=schema))


def _batches(report: Report) -> Iterator[list[dict[str, Any]]]:
    held: list[dict[str, Any]] = []
    for finding in reading_order(report.findings):
        held.append(_row(as_json(report, finding)))
        if len(held) == _ROWS:
            yield held
            held = []
    yield held


def _row(value: dict[str, Any]) -> dict[str, Any]:
    row: dict[str, Any] = _encodable(value)
    for name in _TIMES:
        row[name] = _moment(row[name])
    if row["replacement"]:
        row["replacement"]["date"] = _moment(row["replacement"]["date"])
    if row["decision"]:
        row["decision"]["made"] = _moment(row["decision"]["made"])
    return row


def _encodable(value: Any) -> Any:
    """Return `value` with "?" for lone surrogates, which no UTF-8 holds; a copy of it."""
    if isinstance(value, str):
        return str(value) if value.isascii() else value.encode("utf-8", "replace").decode("utf-8")
    if isinstance(value, dict):
        return {key: _encodable(one) for key, one in value.items()}
    return [_encodable(one) for one in value] if isinstance(value, list) else value


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


_TEXTS_1 = ("schema", "collection", "run", "definition", "url", "host")
_TEXTS_2 = ("standing", "outcome", "reason", "explanation", "confidence", "state", "state_event")
_CITATION = (
    "statement_url",
    "statement_title",
    "statement_date",
    "document_type",
    "bureau",
    "anchor_text",
    "sentence",
    "href",
)


def _schema() -> Any:
    """Return the columns, in the order of the keys of the JSON Lines."""
    import pyarrow as pa

    def texts(*names: str) -> list[Any]:
        return [pa.field(name, pa.string()) for name in names]

    whole, moment = pa.int64(), pa.timestamp("s", "UTC")
    record = pa.struct([*texts("file"), ("offset", whole), ("length", whole)])
    hop = pa.struct([*texts("url"), ("status", pa.int32()), *texts("failure"), ("record", record)])
    copy = pa.struct([*texts("url"), ("date", moment), ("days", whole), *texts("source")])
    decision = pa.struct(
        [
            *texts("id", "kind", "scope", "subject", "author"),
            ("made", moment),
            *texts("expires", "note"),
        ]
    )
    return pa.schema(
        [
            *texts(*_TEXTS_1, *_TEXTS_2),
            pa.field("state_since", moment),
            *texts("change"),
            pa.field("broken_since", moment),
            pa.field("failures", whole),
            pa.field("checked", moment),
            *texts("final_url"),
            pa.field("hops", pa.list_(hop)),
            pa.field("replacement", copy),
            *texts("captured_answer"),
            pa.field("evidence", pa.list_(record)),
            pa.field("citations", pa.list_(pa.struct(texts(*_CITATION)))),
            pa.field("decision", decision),
            pa.field("by_definition", pa.struct(texts(*PackName))),
        ]
    )
