"""Where the addresses on a captured page lead: into the archive, or nowhere."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from ada_url import join_url

Lead = Callable[[str], str]

NOWHERE = "#"
_INERT = ("#", "data:", "about:")
_BY_HAND = ("mailto:", "tel:")  # a program of the reader's, who asks for it
_IGNORED = re.compile(r"[\t\n\r]")  # by URL parsers, wherever they stand
_TRIMMED = "".join(map(chr, range(33)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Leads:
    """Where addresses lead that are written on the page `page`, relative to `base`."""

    page: str
    base: str
    to_resource: Lead
    to_page: Lead

    def resource(self, url: str) -> str:
        """Return where to load `url` from: the archive, the page itself, or nowhere."""
        trimmed = _trimmed(url)
        if not trimmed or trimmed[:6].lower().startswith(_INERT):
            return url
        absolute = joined(self.base, trimmed)
        return self.to_resource(absolute) if is_web(absolute) else NOWHERE

    def framed(self, url: str) -> str:
        """Return the page to show in a frame; `data:` would be one that nobody captured."""
        led = self.resource(url)
        return "about:blank" if led[:5].lstrip().lower() == "data:" or led == NOWHERE else led

    def followed(self, url: str) -> str:
        """Return where a link leads; one to a place on the same page keeps its fragment alone."""
        trimmed = _trimmed(url)
        if trimmed[:7].lower().startswith(_BY_HAND):
            return url
        absolute = joined(self.base, trimmed)
        if not is_web(absolute):
            return NOWHERE
        if "#" in absolute:
            before, _, fragment = absolute.partition("#")
            if before == self.page.partition("#")[0]:
                return f"#{fragment}"
        return self.to_page(absolute)


def _trimmed(url: str) -> str:
    """Return a URL as its parser sees it: no controls around it, no line ends in it."""
    trimmed = url.strip(_TRIMMED)
    return trimmed if trimmed.isprintable() else _IGNORED.sub("", trimmed)


def is_web(url: str) -> bool:
    """Return whether `url` is one of http or https."""
    return url[:8].lower().startswith(("http://", "https://"))


def joined(base: str, url: str) -> str:
    """Return `url` made absolute; `about:invalid` for what no browser takes, such as `http://[`."""
    try:
        return join_url(base, url)
    except ValueError:
        return "about:invalid"
