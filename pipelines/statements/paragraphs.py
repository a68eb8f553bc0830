"""Turn a part of a page into blocks of text: one for each paragraph, list item, cell or heading."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from selectolax.lexbor import LexborNode

BLOCKS = frozenset(
    """
    address article aside blockquote body caption center dd details dialog dir div dl dt
    fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li
    main menu nav ol p pre section summary table tbody td tfoot th thead tr ul
    """.split()  # noqa: SIM905 - a list of names is easier read without quotes
)
SKIPPED = frozenset(
    """
    script style noscript template svg math iframe object embed select textarea button head
    title audio video canvas -comment -doctype
    """.split()  # noqa: SIM905 - a list of names is easier read without quotes
)
MARKS = {"em": "em", "i": "em", "strong": "strong", "b": "strong", "sup": "sup", "sub": "sub"}
_LISTS = ("ul", "ol")
_LONG = 60  # characters


class Anchor(NamedTuple):
    """An `<a href>` in a block: the href as written and the span of its text in the block's."""

    href: str
    start: int
    end: int


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
    anchors: tuple[Anchor, ...] = ()
    breaks: tuple[int, ...] = ()
    marks: tuple[tuple[int, int, str], ...] = ()
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


def squeezed(text: str) -> str:
    """Return `text` with every run of white space, no-break spaces too, as one space.

    What `" ".join(text.split())` does, three times as fast for the long texts of paragraphs:
    of all white space only the space itself is printable.
    """
    if len(text) < _LONG:
        return " ".join(text.split())
    text = text.replace("\n", " ").replace("\xa0", " ")
    if not text.isprintable():
        return " ".join(text.split())
    while "  " in text:
        text = text.replace("  ", " ")
    return text.strip()


class _OpenAnchor:
    __slots__ = ("href", "kept", "piece", "start")

    def __init__(self, href: str, start: int, piece: int) -> None:
        self.href = href
        self.start = start
        self.piece = piece  # the number of the piece of text that will lie at `start`
        self.kept = False


