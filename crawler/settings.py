"""Scrapy's settings: what every crawl shares, and what one crawl's options add to it."""

from __future__ import annotations

import importlib.util
from typing import Any

from crawler.options import CaptureOptions

BOT_NAME = "muniment"
SPIDER_MODULES = ["crawler.spiders"]
NEWSPIDER_MODULE = "crawler.spiders"

# Seams of their own: the frontier replaces the scheduler, and hosts have their pace in the turns.
SCHEDULER = "crawler.frontier.Frontier"
DOWNLOADER = "crawler.downloader.Downloader"
REQUEST_FINGERPRINTER_CLASS = "crawler.seen.AddressFingerprinter"

TWISTED_REACTOR = "twisted.internet.asyncioreactor.AsyncioSelectorReactor"
ASYNCIO_EVENT_LOOP = "uvloop.Loop" if importlib.util.find_spec("uvloop") else None

DOWNLOAD_HANDLERS = {
    "http": "crawler.handler.CaptureHandler",
    "https": "crawler.handler.CaptureHandler",
    "data": None,
    "file": None,
    "ftp": None,
    "s3": None,
}

# All that Scrapy puts between a spider and the wire, named, so that what is left out is left out
# on purpose: the handler decodes bodies and sets headers, the spider follows redirects and keeps
# the scope, and every status is of interest.
DOWNLOADER_MIDDLEWARES_BASE: dict[str, int] = {}
DOWNLOADER_MIDDLEWARES = {
    "crawler.gate.Gate": 50,
    "crawler.recall.Recall": 60,
    "crawler.robots.Robots": 100,
    "crawler.retry.CaptureRetry": 550,
}
SPIDER_MIDDLEWARES_BASE: dict[str, int] = {}
SPIDER_MIDDLEWARES: dict[str, int] = {}
EXTENSIONS_BASE: dict[str, int] = {}
EXTENSIONS = {
    "crawler.archive.Archive": 10,
    "crawler.turns.Turns": 15,
    "crawler.ending.Ending": 20,
    "crawler.progress.Progress": 30,
}

TELNETCONSOLE_ENABLED = False
REMOTE_CONTROL_ENABLED = False  # runs code that is sent to it
COOKIES_ENABLED = False
REDIRECT_ENABLED = False
METAREFRESH_ENABLED = False
ROBOTSTXT_OBEY = True  # by crawler.robots

RETRY_HTTP_CODES = [408, 429, 500, 502, 503, 504, 520, 522, 524]
RETRY_EXCEPTIONS = [
    "scrapy.exceptions.CannotResolveHostError",
    "scrapy.exceptions.DownloadConnectionRefusedError",
    "scrapy.exceptions.DownloadFailedError",
    "scrapy.exceptions.DownloadTimeoutError",
]
RETRY_GIVE_UP_WARN_ON_GENERATOR_RETURN_VALUE = (
    False  # reads and parses the source of every callback
)

CONCURRENT_ITEMS = 1  # 100 starts a hundred tasks for every response

WARN_ON_GENERATOR_RETURN_VALUE = False  # reads and parses the source of every callback

STATS_DUMP = False  # the extension that counts is left out, as are its counts: see crawler.tally
LOG_LEVEL = "INFO"
LOG_FORMATTER = "crawler.log.CaptureLog"
LOG_VERSIONS = ["Twisted", "Python"]  # warcinfo has those that count


def settings_for(options: CaptureOptions) -> dict[str, Any]:
    """Return what the options of one crawl add to this module's settings."""
    return {
        "CAPTURE_OPTIONS": options,
        "CONCURRENT_REQUESTS": max(16, 2 * options.concurrency),
        "RETRY_TIMES": options.retries,
        "USER_AGENT": options.agent,
        "ROBOTSTXT_OBEY": options.obey_robots,
    }
