"""Requests as entries of the frontier and back: what of a request survives the process."""

from __future__ import annotations

import json
from typing import Any

from scrapy import Request, Spider

from crawler.scope import Trail, authority
from crawler.waiting import Entry

HALF_READ = "half_read"  # in the meta: the crawl ended before all of the answer's links were met

# Meta of one asking, which the next does not share; and what an entry holds as itself.
_PASSING = {
    *("capture", "answer", "refused", "walled", "written", "earlier", "frontier", "download_slot"),
    *("download_latency", "download_timeout", "depth", "unconditional", "dont_retry"),
    HALF_READ,
}
_OWN = {"trail", "via", "retry_times"}
_USUAL = {"trail", "via", "verbatim_url"}
_METHODS = ("parse", "failed")


def entry_of(request: Request, number: int, key: int) -> Entry:
    """Return the entry of a request; it keeps the request for as long as it is in memory."""
    meta = request.meta
    extra = None
    if meta.keys() != _USUAL or getattr(request.callback, "__name__", "") != "parse":
        extra = _extra(request)
    entry = Entry(
        number=number,
        key=key,
        url=request.url,
        host=authority(request.url),
        priority=request.priority,
        trail=meta.get("trail") or Trail(),
        via=meta.get("via"),
        retries=meta.get("retry_times", 0),
        extra=extra,
        request=request,
    )
    for name in _PASSING & meta.keys() - {"unconditional"}:
        del meta[name]
    return entry


def request_of(entry: Entry, spider: Spider) -> Request:
    """Return the request of an entry, to be answered to the spider's methods."""
    request = entry.request
    if request is None:
        extra = json.loads(entry.extra) if entry.extra else {}
        callback, errback = extra.get("methods", _METHODS)
        request = Request(
            entry.url,
            callback=getattr(spider, callback),
            errback=getattr(spider, errback),
            priority=entry.priority,
            dont_filter=True,
            meta={
                "trail": entry.trail,
                "via": entry.via,
                "verbatim_url": True,
                **({"retry_times": entry.retries} if entry.retries else {}),
                **extra.get("meta", {}),
            },
        )
    entry.request = None
    request.meta["frontier"] = entry.number
    return request


def _extra(request: Request) -> str | None:
    """Return JSON of the methods and the meta that are not the usual ones, None for none."""
    extra: dict[str, Any] = {}
    methods = tuple(getattr(m, "__name__", "") for m in (request.callback, request.errback))
    if all(methods) and methods != _METHODS:
        extra["methods"] = methods
    meta = {
        name: value
        for name, value in request.meta.items()
        if name not in _PASSING | _OWN and (name, value) != ("verbatim_url", True)
    }
    if meta:
        extra["meta"] = {k: v for k, v in meta.items() if _is_plain(v)}
    return json.dumps(extra) if extra else None


def _is_plain(value: object) -> bool:
    return isinstance(value, str | int | float | bool | None)
