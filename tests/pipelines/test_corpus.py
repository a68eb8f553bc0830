"""The figures reached on real pages with known answers, `../shared/corpus`."""

from __future__ import annotations

import json
import re
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest

from pipelines.statements.record import NotAStatement, Provenance, Statement
from pipelines.statements.statement import statement_from_html
from pipelines.urls import without_fragment
from warc.locator import Locator

CORPUS = Path(__file__).resolve().parents[3] / "shared" / "corpus"

pytestmark = pytest.mark.skipif(not CORPUS.is_dir(), reason="../shared/corpus is not here")

Read = tuple[dict[str, Any], Statement | NotAStatement]


@pytest.fixture(scope="module")
def pages() -> list[Read]:
    """Return every gold row with what is read from its page."""
    lines = (CORPUS / "gold.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    return [(row, _read(row)) for row in rows]


@pytest.fixture(scope="module")
def statements(pages: list[Read]) -> list[tuple[dict[str, Any], Statement]]:
    return [
        (row, found)
        for row, found in pages
        if isinstance(found, Statement) and row["expected"] == "record"
    ]


def _read(row: dict[str, Any]) -> Statement | NotAStatement:
    provenance = Provenance(
        url=row["url"],
        status=row["http"]["status"],
        content_type=row["http"]["content_type"],
        captured=datetime(2024, 1, 1, tzinfo=UTC),
        locator=Locator(file="corpus.warc.gz", offset=0, length=1),
    )
    return statement_from_html((CORPUS / row["file"]).read_bytes(), provenance)


def _f1(pairs: list[tuple[Counter[Any], Counter[Any]]]) -> float:
    common = sum((a & b).total() for a, b in pairs)
    both = sum(a.total() + b.total() for a, b in pairs)
    return 2 * common / both if both else 1.0


def test_statements_give_a_record_and_other_pages_a_reason(pages: list[Read]) -> None:
    wrong = [
        row["file"]
        for row, found in pages
        if isinstance(found, Statement) != (row["expected"] == "record")
    ]
    assert wrong == []


@pytest.mark.parametrize("field", ["title", "document_type", "office", "place", "venue", "date"])
def test_fields_are_exact(statements: list[tuple[dict[str, Any], Statement]], field: str) -> None:
    name = {"document_type": "doc_type"}.get(field, field)
    wrong = []
    for row, found in statements:
        value = getattr(found, field)
        if field == "date" and found.date_precision != "day":
            value = None
        accepted = [row.get(name), *(row.get(f"{name}_alt") or ())]
        if value not in accepted:
            wrong.append((row["file"], value, accepted))
    assert len(wrong) <= 0.02 * len(statements), wrong


def test_speakers(statements: list[tuple[dict[str, Any], Statement]]) -> None:
    pairs = [
        (
            Counter((s.name, s.role) for s in found.speakers),
            Counter((s["name"], s["role"]) for s in row["speakers"]),
        )
        for row, found in statements
    ]
    assert _f1(pairs) >= 0.97


def test_bodies(statements: list[tuple[dict[str, Any], Statement]]) -> None:
    ends = 0
    for row, found in statements:
        words, due = (Counter(re.findall(r"\w+", text)) for text in (found.body, row["body_text"]))
        assert _f1([(words, due)]) >= 0.99, row["file"]
        ends += found.paragraphs[0] in (row["first_paragraph"], row.get("first_alt"))
        ends += found.paragraphs[-1] == row["last_paragraph"]
    assert ends >= 0.97 * 2 * len(statements)


def _address(url: str) -> str:
    return unquote(without_fragment(url))


def test_outlinks(statements: list[tuple[dict[str, Any], Statement]]) -> None:
    pairs = []
    for row, found in statements:
        optional = {_address(link["target"]) for link in row.get("outlinks_optional") or ()}
        due = Counter(_address(link["target"]) for link in row["outlinks"])
        targets = (_address(link.target) for link in found.outlinks)
        pairs.append((Counter(t for t in targets if t not in optional or t in due), due))
    assert _f1(pairs) >= 0.99


def test_no_mailbox_of_a_wrapped_link_is_in_a_record(
    statements: list[tuple[dict[str, Any], Statement]],
) -> None:
    """The corpus puts one made-up mailbox wherever a person's was."""
    for _, found in statements:
        for link in found.outlinks:
            written = json.dumps(link.as_json())
            assert "staff.mailbox%40" not in written
            assert "1000000001" not in written


def test_records_survive_json(statements: list[tuple[dict[str, Any], Statement]]) -> None:
    for _, found in statements:
        assert Statement.from_json(json.loads(json.dumps(found.as_json()))) == found
