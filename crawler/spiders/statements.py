"""A site whose pages are known by a profile."""

from __future__ import annotations

from crawler.links import Kind
from crawler.spiders.capture import CaptureSpider


class StatementsSpider(CaptureSpider):
    """Walks a profile's site from its start pages: indexes first, since they lead to the most."""

    name = "statements"

    def priority(self, url: str, kind: Kind) -> int:
        """Return how soon `url` is asked: as ever, but an index before what it lists."""
        site = self.options.site
        index = kind is Kind.LINK and site is not None and site.is_index(url)
        return 1 if index else super().priority(url, kind)
