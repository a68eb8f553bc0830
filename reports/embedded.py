"""The findings as the HTML report carries them: columns, deflated, base64.

Columns of one kind deflate far better than rows of many, and what a reader can derive is left
out: a hop's URL where it is the link's own or the final one, a final URL that is the link's, a
replay path that is a timestamp and the final URL. What few look up is left to the CSV and JSON
Lines: for working links the records of the hops (their answer can be replayed) and the words
around the citations; for others the words around more than a few citations. The other half is
`reports/static/report/data.js`.
"""

from __future__ import annotations

import base64
import json
import zlib
from collections.abc import Sequence
from datetime import datetime

from reports.changes import CHANGE_WORDS, change
from reports.findings import Citation, Finding, Hop, Report, reading_order
from reports.quotation import quotation
from reports.standing import OUTCOMES, STANDING_WORDS, Standing

SCHEMA = 1
MOST_QUOTED = 10
Json = dict[str, object]


class _Table:
    """Give each distinct value a number, in the order of first use; None is number 0."""

    def __init__(self) -> None:
        self._numbers: dict[object, int] = {None: 0}

    def __getitem__(self, value: object) -> int:
        return self._numbers.setdefault(value, len(self._numbers))

    def values(self) -> list[object]:
        return list(self._numbers)


def encode(report: Report) -> str:
    """Return the report's data, deflated (RFC 1950) and in base64: no character of markup."""
    text = json.dumps(pack(report), ensure_ascii=False, separators=(",", ":"))
    # A page's lone surrogates cannot be written as UTF-8: shown as "?" instead of failing.
    packed = zlib.compress(text.encode("utf-8", "replace"), 9)
    return base64.b64encode(packed).decode("ascii")


def pack(report: Report) -> Json:
    """Return the report's data as columns; every list under `findings` has one entry a link."""
    findings = reading_order(report.findings)
    words = _Table()
    statements = _statements(findings)
    return {
        "schema": SCHEMA,
        "mostQuoted": MOST_QUOTED,
        "replayBase": report.replay_base,
        "replayTime": report.generated.strftime("%Y%m%d%H%M%S"),
        "outcomes": {
            code: {"label": entry.label, "standing": entry.standing, "meaning": entry.meaning}
            for code, entry in OUTCOMES.items()
        },
        "standings": STANDING_WORDS,
        "changes": CHANGE_WORDS,
        "statements": _statement_columns(statements, words),
        "findings": _finding_columns(report, findings, list(statements), words),
        "words": words.values(),
    }


def _statements(findings: Sequence[Finding]) -> dict[str, Citation]:
    """Return one citation of every citing statement, by the statement's URL."""
    found: dict[str, Citation] = {}
    for finding in findings:
        for citation in finding.citations:
            found.setdefault(citation.statement_url, citation)
    return found


def _statement_columns(statements: dict[str, Citation], words: _Table) -> Json:
    cited = statements.values()
    return {
        "url": list(statements),
        "title": [citation.statement_title for citation in cited],
        "date": [words[citation.statement_date] for citation in cited],
        "type": [words[citation.document_type] for citation in cited],
        "bureau": [words[citation.bureau] for citation in cited],
    }


def _finding_columns(
    report: Report, findings: Sequence[Finding], statements: Sequence[str], words: _Table
) -> Json:
    places = {url: place for place, url in enumerate(statements)}
    return {
        "url": [finding.url for finding in findings],
        "host": [words[finding.host] for finding in findings],
        "outcome": [words[finding.outcome] for finding in findings],
        "reason": [words[finding.reason] for finding in findings],
        "sentence": [words[finding.sentence] for finding in findings],
        "confidence": [words[finding.confidence] for finding in findings],
        "state": [words[finding.state] for finding in findings],
        "change": [words[change(finding, report.previous)] for finding in findings],
        "checked": [_minutes(finding.checked) for finding in findings],
        "since": [_minutes(f.first_broken) if f.first_broken else 0 for f in findings],
        "failures": [finding.failures for finding in findings],
        "final": [_unless(finding.final_url, finding.url) for finding in findings],
        "replay": [_replay(finding) for finding in findings],
        "hops": [[_hop(finding, hop, words) for hop in finding.hops] for finding in findings],
        "evidence": [_evidence(finding, words) for finding in findings],
        "citedBy": [[places[c.statement_url] for c in f.citations] for f in findings],
        "quoted": [[quotation(c) for c in _quoted(finding)] for finding in findings],
        "href": [[_unless(c.href, f.url) for c in _quoted(f)] for f in findings],
    }


def _minutes(moment: datetime) -> int:
    return int(moment.timestamp()) // 60


def _quoted(finding: Finding) -> Sequence[Citation]:
    """Return the citations whose words are carried along."""
    if finding.standing is Standing.WORKS:
        return ()
    return finding.citations[: MOST_QUOTED if finding.is_broken else 1]


def _unless(text: str | None, known: str) -> str | int | None:
    """Return `text`, or 0 where it says no more than `known`."""
    return 0 if text == known else text


def _replay(finding: Finding) -> str | None:
    """Return the replay path, cut to its timestamp where the final URL follows it."""
    if finding.replay is None:
        return None
    timestamp, _, url = finding.replay.partition("/")
    return timestamp if url == (finding.final_url or finding.url) else finding.replay


def _hop(finding: Finding, hop: Hop, words: _Table) -> list[object]:
    """Return URL (0 the link's own, 1 the final one), status, failure, file and offset."""
    url: str | int = hop.url
    if hop.url == finding.url:
        url = 0
    elif hop.url == finding.final_url:
        url = 1
    at = None if finding.standing is Standing.WORKS else hop.locator
    return [url, hop.status, words[hop.failure], *((words[at.file], at.offset) if at else ())]


def _evidence(finding: Finding, words: _Table) -> list[int]:
    """Return file and offset, in turn, of the records beside those of the hops."""
    if finding.standing is Standing.WORKS:
        return []
    shown = {hop.locator for hop in finding.hops}
    more = (locator for locator in finding.evidence if locator not in shown)
    return [number for at in more for number in (words[at.file], at.offset)]
