"""Any site, or a single page."""

from __future__ import annotations

from crawler.spiders.capture import CaptureSpider


class PagesSpider(CaptureSpider):
    """Captures what its seeds lead to on the same hosts."""

    name = "pages"
