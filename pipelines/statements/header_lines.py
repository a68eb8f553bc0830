"""The lines of a statement's header that elements name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from selectolax.lexbor import LexborNode

from pipelines.sites.template import Field
from pipelines.statements.nodes import TEXT, tag_names
from pipelines.statements.speakers import Speaker

_LABEL_SEPARATORS = re.compile(r"[^a-z]+")
_INLINE = tag_names(("b", "strong", "i", "em", "font", "a", "u", "sup", "sub"))
_UNREAD_TAGS = tag_names(("script", "style", "h1"))
_CUTS = tag_names(("br", "p", "div", "li"))
_LAYOUT_NAMES = frozenset({"templatefields", "top-meta", "article-meta", "row", "columns"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line of a header.

    `group` tells which element it shares with which other lines; `speakers` are those that the
    line's bold type tells from their roles.
    """

    text: str
    field: Field | None = None
    group: int = 0
    speakers: tuple[Speaker, ...] = ()


def labelled_lines(root: LexborNode, parts: Sequence[tuple[str, Field]]) -> list[Line]:
    """Return the lines below `root`, cut at elements and `<br>`, with the field each is named."""
    lines: list[Line] = []
    words: list[str] = []
    owner = root

    def cut() -> None:
        name, group = _label(owner, root)
        lines.append(Line(text=" ".join(words), field=_field_named(name, parts), group=group))
        words.clear()

    for node in root.traverse(include_text=True):
        tag = node.tag_id
        if tag != TEXT:
            if tag in _CUTS and words:
                cut()
        elif pieces := (node.text_content or "").split():
            its_owner = _owner(node, root)
            if words and its_owner.mem_id != owner.mem_id:
                cut()
            owner = its_owner
            words.extend(pieces)
    if words:
        cut()
    return lines


def _owner(text: LexborNode, root: LexborNode) -> LexborNode:
    """Return the element a text belongs to, emphasis looked through."""
    node = text.parent or root
    while node.tag_id in _INLINE and node.parent is not None and node.mem_id != root.mem_id:
        node = node.parent
    return node


def _label(node: LexborNode, root: LexborNode) -> tuple[str, int]:
    """Return the class or id that names a line, and the element that groups it."""
    while node.mem_id != root.mem_id and node.parent is not None:
        if node.tag_id in _UNREAD_TAGS:
            return "title-of-page", 0
        attributes = node.attrs
        name = f"{attributes.get('class') or ''} {attributes.get('id') or ''}".strip().lower()
        if name and name not in _LAYOUT_NAMES:
            return name, node.parent.mem_id
        node = node.parent
    return "", 0


def _field_named(name: str, parts: Sequence[tuple[str, Field]]) -> Field | None:
    if name == "title-of-page":
        return Field.TITLE
    joined = _LABEL_SEPARATORS.sub("-", name)
    for part, known in parts:
        if part in joined:
            return known
    return None
