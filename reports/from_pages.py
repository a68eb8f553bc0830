"""What came from a page, as people may see it: text that hides nothing, addresses that may open."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

# Controls and direction marks: shown spelled out, for they make text read as what it is not.
_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]")
# What XML 1.0 cannot hold (section 2.2), escaped or not; surrogates cannot be written at all.
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def visible(text: object) -> str:
    """Return `text` with controls and direction marks spelled out, as `⟨U+202E⟩`."""
    return _UNSEEN.sub(_spelled, str(text))


def is_web(url: str) -> bool:
    """Return whether `url` may be a link: absolute, of http or https, with a host."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.netloc)


def xml_text(text: str) -> str:
    """Return `text` with U+FFFD for every character that XML cannot hold."""
    return _NOT_XML.sub("\ufffd", text)


def _spelled(match: re.Match[str]) -> str:
    mark = match.group()
    return " " if mark in "\n\t" else f"⟨U+{ord(mark):04X}⟩"
