"""Whether a page that came with a good status says that there is nothing here.

Judged on the title, the first heading and the beginning of the main text, and only where the
page has little prose: an article *about* missing pages has more than an error page ever has.
"""

from __future__ import annotations

import re
from functools import lru_cache

from pipelines.checks.page_facts import PageFacts
from pipelines.verdicts.phrases import plain, sentence_pattern
from pipelines.verdicts.rules import Rules

_BETWEEN_PARTS = re.compile(r"\s[-–—|·•»«:/]+\s|[|»«·•]|[:;.!?…。！？]+(?:\s|$)|\s?[–—]\s?")  # noqa: RUF001 - dashes and full-width marks are meant
_PADDING_NUMBERS = frozenset({"404", "410"})


def says_not_found(page: PageFacts, rules: Rules) -> str | None:
    """Return the words with which the page says so; None where it does not.

    >>> says_not_found(PageFacts(title="404 | Example"), Rules())
    '404 | Example'
    """
    if page.prose_length <= rules.short_page:
        for written in (page.title, *page.headings):
            if title_says_not_found(written, rules):
                return written
    if page.prose_length <= rules.error_page:
        return _sentence(page, rules)
    return None


def title_says_not_found(written: str, rules: Rules) -> bool:
    """Return whether one part of a title is nothing but "not found", in any known language."""
    parts = [plain(part) for part in _BETWEEN_PARTS.split(written)]
    return any(_is_phrase(part, rules) for part in (plain(written), *parts) if part)


def _is_phrase(part: str, rules: Rules) -> bool:
    if part in rules.not_found_titles:
        return True
    words = part.split()
    if not _PADDING_NUMBERS.isdisjoint(words) and all(
        word in _PADDING_NUMBERS or word in rules.title_padding for word in words
    ):
        return True
    for first in range(len(words)):
        if " ".join(words[first:]) in rules.not_found_titles:
            return True
        if words[first] not in rules.title_padding and words[first] not in _PADDING_NUMBERS:
            return False
    return False


def _sentence(page: PageFacts, rules: Rules) -> str | None:
    beginning = plain(page.text[: rules.sentence_within])
    found = _pattern(rules.not_found_sentences).search(beginning)
    if found:
        return page.text[: rules.sentence_within // 2]
    if page.text_length <= rules.sentence_within // 4 and title_says_not_found(page.text, rules):
        return page.text
    return None


@lru_cache(maxsize=8)
def _pattern(phrases: tuple[str, ...]) -> re.Pattern[str]:
    return sentence_pattern(phrases)
