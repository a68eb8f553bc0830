"""Walk a part of a page: where its blocks begin and end, and what lies between."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from selectolax.lexbor import LexborNode

from pipelines.statements.block_content import MARKS, Draft
from pipelines.statements.nodes import COMMENT, TEXT, tag_names

BLOCK_NAMES = tag_names(
    """
    address article aside blockquote body caption center dd details dialog dir div dl dt
    fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li
    main menu nav ol p pre section summary table tbody td tfoot th thead tr ul
    """.split()  # noqa: SIM905 - a list of names is easier read without quotes
)
_LEFT_OUT = {COMMENT} | tag_names(
    """
    script style noscript template svg math iframe object embed select textarea button head
    title audio video canvas
    """.split()  # noqa: SIM905 - a list of names is easier read without quotes
).keys()


def turns(root: LexborNode, draft: Draft) -> Iterator[int]:
    """Yield the tag where the element of a block begins below `root`, minus its tag where it ends.

    Texts, emphasis, links and line breaks between go into `draft`. Scripts, frames and form fields
    are left out.
    """
    around: list[LexborNode] = []
    node = root.first_child
    while True:
        while node is not None:
            tag = node.tag_id
            if tag == TEXT:
                draft.add(node.text_content or "")
            elif tag not in _LEFT_OUT:
                if tag in BLOCK_NAMES:
                    yield tag
                else:
                    _BEGINS.get(tag, _nothing)(draft, node)
                around.append(node)
                node = node.first_child
                continue
            node = node.next
        if not around:
            return
        node = around.pop()
        tag = node.tag_id
        if tag in BLOCK_NAMES:
            yield -tag
        else:
            _ENDS.get(tag, _nothing)(draft)
        node = node.next


def _nothing(*_: object) -> None:
    """Begin or end an element that is neither emphasis nor a link."""


def _begin_mark(kind: str, draft: Draft, _: LexborNode) -> None:
    draft.begin_mark(kind)


def _break_line(draft: Draft, _: LexborNode) -> None:
    draft.break_line()


def _begin_anchor(draft: Draft, element: LexborNode) -> None:
    href = element.attrs.get("href")
    if href is not None:
        draft.begin_anchor(href)


def _end_mark(kind: str, draft: Draft) -> None:
    draft.end_mark(kind)


_MARK_KINDS = {tag: MARKS[name] for tag, name in tag_names(MARKS).items()}
_BEGINS: dict[int, Callable[[Draft, LexborNode], None]] = {
    **{tag: partial(_begin_mark, kind) for tag, kind in _MARK_KINDS.items()},
    **dict.fromkeys(tag_names(["br"]), _break_line),
    **dict.fromkeys(tag_names(["a"]), _begin_anchor),
}
_ENDS: dict[int, Callable[[Draft], None]] = {
    **{tag: partial(_end_mark, kind) for tag, kind in _MARK_KINDS.items()},
    **dict.fromkeys(tag_names(["a"]), Draft.end_anchor),
}
