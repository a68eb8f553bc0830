"""Whether a page is about what its link asks for: then its words are its subject, not its state."""

from __future__ import annotations

import re
from urllib.parse import unquote, urlsplit

from pipelines.checks.page_facts import PageFacts
from pipelines.verdicts.phrases import plain

_WORD = re.compile(r"[^\W\d_]{4,}")
_BETWEEN_PARTS = re.compile(r"\s[-–—|·•»«:/]+\s|[|»«·•：｜]|[:;.!?…。！？]+(?:\s|$)|\s?[–—]\s?")  # noqa: RUF001 - dashes and full-width marks are meant
# Words of addresses that say nothing of a subject, and those that error pages use themselves.
_GENERAL = frozenset(
    """
    http https html shtml xhtml aspx default index page
    pages item document documents file files article articles content
    contents link links site website home welcome error errors
    found missing lost gone removed deleted unavailable title text
    soft hard body access denied forbidden blocked wall captcha
    challenge robot human check browser login signin sign account
    password domain sale parked parking expired suspended hosting maintenance
    results search google drive github youtube facebook twitter linkedin instagram scribd
    slideshare dropbox onedrive wordpress drupal joomla sharepoint apache nginx tomcat cloudflare
    akamai imperva datadome perimeterx sucuri godaddy sedo bodis namecheap afternic
    construction temporarily paused moved archived
    """.split()  # noqa: SIM905 - a list of words reads as words
)
_ABOUT = re.compile(
    r"(?<!\w)(?:how|understanding|glossary|tips|custom|errors|questions"
    r"|what does|what is|what are|why|guide|fixing|explained|meaning|study|history"
    r"|cómo|qué es|qué significa|por qué|comment|pourquoi"
    r"|que signifie|wie|warum|was ist|was bedeutet"
    r"|как|почему|что такое|что значит|как исправить|como|por que|perché|come)(?!\w)"
    r"|如何|为什么|什么是|是什么|什么意思|怎么办|とは|란 무엇|무엇인가"
)
_QUESTIONS = frozenset(
    {"faq", "faqs", "help", "frequently asked questions", "questions and answers", "glossary"}
)
_AFTER_COLON = re.compile(r":\s+")
_LEAST_WORDS = 3
_LEAST_STEM = 4
_LAST_SPACED = "\u3000"  # letters beyond belong to languages without spaces


def parts_of(written: str) -> list[str]:
    """Return a title whole and in its parts, each `plain`."""
    return [part for part in map(plain, (written, *_BETWEEN_PARTS.split(written))) if part]


def headings_of(written: str) -> list[str]:
    """Return the parts of a title without what only begins a headline: `Blocked: the old canal`."""
    first, *rest = _AFTER_COLON.split(written, maxsplit=1)
    parts = parts_of(written)
    if rest and len(plain(rest[0]).split()) >= _LEAST_WORDS:
        return [part for part in parts if part != plain(first)]
    return parts


def is_topical(page: PageFacts, asked: str) -> bool:
    """Return whether the first part of the title, or a heading, names what the address names.

    A page that stands in for another says the same for every address, so it never does.
    """
    words = _subject(asked)
    if not words:
        return False
    first = _BETWEEN_PARTS.split(page.title)[0]
    shown = plain(" ".join((first, *page.headings)))
    shown_words = shown.split()
    return any(_is_named(word, shown_words) for word in words)


def is_about(page: PageFacts) -> bool:
    """Return whether the title or a heading says that the page explains something."""
    titles = [plain(written) for written in (page.title, *page.headings)]
    if any(title in _QUESTIONS for title in titles):
        return True
    return any(len(title.split()) >= _LEAST_WORDS and _ABOUT.search(title) for title in titles)


def _is_named(word: str, shown: list[str]) -> bool:
    """Return whether a word of an address is among those shown, in whatever number or case."""
    if word > _LAST_SPACED:
        return any(word in one for one in shown)
    stem = word[: max(len(word) - 2, _LEAST_STEM)]
    return any(one.startswith(stem) and abs(len(one) - len(word)) <= 2 for one in shown)  # noqa: PLR2004


def _subject(asked: str) -> set[str]:
    parts = urlsplit(asked)
    name = unquote(parts.path.rstrip("/").rpartition("/")[2])
    return set(_WORD.findall(f"{name} {unquote(parts.query)}".casefold())) - _GENERAL
