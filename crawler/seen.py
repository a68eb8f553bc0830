"""Which addresses have been met: one key for all spellings of one address."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from hashlib import blake2b

from scrapy import Request

from pipelines.urls import canonical

IN_MEMORY = 78_000  # numbers, at 58 bytes: a set beyond 39,321 is twice the size

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


def has_session(url: str) -> bool:
    """Return whether `url` carries a session id, and so is one of many spellings."""
    return "=" in url and _SESSION.search(url) is not None


def address_number(url: str) -> int:
    """Return `address_key` as the signed number that SQLite keeps."""
    return int.from_bytes(address_key(url), "big", signed=True)


class Recent:
    """A set of numbers that forgets the oldest, so that it takes at most `size` of them.

    `is_complete` as long as it has forgotten nothing.
    """

    def __init__(self, size: int) -> None:
        self._half = max(1, size // 2)
        self._young: set[int] = set()
        self._old: set[int] = set()
        self.is_complete = True

    def __len__(self) -> int:
        return len(self._young) + len(self._old)

    def __contains__(self, number: int) -> bool:
        return number in self._young or number in self._old

    def add(self, number: int) -> None:
        """Remember a number."""
        self._young.add(number)
        if len(self._young) > self._half:
            self.is_complete = self.is_complete and not self._old
            self._young, self._old = set(), self._young

    def meet(self, number: int) -> bool:
        """Remember a number; return whether it was not remembered already."""
        if number in self._young or number in self._old:
            return False
        self.add(number)
        return True

    def discard(self, number: int) -> None:
        """Forget a number."""
        self._young.discard(number)
        self._old.discard(number)


class Seen:
    """The canonical addresses met in one pass: the last in memory, all of them where they are kept.

    `has` looks one up where they are kept, `skip` keeps one there that will not be asked; without
    them it is a set in memory.
    """

    def __init__(
        self,
        has: Callable[[int], bool] | None = None,
        skip: Callable[[int], None] | None = None,
        size: int = IN_MEMORY,
    ) -> None:
        self._has = has
        self._skip = skip
        self._recent = Recent(size)

    def __len__(self) -> int:
        return len(self._recent)

    def load(self, numbers: Iterable[int], *, is_complete: bool) -> None:
        """Begin with these; `is_complete` unless more are kept than could be given."""
        for number in numbers:
            self._recent.add(number)
        self._recent.is_complete = self._recent.is_complete and is_complete

    def add(self, url: str) -> bool:
        """Remember `url`; return whether it is new."""
        number = address_number(url)
        if not self._recent.meet(number):
            return False
        if self._has is None or self._recent.is_complete:
            return True
        return not self._has(number)

    def skip(self, url: str) -> None:
        """Note that `url`, which was added, will not be asked."""
        if self._skip is not None:
            self._skip(address_number(url))

    def forget(self, url: str) -> None:
        """Let `url` be met again, as when it was only too deep where it was met."""
        self._recent.discard(address_number(url))


class AddressFingerprinter:
    """Scrapy's idea of two requests for the same thing: the same canonical address."""

    def fingerprint(self, request: Request) -> bytes:
        """Return the key of the request's address."""
        return address_key(canonical(request.url))
