"""The rules of judging as one value, so that old evidence can be judged again by new ones."""

from __future__ import annotations

from dataclasses import dataclass

from pipelines.verdicts.fingerprints import (
    DIFFICULTIES,
    LOGIN_HOSTS,
    LOGIN_WORDS,
    PARKED,
    PARKING_HOSTS,
    SHORTENERS,
    WALLS,
    Fingerprint,
)
from pipelines.verdicts.gates import AGE_TEXTS, CONSENT_HEADINGS, LOGIN_HEADINGS, LOGIN_TEXTS
from pipelines.verdicts.not_found_further import FURTHER_SENTENCES, FURTHER_TITLES
from pipelines.verdicts.not_found_sentences import SENTENCES
from pipelines.verdicts.not_found_titles import TITLES
from pipelines.verdicts.phrases import (
    ABANDONED,
    ABANDONED_TITLES,
    DEFAULTS,
    PADDING,
    PAUSED,
    PAUSED_TITLES,
)
from pipelines.verdicts.rules_version import RULES_VERSION
from pipelines.verdicts.server_messages import UNMISTAKABLE
from pipelines.verdicts.wall_marks import FURTHER_WALLS

__all__ = ["RULES_VERSION", "Rules"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """Tables and limits that a verdict depends on; `version` is written beside each verdict.

    Limits count characters of a page's prose (`Page.prose_length`): up to `short_page` a title
    that says "not found" decides, up to `long_page` where the text says so to its reader too, up to
    `error_page` a sentence to the reader at the beginning of the text, up to `weak_page` any.
    Beyond `sure_page` a title alone is doubted, beyond `own_page` it is that of a page on a server
    that answers 404 to an address that was made up.
    """

    version: str = RULES_VERSION
    short_page: int = 1800
    long_page: int = 8000
    error_page: int = 900
    weak_page: int = 320
    sure_page: int = 300
    own_page: int = 600
    sentence_within: int = 400
    title_padding: frozenset[str] = PADDING
    not_found_titles: frozenset[str] = TITLES | FURTHER_TITLES
    not_found_sentences: tuple[str, ...] = SENTENCES + FURTHER_SENTENCES
    unmistakable: tuple[str, ...] = UNMISTAKABLE
    paused: tuple[str, ...] = PAUSED
    paused_titles: frozenset[str] = frozenset(PAUSED_TITLES)
    abandoned: tuple[str, ...] = ABANDONED
    abandoned_titles: frozenset[str] = frozenset(ABANDONED_TITLES)
    defaults: tuple[str, ...] = DEFAULTS
    walls: tuple[Fingerprint, ...] = WALLS + FURTHER_WALLS
    difficulties: tuple[Fingerprint, ...] = DIFFICULTIES
    login_headings: frozenset[str] = LOGIN_HEADINGS
    login_texts: tuple[str, ...] = LOGIN_TEXTS
    age_texts: tuple[str, ...] = AGE_TEXTS
    consent_headings: frozenset[str] = frozenset(CONSENT_HEADINGS)
    login_words: frozenset[str] = LOGIN_WORDS
    login_hosts: tuple[str, ...] = LOGIN_HOSTS
    parked: tuple[Fingerprint, ...] = PARKED
    parking_hosts: tuple[str, ...] = PARKING_HOSTS
    shorteners: frozenset[str] = SHORTENERS
