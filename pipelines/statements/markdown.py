"""Write the blocks of a body as Markdown: emphasis, lists, tables, quotations and links kept."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby

from pipelines.statements.paragraphs import Block
from pipelines.statements.wrappers import mask_personal

_TOKENS = {"em": ("*", "*"), "strong": ("**", "**"), "sup": ("<sup>", "</sup>")}
_TOKENS["sub"] = ("<sub>", "</sub>")
_MARKUP = "\\`*_[]<>"
_ESCAPES = str.maketrans({character: f"\\{character}" for character in _MARKUP})
_LINE_START = re.compile(r"^(\s*)([#>+\-]|\d+[.)])(?=\s)")
_HEADING = re.compile(r"h([1-6])")


def markdown(blocks: Iterable[Block]) -> str:
    """Return CommonMark with pipe tables; headings keep their level."""
    parts: list[str] = []
    in_list = False
    for row, group in groupby((block for block in blocks if block.text), key=lambda b: b.row):
        if row is not None:
            cells = [_inline(block).replace("|", "\\|") for block in group]
            parts.append(("\n\n" if not _is_row(parts) else "\n") + _row(cells, _is_row(parts)))
            continue
        for block in group:
            is_item = block.depth > 0
            parts.append(("\n" if is_item and in_list else "\n\n") + _block(block))
            in_list = is_item
    return "".join(parts).strip()


def _is_row(parts: list[str]) -> bool:
    return bool(parts) and parts[-1].lstrip("\n").startswith("| ")


def _row(cells: list[str], goes_on: bool) -> str:
    line = "| " + " | ".join(cells) + " |"
    return line if goes_on else f"{line}\n|{' --- |' * len(cells)}"


def _block(block: Block) -> str:
    text = _inline(block)
    heading = _HEADING.fullmatch(block.kind)
    if heading:
        text = f"{'#' * int(heading[1])} {text}"
    elif block.depth:
        indent = "  " * (block.depth - 1)
        text = f"{indent}{block.bullet + ' ' if block.bullet else '  '}{text}"
    else:
        text = _LINE_START.sub(r"\1\\\2", text)
    return f"> {text}" if block.quoted else text


def _inline(block: Block) -> str:
    """Return the block's text with its marks, links and line breaks put in."""
    if not (block.marks or block.anchors or block.breaks):
        return _escaped(block.text)
    tokens = sorted(_tokens(block))
    out: list[str] = []
    at = 0
    for offset, _, token in tokens:
        if offset > at:
            out.append(_escaped(block.text[at:offset]))
            at = offset
        out.append(token)
    out.append(_escaped(block.text[at:]))
    return "".join(out)


def _tokens(block: Block) -> Iterator[tuple[int, tuple[int, int], str]]:
    """Yield (offset, order among those at one offset, text); what closes comes first."""
    text = block.text
    for start, end, kind in block.marks:
        first, last = _trimmed(text, start, end)
        if first < last:
            yield first, (2, -last), _TOKENS[kind][0]
            yield last, (0, -first), _TOKENS[kind][1]
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


def _escaped(text: str) -> str:
    """Return `text` with what Markdown takes for markup escaped; most text has none of it."""
    if not any(map(text.__contains__, _MARKUP)):
        return text
    return text.translate(_ESCAPES)
