"""Whether a page that came with a good status says that there is nothing here.

Judged on the title, the first heading and the beginning of the main text, and only where the
page has little prose: an article *about* missing pages has more than an error page ever has. A
page whose title names what the address names is what was asked for, whatever its text says.
"""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import unquote, urlsplit

from pipelines.checks.page_facts import PageFacts
from pipelines.verdicts.phrases import plain, sentence_pattern
from pipelines.verdicts.rules import Rules
from pipelines.verdicts.topic import is_about, is_topical, parts_of

_PADDING_NUMBERS = frozenset({"404", "410"})
_SPOKEN_TO = re.compile(
    r"(?<!\w)(?:you|your|requested|sorry|vous|demandée|usted|busca|buscas|solicitada|sie"
    r"|aufgerufene|angeforderte|gewünschte|procura|richiesta|cercando)(?!\w)"
)
_TO_YOU = re.compile(r"(?<!\w)(?:you|your|sorry|we re|oops)(?!\w)")
_ENDING = re.compile(r"\.\w{2,5}\Z")
_QUOTED = re.compile(r"[“«„\"][^“”«»„\"]{3,160}[”»“\"]")
_CANNOT_GET = re.compile(r"Cannot (?:GET|HEAD) /")  # Express
_AFTER_COLON = re.compile(r":\s+")
_ERROR_WORDS = frozenset(
    ("page", "url", "requested", "file", "document", "resource", "http", "404", "error", "link")
)
_WEAK_TITLES = frozenset({"gone"})  # a poem, a film, a shop
_TINY_TEXT = ("page not found", "404 not found", "not found 404")
_FEW = 3  # words after a colon that may still be the name of a site
_MOVED = re.compile(r"\b(?:(?:the|this) )?page (?:has )?(?:been )?moved\b")
_TINY = 120  # characters of prose: no article is so short
_UNSPACED = "\u3000"  # where the letters of Chinese, Japanese and Korean begin
_LEAST_UNSPACED = 2  # of them
_TAKEN = "\0"  # in the place of words that say "not found"; what it touches belongs to them
_EXCUSES = frozenset(
    ("申し訳ございません", "申し訳ありません", "抱歉", "很抱歉", "对不起", "對不起", "죄송합니다")
)
_LEAST_SPACED, _LEAST_LETTERS = 2, 6  # words, and letters of them all
_LEAST_BELOW = 4  # words that make a text of its own below a title of one word


def says_not_found(page: PageFacts, rules: Rules, asked: str = "") -> str | None:
    """Return the words with which the page says so; None where it does not.

    `asked` is the link's own address, "" where that is not known.

    >>> says_not_found(PageFacts(title="404 | Example"), Rules())
    '404 | Example'
    """
    if words := _unmistakable(page, rules):
        return words
    words = _words(page, rules, asked)
    return None if words is None or _is_named_so(page, rules, asked) else words


def _words(page: PageFacts, rules: Rules, asked: str) -> str | None:
    if title := _title(page, rules, asked):
        spoken = page.prose_length > rules.short_page and _speaks_to_reader(page, rules)
        if page.prose_length <= rules.short_page or spoken:
            return title
    if page.unscripted or page.prose_length > rules.error_page:
        return None
    if is_topical(page, asked) or is_about(page):
        return None
    return _sentence(page, rules)


def is_unmistakable(page: PageFacts, rules: Rules) -> bool:
    """Return whether the page says so in words that only servers write."""
    return _unmistakable(page, rules) is not None


def is_unsure(page: PageFacts, rules: Rules, asked: str = "") -> bool:
    """Return whether the words may be the subject of a page, so that a neighbour decides."""
    if _unmistakable(page, rules) or says_not_found(page, rules, asked) is None:
        return False
    return is_headline(page, rules) or _is_title_alone(page, rules, asked)


def is_headline(page: PageFacts, rules: Rules) -> bool:
    """Return whether "not found" is only a part of a headline, and the text does not say it.

    Titles tell nothing of it, since a part of them may be the site's name.
    """
    headline = page.headings[0] if page.headings else ""
    if not headline or not _says_more(headline, page, rules):
        return False
    below = page.text.removeprefix(headline)
    beginning = plain(_QUOTED.sub(" ", below)[: rules.sentence_within])
    sentences = _pattern(rules.not_found_sentences).finditer(beginning)
    return not any(_is_spoken(beginning, found) for found in sentences)


def _says_more(headline: str, page: PageFacts, rules: Rules) -> bool:
    """Return whether a headline names "not found" and something else, or is a name by itself."""
    whole = plain(headline)
    if whole in _WEAK_TITLES:
        below = set(plain(page.text).split()) - {whole}
        return len(below) >= _LEAST_BELOW and below.isdisjoint(_ERROR_WORDS)
    if _is_phrase(whole, rules) or _SPOKEN_TO.search(whole):
        return False
    rest, times = _pattern(rules.not_found_sentences).subn(_TAKEN, whole)
    for part in parts_of(headline)[1:]:
        if _is_phrase(part, rules):
            rest, times = rest.replace(part, _TAKEN), times + 1
    return bool(times) and _is_telling(rest, rules)


def _is_telling(rest: str, rules: Rules) -> bool:
    """Return whether words beside "not found" are more than what such titles are padded with."""
    idle = rules.title_padding | _ERROR_WORDS | _PADDING_NUMBERS | _EXCUSES
    words = [word for word in rest.split() if word not in idle and _TAKEN not in word]
    if any(word[0] >= _UNSPACED and len(word) >= _LEAST_UNSPACED for word in words):
        return True
    return len(words) >= _LEAST_SPACED and sum(map(len, words)) >= _LEAST_LETTERS


