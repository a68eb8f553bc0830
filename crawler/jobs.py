"""Which crawls are one job done again: those that start at the same place."""

from __future__ import annotations

import json
from hashlib import blake2b

from crawler.options import CaptureOptions

_SCOPE = (
    *("hosts", "include", "exclude", "max_depth", "max_query_variants"),
    *("requisites", "requisites_anywhere", "scope", "skip_types", "sitemaps"),
)


def job_digest(options: CaptureOptions) -> bytes:
    """Return what tells jobs apart: spider, profile and where they start."""
    return _digest([options.spider, options.profile, sorted(options.start_urls)])


def scope_digest(options: CaptureOptions) -> bytes:
    """Return what tells apart how far they go."""
    return _digest([getattr(options, name) for name in _SCOPE])


def _digest(value: object) -> bytes:
    return blake2b(json.dumps(value, default=list).encode(), digest_size=16).digest()
