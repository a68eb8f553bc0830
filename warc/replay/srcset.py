"""Lead the pictures of a srcset into the archive (HTML, "parse a srcset attribute")."""

from __future__ import annotations

from collections.abc import Callable

_SPACE = " \t\n\f\r"


def rewrite_srcset(value: str, lead: Callable[[str], str]) -> str:
    """Return the attribute's value with each URL led by `lead`; descriptors stay."""
    made = []
    at = 0
    while at < len(value):
        if value[at] in _SPACE + ",":
            at += 1
            continue
        end = _url_end(value, at)
        url = value[at:end]
        bare = url.rstrip(",")
        descriptor = ""
        if bare == url:
            at = _descriptor_end(value, end)
            descriptor = value[end:at].strip()
        else:
            at = end
        made.append(f"{lead(bare)} {descriptor}".rstrip())
    return ", ".join(made)


def _url_end(value: str, at: int) -> int:
    while at < len(value) and value[at] not in _SPACE:
        at += 1
    return at


def _descriptor_end(value: str, at: int) -> int:
    """Return where the next comma is that stands in no parentheses."""
    depth = 0
    while at < len(value) and (depth or value[at] != ","):
        depth = max(0, depth + (value[at] == "(") - (value[at] == ")"))
        at += 1
    return at
