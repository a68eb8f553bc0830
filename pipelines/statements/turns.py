"""Find who speaks in a transcript, and where a quoted text begins and ends."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipelines.statements.record import Turn

_UPPER = r"A-Z\u00c0-\u00de\u0100-\u017f"
_SPEAKER_WORD = rf"(?:[{_UPPER}][{_UPPER}.'\u2019\-]*|(?:Mc|Mac|de|van|al-)[{_UPPER}]+|#?\d+)"
_TURN = re.compile(
    rf"({_SPEAKER_WORD}(?:[ ,]+(?:{_SPEAKER_WORD}|[A-Z][a-z]*)){{0,6}})"
    r" ?(?:\([^()]{1,60}\) ?)?:\s"
)
_BEGIN = re.compile(r"(?i)[\[(\u201c\"*]*(?:begin|beginning of|start of) (?:of )?(?:the )?text\b")
_END = re.compile(r"(?i)[\[(\u201c\"*]*end (?:of )?(?:the )?text\b")
_FIRST_OF_BEGIN = frozenset('[(\u201c"*bBsS\u017f')  # what `_BEGIN` can begin with
_LONGEST_MARKER = 40
_FEWEST_TURNS = 2
_LONGEST_SPEAKER = 80


def quoted_text(paragraphs: Sequence[str]) -> tuple[int | None, int | None]:
    """Return the numbers of the paragraphs that say where a quoted text begins and ends."""
    begins = next(
        (
            number
            for number, text in enumerate(paragraphs)
            if text[0] in _FIRST_OF_BEGIN and _BEGIN.match(text)
        ),
        None,
    )
    ends = next(
        (
            number
            for number in range(len(paragraphs) - 1, -1, -1)
            if len(paragraphs[number]) <= _LONGEST_MARKER and _END.match(paragraphs[number])
        ),
        None,
    )
    return begins, ends


def turns_of(paragraphs: Sequence[str]) -> tuple[Turn, ...]:
    """Return the turns of a transcript; () for a text that is none."""
    starts = [
        (number, found[1])
        for number, text in enumerate(paragraphs)
        if text.find(":", 0, _LONGEST_SPEAKER) > 0 and (found := _TURN.match(text))
    ]
    if len(starts) < _FEWEST_TURNS:
        return ()
    ends = [*(number for number, _ in starts[1:]), len(paragraphs)]
    return tuple(
        [Turn(speaker, start, end) for (start, speaker), end in zip(starts, ends, strict=True)]
    )
