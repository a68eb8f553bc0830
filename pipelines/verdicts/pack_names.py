"""The names of the definitions of "dead", apart from them: settings need no more."""

from __future__ import annotations

from enum import StrEnum


class PackName(StrEnum):
    """The definitions there are; `pipelines.verdicts.packs` has them."""

    STRICT = "strict"
    PEW2024 = "pew2024"
    IABOT = "iabot"
