"""Scrapy as it comes, without any archive: follows what pages link to and need."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import scrapy
from scrapy.http import Response, TextResponse
from scrapy.linkextractors import LinkExtractor


class StockSpider(scrapy.Spider):
    """Fetches a site from `start`."""

    name = "stock"

    def __init__(self, start: str, **values: Any) -> None:
        super().__init__(**values)
        self.start_urls = [start]
        self._links = LinkExtractor(
            allow_domains=[urlsplit(start).netloc],
            tags=("a", "link", "img", "script"),
            attrs=("href", "src"),
            deny_extensions=(),
        )

    def parse(self, response: Response) -> Iterator[scrapy.Request]:
        """Yield a request for everything the page refers to."""
        if isinstance(response, TextResponse):
            for link in self._links.extract_links(response):
                yield scrapy.Request(link.url)
