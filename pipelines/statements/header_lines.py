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
_SPAN, _PARAGRAPH = tag_names(("span",)), tag_names(("p",))
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
    texts: list[str] = []
    owner = root

    def cut() -> None:
        text = " ".join("".join(texts).split())
        texts.clear()
        if text:
            name, group = _label(owner, root)
            lines.append(Line(text=text, field=_field_named(name, parts), group=group))

    for node in root.traverse(include_text=True):
        tag = node.tag_id
        if tag != TEXT:
            if tag in _CUTS and texts:
                cut()
        elif (text := node.text_content) and (texts or not text.isspace()):
            its_owner = _owner(node, root)
            if texts and its_owner.mem_id != owner.mem_id:
                cut()
            owner = its_owner
            texts.append(text)
    cut()
    return lines


def _owner(text: LexborNode, root: LexborNode) -> LexborNode:
    """Return the element a text belongs to, emphasis and spans without a name looked through."""
    node = text.parent or root
    while node.mem_id != root.mem_id and (parent := node.parent) is not None:
        tag = node.tag_id
        is_plain = tag in _SPAN and parent.tag_id in _PARAGRAPH and not node.attributes
        if not (is_plain or tag in _INLINE):
            break
        node = parent
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
