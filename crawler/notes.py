"""Sentences for the person who runs a crawl: in the log, and with the progress to the parent."""

from __future__ import annotations

import logging

from scrapy.crawler import Crawler

noted = object()

logger = logging.getLogger(__name__)


def note(crawler: Crawler, message: str) -> None:
    """Say `message` in the log, and send the signal `noted` with it."""
    logger.info("%s", message)
    crawler.signals.send_catch_log(noted, message=message)
