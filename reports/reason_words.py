"""What a reason code means, in plain words that hold for every link that has it."""

from __future__ import annotations

import re

from pipelines.verdicts.reasons import REASONS

_FACT = re.compile(r"\{[^{}]*\}")


def reason_words(code: str) -> str:
    """Return the sentence of a reason with "…" for what differs from link to link; "" for none."""
    reason = REASONS.get(code)
    return _FACT.sub("…", reason.sentence) if reason else ""
