"""What a stylesheet refers to, as written in it: pure, one pass, comments and strings respected."""

from __future__ import annotations

import re
from collections.abc import Iterator

_DOUBLE = r'"((?:[^"\\\n\r\f]|\\.)*+)"'
_SINGLE = r"'((?:[^'\\\n\r\f]|\\.)*+)'"
_TOKEN = re.compile(
    rf"""
      /\*.*?(?:\*/|\Z)
    | @namespace\b [^;{{}}]*+
    | @import (?:\s|/\*.*?\*/)*+ (?:{_DOUBLE}|{_SINGLE})
    | \burl\(\s*+ (?:{_DOUBLE}|{_SINGLE}|((?:[^"'()\\\s]|\\.)++)) \s*+ \)
    | "(?:[^"\\\n\r\f]|\\.)*+" | '(?:[^'\\\n\r\f]|\\.)*+'
    """,
    re.IGNORECASE | re.DOTALL | re.VERBOSE,
)
_IMAGE_SET = re.compile(r"image-set\(((?:[^()]++|\([^()]*+\))*+)\)", re.IGNORECASE)
_NESTED = re.compile(r"\w+\([^()]*\)")
_STRING = re.compile(rf"{_DOUBLE}|{_SINGLE}")
_ESCAPE = re.compile(r"\\(?:([0-9a-fA-F]{1,6})\s?|\r?\n|(.))", re.DOTALL)
_MOST = 0x10FFFF


def css_urls(css: str) -> Iterator[str]:
    """Yield the addresses in `url()`, `@import` and `image-set()`, as meant.

    Fragments alone and data: addresses are left out, and so is what is only a name (@namespace).
    """
    for match in _TOKEN.finditer(css):
        if match.lastindex:
            yield from _address(match[match.lastindex])
    if "image-set(" in css.lower():
        for images in _IMAGE_SET.finditer(css):
            for string in _STRING.finditer(_NESTED.sub("", images[1])):
                yield from _address(string[string.lastindex or 0])


def _address(written: str) -> Iterator[str]:
    address = (_ESCAPE.sub(_unescaped, written) if "\\" in written else written).strip()
    if address and address[0] != "#" and address[:5].lower() != "data:":
        yield address


def _unescaped(match: re.Match[str]) -> str:
    if match[1] is None:
        return match[2] or ""
    code = int(match[1], 16)
    return chr(code) if 0 < code <= _MOST and not 0xD800 <= code < 0xE000 else "\ufffd"  # noqa: PLR2004 - surrogates
