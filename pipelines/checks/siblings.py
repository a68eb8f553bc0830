"""The made-up neighbour of a link, asked to see what its server shows for no page at all."""

from __future__ import annotations

import hashlib
from urllib.parse import urlsplit, urlunsplit

from pipelines.checks.hop import Hop

_NAME = 14  # letters: no page has such a name by chance
_ENDING = 6


def sibling_url(url: str) -> str | None:
    """Return an address in the same folder that nobody has ever given a page.

    It is the same for every link of a folder with the same ending (`.html`), so that a folder is
    asked once and the record is known again for what it is. None for a front page, and for an
    address with a query, since the page then depends on that.
    """
    parts = urlsplit(url)
    folder, _, name = parts.path.rstrip("/").rpartition("/")
    if not name or parts.query:
        return None
    _, dot, ending = name.rpartition(".")
    after = f".{ending}" if dot and 0 < len(ending) <= _ENDING else ""
    after += "/" if parts.path.endswith("/") else ""
    seed = f"{parts.netloc}{folder}/{after}".encode()
    made_up = hashlib.sha256(seed).hexdigest()[:_NAME].translate(_LETTERS)
    return urlunsplit((parts.scheme, parts.netloc, f"{folder}/{made_up}{after}", "", ""))


_LETTERS = str.maketrans("0123456789", "qzxwvkjyhg")


class Siblings:
    """The answers for made-up addresses of the folders asked last; bounded in number."""

    def __init__(self, most: int = 500) -> None:
        self._most = most
        self._hops: dict[str, Hop] = {}

    def get(self, url: str) -> Hop | None:
        """Return the answer for a made-up address; None where it is not known, or no more."""
        return self._hops.get(url)

    def put(self, hop: Hop) -> None:
        """Keep an answer in place of the oldest."""
        if len(self._hops) >= self._most:
            del self._hops[next(iter(self._hops))]
        self._hops[hop.url] = hop
