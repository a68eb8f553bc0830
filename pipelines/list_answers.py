"""A list under check, on disk: its lines, and what was answered so far.

SQLite in one file of the evidence folder: memory stays flat whatever the list's length, and what
was answered survives the death of the process. The WARC files remain the proof; this file only
spares who starts again the asking.
"""

from __future__ import annotations

import errno
import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Self

from pipelines.checks.evidence import Evidence
from pipelines.checks.hop import Hop
from pipelines.link_lists import ListedLink
from pipelines.listed_targets import aim, without_user
from pipelines.store_error import StoreError
from pipelines.verdicts.plain import Plain, plain
from pipelines.verdicts.verdict import Verdict
from warc.http.userinfo import masked
from warc.locator import Locator

ANSWERS_NAME = "answers.sqlite"
_MOST_PENDING = 200
_COMPACT = json.JSONEncoder(separators=(",", ":"))
_SCHEMA = """
CREATE TABLE IF NOT EXISTS run (began TEXT, settings TEXT, is_done INTEGER);
CREATE TABLE IF NOT EXISTS answers (asked TEXT PRIMARY KEY, is_settled INTEGER, answer TEXT)
  WITHOUT ROWID;
DROP TABLE IF EXISTS lines;
CREATE TABLE lines (position INTEGER PRIMARY KEY, link TEXT, asked TEXT);
"""
_UNANSWERED = """
SELECT asked FROM lines WHERE asked IS NOT NULL AND asked NOT IN (SELECT asked FROM answers)
GROUP BY asked ORDER BY min(position)
"""
_ORDERED = """
SELECT link, answer FROM lines LEFT JOIN answers USING (asked) ORDER BY position
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What is kept of a check: its verdict, and where the records lie that prove it.

    `page` is the answer in whose page the place that a link's `#…` names would be; None where it
    ended with none.
    """

    verdict: Plain
    reason: str
    sentence: str
    confidence: str
    final_url: str | None
    http_status: int | None
    evidence: tuple[Locator, ...]
    page: Locator | None = None

    def text(self) -> str:
        """Return the answer as JSON."""
        value = {
            "verdict": self.verdict.value,
            "reason": self.reason,
            "sentence": self.sentence,
            "confidence": self.confidence,
            "final_url": self.final_url,
            "http_status": self.http_status,
            "evidence": [[at.file, at.offset, at.length] for at in self.evidence],
            "page": self.page and [self.page.file, self.page.offset, self.page.length],
        }
        return _COMPACT.encode(value)

    @classmethod
    def of_text(cls, text: str) -> Self:
        """Return the answer that `text` wrote."""
        value: dict[str, Any] = json.loads(text)
        page = value["page"]
        return cls(
            **value
            | {
                "verdict": Plain(value["verdict"]),
                "evidence": tuple(_locator(at) for at in value["evidence"]),
                "page": _locator(page) if page else None,
            }
        )


def _locator(value: list[Any]) -> Locator:
    file, offset, length = value
    return Locator(file=file, offset=offset, length=length)


def answer_of(evidence: Evidence, verdict: Verdict) -> Answer:
    """Return what is kept of a check."""
    last = evidence.last
    return Answer(
        verdict=plain(verdict, evidence),
        reason=verdict.reason,
        sentence=masked(verdict.sentence),
        confidence=str(verdict.confidence),
        final_url=verdict.final_url,
        http_status=last.status if last else None,
        evidence=tuple(_proofs(evidence)),
        page=last.response if last and last.page is not None else None,
    )


def _proofs(evidence: Evidence) -> Iterator[Locator]:
    """Yield the records of a check: of each hop the answer, or why there was none."""
    for hop in evidence.all_hops:
        at = _proof(hop)
        if at is not None:
            yield at
    if evidence.incident is not None:
        yield from evidence.incident.locators


