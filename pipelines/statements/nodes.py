"""What is known of the parser's nodes."""

from __future__ import annotations

from collections.abc import Iterable

from selectolax.lexbor import LexborHTMLParser

_PARSER = LexborHTMLParser("x<!-- x -->")
# The `tag_id` of texts: told faster than the tag's name, and texts are most of all nodes.
TEXT, COMMENT = (node.tag_id for node in _PARSER.css("body")[0].iter(include_text=True))


def tag_names(names: Iterable[str]) -> dict[int, str]:
    """Return the `tag_id`s of elements that HTML knows, each with its name."""
    return {_PARSER.create_node(name).tag_id: name for name in names}
