"""Pages that stand in for the page asked for: robot checks, login forms, parking, pauses."""

from __future__ import annotations

import re
from functools import cached_property, lru_cache
from urllib.parse import urlsplit

from pipelines.checks.hop import Hop
from pipelines.checks.page_facts import PageFacts
from pipelines.verdicts.fingerprints import Fingerprint
from pipelines.verdicts.phrases import plain, sentence_pattern
from pipelines.verdicts.rules import Rules

_LOGIN_PROSE = 700  # a login page's own words; a form in a corner stands beside more
_PAUSE_PROSE = 500
_NO_PAGE = PageFacts()


def wall(hop: Hop, rules: Rules) -> str | None:
    """Return whose robot check or refusal answered; None where it is not known for one."""
    return _first_match(rules.walls, hop)


def difficulties(hop: Hop, rules: Rules) -> bool:
    """Return whether this is the "Technical Difficulties" page of state.gov."""
    return _first_match((rules.difficulties,), hop) is not None


def parking(hop: Hop, rules: Rules) -> str | None:
    """Return who parks the domain ("" where that is not known); None where nobody does."""
    host = urlsplit(hop.url).hostname or ""
    for parking_host in rules.parking_hosts:
        if host == parking_host or host.endswith("." + parking_host):
            return parking_host
    return _first_match(rules.parked, hop)


def is_login(hop: Hop, *, moved: bool, rules: Rules) -> bool:
    """Return whether the page asks for a login instead of showing what was asked for.

    `moved` says that a redirect led here: then the address alone is enough.
    """
    page = hop.page or _NO_PAGE
    if moved and _login_address(hop.url, rules):
        return True
    return page.password and page.prose_length <= _LOGIN_PROSE


def _login_address(url: str, rules: Rules) -> bool:
    parts = urlsplit(url)
    host = parts.hostname or ""
    words = parts.path.lower().strip("/").split("/")
    return host.startswith(rules.login_hosts) or not rules.login_words.isdisjoint(words)


def login_was_asked(url: str, rules: Rules) -> bool:
    """Return whether the link itself is to a login page, so that finding one is right."""
    return _login_address(url, rules)


def is_paused(page: PageFacts, rules: Rules) -> bool:
    """Return whether a short page says that the site is down for now."""
    return page.prose_length <= _PAUSE_PROSE and _says(page, rules.paused)


def is_abandoned(page: PageFacts, rules: Rules) -> bool:
    """Return whether a short page says that the whole site is no more."""
    return page.prose_length <= _PAUSE_PROSE and _says(page, rules.abandoned)


def is_default(page: PageFacts, rules: Rules) -> bool:
    """Return whether the title is that of a server on which no site was ever put."""
    title = plain(page.title or " ".join(page.headings[:1]))
    return any(title == words or title.startswith(words + " ") for words in rules.defaults)


def _says(page: PageFacts, phrases: tuple[str, ...]) -> bool:
    pattern = _pattern(phrases)
    return any(pattern.search(plain(part)) for part in (page.title, *page.headings[:1])) or (
        bool(pattern.search(plain(page.text[:120])))
    )


def _first_match(fingerprints: tuple[Fingerprint, ...], hop: Hop) -> str | None:
    page = hop.page or _NO_PAGE
    possible = [mark for mark in fingerprints if page.prose_length <= mark.prose]
    if not possible:
        return None
    seen = _Seen(hop, page)
    return next((mark.name for mark in possible if seen.shows(mark)), None)


class _Seen:
    """A page's words and marks, each made ready once for all fingerprints."""

    def __init__(self, hop: Hop, page: PageFacts) -> None:
        self._hop = hop
        self._page = page
        self._resources = "\n".join(page.resources)

    @cached_property
    def _title(self) -> str:
        return plain(" ".join((self._page.title, *self._page.headings[:1])))

    @cached_property
    def _text(self) -> str:
        return plain(self._page.text)

    @cached_property
    def _marks(self) -> str:
        return "\n".join((self._page.scripts, *self._page.ids)).lower()

    def shows(self, mark: Fingerprint) -> bool:
        """Return whether everything that `mark` asks for is there."""
        name, value = mark.header
        return (
            (not name or (bool(self._hop.header(name)) and value in self._hop.header(name)))
            and (not mark.title or mark.title in self._title)
            and (not mark.text or mark.text in self._text)
            and (not mark.resource or mark.resource in self._resources)
            and (not mark.script or mark.script in self._marks)
        )


@lru_cache(maxsize=8)
def _pattern(phrases: tuple[str, ...]) -> re.Pattern[str]:
    return sentence_pattern(phrases)
