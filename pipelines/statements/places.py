"""Tell places from other header lines, and write one place in one way."""

from __future__ import annotations

import re
from functools import lru_cache

from pipelines.statements.gazetteer import CITIES, COUNTRIES, SITES, STATES

_LAST_PART = COUNTRIES | STATES | CITIES
_ALONE = COUNTRIES | CITIES | SITES
_COUNTRIES_ALONE = COUNTRIES - CITIES
_FORM_OF_STATE = re.compile(
    r"(?i)(?:the )?(?:(?:federal |democratic |socialist |islamic |arab |people's |co-operative )*"
    r"republic|federated states|federation|kingdom|hashemite kingdom|commonwealth|sultanate"
    r"|principality|union|state) of (?:the )?"
)
_LEAD = re.compile(
    r"(?i)(?:via\s+(?:\w+\s+)?(?:tele|video|web|zoom|skype|satellite|phone|digital)\w*(?:\s+\w+)?"
    r"|virtual(?:ly)?(?:\s+\w+)?|(?:by\s+)?tele(?:conference|phone)|video\s?conference"
    r"|on background|(?:press conference|conference) call"
    r"|(?:en\s?route|aboard|on (?:the )?(?:plane|board))\b.{0,60})"
)
_ABBREVIATED = re.compile(r"\b(?:[A-Z]|Md|Va|Mass|Conn|Fla)\.$")
# One to four names with commas between: no verb and no "to" or "in", which titles have.
_UPPER = r"[A-Z\u00c0-\u024f]"
_SMALL = r"(?:[dl]e|la|of|the|al|do|da|el|es|am|der|upon|and)"
_WORD = rf"(?:{_UPPER}[\w.'&\-]*|{_SMALL}(?:-{_UPPER}\w*)?)"
_NAME = rf"{_UPPER}[\w.'&\-]*(?:[ /]+{_WORD})"
_NAMES = re.compile(rf"{_NAME}{{0,5}}(?:\s*,\s*{_NAME}{{0,5}}){{0,3}}")
_ALTERNATIVES = re.compile(r"\s+/\s+|\s+\((?=[Vv]i)|(?<=\w)\)$|\s+(?:and|&)\s+(?=[Vv]i)")
_DC = re.compile(r"(?i)\bwashington\s*,?\s*d\s*\.?\s*c\b\.?")
_MAX_LENGTH = 120
_MOST_WORDS = 6


@lru_cache(maxsize=1024)
def is_place(line: str) -> bool:
    """Return whether `line` is a place as headers write it: "Chisinau, Moldova", "En Route, …"."""
    line = line.strip().replace("\u2019", "'")
    parts = _ALTERNATIVES.split(line)
    if len(parts) > 1:
        return all(is_place(part) for part in parts if part)
    if not line or len(line) > _MAX_LENGTH or (line[-1] == "." and not _ABBREVIATED.search(line)):
        return False
    if _LEAD.fullmatch(line):
        return True
    before, comma, last = line.rpartition(",")
    if comma and _is_known(last, _LAST_PART):
        return _NAMES.fullmatch(before.rstrip()) is not None
    return _is_known(line, _ALONE) or _DC.fullmatch(line) is not None


def may_be_place(line: str) -> bool:
    """Return whether `line` could be a place for all its words say: a name or two."""
    return len(line.split()) <= _MOST_WORDS and _NAMES.fullmatch(line) is not None


def is_site(place: str) -> bool:
    """Return whether a place is a site that lies in another: "Camp David"."""
    return _is_known(place, SITES)


def is_country(line: str) -> bool:
    """Return whether a place is a country alone, as topics are too: "Syria"."""
    return _is_known(line, _COUNTRIES_ALONE)


def _is_known(name: str, names: frozenset[str]) -> bool:
    folded = _FORM_OF_STATE.sub("", name.strip(), count=1).casefold()
    return folded in names or f"{folded}." in names


@lru_cache(maxsize=1024)
def normalise_place(place: str) -> str:
    """Return one spelling for the spellings of a place; "Washington, DC" for all of its own."""
    text = " ".join(place.split()).rstrip(" ,;")
    if text.isupper():
        text = text.title()
    return _DC.sub("Washington, DC", text)
