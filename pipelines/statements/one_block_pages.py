"""Part the header from the text where one block holds both, with only `<br>` between.

Pages of 2001-2009 and before have texts without a `<p>`: lines, and empty lines between them.
"""

from __future__ import annotations

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

    A header has a date and something else; it ends at an empty line, or where prose begins.
    """
    empty_lines = {a for a, b in zip(block.breaks, block.breaks[1:], strict=False) if a == b}
    kinds: set[Field] = set()
    end = 0
    for start, end_of_line, fields in leading_lines(block):
        kinds |= fields
        end = end_of_line
        if Field.DATE in kinds and end in empty_lines and start:
            break
    is_header = Field.DATE in kinds and len(kinds) >= _FEWEST_KINDS
    return end if is_header and end < len(block.text) else None


def halves(block: Block, offset: int) -> tuple[Block, Block]:
    """Return a block's parts before and after `offset`, each with its own links and emphasis."""
    start = offset + (block.text[offset : offset + 1] == " ")
    before = block._replace(
        text=block.text[:offset],
        anchors=tuple(a for a in block.anchors if a.end <= offset),
        breaks=tuple(b for b in block.breaks if b < offset),
        marks=tuple(m for m in block.marks if m[1] <= offset),
    )
    after = block._replace(
        text=block.text[start:],
        anchors=tuple(
            Anchor(a.href, max(0, a.start - start), a.end - start)
            for a in block.anchors
            if a.end > offset
        ),
        breaks=tuple(b - start for b in block.breaks if b > start),
        marks=tuple(
            (max(0, first - start), last - start, kind)
            for first, last, kind in block.marks
            if last > start
        ),
    )
    return before, after
