"""Full-text search over the current versions of statements, by SQLite's FTS5."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any

from pipelines.store import Store

MARKS = ("\x02", "\x03")  # around each word found in a snippet; no text of a page has them
_TITLE_WEIGHS = 5.0
_SNIPPET_WORDS = 24
_TERM = re.compile(r'"([^"]*)"?|([^\s"]+)')


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """What is looked for; a filter that is None is none.

    `words` must all occur, in title or body: a phrase in double quotes as it stands, a word with
    `*` at its end as a beginning. `since` and `until` are ISO dates, years and months included.
    `document_type` is the whole of it; the other filters are a part of the name. Case never counts.
    """

    words: str = ""
    since: str | None = None
    until: str | None = None
    document_type: str | None = None
    speaker: str | None = None
    office: str | None = None
    bureau: str | None = None
    limit: int = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A statement that was found; `snippet` has the words found between `MARKS`."""

    url: str
    captured: str
    warc: str
    offset: int
    title: str
    document_type: str | None
    speakers: tuple[dict[str, str | None], ...]
    office: str | None
    bureau: str | None
    place: str | None
    date: str | None
    snippet: str

    def as_json(self) -> dict[str, Any]:
        """Return the hit as JSON values; words found stand between `**`."""
        return {
            "url": self.url,
            "captured": self.captured,
            "warc": {"file": self.warc, "offset": self.offset},
            "title": self.title,
            "document_type": self.document_type,
            "speakers": list(self.speakers),
            "office": self.office,
            "bureau": self.bureau,
            "place": self.place,
            "date": self.date,
            "snippet": self.snippet.replace(MARKS[0], "**").replace(MARKS[1], "**"),
        }


def search(store: Store, query: Query) -> list[Hit]:
    """Return the current statements that match, the best first; the latest without words."""
    match = match_expression(query.words)
    if match is None and query.words.strip():
        return []  # signs alone, which are in no text
    conditions, values = _conditions(query)
    if match is None:
        shown, source = "substr(t.body, 1, 160)", "statement_text AS t"
        order = "s.date DESC, s.url"
    else:
        shown = f"snippet(statement_text, 1, char(2), char(3), ' … ', {_SNIPPET_WORDS})"
        source = "statement_text AS t"
        order = f"bm25(statement_text, {_TITLE_WEIGHS}, 1.0), s.date DESC, s.url"
        conditions.insert(0, "statement_text MATCH ?")
        values.insert(0, match)
    rows = store.read(
        "SELECT s.url, s.captured, s.warc, s.warc_offset, s.title, s.document_type, s.speakers,"  # noqa: S608 - made of constants; every value is bound
        f" s.office, s.bureau, s.place, s.date, {shown}"
        f" FROM {source} JOIN current_statements AS s ON s.statement_id = t.rowid"
        f" WHERE {' AND '.join(conditions) or '1'} ORDER BY {order} LIMIT ?",
        [*values, query.limit],
    )
    return [_hit(row) for row in rows]


def document_types(store: Store) -> list[str]:
    """Return the document types there are, the most frequent first."""
    rows = store.read(
        "SELECT document_type FROM current_statements WHERE document_type IS NOT NULL"
        " GROUP BY document_type ORDER BY count(*) DESC, document_type"
    )
    return [kind for (kind,) in rows]


def match_expression(words: str) -> str | None:
    """Return FTS5's expression for what a person typed; None where no word is in it.

    Every term is quoted, so that nothing typed is an operator or an error.
    """
    terms = []
    for found in _TERM.finditer(words.replace("\0", " ")):
        phrase, word = found.groups()
        text = word if phrase is None else phrase
        if any(sign.isalnum() for sign in text):
            beginning = phrase is None and text.endswith("*")
            terms.append(f'"{text.rstrip("*")}"*' if beginning else f'"{text}"')
    return " AND ".join(terms) or None


def _conditions(query: Query) -> tuple[list[str], list[object]]:
    """Return conditions and their values; a date known by its year alone may lie anywhere in it."""
    given: list[tuple[str, str | None]] = [
        ("s.date >= substr(?, 1, length(s.date))", query.since),
        ("substr(s.date, 1, length(?1)) <= ?1", query.until),
        ("s.document_type = ? COLLATE NOCASE", query.document_type),
        ("s.office LIKE ? ESCAPE '\\'", _part(query.office)),
        ("s.bureau LIKE ? ESCAPE '\\'", _part(query.bureau)),
        (
            "EXISTS (SELECT 1 FROM json_each(s.speakers) AS one"
            " WHERE json_extract(one.value, '$.name') LIKE ? ESCAPE '\\')",
            _part(query.speaker),
        ),
    ]
    conditions: list[str] = []
    values: list[object] = []
    for condition, value in given:
        if value is not None:
            conditions.append(condition.replace("?1", "?"))
            values += [value] * condition.count("?")
    return conditions, values


def _part(text: str | None) -> str | None:
    if text is None:
        return None
    return "%" + re.sub(r"([\\%_])", r"\\\1", text) + "%"


def _hit(row: tuple[Any, ...]) -> Hit:
    url, captured, warc, offset, title, kind, speakers, office, bureau, place, date, snippet = row
    return Hit(
        url=url,
        captured=captured,
        warc=warc,
        offset=offset,
        title=title,
        document_type=kind,
        speakers=tuple(json.loads(speakers)),
        office=office,
        bureau=bureau,
        place=place,
        date=date,
        snippet=snippet,
    )
