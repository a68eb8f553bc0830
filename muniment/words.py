"""What the crawl's codes mean, in words for the summary."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

# Of URLs that were not captured: why there was no answer, or why they were not asked for.
WORDS = {
    "address-refused": "private address, not asked",
    "connect-refused": "connection refused",
    "connect-timeout": "no connection in time",
    "connect-unreachable": "host unreachable",
    "dns-cname-loop": "host an alias of itself",
    "dns-malformed": "name server's answer not to be read",
    "dns-no-address": "host without an address",
    "dns-nxdomain": "no such host",
    "dns-nxdomain-alias": "host an alias of none",
    "dns-refused": "name server refused",
    "dns-servfail": "name server failed",
    "dns-timeout": "name server silent",
    "dns-truncated": "name server's answer cut short",
    "dns-unreachable": "no name server to be reached",
    "empty": "closed without an answer",
    "proxy": "the proxy failed or refused",
    "reset": "connection reset",
    "timeout": "no answer in time",
    "tls-cipher": "no cipher in common",
    "tls-client-certificate": "certificate of ours asked for",
    "tls-closed": "closed while agreeing on TLS",
    "tls-expired": "certificate expired",
    "tls-incomplete": "certificate without its issuer's",
    "tls-incomplete-chain": "certificate without its issuer's, nor where to find it",
    "tls-no-application-protocol": "no HTTP/1.1 over TLS",
    "tls-not-yet-valid": "certificate not valid yet",
    "tls-plain-http": "HTTP in the clear where TLS should be",
    "tls-protocol": "TLS failed",
    "tls-reset": "reset while agreeing on TLS",
    "tls-self-signed": "certificate signed by itself",
    "tls-timeout": "no TLS in time",
    "tls-unrecognized-name": "no such site, says TLS",
    "tls-untrusted": "certificate of an unknown authority",
    "tls-version": "TLS of too old a version",
    "tls-weak": "certificate too weak",
    "tls-wrong-host": "certificate for another host",
    "url-invalid": "no valid address",
    "bad-host": "no valid host",
    "bad-idn": "no valid international host",
    "bad-port": "no valid port",
    "beyond-the-seed": "beyond the seed",
    "calendar": "endless calendars cut off",
    "disk-full": "not asked, the disk being full",
    "endless-run": "endless pages cut off",
    "excluded": "left out by a rule",
    "fault": "not asked after a fault",
    "finished": "not asked, the crawl being over",
    "max-bytes": "beyond the budget of bytes",
    "max-pages": "beyond the budget of pages",
    "max-seconds": "beyond the budget of time",
    "nested-sitemaps": "sitemaps within sitemaps cut off",
    "no-host": "no host",
    "not-included": "not among what is included",
    "nested-frames": "frames within frames cut off",
    "other-host": "on other hosts",
    "query-variants": "endless queries cut off",
    "repeating-path": "repeating paths cut off",
    "requisite": "images, styles and the like, not wanted",
    "robots": "disallowed by robots.txt",
    "robots-unreachable": "kept for the next run since robots.txt could not be had",
    "session-id": "met before under another session id",
    "scheme": "neither http nor https",
    "shutdown": "kept for the next run, stopped by a signal",
    "throttled": "kept for the next run, the host wanting no more requests",
    "too-deep": "too deep",
    "too-long": "address too long",
    "too-many-redirects": "too many redirects",
    "too-many-segments": "path too deep",
    "type": "of a type left out",
    "unreachable": "kept for the next run, the host giving no answer",
    "walled": "kept for the next run, the host walling us off",
}

# Why a crawl ended before its end.
REASONS = {
    "disk-full": "the disk is full",
    "fault": "a fault of ours, see the log",
    "killed": "at once by a second signal, all records written being kept",
    "max-bytes": "the budget of bytes is spent",
    "max-pages": "the budget of pages is spent",
    "max-seconds": "the budget of time is spent",
    "robots-unreachable": "a robots.txt could not be had",
    "shutdown": "by a signal",
    "throttled": "a host wants no more requests",
    "unreachable": "a host gave no more answers",
    "walled": "a host walls us off",
}

_CHECK = "check the address and the network, or run again later"
_NAME = "check its spelling, or name another name server with --resolver"
_CERTIFICATE = "an authority of your own is trusted with --ca FILE"

# What to do where nothing was captured for the reason.
ADVICE = {
    "address-refused": "--allow-range lets a private address be asked",
    "dns-cname-loop": _NAME,
    "dns-malformed": _NAME,
    "dns-no-address": _NAME,
    "dns-nxdomain": _NAME,
    "dns-nxdomain-alias": _NAME,
    "dns-refused": _NAME,
    "dns-servfail": _NAME,
    "dns-timeout": _NAME,
    "dns-truncated": _NAME,
    "dns-unreachable": _NAME,
    "excluded": "check the rules",
    "not-included": "check the rules",
    "proxy": "check --proxy, or network.proxy in muniment.toml",
    "robots": "obey_robots = false under [capture] in muniment.toml ignores it",
    "tls-expired": "its owner has to renew it",
    "tls-self-signed": _CERTIFICATE,
    "tls-incomplete-chain": _CERTIFICATE,
    "tls-untrusted": _CERTIFICATE,
    "tls-wrong-host": "check the address",
    "url-invalid": "check the address",
}


def nothing_captured(last: Mapping[str, Any]) -> list[str]:
    """Return what a crawl without an answer met, where, and what to do: a line for each reason."""
    if last["reason"] == "shutdown":
        return ["nothing was captured: stopped by a signal before the first answer"]
    lines = [_line(last, kind) for kind in last.get("failures") or last.get("skipped", ())]
    return lines or [f"nothing was captured; {_CHECK}"]


def _line(last: Mapping[str, Any], kind: str) -> str:
    urls = last.get("examples", {}).get(kind, ())
    where = ", ".join(dict.fromkeys(url.removesuffix("robots.txt") for url in urls))
    detail = last.get("details", {}).get(kind, "")
    said = f" ({detail})" if detail else ""
    advice = ADVICE.get(kind, _CHECK)
    return f"nothing was captured from {where}: {WORDS.get(kind, kind)}{said}; {advice}"
