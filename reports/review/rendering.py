"""Templates filled for the review; nothing that came from a page becomes markup."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from urllib.parse import quote, urlencode

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from reports.from_pages import is_web, visible
from reports.reason_words import reason_words
from reports.review.decisions_shown import finding_href
from reports.review.forms import KIND_WORDS
from reports.standing import OUTCOMES, STANDING_WORDS
from reports.state_words import STATE_WORDS

_REPORTS = Path(__file__).parents[1]
_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
}


def fill(template: str, values: Mapping[str, object]) -> str:
    """Return a template of `templates/review` filled with `values`."""
    text = _environment().get_template(f"review/{template}").render(values)
    return text.encode("utf-8", "replace").decode("utf-8")


@cache
def static_files() -> dict[str, tuple[bytes, str]]:
    """Return style and scripts with their types, by path: there is no folder to walk out of."""
    folder = _REPORTS / "static"
    files = [folder / "report.css", *sorted((folder / "review").iterdir())]
    return {
        f"/static/{path.relative_to(folder).as_posix()}": (path.read_bytes(), _TYPES[path.suffix])
        for path in files
        if path.suffix in _TYPES
    }


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_REPORTS / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.filters.update(
        visible=visible,
        is_web=is_web,
        minute=_minute,
        day=_day,
        grouped=lambda number: f"{number:,}",
        escaped=lambda text: quote(str(text), safe="", errors="replace"),
        query=lambda values: urlencode(values, errors="replace"),
        finding_href=finding_href,
        reason_words=reason_words,
        plural=lambda count, one: f"{count:,} {one}{'' if count == 1 else 's'}",
    )
    environment.globals.update(
        outcomes=OUTCOMES,
        standing_words=STANDING_WORDS,
        state_words=STATE_WORDS,
        kind_words=KIND_WORDS,
    )
    return environment


def _minute(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%d %H:%M} UTC"


def _day(moment: date) -> str:
    at = moment.astimezone(UTC) if isinstance(moment, datetime) else moment
    return f"{at:%Y-%m-%d}"