class _Builder:
    """Collects the text of the block at hand and cuts it where a block element begins or ends."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.kinds: list[str] = ["p"]
        self.lists: list[int] = []  # the next number of each list around; -1 in unordered ones
        self.bullet = ""
        self.row = 0
        self.in_row = 0
        self.quotes = 0
        self.open: _OpenAnchor | None = None
        self.open_marks: dict[str, int] = {}  # where each kind of emphasis began
        self.emphasis = dict.fromkeys(
            MARKS.values(), 0
        )  # and how many elements of the kind are open
        self._reset()

    def _reset(self) -> None:
        self.pieces: list[str] = []
        self.length = 0
        self.pending = False
        self.anchors: list[Anchor] = []
        self.breaks: list[int] = []
        self.marks: list[tuple[int, int, str]] = []

    def add(self, text: str) -> None:
        """Append a text node."""
        joined = squeezed(text)
        if not joined:
            self.pending = True
            return
        if self.length and (self.pending or text[0].isspace()):
            self.pieces.append(" ")
            self.length += 1
        self.pieces.append(joined)
        self.length += len(joined)
        self.pending = text[-1].isspace()

    def line_break(self) -> None:
        self.pending = True
        self.breaks.append(self.length)

    def begin(self, tag: str) -> None:
        """Enter a block element."""
        self.flush()
        self.kinds.append(tag)
        if tag == "li":
            self._begin_item()
        elif tag in _LISTS:
            self.lists.append(1 if tag == "ol" else -1)
        elif tag == "tr":
            self.row += 1
            self.in_row += 1
        elif tag == "blockquote":
            self.quotes += 1

    def _begin_item(self) -> None:
        number = self.lists[-1] if self.lists else -1
        self.bullet = "-" if number < 0 else f"{number}."
        if number > 0:
            self.lists[-1] += 1

    def end(self, tag: str) -> None:
        """Leave a block element."""
        self.flush()
        self.kinds.pop()
        if tag in _LISTS:
            self.lists.pop()
        elif tag == "li":
            self.bullet = ""
        elif tag == "tr":
            self.in_row -= 1
        elif tag == "blockquote":
            self.quotes -= 1

    def begin_anchor(self, href: str) -> None:
        start = self._next_offset()
        self.open = _OpenAnchor(href, start, len(self.pieces) + start - self.length)

    def end_anchor(self) -> None:
        if self.open and not self.open.kept:
            self._keep_anchor(self.open)
        self.open = None

    def _keep_anchor(self, anchor: _OpenAnchor) -> None:
        start = min(anchor.start, self.length)
        if start and start < self.length and self.pieces[anchor.piece] == " ":
            start += 1
        self.anchors.append(Anchor(href=anchor.href, start=start, end=self.length))
        anchor.kept = True

    def begin_mark(self, kind: str) -> None:
        """Enter an element of emphasis; one within another of its kind adds nothing."""
        if not self.emphasis[kind]:
            self.open_marks[kind] = self._next_offset()
        self.emphasis[kind] += 1

    def _next_offset(self) -> int:
        """Return where the next text will start, the space before it left out."""
        return self.length + (self.pending and self.length > 0)

    def end_mark(self, kind: str) -> None:
        self.emphasis[kind] -= 1
        if not self.emphasis[kind]:
            start = self.open_marks.pop(kind)
            if start < self.length:
                self.marks.append((start, self.length, kind))

    def flush(self) -> None:
        """End the block at hand; one without text and anchors leaves nothing."""
        if not self.pieces and not self.anchors:
            if self.breaks:
                self.breaks = []
            self.pending = False
            return
        if self.open and not self.open.kept and self.open.start < self.length:
            self._keep_anchor(self.open)
        for kind, start in self.open_marks.items():
            if start < self.length:
                self.marks.append((start, self.length, kind))
        self._append()
        self._reset()
        if self.open:
            self.open.start = self.open.piece = 0
        self.open_marks = dict.fromkeys(self.open_marks, 0)

    def _append(self) -> None:
        self.blocks.append(
            Block(
                kind=self.kinds[-1],
                text="".join(self.pieces),
                anchors=tuple(self.anchors),
                breaks=tuple(self.breaks),
                marks=tuple(self.marks),
                depth=len(self.lists),
                bullet=self.bullet,
                row=self.row if self.in_row > 0 else None,
                quoted=self.quotes > 0,
            )
        )
        self.bullet = ""


def read_blocks(roots: Iterable[LexborNode]) -> list[Block]:
    """Return the blocks below `roots` in document order.

    Scripts, frames and form fields are left out. Walks without recursion: pages nest as deep as
    they like.
    """
    builder = _Builder()
    for root in roots:
        _walk(root, builder)
        builder.flush()
    return builder.blocks


def _walk(root: LexborNode, builder: _Builder) -> None:
    stack: list[tuple[Iterator[LexborNode], str]] = [(root.iter(include_text=True), "")]
    while stack:
        children, parent = stack[-1]
        for child in children:
            tag = child.tag or ""
            if tag == "-text":
                builder.add(child.text_content or "")
            elif tag == "br":
                builder.line_break()
            elif tag not in SKIPPED:
                _enter(child, tag, builder)
                stack.append((child.iter(include_text=True), tag))
                break
        else:
            stack.pop()
            _leave(parent, builder)


def _enter(node: LexborNode, tag: str, builder: _Builder) -> None:
    if tag in BLOCKS:
        builder.begin(tag)
    elif tag == "a":
        href = node.attributes.get("href")
        if href is not None:
            builder.begin_anchor(href)
    elif tag in MARKS:
        builder.begin_mark(MARKS[tag])


def _leave(tag: str, builder: _Builder) -> None:
    if tag in BLOCKS:
        builder.end(tag)
    elif tag == "a":
        builder.end_anchor()
    elif tag in MARKS:
        builder.end_mark(MARKS[tag])
