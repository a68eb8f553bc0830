"""Values that hold an address among other things: Refresh, srcset, the Link header; pure."""

from __future__ import annotations

import re
from collections.abc import Iterator

_REFRESH = re.compile(
    r"\s*+(?:[\d.]++(?:\s++|(?=[;,]))|(?=url\s*=))[;,]?+\s*+(?:url\s*+=\s*+)?+(.*)",
    re.IGNORECASE | re.DOTALL,
)
_LINK = re.compile(r"<([^<>]*)>((?:[^,\"]|\"(?:[^\"\\]|\\.)*+\")*+)")
_PARAMETER = re.compile(
    r";\s*+([\w!#$&+.^`|~-]++)\*?\s*+=\s*+(?:\"((?:[^\"\\]|\\.)*+)\"|([^\s;,]++))"
)
_CANDIDATE = re.compile(r"[\s,]*+(\S++)")
_IN_DESCRIPTORS = re.compile(r"[(),]")


def refresh_target(content: str) -> str | None:
    """Return the address in the value of a Refresh header or meta element.

    After the "shared declarative refresh steps" of the HTML Standard, but without seconds too.
    """
    match = _REFRESH.match(content)
    if match is None:
        return None
    address = match[1]
    if address[:1] in {'"', "'"}:
        address = address[1:].partition(address[0])[0]
    return address.strip() or None


def srcset_urls(srcset: str) -> Iterator[str]:
    """Yield the addresses of a `srcset` (HTML Standard, "parsing a srcset attribute").

    They may hold commas, and so may descriptors, in parentheses.
    """
    at = 0
    while match := _CANDIDATE.match(srcset, at):
        url = match[1]
        at = match.end()
        yield url.rstrip(",")
        if not url.endswith(","):
            at = _behind_descriptors(srcset, at)


def link_header(value: str) -> Iterator[tuple[str, str, str]]:
    """Yield address, relations and media type of each link in a Link field (RFC 8288)."""
    for match in _LINK.finditer(value):
        given: dict[str, str] = {}
        for name, quoted, bare in _PARAMETER.findall(match[2]):
            given.setdefault(name.lower(), quoted or bare)
        yield match[1].strip(), given.get("rel", ""), given.get("type", "").lower()


def _behind_descriptors(text: str, at: int) -> int:
    """Return where the next candidate may begin: behind a comma outside of parentheses."""
    depth = 0
    for match in _IN_DESCRIPTORS.finditer(text, at):
        if match[0] == "(":
            depth += 1
        elif match[0] == ")":
            depth = max(0, depth - 1)
        elif not depth:
            return match.end()
    return len(text)
