"""The report as one JSON document: the figures first, then every link.

The schema is `reports/static/report.schema.json`; a finding is what it is in the JSON Lines.
`schema` names its version: fields are only added under one version.
"""

from __future__ import annotations

from collections.abc import Iterator

from reports.findings import Report, reading_order
from reports.jsonl import as_json, line
from reports.overview import overview

SCHEMA = "muniment/report/1"


def render(report: Report) -> Iterator[str]:
    """Yield the document, one finding a line, so that neither end has to hold all of it."""
    head = line({"schema": SCHEMA, **overview(report)})
    yield head.removesuffix("}") + ', "findings": ['
    comma = "\n"
    for finding in reading_order(report.findings):
        yield comma + line(as_json(report, finding))
        comma = ",\n"
    yield "\n]}\n"
