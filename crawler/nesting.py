"""Parts of a page that nests too deep to be parsed in one.

The parser looks through all open elements for each new one, as the HTML standard has it: its work
grows with the square of the depth or faster, and a megabyte of `<b>` would take it hours.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9]*)")
_NEVER_AROUND = {
    *("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param"),
    *("source", "track", "wbr", "p", "li", "dd", "dt", "tr", "td", "th", "option", "tbody"),
    *("thead", "tfoot"),
}
_DEEPEST = 1000
_MANY = 30_000
_FEW = 5000  # tags, which are parsed in a quarter of a second however they nest


def shallow(html: str) -> Iterator[str]:
    """Yield the page in parts, each beginning with a tag, none nested deeper than 1,000 elements.

    Nor has one more than 30,000 tags, which take 20 MiB. Nearly every page is one part.
    """
    start = 0
    if html.count("<") > _FEW:
        for end in _too_much(html):
            yield html[start:end]
            start = end
    yield html[start:] if start else html


def _too_much(html: str) -> Iterator[int]:
    """Yield where the depth or the number of tags is reached, counted anew from there."""
    opened: Counter[str] = Counter()
    depth = count = 0
    for tag in _TAG.finditer(html):
        name = tag[2].lower()
        count += 1
        if not tag[1] and (depth >= _DEEPEST or count > _MANY):
            yield tag.start()
            opened.clear()
            depth = count = 0
        if name not in _NEVER_AROUND and (not tag[1] or opened[name]):
            step = -1 if tag[1] else 1
            opened[name] += step
            depth += step
