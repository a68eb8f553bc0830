"""The line ends that close a record."""

from __future__ import annotations

import re
from dataclasses import dataclass

from warc.files.text import Text

_LINE_ENDS = re.compile(rb"(?:\r*\n){0,2}")
_LONGEST = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class LineEnds:
    """`count` line ends up to `position`; `follows` says whether the member has more than blanks.

    `count` is at most 2, what WARC 1.1 section 4 asks for.
    """

    count: int
    position: int
    follows: bool


def pass_line_ends(text: Text) -> LineEnds:
    """Return the line ends here and pass every blank line of the member behind them."""
    text.ensure(_LONGEST)
    match = _LINE_ENDS.match(text.buffer, text.at)
    end = text.at if match is None else match.end()
    count = text.buffer.count(b"\n", text.at, end)
    text.at = end
    position = text.position
    return LineEnds(count=count, position=position, follows=text.skip_blank_of_member())
