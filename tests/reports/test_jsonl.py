"""JSON Lines agree with the published schema, line by line."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from reports import jsonl
from reports.changes import Change
from reports.findings import CONFIDENCES, Citation, Finding, Report
from reports.jsonl import SCHEMA
from reports.jsonl import render as lines_of
from reports.standing import OUTCOMES, Standing

_TYPES = {
    "object": dict,
    "array": list,
    "string": str,
    "integer": int,
    "null": type(None),
}


def render(report: Report) -> str:
    return "".join(lines_of(report))


def _schema() -> dict[str, Any]:
    path = Path(jsonl.__file__).parent / "static" / "finding.schema.json"
    return json.loads(path.read_text(encoding="utf-8"))


def _faults(value: Any, schema: dict[str, Any], at: str = "$") -> Iterator[str]:
    """Yield where `value` leaves `schema`: the words of JSON Schema that ours uses."""
    if "$ref" in schema:
        schema = _schema()["$defs"][schema["$ref"].rpartition("/")[2]]
    if "anyOf" in schema:
        found = [list(_faults(value, choice, at)) for choice in schema["anyOf"]]
        yield from min(found, key=len)
    types = schema.get("type", ())
    names = (types,) if isinstance(types, str) else types
    if names and not isinstance(value, tuple(_TYPES[name] for name in names)):
        yield f"{at}: {value!r} is none of {names}"
    if value not in schema.get("enum", [value]) or value != schema.get("const", value):
        yield f"{at}: {value!r} is not listed"
    yield from _faults_inside(value, schema, at)


def _faults_inside(value: Any, schema: dict[str, Any], at: str) -> Iterator[str]:
    if isinstance(value, list):
        for place, entry in enumerate(value):
            yield from _faults(entry, schema["items"], f"{at}[{place}]")
    elif isinstance(value, dict):
        known = schema.get("properties", {})
        yield from (f"{at}: no {key}" for key in schema.get("required", ()) if key not in value)
        for key in value:
            if key in known:
                yield from _faults(value[key], known[key], f"{at}.{key}")
            elif known:
                yield f"{at}: {key} is not described"


def test_every_line_keeps_the_schema(report_of: Callable[..., Report]) -> None:
    schema = _schema()
    for previous in (True, False):
        for line in render(report_of(150, previous=previous)).splitlines():
            assert list(_faults(json.loads(line), schema)) == []


def test_the_check_itself_finds_faults() -> None:
    faults = list(_faults({"schema": "x", "url": 3, "extra": 1}, _schema()))
    assert "$: no host" in faults
    assert "$: extra is not described" in faults
    assert "$.url: 3 is none of ('string',)" in faults
    assert "$.schema: 'x' is not listed" in faults


def test_the_schema_lists_the_codes_the_program_has() -> None:
    fields = _schema()["properties"]
    assert fields["schema"]["const"] == SCHEMA
    assert set(fields["outcome"]["enum"]) == set(OUTCOMES)
    assert set(fields["standing"]["enum"]) == set(Standing)
    assert set(fields["confidence"]["enum"]) == set(CONFIDENCES)
    assert set(fields["change"]["enum"]) == {*Change, None}


def test_a_finding_is_one_line_whatever_its_text_holds(
    finding_of: Callable[..., Finding], report_with: Callable[..., Report]
) -> None:
    text = "one\u2028two\u2029three\x85four\nfive\x0bsix\ud800"
    cited = Citation(statement_url="http://s.example/", sentence=text)
    (line,) = render(report_with(finding_of(citations=(cited,)))).splitlines()
    assert json.loads(line)["citations"][0]["sentence"] == text.replace("\ud800", "?")


def test_letters_of_other_scripts_stay_readable(
    finding_of: Callable[..., Finding], report_with: Callable[..., Report]
) -> None:
    assert "Заявление" in render(report_with(finding_of(sentence="Заявление")))


def test_the_captured_answer_is_an_address_of_the_replay(
    finding_of: Callable[..., Finding], report_with: Callable[..., Report]
) -> None:
    answered = finding_of(replay="20261123201500/http://a.example/x")
    silent = finding_of(url="http://b.example/")
    first, second = map(json.loads, render(report_with(answered, silent)).splitlines())
    assert first["captured_answer"] == "http://localhost:8090/20261123201500/http://a.example/x"
    assert second["captured_answer"] is None
