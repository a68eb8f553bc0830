"""Tell places from other header lines, and write one place in one way."""

from __future__ import annotations

import re
from functools import lru_cache

from pipelines.gazetteer import CITIES, COUNTRIES, STATES

_LAST_PART = COUNTRIES | STATES
_ALONE = COUNTRIES | CITIES
_LEAD = re.compile(
    r"(?i)(?:via\s+(?:\w+\s+)?(?:tele|video|web|zoom|skype|satellite|phone|digital)\w*(?:\s+\w+)?"
    r"|virtual(?:ly)?(?:\s+\w+)?|(?:by\s+)?tele(?:conference|phone)|video\s?conference"
    r"|on background|(?:press conference|conference) call"
    r"|(?:en\s?route|aboard|on (?:the )?(?:plane|board))\b.{0,60})"
)
_DC = re.compile(r"(?i)\bwashington\s*,?\s*d\s*\.?\s*c\b\.?")
_MAX_LENGTH = 120


@lru_cache(maxsize=1024)
def is_place(line: str) -> bool:
    """Return whether `line` is a place as headers write it: "Chisinau, Moldova", "En Route, …"."""
    line = line.strip().rstrip(".;").replace("\u2019", "'")
    if not line or len(line) > _MAX_LENGTH:
        return False
    if _LEAD.fullmatch(line):
        return True
    before, comma, last = line.rpartition(",")
    if _is_known(last, _LAST_PART) and comma:
        return before[:1].isupper() or before.isupper()
    return _is_known(line, _ALONE) or _DC.fullmatch(line) is not None


def _is_known(name: str, names: frozenset[str]) -> bool:
    folded = name.strip().casefold()
    return folded in names or f"{folded}." in names


@lru_cache(maxsize=1024)
def normalise_place(place: str) -> str:
    """Return one spelling for the spellings of a place; "Washington, DC" for all of its own."""
    text = " ".join(place.split()).rstrip(" ,;")
    if text.isupper():
        text = text.title()
    return _DC.sub("Washington, DC", text)


def split_venue(line: str) -> tuple[str | None, str]:
    """Return (venue, place) of a line that may hold both: "C Street Lobby, Washington, DC"."""
    found = _DC.search(line)
    if found and found.end() >= len(line.rstrip()) and line[: found.start()].rstrip().endswith(","):
        venue = line[: found.start()].rstrip().rstrip(",")
        return (venue, line[found.start() :]) if not _LEAD.fullmatch(venue) else (None, line)
    return None, line
