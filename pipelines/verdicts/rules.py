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
from pipelines.verdicts.not_found_sentences import SENTENCES
from pipelines.verdicts.not_found_titles import TITLES
from pipelines.verdicts.phrases import ABANDONED, DEFAULTS, PADDING, PAUSED

RULES_VERSION = "2026.1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """Tables and limits that a verdict depends on; `version` is written beside each verdict.

    Limits count characters of a page's prose (`Page.prose_length`): up to `short_page` a title
    that says "not found" decides, up to `error_page` a sentence at the beginning of the text.
    """

    version: str = RULES_VERSION
    short_page: int = 1800
    error_page: int = 900
    sentence_within: int = 400
    title_padding: frozenset[str] = PADDING
    not_found_titles: frozenset[str] = TITLES
    not_found_sentences: tuple[str, ...] = SENTENCES
    paused: tuple[str, ...] = PAUSED
    abandoned: tuple[str, ...] = ABANDONED
    defaults: tuple[str, ...] = DEFAULTS
    walls: tuple[Fingerprint, ...] = WALLS
    difficulties: Fingerprint = DIFFICULTIES
    login_words: frozenset[str] = LOGIN_WORDS
    login_hosts: tuple[str, ...] = LOGIN_HOSTS
    parked: tuple[Fingerprint, ...] = PARKED
    parking_hosts: tuple[str, ...] = PARKING_HOSTS
    shorteners: frozenset[str] = SHORTENERS
