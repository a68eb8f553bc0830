"""docs/reports.md, the published schemas and the program say the same."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from reports import formats
from reports.bootstrap import REPLICATES
from reports.changes import Change
from reports.csv import COLUMNS
from reports.findings import Report
from reports.json import render
from reports.markdown import MOST_LINKS
from reports.xlsx import MOST_LINKS as MOST_OPENED

ROOT = Path(formats.__file__).parents[1]
DOC = (ROOT / "docs" / "reports.md").read_text("utf-8")


def _schema(name: str) -> dict[str, Any]:
    return json.loads((ROOT / "reports/static" / f"{name}.schema.json").read_text("utf-8"))


def _section(title: str) -> str:
    return DOC.partition(f"## {title}\n")[2].partition("\n## ")[0]


def _rows(text: str) -> dict[str, str]:
    return dict(re.findall(r"^\| `([^`]+)` \| ([^|]*?) \|", text, re.MULTILINE))


def _fields(properties: dict[str, Any], above: str = "") -> Iterator[tuple[str, str]]:
    """Yield the path and the type of every field that a schema describes."""
    for name, field in properties.items():
        yield above + name, _type(field)
        whole = next((one for one in field.get("anyOf", ()) if "properties" in one), field)
        inside = whole.get("items", whole).get("properties", {})
        brackets = "[]" if "items" in whole else ""
        yield from _fields(inside, f"{above}{name}{brackets}.")


def _type(field: dict[str, Any]) -> str:
    if "$ref" in field:
        return re.split(r"[/:]", field["$ref"].removesuffix(":1"))[-1]
    if "anyOf" in field:
        return " or ".join(map(_type, field["anyOf"]))
    if "const" in field or "enum" in field:
        return "string or null" if None in field.get("enum", ()) else "string"
    types = [field["type"]] if isinstance(field["type"], str) else field["type"]
    return f"array of {_type(field['items'])}" if types == ["array"] else " or ".join(types)


def test_every_field_is_described_with_its_type() -> None:
    findings, _, report = _section("JSON Lines and JSON").partition("`report.json`, schema")
    assert _rows(findings) == dict(_fields(_schema("finding")["properties"]))
    schema = _schema("report")
    shares = _fields(schema["$defs"]["share"]["properties"], "share.")
    assert _rows(report) == dict([*_fields(schema["properties"]), *shares])


def test_the_document_has_the_fields_of_its_schema(report_of: Callable[..., Report]) -> None:
    schema = _schema("report")
    for made in (report_of(80), report_of(3, previous=False)):
        document = json.loads("".join(render(made)))
        assert document["schema"] == schema["properties"]["schema"]["const"]
        assert list(document) == list(schema["properties"]) == schema["required"]
        shares = document["shares"]
        assert list(shares) == schema["properties"]["shares"]["required"]
        every = [shares["broken_links"], *shares["broken_links_by_year"].values()]
        assert all(list(one) == schema["$defs"]["share"]["required"] for one in every)


def test_formats_changes_and_columns_are_those_of_the_program() -> None:
    files = {name: f"`{formats.file_name(name)}`" for name in formats.FORMATS}
    table = DOC.partition("| format |")[2].partition("\n\n")[0]
    assert _rows(table) == files
    assert all(f"| {one.about} |" in DOC for one in formats.FORMATS.values())
    assert set(_rows(_section("Changes"))) == {one.value for one in Change}
    columns = _section("CSV").partition("The columns:")[2]
    assert re.findall(r"`([^`]+)`", columns) == list(COLUMNS)


def test_the_figures_in_the_text_are_those_of_the_program() -> None:
    assert f"{REPLICATES:,} replicates" in DOC
    assert f"at most {MOST_LINKS} links" in DOC
    assert f"The first {MOST_OPENED:,} addresses" in DOC
    written = DOC.partition("are written without being asked for")[0].rpartition("\n\n")[2]
    assert tuple(re.findall(r"`(\w+)`", written)) == formats.DEFAULT
