"""Pages that stand in for the page asked for: robot checks, login forms, parking, pauses."""

from __future__ import annotations

import re
from functools import cached_property, lru_cache
from urllib.parse import urlsplit

from pipelines.checks.hop import Hop, Via
from pipelines.checks.page_facts import PageFacts
from pipelines.verdicts.fingerprints import GENERAL, Fingerprint
from pipelines.verdicts.phrases import plain, sentence_pattern
from pipelines.verdicts.redirects import site_of
from pipelines.verdicts.rules import Rules
from pipelines.verdicts.server_faults import shows_fault
from pipelines.verdicts.server_voice import may_be_a_title, speaks_as_server
from pipelines.verdicts.topic import headings_of, is_about, is_topical

_LOGIN_PROSE = 700  # a login page's own words; a form in a corner stands beside more
_FORM_PROSE = 150  # beside a form for a password, where nothing is called a login
_GATE_PROSE = 400
_PAUSE_PROSE = 500
_SALE_PROSE = 1000
_OFFER_PROSE = 350  # beside more, only an offer of the site's own name makes it parked
_TITLE_PROSE = 200  # beside more, a title of one or two words may be that of a book
_WORDS_BETWEEN = 2
_BEGINNING = 200
_SHELL_TEXT = 100
_HEADLINE = 80  # characters of a text that may be all that a page without a title says
_ASSIGNS = re.compile(r"\s*=\s*")
_REDIRECTING = frozenset({"you are being redirected", "redirecting", "redirect"})
_CERTAIN_SPACES = 2  # in words that begin no other title
_NO_PAGE = PageFacts()
_PARKING_NAME = re.compile(r"ww\d{1,2}\.")  # where parking services move a name's visitors to
_LANDERS = frozenset({"/lander", "/park", "/parking", "/parked", "/domain-parking"})
_FOR_SALE = re.compile(
    r"[\w-]+\.[a-z]{2,12}['\"”]? (?:is|may be|could be) (?:available |now )?"
    r"(?:for sale|for purchase|parked)"
    r"|[\w-]+\.[a-z]{2,12} (?:est à vendre|steht zum verkauf|está en venta|está à venda|продается)"
)


def wall(hop: Hop, rules: Rules, asked: str = "") -> str | None:
    """Return whose robot check or refusal answered; None where it is not known for one.

    Words alone say nothing on a page that is about them, or about what the link asks for.
    """
    return _first_match(_possible(rules.walls, hop), hop, asked)


@lru_cache(maxsize=16)  # asked several times while one link is judged
def _means_its_words(page: PageFacts | None, asked: str) -> bool:
    return page is not None and (is_topical(page, asked) or is_about(page))


def difficulties(hop: Hop, rules: Rules, asked: str = "") -> bool:
    """Return whether this is the "Technical Difficulties" page of state.gov."""
    found = _first_match(_possible(rules.difficulties, hop), hop)
    return found is not None and not _means_its_words(hop.page, asked)


def leads_to_lander(hop: Hop) -> bool:
    """Return whether a script sends the reader to the advertisements of a parked name."""
    return hop.via is Via.SCRIPT and urlsplit(hop.next_url or "").path.rstrip("/") in _LANDERS


def parking(hop: Hop, rules: Rules, asked: str = "") -> str | None:
    """Return who parks the domain ("" where that is not known); None where nobody does."""
    host = urlsplit(hop.url).hostname or ""
    if _PARKING_NAME.match(host) and not _PARKING_NAME.match(urlsplit(asked).hostname or ""):
        return host
    for parking_host in rules.parking_hosts:
        if host == parking_host or host.endswith("." + parking_host):
            return parking_host
    marks = _possible(rules.parked, hop)
    if not marks and (hop.page is None or hop.page.prose_length > _SALE_PROSE):
        return None
    if _means_its_words(hop.page, asked) or not _may_offer(hop):
        marks = tuple(mark for mark in marks if not mark.is_words)
    elif hop.page is not None and _is_for_sale(hop.page):
        return ""
    return _first_match(marks, hop)


def _is_for_sale(page: PageFacts) -> bool:
    """Return whether a short page says of a name with a dot in it that it is for sale."""
    return page.prose_length <= _SALE_PROSE and bool(_FOR_SALE.search(_beginning(page)))


def _may_offer(hop: Hop) -> bool:
    """Return whether a page is short or begins with the name of its own site, as offers do."""
    if hop.page is None or hop.page.prose_length <= _OFFER_PROSE:
        return True
    return site_of(urlsplit(hop.url).hostname or "") in _beginning(hop.page)


