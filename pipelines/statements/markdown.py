"""Write the blocks of a body as Markdown: emphasis, lists, tables, quotations and links kept."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import attrgetter

from pipelines.statements.paragraphs import Block
from pipelines.statements.wrappers import mask_personal

_TOKENS = {"em": ("*", "*"), "strong": ("**", "**"), "sup": ("<sup>", "</sup>")}
_TOKENS["sub"] = ("<sub>", "</sub>")
_MARKUP = "\\`*_[]<>"  # the backslash first, or it would be escaped twice
_LINE_START = re.compile(r"([#>+\-]|\d+[.)])(?=\s)")
_LINE_START_WITHIN = re.compile(rf"\n{_LINE_START.pattern}")
_HEADINGS = {f"h{level}": f"{'#' * level} " for level in range(1, 7)}


def markdown(blocks: Iterable[Block]) -> str:
    """Return CommonMark with pipe tables; headings keep their level."""
    shown = [block for block in blocks if block.text]
    writer = _Writer("\n".join(["", *[block.text for block in shown]]))
    parts: list[str] = []
    in_list = False
    for row, group in groupby(shown, key=attrgetter("row")):
        if row is not None:
            cells = [writer.inline(block).replace("|", "\\|") for block in group]
            parts.append(("\n\n" if not _is_row(parts) else "\n") + _row(cells, _is_row(parts)))
            continue
        for block in group:
            is_item = block.depth > 0
            parts.append("\n" if is_item and in_list else "\n\n")
            parts.append(writer.block(block))
            in_list = is_item
    return "".join(parts).strip()


def _is_row(parts: list[str]) -> bool:
    return bool(parts) and parts[-1].lstrip("\n").startswith("| ")


def _row(cells: list[str], goes_on: bool) -> str:
    line = "| " + " | ".join(cells) + " |"
    return line if goes_on else f"{line}\n|{' --- |' * len(cells)}"


class _Writer:
    """Writes the blocks whose texts, each after a line feed, are `text`.

    What Markdown takes for markup is looked for once in all of it: most texts have none.
    """

    def __init__(self, text: str) -> None:
        self._special = [character for character in _MARKUP if character in text]
        self._has_starts = _LINE_START_WITHIN.search(text) is not None

    def block(self, block: Block) -> str:
        """Return a block that is no cell of a table."""
        text = self.inline(block)
        if block.kind in _HEADINGS:
            text = _HEADINGS[block.kind] + text
        elif block.depth:
            indent = "  " * (block.depth - 1)
            text = f"{indent}{block.bullet + ' ' if block.bullet else '  '}{text}"
        elif self._has_starts and _LINE_START.match(text):
            text = _LINE_START.sub(r"\\\1", text, count=1)
        return f"> {text}" if block.quoted else text

    def inline(self, block: Block) -> str:
        """Return the block's text with its marks, links and line breaks put in."""
        _, text, anchors, breaks, marks, *_ = block
        if not (marks or anchors or breaks):
            return self._escaped(text) if self._special else text
        if len(marks) == 1 and not (anchors or breaks):
            return self._marked(text, *marks[0])
        out: list[str] = []
        at = 0
        for offset, _, token in sorted(_tokens(block)):
            if offset > at:
                out.append(self._escaped(text[at:offset]))
                at = offset
            out.append(token)
        out.append(self._escaped(text[at:]))
        return "".join(out)

    def _marked(self, text: str, start: int, end: int, kind: str) -> str:
        """Return a text with one mark and no more, as most that are not plain are."""
        start, end = _trimmed(text, start, end)
        if start >= end:
            return self._escaped(text)
        opening, closing = _TOKENS[kind]
        before, marked, after = text[:start], text[start:end], text[end:]
        if self._special:
            before, marked, after = map(self._escaped, (before, marked, after))
        return f"{before}{opening}{marked}{closing}{after}"

    def _escaped(self, text: str) -> str:
        for character in self._special:
            text = text.replace(character, "\\" + character)
        return text


def _tokens(block: Block) -> Iterator[tuple[int, tuple[int, int], str]]:
    """Yield (offset, order among those at one offset, text); what closes comes first."""
    text = block.text
    for start, end, kind in block.marks:
        first, last = _trimmed(text, start, end)
        if first < last:
            opening, closing = _TOKENS[kind]
            yield first, (2, -last), opening
            yield last, (0, -first), closing
    for anchor in block.anchors:
        first, last = _trimmed(text, anchor.start, anchor.end)
        if first < last:
            yield first, (1, -last), "["
            yield last, (0, -first + 1), f"]({_destination(anchor.href)})"
    for offset in block.breaks:
        if 0 < offset < len(text):
            yield offset, (1, 0), "\\\n"


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the span without white space at its ends: emphasis may not begin with a space."""
    while start < end and text[start] == " ":
        start += 1
    while start < end and text[end - 1] == " ":
        end -= 1
    return start, end


def _destination(href: str) -> str:
    href = mask_personal(href.strip())
    return f"<{href}>" if re.search(r"[\s()]", href) else href