def _is_title_alone(page: PageFacts, rules: Rules, asked: str) -> bool:
    """Return whether only a title says so, above more prose than error pages mostly have."""
    if not rules.sure_page < page.prose_length <= rules.short_page:
        return False
    if _is_named_so(page, rules, asked) or _title(page, rules, asked) is None:
        return False
    if len(set(_said(page, rules))) > 1:
        return False  # a title and a heading say it, each in its own words
    text = plain(_QUOTED.sub(" ", page.text))
    sentences = _pattern(rules.not_found_sentences).finditer(text)
    return not any(_is_spoken(text, found) for found in sentences)


def _said(page: PageFacts, rules: Rules) -> list[str]:
    """Return the parts of title and headings that are nothing but "not found"."""
    written = (page.title, *page.headings)
    return [part for one in written for part in parts_of(one)[1:] or parts_of(one)
            if _is_phrase(part, rules)]  # fmt: skip


def _is_named_so(page: PageFacts, rules: Rules, asked: str) -> bool:
    """Return whether the link asks for a page of that name: `/books/error-404`, a novel.

    Then "not found" is its subject, unless it speaks to who did not find it.
    """
    if page.prose_length <= _TINY or not asked:
        return False
    name = unquote(urlsplit(asked).path.rstrip("/").rpartition("/")[2])
    slug = set(plain(_ENDING.sub("", name).replace("_", " ")).split())
    written = (page.title, *page.headings)
    if not slug or not any(slug <= set(plain(one).split()) for one in written):
        return False
    if not any(slug & set(part.split()) for part in _said(page, rules)):
        return False
    beginning = _unquoted(page, rules)
    found = _pattern(rules.not_found_sentences).search(beginning)
    return found is None or (found[0].isascii() and not _TO_YOU.search(beginning))


def says_moved(page: PageFacts, title: str, rules: Rules) -> bool:
    """Return whether `title` says no more than "page has moved", and so does the text.

    Then the page may well show where to.
    """
    if not any(_MOVED.fullmatch(part) for part in parts_of(title)):
        return False
    rest = _MOVED.sub(" ", _unquoted(page, rules))
    return not _pattern(rules.not_found_sentences).search(rest)


def title_says_not_found(written: str, rules: Rules) -> bool:
    """Return whether one part of a title is nothing but "not found", in any known language."""
    if _announces(written, rules):
        return False
    return any(_is_phrase(part, rules) for part in parts_of(written))


def _title(page: PageFacts, rules: Rules, asked: str) -> str | None:
    for written in (page.title, *page.headings):
        if plain(written) in _WEAK_TITLES and page.prose_length > _TINY:
            continue
        if title_says_not_found(written, rules) and not _is_asked_number(written, page, asked):
            return written
    return None


def _announces(written: str, rules: Rules) -> bool:
    """Return whether "not found" only begins a headline: `Not found: the lost fleet of 1944`."""
    first, *rest = _AFTER_COLON.split(written, maxsplit=1)
    after = plain(" ".join(rest)).split()
    if len(after) <= _FEW or not _ERROR_WORDS.isdisjoint(after):
        return False
    return _is_phrase(plain(first), rules) and not _is_phrase(" ".join(after), rules)


def _is_asked_number(written: str, page: PageFacts, asked: str) -> bool:
    """Return whether 404 is what the link asks for: a year, a resolution, a room."""
    words = set(plain(asked).split())
    shown = set(plain(written).split())
    numbers = shown & words & _PADDING_NUMBERS
    return bool(numbers) and page.prose_length > _TINY and not shown & {"found", "error", "http"}


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


def _unmistakable(page: PageFacts, rules: Rules) -> str | None:
    """Return the beginning of a short page that says what only one kind of server says."""
    if page.prose_length > rules.error_page:
        return None
    beginning = plain(f"{page.text[: rules.sentence_within]} {page.scripts[:400]}")
    found = _pattern(rules.unmistakable).search(beginning)
    if not found:
        return None
    return _title(page, rules, "") or page.text[: rules.sentence_within // 2] or page.title


def _speaks_to_reader(page: PageFacts, rules: Rules) -> bool:
    """Return whether a long page, news around it, tells its reader that the page is missing."""
    if page.prose_length > rules.long_page:
        return False
    beginning = _unquoted(page, rules)
    found = _pattern(rules.not_found_sentences).search(beginning)
    return bool(found and _is_spoken(beginning, found))


def _is_spoken(beginning: str, found: re.Match[str]) -> bool:
    """Return whether the words around what was found are to the reader, or in another language."""
    around = beginning[max(found.start() - 80, 0) : found.end() + 20]
    return not found[0].isascii() or bool(_SPOKEN_TO.search(around))


def _sentence(page: PageFacts, rules: Rules) -> str | None:
    beginning = _unquoted(page, rules)
    found = _pattern(rules.not_found_sentences).search(beginning)
    if found and (page.prose_length <= rules.weak_page or _is_spoken(beginning, found)):
        return page.text[: rules.sentence_within // 2]
    if page.prose_length <= _TINY and beginning.startswith(_TINY_TEXT):
        return page.text[: rules.sentence_within // 2]
    if page.text_length <= rules.sentence_within // 4 and _CANNOT_GET.match(page.text):
        return page.text
    if page.text_length <= rules.sentence_within // 4 and title_says_not_found(page.text, rules):
        return page.text
    return None


def _unquoted(page: PageFacts, rules: Rules) -> str:
    """Return the beginning of the text without what it quotes from elsewhere."""
    return plain(_QUOTED.sub(" ", page.text)[: rules.sentence_within])


@lru_cache(maxsize=8)
def _pattern(phrases: tuple[str, ...]) -> re.Pattern[str]:
    return sentence_pattern(phrases)
