"""What is known of the parser's nodes."""

from __future__ import annotations

from selectolax.lexbor import LexborHTMLParser

# The `tag_id` of texts: told faster than the tag's name, and texts are most of all nodes.
TEXT = next(node.tag_id for node in LexborHTMLParser("x").css("body")[0].iter(include_text=True))
