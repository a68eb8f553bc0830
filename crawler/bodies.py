"""The bodies of answers, without their codings, as far as they are of use."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from crawler.documents import READ_LIMIT, form_of, may_lead_on, media_type
from warc.framing import ResponseHead

BEGINNING = 64 << 10  # enough to tell a wall by
_TEXT = ("text/", "application/json")
_SITEMAP_TYPES = ("application/gzip", "application/x-gzip", "application/octet-stream", "text/")


class Body:
    """Of one answer: all that can lead on, the beginning of other text, and nothing else.

    `read` returns so many bytes of the body at most, without its codings. Of what it returns the
    beginning is kept, so that a short body is decoded once; `is_read` has it read in any case.
    """

    __slots__ = ("_kept", "_read", "_size")

    def __init__(
        self, head: ResponseHead, url: str, read: Callable[[int], bytes], *, is_read: bool = False
    ) -> None:
        self._read = read
        self._kept: bytes | None = None
        self._size = READ_LIMIT if is_read else self._useful(head, url)

    def beginning(self) -> bytes:
        """Return the first bytes of what is of use."""
        return self._upto(min(self._size, BEGINNING))

    def useful(self) -> bytes:
        """Return all that is of use, at most `READ_LIMIT` bytes."""
        return self._upto(self._size)

    def _upto(self, size: int) -> bytes:
        if not size:
            return b""
        if self._kept is None:
            self._kept = self._read(BEGINNING)
        is_enough = size <= BEGINNING or len(self._kept) < BEGINNING
        return self._kept if is_enough else self._read(size)

    def _useful(self, head: ResponseHead, url: str) -> int:
        """Return how many bytes are of use."""
        fields = (value for name, value in head.headers if name.lower() == b"content-type")
        size = _useful_of(b", ".join(fields).decode("latin-1"), may_list="sitemap" in url)
        if size is not None:
            return size
        return READ_LIMIT if form_of("", self._upto(BEGINNING)) else BEGINNING


@lru_cache(maxsize=256)
def _useful_of(content_type: str, *, may_list: bool) -> int | None:
    """Return how many bytes of such a body are of use; None where its beginning has to tell."""
    kind = media_type(content_type)
    if kind is None:
        return None
    if may_lead_on(kind) or (may_list and kind.startswith(_SITEMAP_TYPES)):
        return READ_LIMIT
    return BEGINNING if kind.startswith(_TEXT) else 0
