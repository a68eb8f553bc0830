"""Part the header from the text where one block holds both, with only `<br>` between.

Pages of 2001-2009 and before have texts without a `<p>`: lines, and empty lines between them.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from pipelines.sites.template import Field
from pipelines.statements.paragraphs import Anchor, Block
from pipelines.statements.unnamed_lines import leading_lines

_FEWEST_KINDS = 2


def with_header_apart(blocks: Sequence[Block], title: str | None) -> list[Block]:
    """Return `blocks` with the first that has text cut in two where its header ends."""
    for number, block in enumerate(blocks):
        if block.text and block.text != title:
            end = _header_end(block)
            cut = [block] if end is None else list(halves(block, end))
            return [*blocks[:number], *cut, *blocks[number + 1 :]]
    return list(blocks)


def _header_end(block: Block) -> int | None:
    """Return where the header ends in a block that goes on; None where it has none or is one.

    A header has two things at least. It ends at an empty line, or after the date where prose
    begins.
    """
    empty_lines = {a for a, b in itertools.pairwise(block.breaks) if a == b}
    kinds: set[Field] = set()
    end = None
    for _, line_end, fields in leading_lines(block):
        kinds |= fields
        if len(kinds) >= _FEWEST_KINDS and (Field.DATE in kinds or line_end in empty_lines):
            end = line_end
        if end in empty_lines and Field.DATE in kinds:
            break
    return end if end is not None and end < len(block.text) else None


def halves(block: Block, offset: int) -> tuple[Block, Block]:
    """Return a block's parts before and after `offset`, each with its own links and emphasis."""
    start = offset + (block.text[offset : offset + 1] == " ")
    before = block._replace(
        text=block.text[:offset],
        anchors=tuple(a for a in block.anchors if a.start < offset and a.end <= offset),
        breaks=tuple(b for b in block.breaks if b < offset),
        marks=tuple(m for m in block.marks if m[1] <= offset),
    )
    after = block._replace(
        text=block.text[start:],
        anchors=tuple(
            Anchor(a.href, max(0, a.start - start), max(0, a.end - start))
            for a in block.anchors
            if a.end > offset or a.start == offset
        ),
        breaks=tuple(b - start for b in block.breaks if b > start),
        marks=tuple(
            (max(0, first - start), last - start, kind)
            for first, last, kind in block.marks
            if last > start
        ),
    )
    return before, after