def _beginning(page: PageFacts) -> str:
    return " ".join((page.title, *page.headings[:1], page.text[:_BEGINNING])).casefold()


def is_login(hop: Hop, *, moved: bool, rules: Rules) -> bool:
    """Return whether the page asks for a login instead of showing what was asked for.

    `moved` says that a redirect led here: then the address alone is enough.
    """
    page = hop.page or _NO_PAGE
    if moved and _login_address(hop.url, rules):
        return True
    if page.prose_length > _LOGIN_PROSE:
        return False
    if page.password:
        return page.prose_length <= _FORM_PROSE or _is_titled(page, rules.login_headings)
    if page.prose_length > _PAUSE_PROSE or is_about(page):
        return False
    return _is_titled(page, _CERTAIN_LOGINS) or _begins_with(page, rules.login_texts)


_CERTAIN_LOGINS = frozenset(
    {
        "login required",
        "sign in required",
        "access needed",
        "you need access",
        "you need permission",
        "subscribe to read",
        "subscribers only",
    }
)


def is_age_gate(page: PageFacts, rules: Rules, asked: str) -> bool:
    """Return whether a short page asks for its reader's age."""
    if page.prose_length > _GATE_PROSE or is_topical(page, asked):
        return False
    return _begins_with(page, rules.age_texts)


def is_consent(page: PageFacts, rules: Rules, asked: str) -> bool:
    """Return whether a short page asks for consent, and shows nothing else."""
    if page.prose_length > _GATE_PROSE or is_topical(page, asked):
        return False
    return _is_titled(page, rules.consent_headings)


def _login_address(url: str, rules: Rules) -> bool:
    parts = urlsplit(url)
    host = parts.hostname or ""
    words = parts.path.lower().strip("/").split("/")
    return host.startswith(rules.login_hosts) or not rules.login_words.isdisjoint(words)


def login_was_asked(url: str, rules: Rules) -> bool:
    """Return whether the link itself is to a login page, so that finding one is right."""
    return _login_address(url, rules)


def is_titled_otherwise(page: PageFacts, words: str, rules: Rules, asked: str) -> bool:
    """Return whether a title says why a page is not shown, above a text that says it is missing.

    `words` are those that say so: a title's own are not doubted.
    """
    if words == page.title or words in page.headings or page.prose_length > _PAUSE_PROSE:
        return False
    if _means_its_words(page, asked):
        return False
    return _is_titled(page, rules.paused_titles, rules) or _is_titled(page, rules.login_headings)


def announces_redirect(page: PageFacts) -> bool:
    """Return whether a page says that it only sends its reader on."""
    return any(part in _REDIRECTING for part in headings_of(page.title))


def is_paused(page: PageFacts, rules: Rules, asked: str = "") -> bool:
    """Return whether a short page says that the site is down for now."""
    if page.prose_length > _PAUSE_PROSE or _means_its_words(page, asked):
        return False
    if _begins_with(page, rules.paused) or shows_fault(page):
        return True
    if not _is_titled(page, rules.paused_titles, rules) or _tells_of(page, rules):
        return False
    return speaks_as_server(page)


def _tells_of(page: PageFacts, rules: Rules) -> bool:
    """Return whether the heading goes on about what the title names beside its word of a pause."""
    heading = plain(" ".join(page.headings[:1]))
    if not heading or _is_padded(heading, rules.paused_titles, rules.title_padding):
        return False
    shown = heading.split()
    parts = [part.split() for part in headings_of(page.title)]
    return any(len(shown) > len(one) >= _WORDS_BETWEEN and set(one) <= set(shown) for one in parts)


def is_abandoned(page: PageFacts, rules: Rules, asked: str = "") -> bool:
    """Return whether a short page says that the whole site is no more."""
    if page.prose_length > _PAUSE_PROSE or _means_its_words(page, asked):
        return False
    return _is_titled(page, rules.abandoned_titles, rules) or _begins_with(page, rules.abandoned)


def is_shell(page: PageFacts) -> bool:
    """Return whether there is nothing to read before scripts or frames have filled the page."""
    if page.headings or page.text_length > _SHELL_TEXT:
        return False
    return not page.text_length or bool(page.resources)


def is_default(page: PageFacts, rules: Rules) -> bool:
    """Return whether the title is that of a server on which no site was ever put.

    More may follow only behind words that begin no title of a reader's page: a version ("Apache
    Tomcat/8.5"), or anything behind three words; "Index of Economic Freedom" is such a page.
    """
    title = plain(page.title or " ".join(page.headings[:1]))
    return any(_is_default_title(title, words) for words in rules.defaults)


