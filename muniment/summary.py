"""The summary of a run for the terminal: its figures, what to know about it, where things are."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Mapping, Sequence

from muniment.status import StageOutcome

LINES = 25
_INDENT = 11
_NOTE = "  ! "
_URL = re.compile(r"https?://[^\s,;()<>]+")
_NARROWEST = 40


def summary(
    head: str,
    outcomes: Sequence[StageOutcome],
    places: Mapping[str, str],
    width: int | None = None,
) -> list[str]:
    """Return at most 25 lines: `head`, what each stage did, the notes, the `places` by name.

    With a `width` no line but that of a place is longer: text goes on in the next line, and a
    URL that would not fit loses its middle. Without, each note is one line. Notes there is no
    room for are counted; those of a run that failed matter most, so they come first.
    """
    lines = [head]
    for outcome in outcomes:
        lines += _figures(outcome, width)
    ends = [f"  {name:<8} {place}" for name, place in places.items()]
    ordered = sorted(outcomes, key=lambda outcome: not outcome.status)
    notes = [_note(note, width) for outcome in ordered for note in outcome.notes]
    return lines + _fitting(notes, LINES - len(lines) - len(ends)) + ends


def _figures(outcome: StageOutcome, width: int | None) -> list[str]:
    told = ", ".join(f"{value} {name}" for name, value in outcome.figures.items())
    if not told:
        return []
    return _wrapped(f"  {outcome.stage:<8} ", f"{told} ({outcome.seconds:.1f} s)", width)


def _note(note: str, width: int | None) -> list[str]:
    if width is None:
        return [_NOTE + note]
    room = max(width, _NARROWEST) - len(_NOTE) - 2
    return _wrapped(_NOTE, _URL.sub(lambda match: _elided(match[0], room), note), width)


def _wrapped(start: str, text: str, width: int | None) -> list[str]:
    if width is None:
        return [start + text]
    return textwrap.wrap(
        text,
        max(width, _NARROWEST),
        initial_indent=start,
        subsequent_indent=" " * len(start),
        break_long_words=False,
        break_on_hyphens=False,
    )


def _elided(url: str, room: int) -> str:
    """Return `url` without its middle where it is longer than `room`; its end tells most."""
    if len(url) <= room:
        return url
    front = room // 3
    return f"{url[:front]}…{url[front + 1 - room :]}"


def _fitting(notes: list[list[str]], room: int) -> list[str]:
    """Return the lines of as many notes as fit into `room` lines, and how many do not."""
    if sum(map(len, notes)) <= room:
        return [line for note in notes for line in note]
    shown: list[str] = []
    for number, note in enumerate(notes):
        if len(shown) + len(note) >= room:
            return [*shown, f"  ... and {len(notes) - number} more notes, in the log"]
        shown += note
    return shown
