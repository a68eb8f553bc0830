"""Which addresses have been met: one key for all spellings of one address."""

from __future__ import annotations

import re
from hashlib import blake2b

from scrapy import Request

from pipelines.urls import canonical

# Session ids make one page look like many; it is asked for by the spelling that was met first.
_SESSION = re.compile(
    r";(?:jsessionid|phpsessid|sid)=[^?/]*"
    r"|(?<=[?&])(?:jsessionid|phpsessid|aspsessionid\w*|sessionid|cfid|cftoken)=[^&]*&?",
    re.IGNORECASE,
)


def address_key(url: str) -> bytes:
    """Return eight bytes for a canonical `url`, the same with and without its session id."""
    plain = _SESSION.sub("", url).rstrip("?&") if "=" in url else url
    return blake2b(plain.encode("utf-8", "surrogatepass"), digest_size=8).digest()


class Seen:
    """The canonical addresses met in one crawl, at about 60 bytes each."""

    def __init__(self) -> None:
        self._keys: set[int] = set()

    def __len__(self) -> int:
        return len(self._keys)

    def add(self, url: str) -> bool:
        """Remember `url`; return whether it is new."""
        key = int.from_bytes(address_key(url), "big")
        if key in self._keys:
            return False
        self._keys.add(key)
        return True

    def forget(self, url: str) -> None:
        """Let `url` be met again, as when it was only too deep where it was met."""
        self._keys.discard(int.from_bytes(address_key(url), "big"))


class AddressFingerprinter:
    """Scrapy's idea of two requests for the same thing: the same canonical address."""

    def fingerprint(self, request: Request) -> bytes:
        """Return the key of the request's address."""
        return address_key(canonical(request.url))