def _is_default_title(title: str, words: str) -> bool:
    if not title.startswith(words):
        return False
    rest = title.removeprefix(words)
    is_version = not rest.strip(" 0123456789")
    return is_version or (rest.startswith(" ") and words.count(" ") >= _CERTAIN_SPACES)


def _is_titled(page: PageFacts, titles: frozenset[str], rules: Rules | None = None) -> bool:
    """Return whether a whole part of the title or first heading is one of `titles`.

    With `rules`, words that pad such titles (as "sorry" or "site") may stand before it.
    """
    padding = rules.title_padding if rules else frozenset()
    if page.prose_length > _TITLE_PROSE:
        titles = frozenset(title for title in titles if title.count(" ") >= _WORDS_BETWEEN)
    parts = (part for written in _headlines(page) for part in headings_of(written))
    return any(_is_padded(part, titles, padding) for part in parts)


def _headlines(page: PageFacts) -> tuple[str, ...]:
    """Return title and first heading; of a page with neither what it says, where that is little."""
    if not page.title and not page.headings and page.text_length <= _HEADLINE:
        return (page.text,)
    return (page.title, *page.headings[:1])


def _is_padded(part: str, titles: frozenset[str], padding: frozenset[str]) -> bool:
    while part not in titles:
        first, _, part = part.partition(" ")
        if not part or not (first in padding or (padding and first.isdigit())):
            return False
    return True


def _begins_with(page: PageFacts, phrases: tuple[str, ...]) -> bool:
    beginning = plain(" ".join((*page.headings[:1], page.text[:_BEGINNING])))
    return bool(_pattern(phrases).search(beginning))


def _first_match(
    fingerprints: tuple[Fingerprint, ...], hop: Hop, asked: str | None = None
) -> str | None:
    """Return the name of the first that the page shows; with `asked`, not by words it means."""
    if not fingerprints:
        return None
    seen = _Seen(hop, hop.page or _NO_PAGE)
    for mark in fingerprints:
        if seen.shows(mark):
            is_meant = mark.is_words and asked is not None and _means_its_words(hop.page, asked)
            if not is_meant:
                return mark.name
    return None


def _possible(fingerprints: tuple[Fingerprint, ...], hop: Hop) -> tuple[Fingerprint, ...]:
    """Return those that a page with so much prose may show."""
    prose = hop.page.prose_length if hop.page else 0
    return tuple([mark for mark in fingerprints if prose <= mark.prose])


class _Seen:
    """A page's words and marks, each made ready once for all fingerprints."""

    def __init__(self, hop: Hop, page: PageFacts) -> None:
        self._hop = hop
        self._page = page
        self._resources = page.resources

    @cached_property
    def _title(self) -> str:
        return plain(" ".join((self._page.title, *self._page.headings[:1])))

    @cached_property
    def _parts(self) -> frozenset[str]:
        leads_on = self._hop.next_url is not None
        own = (self._page.title, *self._page.headings[:1])
        written = own if leads_on else _headlines(self._page)
        return frozenset(part for one in written for part in headings_of(one))

    @cached_property
    def _text(self) -> str:
        return plain(self._page.text)

    @cached_property
    def _marks(self) -> str:
        return _ASSIGNS.sub("=", "\n".join((self._page.scripts, *self._page.ids)).lower())

    def shows(self, mark: Fingerprint) -> bool:
        """Return whether everything that `mark` asks for is there."""
        name, value = mark.header
        return (
            (not mark.heading or self._is_headed(mark))
            and (not name or (bool(self._hop.header(name)) and value in self._hop.header(name)))
            and (not mark.title or mark.title in self._title)
            and (not mark.text or mark.text in self._text)
            and (not mark.resource or self._loads(mark.resource))
            and (not mark.script or mark.script in self._marks)
        )

    def _is_headed(self, mark: Fingerprint) -> bool:
        """Return whether a heading is there; one of few words may be that of anybody's text."""
        if mark.heading not in self._parts:
            return False
        is_doubtful = mark.name in GENERAL and may_be_a_title(mark.heading)
        return not is_doubtful or speaks_as_server(self._page)

    def _loads(self, mark: str) -> bool:
        """Return whether an address holds a path, or is on a host or below it."""
        host, slash, path = mark.partition("/")
        if "." not in host:
            return any(mark in address for address in self._resources)
        for address in self._resources:
            own, _, rest = address.partition("/")
            if (own == host or own.endswith("." + host)) and rest.startswith(path if slash else ""):
                return True
        return False


@lru_cache(maxsize=16)
def _pattern(phrases: tuple[str, ...]) -> re.Pattern[str]:
    return sentence_pattern(phrases)
