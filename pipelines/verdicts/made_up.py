"""What it says of a link that its server shows the same for an address that was made up."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from pipelines.checks.evidence import Evidence
from pipelines.checks.hop import Hop
from pipelines.checks.page_facts import PageFacts
from pipelines.verdicts.phrases import plain
from pipelines.verdicts.topic import is_topical

_OK = 200
_LEAST_PROSE = 40  # with less, pages are alike by chance
_MOST_PROSE = 1500
_ALIKE = 0.9  # of the words of both pages
# Words of pages for everybody: a front page, a search, an excuse.
_GENERAL = re.compile(
    r"welcome|willkommen|bienvenid|bienvenue|benvenut|bem-vind|добро пожаловать|欢迎|歡迎|ようこそ"
    r"|환영|مرحبا|أهلا|search|suche|buscar|búsqueda|recherche|pesquisa|поиск|搜索|検索|검색|بحث"
    r"|sorry|oops|error|fehler|erreur|\berro\b|ошибк|错误|エラー|오류|خطأ|site ?map|home ?page"
    r"|start page|front page|new site|new website|redesigned|webmaster|looking for|no results"
    r"|no longer|not available|unavailable|archived|expired|removed"
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
    return _is_general(last.page) and not is_topical(last.page, asked)


def judge_made_up(evidence: Evidence) -> str | None:
    """Return the reason why a link shows nothing of its own; None where that is not proved."""
    last, other = evidence.last, evidence.sibling
    if last is None or other is None or not may_be_for_any(evidence):
        return None
    if len(evidence.hops) > 1:
        is_same = _place(evidence.hops[0].next_url) == _place(other.next_url) is not None
        return "redirect-to-any" if is_same else None
    return "same-as-random" if _is_same_page(last, other) else None


def _is_general(page: PageFacts) -> bool:
    if not _LEAST_PROSE <= page.prose_length <= _MOST_PROSE:
        return False
    shown = " ".join((page.title, *page.headings, page.text[:400])).casefold()
    return bool(_GENERAL.search(shown))


def _is_general_target(asked: str, final: str) -> bool:
    """Return whether a way ends in a folder above the link, or at a search."""
    start, end = urlsplit(asked), urlsplit(final)
    if _SEARCH.search(end.path) and not _SEARCH.search(start.path):
        return True
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
    if one.page.title != other.page.title:
        return False
    words = [set(plain(page.text).split()) for page in (one.page, other.page)]
    shared, either = words[0] & words[1], words[0] | words[1]
    return bool(either) and len(shared) >= _ALIKE * len(either)
