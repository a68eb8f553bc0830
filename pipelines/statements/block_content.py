"""What a block holds: texts, and which of them lie in emphasis, in links, before a line break."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

MARKS = {"em": "em", "i": "em", "strong": "strong", "b": "strong", "sup": "sup", "sub": "sub"}
_LONG = 60  # characters


class Anchor(NamedTuple):
    """An `<a href>` in a block: the href as written and the span of its text in the block's."""

    href: str
    start: int
    end: int


Anchors = tuple[Anchor, ...]
Breaks = tuple[int, ...]
Marks = tuple[tuple[int, int, str], ...]
Content = tuple[str, Anchors, Breaks, Marks]


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


class Draft:
    """The block at hand while a page is walked: its `texts` as they come, and what they lie in.

    Spans count texts, not characters, until `finish` reduces the white space. Links and emphasis
    that are open then go on in the next block; a link counts in the first that has text of it.
    """

    def __init__(self) -> None:
        self.texts: list[str] = []
        self._is_plain = True  # nothing but texts so far
        self._breaks: list[int] = []
        self._anchors: list[tuple[int, int, str]] = []
        self._marks: list[tuple[int, int, str]] = []
        self._link: tuple[int, str] | None = None  # where the open link began, and its href
        self._open_marks: dict[str, int] = {}  # where each kind of emphasis began
        self._emphasis = dict.fromkeys(MARKS.values(), 0)  # how many elements of it are open

    def add(self, text: str) -> None:
        """Take a text; white space alone begins no block."""
        if self.texts or not text.isspace():
            self.texts.append(text)

    def break_line(self) -> None:
        """Take a `<br>`."""
        self._is_plain = False
        self._breaks.append(len(self.texts))
        self.texts.append(" ")

    def begin_mark(self, kind: str) -> None:
        """Begin emphasis; within another of its kind it adds nothing."""
        if not self._emphasis[kind]:
            self._is_plain = False
            self._open_marks[kind] = len(self.texts)
        self._emphasis[kind] += 1

    def end_mark(self, kind: str) -> None:
        """End emphasis."""
        self._emphasis[kind] -= 1
        if not self._emphasis[kind]:
            self._marks.append((self._open_marks.pop(kind), len(self.texts), kind))

    def begin_anchor(self, href: str) -> None:
        """Begin a link."""
        self._is_plain = False
        self._link = len(self.texts), href

    def end_anchor(self) -> None:
        """End the link, if there is one that does not count yet."""
        if self._link:
            start, href = self._link
            if not self.texts:
                self.texts.append("")  # a link without text makes a block all the same
            self._anchors.append((start, len(self.texts), href))
            self._link = None

    def finish(self) -> Content | None:
        """Return what the block holds and begin the next; None where it has no text and no link."""
        if self._is_plain:
            texts = self.texts
            text = squeezed(texts[0] if len(texts) == 1 else "".join(texts))
            texts.clear()
            return (text, (), (), ()) if text else None
        text, begins, ends = _joined(self.texts)
        anchors = self._settled_anchors(text, begins, ends) if self._anchors or self._link else ()
        marks = self._marks
        if self._open_marks:
            marks += [(first, -1, kind) for kind, first in self._open_marks.items()]
        content = (
            text,
            anchors,
            tuple([ends[count] for count in self._breaks]) if self._breaks else (),
            tuple([(begins[a], ends[b], kind) for a, b, kind in marks if begins[a] < ends[b]]),
        )
        self._begin()
        return content if text or anchors else None

    def _begin(self) -> None:
        """Begin the next block with the links and the emphasis that are open."""
        self.texts.clear()
        self._breaks = []
        self._marks = []
        if self._open_marks:
            self._open_marks = dict.fromkeys(self._open_marks, 0)
        self._is_plain = not (self._open_marks or self._link)

    def _settled_anchors(self, text: str, begins: Sequence[int], ends: Sequence[int]) -> Anchors:
        """Return the links of the block; an open one counts if the block has text of it."""
        spans = self._anchors
        self._anchors = []
        if self._link:
            first, href = self._link
            counts = begins[first] < ends[-1]
            self._link = None if counts else (0, href)
            if counts:
                spans.append((first, -1, href))
        return tuple(
            [_anchor(text, begins[first], ends[last], href) for first, last, href in spans]
        )


def _anchor(text: str, start: int, end: int, href: str) -> Anchor:
    """Return the link of a span, without the space that may begin it."""
    start = min(start, end)
    if 0 < start < end and text[start] == " ":
        start += 1
    return Anchor(href, start, end)


def _joined(texts: Sequence[str]) -> tuple[str, list[int], list[int]]:
    """Return texts joined by one space where there was white space, and where each lies.

    After `n` of them, the next begins at the `n`-th of the first offsets, and the last has ended
    at the `n`-th of the others.
    """
    pieces: list[str] = []
    begins, ends = [0], [0]
    length = 0
    pending = False  # white space is due before the next text
    for text in texts:
        joined = squeezed(text)
        if not joined:
            pending = True
        else:
            if length and (pending or text[0].isspace()):
                pieces.append(" ")
                length += 1
            pieces.append(joined)
            length += len(joined)
            pending = text[-1].isspace()
        begins.append(length + 1 if pending and length else length)
        ends.append(length)
    return "".join(pieces), begins, ends
