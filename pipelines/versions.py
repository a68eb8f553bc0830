"""The versions of a statement: its captures in order, and what changed between them."""

from __future__ import annotations

import difflib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from pipelines.one_tree import other_address
from pipelines.statements.record import Statement
from pipelines.store import Store


class Change(StrEnum):
    """What a capture shows beside the one before it."""

    FIRST = "first"
    SAME = "same"
    MARKUP = "markup"  # another payload, the same text
    TEXT = "text"


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """One capture of a statement; `captured` is ISO, as the parts have it."""

    url: str
    captured: str
    warc: str
    offset: int
    title: str
    text_digest: str
    change: Change


def versions(store: Store, url: str) -> list[Version]:
    """Return the captures that gave the statement at `url`, the earliest first.

    The scheme may be left out; that of the capture counts. Captures at the other address of a
    page count too (`pipelines.one_tree`).
    """
    bare = url.split("://", 1)[-1]
    addresses = (url, f"http://{bare}", f"https://{bare}")
    rows = store.read(
        "SELECT url, captured, warc, warc_offset, title, text_digest, payload_digest"
        " FROM statements WHERE url IN (?, ?, ?, ?, ?, ?) ORDER BY captured, url",
        (*addresses, *map(other_address, addresses)),
    )
    found: list[Version] = []
    before: tuple[str, str | None] | None = None
    for address, captured, warc, offset, title, text, payload in rows:
        found.append(
            Version(
                url=address,
                captured=captured,
                warc=warc,
                offset=offset,
                title=title,
                text_digest=text,
                change=_change(before, (text, payload)),
            )
        )
        before = (text, payload)
    return found


def _change(before: tuple[str, str | None] | None, now: tuple[str, str | None]) -> Change:
    if before is None:
        return Change.FIRST
    if before[0] != now[0]:
        return Change.TEXT
    return Change.SAME if before[1] == now[1] and now[1] is not None else Change.MARKUP


def difference(before: Statement, after: Statement) -> Iterator[str]:
    """Yield the lines of the unified difference of two versions, a paragraph a line."""
    yield from difflib.unified_diff(
        _lines(before),
        _lines(after),
        f"{before.url} {before.captured.isoformat()}",
        f"{after.url} {after.captured.isoformat()}",
        n=1,
        lineterm="",
    )


def _lines(statement: Statement) -> Sequence[str]:
    return (statement.title, *statement.paragraphs)


def statement_in(part: Path, version: Version) -> Statement | None:
    """Return the statement of a version from the part of its WARC file; None if it is not there."""
    wanted = json.dumps(version.url, ensure_ascii=False)
    with part.open(encoding="utf-8") as lines:
        for line in lines:
            if wanted in line:
                values = json.loads(line)
                if (values["url"], values["captured"]) == (version.url, version.captured):
                    return Statement.from_json(values)
    return None
