"""The findings as the HTML report carries them: columns, deflated, base64.

Columns of one kind deflate far better than rows of many, and what a reader can derive is left
out: the beginning of a URL that is the URL's before, a hop's URL where it is the link's own or
the final one, a final URL that is the link's, a replay path that is a timestamp and the final
URL. What few look up is left to the CSV and JSON Lines: for working links the records of the hops
(their answer can be replayed) and the words around the citations; for others the words around
more than a few citations. The other half is `reports/static/report/data.js`.
"""

from __future__ import annotations

import base64
import json
import zlib
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime

from reports.changes import CHANGE_WORDS, change
from reports.decision_words import DECISION_WORDS, decision_words
from reports.findings import Citation, Finding, Report, reading_order
from reports.quotation import quotation
from reports.reason_words import reason_words
from reports.standing import OUTCOMES, STANDING_WORDS, Standing
from reports.state_words import STATE_WORDS
from warc.locator import Locator

SCHEMA = 3
MOST_QUOTED = 10
MOST_QUOTED_CHARACTERS = 14_500_000
BETWEEN_QUOTATIONS = "\x81"  # no control is left in what comes from pages
_WIDE = "\U00010000"  # from here on a character is two for a script
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
    """Return the report's data as columns.

    Every list under `findings` has one entry a link. `hops`, `records` and `citations` have one
    for each hop, further record and citation, all links after one another; `findings` says how
    many are a link's.
    """
    findings = reading_order(report.findings)
    words = _Table()
    statements = _statements(findings)
    epoch = _minutes(report.period.began) if report.period else 0
    return {
        "schema": SCHEMA,
        "mostQuoted": MOST_QUOTED,
        "replayBase": report.replay_base,
        "replayTime": report.generated.strftime("%Y%m%d%H%M%S"),
        "epoch": epoch,
        "outcomes": {
            code: {"label": entry.label, "standing": entry.standing, "meaning": entry.meaning}
            for code, entry in OUTCOMES.items()
        },
        "standings": STANDING_WORDS,
        "states": STATE_WORDS,
        "changes": CHANGE_WORDS,
        "decisions": DECISION_WORDS,
        "definition": str(report.definition),
        "compared": report.previous is not None,
        "statements": _statement_columns(statements, words),
        "findings": _finding_columns(report, findings, words, epoch),
        "hops": _hop_columns(findings, words),
        "records": _record_columns(findings, words),
        "citations": _citation_columns(findings, list(statements)),
        "words": words.values(),
        "reasons": {f.reason: reason_words(f.reason) for f in findings},
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
    report: Report, findings: Sequence[Finding], words: _Table, epoch: int
) -> Json:
    def numbered(value: Callable[[Finding], object]) -> list[int]:
        return [words[value(finding)] for finding in findings]

    shared = list(_shared([finding.url for finding in findings]))
    return {
        "urlShared": shared,
        "urlRest": [f.url[length:] for f, length in zip(findings, shared, strict=True)],
        "host": numbered(lambda finding: finding.host),
        "outcome": numbered(lambda finding: finding.outcome),
        "ruled": numbered(lambda finding: finding.ruled),
        "reason": numbered(lambda finding: finding.reason),
        "sentence": numbered(lambda finding: finding.sentence),
        "confidence": numbered(lambda finding: finding.confidence),
        "state": numbered(lambda finding: finding.state),
        "change": numbered(lambda finding: change(finding, report.previous)),
        "checked": [_minutes(finding.checked) - epoch for finding in findings],
        "broken": [_since(finding.first_broken, epoch) for finding in findings],
        "entered": [_since(finding.since, epoch) for finding in findings],
        "failures": [finding.failures for finding in findings],
        "final": [_unless(finding.final_url, finding.url) for finding in findings],
        "replay": [_replay(finding) for finding in findings],
        "replacement": [_replacement(finding, epoch) for finding in findings],
        "hops": [len(finding.hops) for finding in findings],
        "records": [len(_records(finding)) for finding in findings],
        "citations": [len(finding.citations) for finding in findings],
        "quoted": list(_quotations(findings)),
        "decision": numbered(lambda one: one.ruling and one.ruling.decision.kind.value),
        "decider": numbered(lambda one: one.ruling and one.ruling.decision.author),
        "decided": [_since(f.ruling.decision.made, epoch) if f.ruling else None for f in findings],
        "note": numbered(lambda one: one.ruling and one.ruling.decision.note),
        "told": numbered(lambda one: one.ruling and decision_words(one.ruling.decision)),
    }


