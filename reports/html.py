"""The report as one HTML file that opens from `file://` and asks no network for anything.

Nothing that came from a page becomes markup: the shell is autoescaped, the findings travel as
base64 and are shown by scripts through `textContent`, links lead to http and https only, and a
content security policy allows just the style and the script of this file, by their digests.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from reports import charts
from reports.changes import CHANGE_WORDS, Change, changes, differences
from reports.decision_words import decision_words
from reports.embedded import encode
from reports.findings import Finding, Report, reading_order
from reports.from_pages import is_web, visible
from reports.overview import by_definition
from reports.standing import OUTCOMES, STANDING_WORDS, Standing
from reports.state_words import STATE_WORDS
from reports.statement_shares import share_of_statements
from reports.statistics import share_broken

FIRST_ROWS = 50
MOST_FULL_YEARS = 10  # more are written with two digits
_HERE = Path(__file__).parent
MARKS = dict(zip(Standing, "✕?→✓\u2013○", strict=True))
_SCRIPTS = (
    "dom.js",
    "data.js",
    "search.js",
    "state.js",
    "selection.js",
    "detail.js",
    "views.js",
    "table.js",
    "export.js",
    "main.js",
)
_CHOICES = (
    ("outcome", "Verdict"),
    ("confidence", "Confidence"),
    ("state", "State over time"),
    ("year", "Year"),
    ("type", "Document type"),
    ("bureau", "Bureau"),
    ("change", "Since the last run"),
    ("decision", "Reviewers"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tile:
    """A counter at the head, and its part of the bar above (`start` and `width` in per cent)."""

    standing: Standing
    label: str
    mark: str
    count: int
    change: int | None
    start: float
    width: float


def render(report: Report) -> str:
    """Return the whole page."""
    style, script = _static("report.css"), _script()
    page = _environment().get_template("report.html")
    findings = reading_order(report.findings)
    news = changes(report)
    text = page.render(
        report=report,
        policy=_policy(style=style, script=script),
        style=Markup(style),  # noqa: S704 our own file
        script=Markup(script),  # noqa: S704 our own files
        data=encode(report),
        share=share_broken(findings),
        statement_share=share_of_statements(findings),
        confirmed=sum(finding.is_confirmed for finding in findings),
        tiles=tuple(_tiles(report)),
        news=[(code, news[code]) for code in Change if code is not Change.NONE],
        change_words=CHANGE_WORDS,
        charts=_charts(report, findings),
        many_years=len({c.year for f in findings for c in f.citations}) > MOST_FULL_YEARS,
        causes=charts.by_cause(findings),
        most_causes=charts.MOST_CAUSES,
        choices=_CHOICES,
        by_definition=by_definition(report),
        outcomes=OUTCOMES,
        state_words=STATE_WORDS,
        marks=MARKS,
        first=[finding for finding in findings if finding.is_broken][:FIRST_ROWS],
    )
    return text.encode("utf-8", "replace").decode("utf-8")


def _charts(report: Report, findings: Sequence[Finding]) -> dict[str, charts.Chart]:
    return {
        "runs": charts.over_runs(report.trend),
        "years": charts.by_year(findings),
        "statements": charts.statements_by_year(findings),
        "hosts": charts.by_host(findings),
        "domains": charts.by_domain(findings),
        "bureaus": charts.by_bureau(findings),
        "types": charts.by_type(findings),
    }


def _tiles(report: Report) -> Iterator[Tile]:
    total = max(1, len(report.findings))
    counts, grown = report.standings, differences(report)
    start = 0.0
    for standing in Standing:
        if standing is Standing.SET_ASIDE and not counts[standing]:
            continue
        width = counts[standing] / total * 100
        yield Tile(
            standing=standing,
            label=STANDING_WORDS[standing],
            mark=MARKS[standing],
            count=counts[standing],
            change=None if grown is None else grown[standing],
            start=start,
            width=width,
        )
        start += width


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(
        visible=visible,
        decision_words=decision_words,
        is_web=is_web,
        minute=_minute,
        day=lambda moment: f"{moment.astimezone(UTC):%Y-%m-%d}",
        percent=_percent,
        grouped=lambda number: f"{number:,}",
        escaped=lambda text: quote(text, safe="", errors="replace"),
        decimal=lambda number: f"{number:.2f}",
        signed=lambda number: f"{number:+,d}".replace("-", "\u2212"),
    )
    return environment


def _minute(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%d %H:%M} UTC"


def _percent(share: float) -> str:
    return f"{share * 100:.1f} %"


def _policy(*, style: str, script: str) -> str:
    """Return the content security policy that allows this very style and script only."""
    return (
        f"default-src 'none'; style-src '{_digest(style)}'; script-src '{_digest(script)}'; "
        "base-uri 'none'; form-action 'none'"
    )


def _digest(text: str) -> str:
    value = hashlib.sha256(text.encode("utf-8")).digest()
    return f"sha256-{base64.b64encode(value).decode('ascii')}"


@cache
def _script() -> str:
    return '"use strict";\n' + "\n".join(_static(f"report/{name}") for name in _SCRIPTS)


@cache
def _static(name: str) -> str:
    return (_HERE / "static" / name).read_text(encoding="utf-8")
