"""Turn a part of a page into blocks of text: one for each paragraph, list item, cell or heading."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from selectolax.lexbor import LexborNode

from pipelines.statements.block_content import Anchor, Anchors, Breaks, Draft, Marks, squeezed
from pipelines.statements.block_walk import BLOCK_NAMES, turns
from pipelines.statements.nodes import tag_names

__all__ = ["Anchor", "Block", "read_blocks", "squeezed"]


class Block(NamedTuple):
    """The text of one block element, white space reduced to one space.

    A tuple, not a dataclass: there are hundreds a page, and they are made five times as fast.

    `kind` is the element's name. `breaks` are the offsets of `<br>`, `marks` spans of emphasis
    (start, end, kind). `depth` counts the lists around, `bullet` is the item's first marker
    ("-" or "3."), `row` numbers table rows over the whole part. Text may be empty where a block
    has only anchors.
    """

    kind: str
    text: str
    anchors: Anchors = ()
    breaks: Breaks = ()
    marks: Marks = ()
    depth: int = 0
    bullet: str = ""
    row: int | None = None
    quoted: bool = False

    def lines(self) -> list[str]:
        """Return the text cut at its `<br>`s, without empty lines."""
        return [self.text[start:end] for start, end in self.line_spans()]

    def line_spans(self) -> list[tuple[int, int]]:
        """Return where the lines that `lines` returns start and end in the text."""
        cuts = [0, *self.breaks, len(self.text)]
        spans = []
        for first, last in itertools.pairwise(cuts):
            start = first + (self.text[first:last][:1] == " ")
            if start < last:
                spans.append((start, last))
        return spans


def read_blocks(roots: Iterable[LexborNode]) -> Iterator[Block]:
    """Return the blocks below `roots` in document order, each when it is read.

    Scripts, frames and form fields are left out. Walks without recursion: pages nest as deep as
    they like.
    """
    return itertools.chain.from_iterable(map(_Reader().read, roots))


class _Reader:
    """Walks a part of a page and cuts a block wherever the element of one begins or ends."""

    def __init__(self) -> None:
        self._draft = Draft()
        self._kinds = ["p"]
        self._lists: list[int] = []  # the next number of each list around; -1 in unordered ones
        self._bullet = ""
        self._row = 0
        self._in_row = 0
        self._quotes = 0
        self._place: tuple[int, str, int | None, bool] = (0, "", None, False)

    def read(self, root: LexborNode) -> Iterator[Block]:
        """Yield the blocks below `root`."""
        texts = self._draft.texts
        for tag in turns(root, self._draft):
            if texts and (block := self._cut()):
                yield block
            if tag > 0:
                self._kinds.append(BLOCK_NAMES[tag])
            else:
                self._kinds.pop()
            if tag in _TURNS:
                _TURNS[tag](self)
                self._moved()
        if block := self._cut():
            yield block

    def _cut(self) -> Block | None:
        """End the block at hand; one without text and anchors leaves nothing."""
        content = self._draft.finish()
        if content is None:
            return None
        block = Block(self._kinds[-1], *content, *self._place)
        if self._bullet:
            self._bullet = ""
            self._moved()
        return block

    def _moved(self) -> None:
        row = self._row if self._in_row > 0 else None
        self._place = (len(self._lists), self._bullet, row, self._quotes > 0)

    def begin_item(self) -> None:
        number = self._lists[-1] if self._lists else -1
        self._bullet = "-" if number < 0 else f"{number}."
        if number > 0:
            self._lists[-1] += 1

    def end_item(self) -> None:
        self._bullet = ""

    def begin_numbered(self) -> None:
        self._lists.append(1)

    def begin_list(self) -> None:
        self._lists.append(-1)

    def end_list(self) -> None:
        self._lists.pop()

    def begin_row(self) -> None:
        self._row += 1
        self._in_row += 1

    def end_row(self) -> None:
        self._in_row -= 1

    def begin_quotation(self) -> None:
        self._quotes += 1

    def end_quotation(self) -> None:
        self._quotes -= 1


_BEGINS: dict[str, Callable[[_Reader], None]] = {
    "li": _Reader.begin_item,
    "ol": _Reader.begin_numbered,
    "ul": _Reader.begin_list,
    "tr": _Reader.begin_row,
    "blockquote": _Reader.begin_quotation,
}
_ENDS: dict[str, Callable[[_Reader], None]] = {
    "li": _Reader.end_item,
    "ol": _Reader.end_list,
    "ul": _Reader.end_list,
    "tr": _Reader.end_row,
    "blockquote": _Reader.end_quotation,
}
# What happens where an element of a block begins, and (under minus its tag) where it ends.
_TURNS: dict[int, Callable[[_Reader], None]] = {
    sign * tag: actions[name]
    for sign, actions in ((1, _BEGINS), (-1, _ENDS))
    for tag, name in tag_names(actions).items()
}
