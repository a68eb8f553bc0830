"""The history: statements as derived, links, and the append-only checks of those links.

SQLite in one file. `checks` is append-only and, with reviewers' decisions, the only part that
cannot be made again from the WARCs' statements; everything else may be dropped and re-derived.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Self
from urllib.parse import urlsplit

from pipelines.checks.evidence import Evidence
from pipelines.decisions.kept import FILE_NAME as DECISIONS_NAME
from pipelines.statements.outlinks import OutlinkKind
from pipelines.statements.statement import Statement
from pipelines.store_error import StoreError
from pipelines.store_opening import opened, transaction
from pipelines.verdicts.verdict import Outcome, Verdict

STORE_NAME = "store.sqlite"
_CLOCK = "most servers gave another day than this machine's clock"
CHECKED_KINDS = frozenset({OutlinkKind.EXTERNAL, OutlinkKind.SISTER})


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """One place where a statement cites a link."""

    statement_url: str
    title: str | None
    date: str | None
    document_type: str | None
    bureau: str | None
    href: str
    text: str | None
    sentence: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One check of a link: when, in which run, what was seen and what that meant.

    `void`: it proves nothing, since the whole run did not or our own clock was wrong; `why_void`
    says it in words.
    """

    checked: datetime
    run_id: str
    evidence: Evidence
    verdict: Verdict
    void: bool = False
    why_void: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkHistory:
    """A link with the current statements that cite it and its checks, oldest first."""

    url: str
    host: str
    citations: tuple[Citation, ...]
    checks: tuple[Check, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtractedWarc:
    """What extraction made of one WARC file; `pages` counts captures by kind or reason."""

    name: str
    size: int
    extractor: str
    pages: Mapping[str, int]
    damage: int


class Store:
    """The collection's SQLite file; use as a context manager."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._db = opened(path)

    @property
    def decisions_path(self) -> Path:
        """Return the file beside the store that has all decisions, too."""
        return self._path.with_name(DECISIONS_NAME)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    def read(self, query: str, values: Iterable[object] = ()) -> list[tuple[Any, ...]]:
        """Return the rows of a query, for the modules that read the tables in their own way."""
        try:
            return self._db.execute(query, tuple(values)).fetchall()
        except sqlite3.Error as error:
            raise StoreError(f"{self._path}: the store cannot be read: {error}") from error

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """Yield the database for changes that are made together or not at all."""
        with transaction(self._db) as database:
            yield database

    # statements

    def extracted(self) -> dict[str, ExtractedWarc]:
        """Return what is known of each extracted WARC file, by name."""
        rows = self._db.execute("SELECT name, size, extractor, pages, damage FROM warcs")
        return {
            name: ExtractedWarc(
                name=name, size=size, extractor=extractor, pages=json.loads(pages), damage=damage
            )
            for name, size, extractor, pages, damage in rows
        }

    def put_statements(self, warc: ExtractedWarc, statements: Iterable[Statement]) -> None:
        """Replace all that came from `warc` with `statements`, in one transaction."""
        with self.transaction():
            if self._db.execute("DELETE FROM warcs WHERE name = ?", (warc.name,)).rowcount:
                self._count_change("statements")
            self._db.execute(
                "INSERT INTO warcs VALUES (?, ?, ?, ?, ?)",
                (warc.name, warc.size, warc.extractor, json.dumps(warc.pages), warc.damage),
            )
            for statement in statements:
                self._put_statement(warc.name, statement)

    def forget_warcs(self, names: Iterable[str]) -> None:
        """Drop what came from WARC files that are no longer there."""
        with self.transaction():
            gone = ((name,) for name in names)
            if self._db.executemany("DELETE FROM warcs WHERE name = ?", gone).rowcount > 0:
                self._count_change("statements")

    def _put_statement(self, warc: str, statement: Statement) -> None:
        row = (
            warc,
            statement.url,
            statement.captured.isoformat(),
            statement.title,
            statement.document_type,
            statement.date,
            statement.office,
            statement.bureau,
            statement.place,
            statement.era,
            statement.text_digest,
            json.dumps([{"name": s.name, "role": s.role} for s in statement.speakers]),
            statement.locator.offset,
            statement.payload_digest,
        )
        cursor = self._db.execute(
            "INSERT OR IGNORE INTO statements (warc, url, captured, title, document_type, date,"
            " office, bureau, place, era, text_digest, speakers, warc_offset, payload_digest)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            row,
        )
        if not cursor.rowcount:
            return  # the same capture stands in another file of the collection
        self._db.execute(
            "INSERT INTO statement_text (rowid, title, body) VALUES (?, ?, ?)",
            (cursor.lastrowid, statement.title, statement.body),
        )
        for link in statement.cited:
            if link.kind in CHECKED_KINDS and link.canonical:
                self._db.execute(
                    "INSERT INTO citations VALUES (?, ?, ?, ?, ?, ?)",
                    (
                        cursor.lastrowid,
                        self._link_id(link.canonical),
                        link.position,
                        link.href,
                        link.text,
                        link.sentence,
                    ),
                )

    def _link_id(self, url: str) -> int:
        host = urlsplit(url).hostname or ""
        self._db.execute("INSERT OR IGNORE INTO links (url, host) VALUES (?, ?)", (url, host))
        row = self._db.execute("SELECT link_id FROM links WHERE url = ?", (url,)).fetchone()
        return int(row[0])

    def statement_count(self) -> int:
        """Return the number of statements, each counted once whatever its captures."""
        return int(self._db.execute("SELECT count(*) FROM current_statements").fetchone()[0])

    # links and checks

    def cited_urls(self, *, not_in_run: str | None = None) -> list[str]:
        """Return the URLs cited by current statements; those checked in `not_in_run` left out."""
        rows = self._db.execute(
            "SELECT url FROM links WHERE link_id IN (SELECT link_id FROM citations"
            " JOIN current_statements USING (statement_id)) AND link_id NOT IN"
            " (SELECT link_id FROM checks WHERE run_id IS ?) ORDER BY url",
            (not_in_run,),
        )
        return [url for (url,) in rows]

    def put_checks(self, run_id: str, checks: Iterable[tuple[Evidence, Verdict]]) -> None:
        """Append checks with their verdicts, in one transaction."""
        with self.transaction():
            for evidence, verdict in checks:
                cursor = self._db.execute(
                    "INSERT INTO checks (link_id, run_id, checked, evidence) VALUES (?, ?, ?, ?)",
                    (
                        self._link_id(evidence.url),
                        run_id,
                        evidence.checked.isoformat(),
                        json.dumps(evidence.as_json(), ensure_ascii=False),
                    ),
                )
                self._put_verdict(int(cursor.lastrowid or 0), verdict)

    def _put_verdict(self, check_id: int, verdict: Verdict) -> None:
        self._db.execute(
            "INSERT OR REPLACE INTO verdicts VALUES (?, ?, ?, ?, ?, ?, ?)",
            (
                check_id,
                verdict.rules_version,
                verdict.outcome.value,
                verdict.reason,
                verdict.sentence,
                verdict.confidence,
                verdict.final_url,
            ),
        )

    def put_verdicts(self, verdicts: Iterable[tuple[int, Verdict]]) -> None:
        """Put verdicts in the place of those that checks had, by check id, in one transaction."""
        with self.transaction():
            before = self._db.total_changes
            for check_id, verdict in verdicts:
                self._put_verdict(check_id, verdict)
            if self._db.total_changes > before:
                self._count_change("verdicts")

    def _count_change(self, name: str) -> None:
        """Let whoever derives something from `name` see that some of it is not what it was."""
        self._db.execute(
            "INSERT INTO derived_by VALUES (?, 1)"
            " ON CONFLICT (name) DO UPDATE SET version = version + 1",
            (name,),
        )

    def outcome_counts(self) -> dict[str, int]:
        """Return how many cited links had each outcome at their last check that proves something.

        Where a link has none such, its last check counts; what a wall hides is `blocked`.
        """
        rows = self._db.execute(
            "SELECT CASE WHEN state = 'blocked' AND outcome <> 'unsure' THEN state"
            " ELSE outcome END AS found, count(*)"
            " FROM verdicts JOIN checks USING (check_id) LEFT JOIN link_states USING (link_id)"
            " WHERE check_id IN (SELECT coalesce(max(CASE WHEN coalesce(void, '') = ''"
            " AND NOT coalesce(instr(doubted, ' ' || reason || ' '), 0) THEN check_id END),"
            " max(check_id)) FROM checks JOIN verdicts USING (check_id) LEFT JOIN check_runs"
            " USING (run_id) WHERE link_id IN (SELECT link_id FROM citations"
            " JOIN current_statements USING (statement_id)) GROUP BY link_id)"
            " GROUP BY found ORDER BY count(*) DESC, found"
        )
        return dict(rows.fetchall())

    def histories(self) -> Iterator[LinkHistory]:
        """Yield every checked link that a current statement cites, in the order of URLs."""
        links = self._db.execute(
            "SELECT link_id, url, host FROM links WHERE"
            " link_id IN (SELECT link_id FROM checks) AND link_id IN (SELECT link_id FROM citations"
            " JOIN current_statements USING (statement_id)) ORDER BY url"
        )
        for link_id, url, host in links.fetchall():
            yield self._history(link_id, url, host)

    def history(self, url: str) -> LinkHistory | None:
        """Return a link by its URL, cited and checked or not; None where it is not known."""
        rows = self.read("SELECT link_id, url, host FROM links WHERE url = ?", (url,))
        return self._history(*rows[0]) if rows else None

    def _history(self, link_id: int, url: str, host: str) -> LinkHistory:
        return LinkHistory(
            url=url,
            host=host,
            citations=tuple(self._citations(link_id)),
            checks=tuple(self._checks(link_id)),
        )

    def _citations(self, link_id: int) -> Iterator[Citation]:
        rows = self._db.execute(
            "SELECT url, title, date, document_type, bureau, href, text, sentence"
            " FROM citations JOIN current_statements USING (statement_id)"
            " WHERE link_id = ? ORDER BY url, position",
            (link_id,),
        )
        for url, title, date, kind, bureau, href, text, sentence in rows:
            yield Citation(
                statement_url=url,
                title=title,
                date=date,
                document_type=kind,
                bureau=bureau,
                href=href,
                text=text,
                sentence=sentence,
            )

    def _checks(self, link_id: int) -> Iterator[Check]:
        rows = self._db.execute(
            "SELECT checked, run_id, evidence, rules, outcome, reason, sentence, confidence,"
            " final_url, coalesce(void, ''), coalesce(instr(doubted, ' ' || reason || ' '), 0)"
            " FROM checks JOIN verdicts USING (check_id) LEFT JOIN check_runs USING (run_id)"
            " WHERE link_id = ?"
            " ORDER BY checked, check_id",
            (link_id,),
        )
        for checked, run_id, evidence, rules, outcome, reason, sentence, confidence, *rest in rows:
            final, void, is_doubted = rest
            yield Check(
                void=bool(void or is_doubted),
                why_void=void or (_CLOCK if is_doubted else ""),
                checked=datetime.fromisoformat(checked),
                run_id=run_id,
                evidence=Evidence.from_json(json.loads(evidence)),
                verdict=Verdict(
                    outcome=Outcome(outcome),
                    reason=reason,
                    sentence=sentence,
                    confidence=confidence,
                    final_url=final,
                    rules_version=rules,
                ),
            )
