"""Links as people write them on a line of their own: in quotes, in brackets, without a scheme."""

from __future__ import annotations

import re

_PAIRS = {"<": ">", '"': '"', "'": "'", "`": "`", "“": "”", "‘": "’", "«": "»"}  # noqa: RUF001
_UNSEEN = " \t\r\n\f\ufeff\u200b\u200e\u200f\u2060\u00a0"  # what pasting brings along
_AFTER = ",;"  # as between the texts of a list
_NO_SCHEME = re.compile(r"(?i)//[^\s/\\]|www\.[^\s/\\?#@.]+\.[^\s.]")


def unwrapped(text: str) -> str:
    """Return `text` without what stands around it: quotes, angle brackets (RFC 3986, app. C)."""
    inner = text.strip(_UNSEEN)
    closing = _PAIRS.get(inner[:1])
    if closing is None:
        return inner
    whole = inner.rstrip(_AFTER)
    if len(whole) < 2 or not whole.endswith(closing):  # noqa: PLR2004 - a pair
        return inner
    inner = whole[1:-1].strip()
    return inner.removeprefix("URL:") if closing == ">" else inner


def as_meant(text: str, scheme: str = "http") -> str:
    """Return a typed link with what its reader adds: `scheme` before `www.…` and `//…`."""
    inner = unwrapped(text)
    if not _NO_SCHEME.match(inner):
        return inner
    return f"{scheme}:{inner}" if inner.startswith("//") else f"{scheme}://{inner}"
