"""What it says of a link that its server shows the same for an address that was made up."""

from __future__ import annotations

import re
from urllib.parse import unquote, urlsplit

from pipelines.checks.evidence import Evidence
from pipelines.checks.hop import Hop
from pipelines.checks.page_facts import PageFacts
from pipelines.verdicts.phrases import plain
from pipelines.verdicts.redirects import depth
from pipelines.verdicts.topic import is_topical

_OK = 200
_LEAST_PROSE = 40  # with less, pages are alike by chance
_MOST_PROSE = 1500
_LEAST_SLIGHT = 20  # characters of text; in any language, so no word need be known
_MOST_SLIGHT = 220
_MOST_REPEATED = 600
_SEPARATED = re.compile(r"[-_.%+]|\d")
_ALIKE = 0.9  # of the words of both pages
# Words of pages for everybody: a front page, a search, an excuse.
_GENERAL = re.compile(
    r"welcome|willkommen|bienvenid|bienvenue|benvenut|bem-vind|добро пожаловать|欢迎|歡迎|ようこそ"
    r"|환영|مرحبا|أهلا|search|suche|buscar|búsqueda|recherche|pesquisa|поиск|搜索|検索|검색|بحث"
    r"|sorry|oops|error|fehler|erreur|\berro\b|ошибк|错误|エラー|오류|خطأ|site ?map|home ?page"
    r"|start page|front page|new site|new website|redesigned|webmaster|looking for|no results"
    r"|no longer|not available|unavailable|archived|expired|removed"
)
# Where frameworks put what they show.
_PLACES = frozenset(
    "root app __next __nuxt ___gatsby app-root q-app main-app react-root svelte ember".split()  # noqa: SIM905 - a list of words reads as words
)
# Names of a page in a query, each with a number: `?p=123`, `?page_id=7`.
_NUMBERED = re.compile(
    r"(?:^|&)[a-z_]*(?:p|id|post|page|article|item|doc|nid|story)=\d+", re.IGNORECASE
)
_SEARCH = re.compile(
    r"/(?:search|suche|buscar|busqueda|recherche|pesquisa|results|find)\b", re.IGNORECASE
)


def may_be_for_any(evidence: Evidence) -> bool:
    """Return whether what a link led to may be what its server shows for every address."""
    last = evidence.last
    if last is None or last.status != _OK or last.page is None:
        return False
    asked = evidence.hops[0].url
    if len(evidence.hops) > 1:
        return _is_general_target(asked, last.url)
    if not depth(asked):
        return False  # a front page is what it is, though the same be shown for other addresses
    if not is_topical(last.page, asked):
        return _is_general(last.page) or is_slight(last.page)
    return _may_repeat(last.page, asked)


def is_slight(page: PageFacts) -> bool:
    """Return whether a page says so little that it may be an excuse in any language."""
    return _LEAST_SLIGHT <= page.text_length <= _MOST_SLIGHT and not page.unscripted


def may_be_filled_later(page: PageFacts) -> bool:
    """Return whether a page with little text has a place that scripts fill, each for its address.

    The same text for two addresses then proves nothing.
    """
    return not _PLACES.isdisjoint(page.ids) and not _is_general(page)


def is_shown_for_any(evidence: Evidence) -> bool:
    """Return whether a made-up address got the same page, or one that only repeats its name."""
    last, other = evidence.last, evidence.sibling
    return last is not None and other is not None and _is_same_page(last, other)


def judge_made_up(evidence: Evidence) -> str | None:
    """Return the reason why a link shows nothing of its own; None where that is not proved."""
    last, other = evidence.last, evidence.sibling
    if last is None or other is None or not may_be_for_any(evidence):
        return None
    if len(evidence.hops) > 1:
        is_same = _place(evidence.hops[0].next_url) == _place(other.next_url) is not None
        return "redirect-to-any" if is_same else None
    return "same-as-random" if _is_same_page(last, other) else None


def leads_to_section(evidence: Evidence) -> bool:
    """Return whether a link ends in a folder above it, or at a search, that does not name it."""
    last, asked = evidence.last, evidence.hops[0].url
    if last is None or len(evidence.hops) == 1 or last.page is None:
        return False
    if not _is_general_target(asked, last.url):
        return False
    if _SEARCH.search(urlsplit(last.url).path):
        return True  # what was searched for it names in any case
    return depth(asked) > depth(last.url) and not is_topical(last.page, asked)


def _may_repeat(page: PageFacts, asked: str) -> bool:
    """Return whether a page names what the link names only because it was asked for it.

    It shows the address as it is written, or says that it searched for it.
    """
    path = unquote(urlsplit(asked).path).casefold()
    if _SEARCH.search(path) or not _LEAST_PROSE <= page.prose_length <= _MOST_REPEATED:
        return False
    name = path.rstrip("/").rpartition("/")[2]
    shown = _shown(page)
    is_written = bool(_SEPARATED.search(name)) and name in shown
    return is_written or path in shown or bool(_GENERAL.search(shown))


def _shown(page: PageFacts) -> str:
    return " ".join((page.title, *page.headings, page.text[:400])).casefold()


def _is_general(page: PageFacts) -> bool:
    if not _LEAST_PROSE <= page.prose_length <= _MOST_PROSE:
        return False
    return bool(_GENERAL.search(_shown(page)))


def _is_general_target(asked: str, final: str) -> bool:
    """Return whether a way ends in a folder above the link, or at a search."""
    start, end = urlsplit(asked), urlsplit(final)
    if _SEARCH.search(end.path) and not _SEARCH.search(start.path):
        return True
    if _NUMBERED.search(end.query) and not _NUMBERED.search(start.query):
        return False  # a page of its own, by its number
    folder = end.path.rstrip("/") + "/"
    is_above = start.path.startswith(folder) and start.path.rstrip("/") != end.path.rstrip("/")
    return is_above and bool((start.hostname or "").endswith(_site(end.hostname)))


def _site(host: str | None) -> str:
    return (host or "").removeprefix("www.")


def _place(url: str | None) -> str | None:
    return url.partition("?")[0] if url else None


def _is_same_page(one: Hop, other: Hop) -> bool:
    if other.status != _OK or one.page is None or other.page is None:
        return False
    pages = (one.page, other.page)
    titles = [_words(page.title) for page in pages]
    texts = [set(_words(page.text)) for page in pages]
    if titles[0] != titles[1] or not _is_alike(*texts):
        return _is_repeated(one, other)
    return True


def _is_repeated(one: Hop, other: Hop) -> bool:
    """Return whether two pages are the same but for the names in their addresses, which both show.

    That the made-up name is shown proves that the server puts any name there.
    """
    titles, texts = [], []
    for hop in (one, other):
        own = set(_words(unquote(urlsplit(hop.url).path)))
        assert hop.page is not None  # noqa: S101 - for the type checker
        shown = set(_words(f"{hop.page.title} {hop.page.text}"))
        if not own & shown:
            return False
        titles.append([word for word in _words(hop.page.title) if word not in own])
        texts.append(set(_words(hop.page.text)) - own)
    made_up = urlsplit(other.url).path.rstrip("/").rpartition("/")[2].partition(".")[0]
    assert other.page is not None  # noqa: S101 - for the type checker
    if made_up.casefold() not in f"{other.page.title} {other.page.text}".casefold():
        return False
    return titles[0] == titles[1] and (_is_alike(*texts) or not (texts[0] | texts[1]))


def _is_alike(one: set[str], other: set[str]) -> bool:
    either = one | other
    return bool(either) and len(one & other) >= _ALIKE * len(either)


def _words(written: str) -> list[str]:
    return plain(written.replace("_", " ")).split()
