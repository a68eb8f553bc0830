"""Whether the places that links name with `#…` are on the pages they lead to, from the WARC."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

from pipelines.checks.hop import PAGE_BYTES
from pipelines.checks.page_facts import read_html
from warc.capture import Capture
from warc.cdxj import CdxjIndex
from warc.collection import Collection
from warc.damage import DamagedError
from warc.locator import Locator
from warc.random_access import capture_at
from warc.rebuild import indexed_original

_PAGES = 4  # links to one page come one after the other


class Anchors:
    """Reads captured pages for the places on them."""

    def __init__(self, collection: Collection) -> None:
        self._page: Callable[[Locator], tuple[bytes, str] | None] = lru_cache(_PAGES)(
            lambda at: _page(collection.archive, CdxjIndex(collection.indexes), at)
        )

    def has(self, page: Locator, fragment: str) -> bool | None:
        """Return whether the page holds the place; None where only a part of it is known."""
        found = self._page(page)
        try:
            return None if found is None else read_html(*found, fragment).facts.fragment
        except Exception:  # noqa: BLE001 - a warning is not worth the verdicts on a whole list
            return None


def _page(archive: Path, index: CdxjIndex, at: Locator) -> tuple[bytes, str] | None:
    try:
        capture: Capture | None = capture_at(archive, at)
        if capture is not None and capture.record_type == "revisit":
            capture = indexed_original(archive, capture, index)
        if capture is None or capture.truncated:
            return None
        data = capture.payload(PAGE_BYTES + 1)
    except (DamagedError, OSError):
        return None
    return (data, capture.content_type or "") if len(data) <= PAGE_BYTES else None