def _proof(hop: Hop) -> Locator | None:
    return hop.response or hop.metadata


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line of the list: the link as written and where it leads, as JSON values."""

    id: Any
    href: str
    url: str
    fragment: str
    line: int | None
    fault: str | None
    detail: str
    warnings: tuple[str, ...]


class ListAnswers:
    """The lines of a list and the answers to them.

    Answers are written together: what was `put` outlives this process once `keep` was called,
    as every look at the answers does.
    """

    def __init__(self, file: Path) -> None:
        """Open the file, made where it is missing; raise StoreError where it is another's."""
        self._pending: list[tuple[str, bool, str]] = []
        self._fault: OSError | None = None
        self._base = sqlite3.connect(file, isolation_level=None)
        try:
            self._base.execute("PRAGMA journal_mode = WAL")
            self._base.execute("PRAGMA synchronous = NORMAL")
            self._base.executescript(_SCHEMA)
        except sqlite3.Error as error:
            self._base.close()
            raise StoreError(f"{file}: cannot be used: {error}; delete it to ask anew") from error

    def begin(self, now: datetime, settings: str, *, fresh: bool) -> datetime | None:
        """Begin a run, or go on with one that was interrupted; return when that one began.

        A run is gone on with under the same `settings` only: others could answer otherwise. What
        it did not ask because of a host's incident is asked again.
        """
        found = self._base.execute("SELECT began, settings, is_done FROM run").fetchone()
        if found and not fresh and found[1] == settings and not found[2]:
            self._base.execute("DELETE FROM answers WHERE NOT is_settled")
            return datetime.fromisoformat(found[0])
        with self._transaction():
            self._base.execute("DELETE FROM run")
            self._base.execute("DELETE FROM answers")
            self._base.execute("INSERT INTO run VALUES (?, ?, 0)", (now.isoformat(), settings))
        return None

    def add_lines(self, links: Iterable[ListedLink]) -> None:
        """Take the lines of the list, in their order."""
        with self._transaction():
            self._base.executemany(
                "INSERT INTO lines (link, asked) VALUES (?, ?)", map(_row, links)
            )

    def forget_lost(self, archive: Path) -> int:
        """Drop the answers whose records are not in `archive` any more; return how many."""
        sizes = {file.name: file.stat().st_size for file in archive.iterdir()}
        lost = [
            (asked,)
            for asked, text in self._base.execute("SELECT asked, answer FROM answers")
            if any(
                sizes.get(at.file, 0) < at.offset + at.length
                for at in Answer.of_text(text).evidence
            )
        ]
        with self._transaction():
            self._base.executemany("DELETE FROM answers WHERE asked = ?", lost)
        return len(lost)

    def counts(self) -> tuple[int, int, int]:
        """Return how many lines there are, how many addresses, and how many are answered."""
        one = "SELECT count(*), count(DISTINCT asked) FROM lines"
        lines, addresses = self._look(one).fetchone()
        two = "SELECT count(*) FROM answers WHERE asked IN (SELECT asked FROM lines)"
        return lines, addresses, self._base.execute(two).fetchone()[0]

    def unanswered(self) -> Iterator[str]:
        """Yield each address that is to be asked, in the order of the list."""
        for (asked,) in self._base.execute(_UNANSWERED):
            yield asked

    def put(self, asked: str, answer: Answer, *, is_settled: bool) -> None:
        """Take an answer, to be kept soon. OSError where those before it cannot be."""
        self._pending.append((asked, is_settled, answer.text()))
        if self._fault is not None or len(self._pending) >= _MOST_PENDING:
            self.keep()

    def keep(self) -> None:
        """Write what was put; it outlives this process from now on. OSError where it cannot be.

        What cannot be written is forgotten, to be asked again.
        """
        rows, self._pending = self._pending, []
        try:
            if rows and self._fault is None:
                with self._transaction():
                    self._base.executemany("INSERT OR REPLACE INTO answers VALUES (?, ?, ?)", rows)
        except sqlite3.OperationalError as error:
            self._fault = OSError(errno.ENOSPC, f"{ANSWERS_NAME}: {error}")
        if self._fault is not None:
            raise self._fault

    def _look(self, question: str) -> sqlite3.Cursor:
        """Return what the file says, with all that was put."""
        with suppress(OSError):
            self.keep()
        return self._base.execute(question)

    def in_order(self) -> Iterator[tuple[Line, Answer | None]]:
        """Yield every line in its order with the answer to it, None where there is none."""
        for link, answer in self._look(_ORDERED):
            yield Line(**json.loads(link)), Answer.of_text(answer) if answer else None

    def done(self) -> None:
        """End the run: the next one asks anew."""
        self._base.execute("UPDATE run SET is_done = 1")

    def close(self) -> None:
        """Keep what was put and close the file."""
        try:
            self.keep()
        finally:
            self._base.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        with suppress(sqlite3.Error, OSError):
            self.close()

    def _transaction(self) -> _Transaction:
        return _Transaction(self._base)


class _Transaction:
    """All or nothing."""

    def __init__(self, base: sqlite3.Connection) -> None:
        self._base = base

    def __enter__(self) -> None:
        self._base.execute("BEGIN")

    def __exit__(self, kind: object, *_: object) -> None:
        try:
            if self._base.in_transaction:  # a full disk may have ended it already
                self._base.execute("COMMIT" if kind is None else "ROLLBACK")
        except sqlite3.OperationalError:
            if self._base.in_transaction:
                self._base.execute("ROLLBACK")
            raise


def _row(link: ListedLink) -> tuple[str, str | None]:
    if link.fault is not None:
        line = _line(link, without_user(link.href), fault=link.fault.value)
        return line, None
    found = aim(link)
    fault = found.fault.value if found.fault else None
    line = _line(
        link,
        found.url,
        fragment=found.fragment,
        fault=fault,
        detail=found.detail,
        warnings=found.warnings,
    )
    return line, found.asked


def _line(link: ListedLink, url: str, **values: Any) -> str:
    line = {
        "id": link.id,
        "href": without_user(link.href),
        "url": url,
        "line": link.line,
        "fragment": "",
        "fault": None,
        "detail": "",
        "warnings": (),
    }
    return _COMPACT.encode(line | values)
