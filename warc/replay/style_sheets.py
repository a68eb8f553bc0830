"""Lead what a style sheet loads into the archive."""

from __future__ import annotations

import re
from collections.abc import Callable

# CSS Syntax Level 3: what is in a comment, a string or a @namespace loads nothing.
_STRING = r""""(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'"""
_LOADS = re.compile(
    rf"""/\*.*?(?:\*/|\Z)
    |@namespace\b[^;{{]*
    |(?P<import>@import\s*)(?P<imported>{_STRING})
    |(?P<set>(?:-webkit-)?image-set\()(?P<images>(?:[^()'"]|{_STRING}|\((?:[^()'"]|{_STRING})*\))*)\)
    |url\(\s*(?:(?P<quoted>{_STRING})|(?P<bare>(?:[^\s()'"\\]|\\.)+))\s*\)
    |{_STRING}""",
    re.IGNORECASE | re.DOTALL | re.VERBOSE,
)
_IN_A_SET = re.compile(rf"""type\([^)]*\)|url\([^)]*\)|(?P<image>{_STRING})""", re.IGNORECASE)
_ESCAPE = re.compile(r"\\(?:([0-9a-fA-F]{1,6})\s?|\n|(.))", re.DOTALL)
_MOST_UNICODE = 0x10FFFF
_QUOTED = {'"': "%22", "\\": "%5C", "\n": "", "\r": "", "\f": ""}


def rewrite_style(css: str, lead: Callable[[str], str]) -> str:
    """Return a style sheet with `url(…)`, `@import` and `image-set(…)` led by `lead`.

    What `lead` leaves alone stays as it is written, such as `data:` with quotes in it.
    """
    if "(" not in css and "@" not in css:
        return css

    def replaced(match: re.Match[str]) -> str:
        if match["imported"]:
            return match["import"] + _led(match["imported"], match["imported"], lead)
        if match["set"]:
            return f"{match['set']}{_images(match['images'], lead)})"
        written = match["quoted"] or match["bare"]
        if not written:
            return match[0]
        led = _led(written, "", lead)
        return f"url({led})" if led else match[0]

    return _LOADS.sub(replaced, css)


def _images(images: str, lead: Callable[[str], str]) -> str:
    def replaced(match: re.Match[str]) -> str:
        return _led(match["image"], match["image"], lead) if match["image"] else match[0]

    return rewrite_style(_IN_A_SET.sub(replaced, images), lead) if images else images


def _led(written: str, unchanged: str, lead: Callable[[str], str]) -> str:
    """Return where what is written leads, as a string of CSS; `unchanged` where it is the same."""
    quoted = written[:1] in {'"', "'"}
    url = _ESCAPE.sub(_plain, written[1:-1] if quoted else written)
    led = lead(url)
    if led == url:
        return unchanged
    return '"' + "".join(_QUOTED.get(sign, sign) for sign in led) + '"'


def _plain(escape: re.Match[str]) -> str:
    if escape[1]:
        code = int(escape[1], 16)
        return chr(code) if 0 < code <= _MOST_UNICODE and not 0xD800 <= code < 0xE000 else "\ufffd"  # noqa: PLR2004 - surrogates
    return escape[2] or ""