def _shared(urls: Sequence[str]) -> Iterator[int]:
    """Yield how many characters each of `urls` has in common with the one before."""
    before = ""
    for url in urls:
        length = 0
        for ours, theirs in zip(url, before, strict=False):
            if ours != theirs or ours >= _WIDE:
                break
            length += 1
        yield length
        before = url


def _hop_columns(findings: Sequence[Finding], words: _Table) -> Json:
    """Return the hops; a URL is 0 where it is the link's own, 1 where it is the final one."""
    hops = [(finding, hop) for finding in findings for hop in finding.hops]
    places = [None if f.standing is Standing.WORKS else hop.locator for f, hop in hops]
    return {
        "url": [
            0 if hop.url == f.url else 1 if hop.url == f.final_url else hop.url for f, hop in hops
        ],
        "status": [hop.status for _, hop in hops],
        "failure": [words[hop.failure] for _, hop in hops],
        "file": [words[at.file] if at else 0 for at in places],
        "offset": [at.offset if at else 0 for at in places],
    }


def _record_columns(findings: Sequence[Finding], words: _Table) -> Json:
    """Return the records beside those of the hops; an offset is counted from the last hop's."""
    records = [
        (record, _last_offset(finding)) for finding in findings for record in _records(finding)
    ]
    return {
        "file": [words[record.file] for record, _ in records],
        "offset": [record.offset - start for record, start in records],
    }


def _records(finding: Finding) -> list[Locator]:
    if finding.standing is Standing.WORKS:
        return []
    shown = {hop.locator for hop in finding.hops}
    return [locator for locator in finding.evidence if locator not in shown]


def _last_offset(finding: Finding) -> int:
    at = finding.hops[-1].locator if finding.hops else None
    return at.offset if at else 0


def _citation_columns(findings: Sequence[Finding], statements: Sequence[str]) -> Json:
    """Return the citations; `href` is 0 where it is the link's URL or is not carried along."""
    places = {url: place for place, url in enumerate(statements)}
    return {
        "statement": [places[c.statement_url] for f in findings for c in f.citations],
        "href": [
            _unless(c.href, f.url) if place < _most_quoted(f) else 0
            for f in findings
            for place, c in enumerate(f.citations)
        ],
    }


def _minutes(moment: datetime) -> int:
    return int(moment.timestamp()) // 60


def _since(moment: datetime | None, epoch: int) -> int | None:
    return _minutes(moment) - epoch if moment else None


def _most_quoted(finding: Finding) -> int:
    """Return of how many citations the words are carried along."""
    if finding.standing is Standing.WORKS:
        return 0
    return MOST_QUOTED if finding.is_broken else 1


def _quotations(findings: Sequence[Finding]) -> Iterator[str]:
    """Yield the words around the first citations of each link, until there are too many."""
    left = MOST_QUOTED_CHARACTERS
    for finding in findings:
        cited = finding.citations[: _most_quoted(finding)] if left > 0 else ()
        text = BETWEEN_QUOTATIONS.join(quotation(citation) for citation in cited)
        left -= len(text)
        yield text


def _unless(text: str | None, known: str) -> str | int | None:
    """Return `text`, or 0 where it says no more than `known`."""
    return 0 if text == known else text


def _replay(finding: Finding) -> str | None:
    """Return the replay path, cut to its timestamp where the final URL follows it."""
    if finding.replay is None:
        return None
    timestamp, _, url = finding.replay.partition("/")
    return timestamp if url == (finding.final_url or finding.url) else finding.replay


def _replacement(finding: Finding, epoch: int) -> list[object] | None:
    """Return the copy's address in two parts, its date, the days it is off and whose it is.

    The second part is 0 where it is the link's own URL.
    """
    copy = finding.replacement
    if copy is None:
        return None
    start = copy.url.removesuffix(finding.url)
    rest = 0 if start != copy.url else ""
    return [start, rest, _minutes(copy.date) - epoch, copy.days, copy.source]
