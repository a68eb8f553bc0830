"""The cited hosts: their names in the DNS, their certificates, and who answers what."""

from __future__ import annotations

import re
from collections import Counter
from urllib.parse import quote, urlsplit

from replica.answer import Answer, Received
from replica.authority import Certificate
from replica.behaviours import BEHAVIOURS, Setting
from replica.links import CATALOGUE, DEEP_HOSTS, UNCITED, deep_behaviour
from replica.nameserver import Lookup

# Hosts that only redirects lead to.
_LANDINGS = ("www.new-agency.example", "notes.diplomacy.example", "www.domain-market.example")

# Where a link's behaviour is the host's: every other address of the host behaves the same.
_HOST_WIDE = {
    "captcha-200", "bot-wall", "parked", "parked-moved", "too-many-429", "unauthorized-401",
    "difficulties", "error-500", "busy-503", "hangs", "reset", "closed", "endless", "drip",
}  # fmt: skip
# The same, but the front page is a page.
_ALL_BUT_ROOT = {"soft-english", "soft-spanish", "soft-french", "to-root", "to-error-page",
                 "login-redirect"}  # fmt: skip

_LOOKUPS = {
    "www.failing-names.example": Lookup.SERVFAIL,
    "www.unanswered-names.example": Lookup.SILENCE,
    "www.empty-names.example": Lookup.EMPTY,
    "files.inside-office.example": Lookup.PRIVATE,
    "metadata.inside-office.example": Lookup.METADATA,
}
_DEAD_NAMES = re.compile(r"\.(?:test|invalid)$|(?:^|\.)lapsed-domain\.example$")
_CERTIFICATES = {
    "www.expired-certificate.example": Certificate.EXPIRED,
    "www.self-signed.example": Certificate.SELF_SIGNED,
    "www.wrong-certificate.example": Certificate.WRONG_HOST,
    "www.unknown-authority.example": Certificate.UNTRUSTED,
    "www.no-handshake.example": Certificate.NO_TLS,
}
REFUSING_HOST = "www.refusing-port.example"
_STORY = re.compile(r"/\d{4}/story-\d+-\d+\.html")


class Outside:
    """Every host that statements cite; knows nothing of the archive's own."""

    def __init__(self, *, slow_seconds: float) -> None:
        self._slow_seconds = slow_seconds
        self._asked: Counter[str] = Counter()
        self._behaviours: dict[tuple[str, str], str] = {}
        self._defaults: dict[str, str] = {}
        for link in (*CATALOGUE, *UNCITED):
            parts = urlsplit(link.url)
            if parts.scheme not in {"http", "https"} or parts.hostname is None:
                continue
            target = quote(parts.path, safe="/%") + (f"?{parts.query}" if parts.query else "")
            self._behaviours[parts.hostname, target] = link.behaviour
            self._defaults.setdefault(parts.hostname, "")
            if link.behaviour in _HOST_WIDE | _ALL_BUT_ROOT:
                self._defaults[parts.hostname] = link.behaviour
        self.hosts = tuple(
            host
            for host in dict.fromkeys((*self._defaults, *_LANDINGS, *DEEP_HOSTS))
            if not _DEAD_NAMES.search(host)
        )
        self._known = frozenset(self.hosts)

    def lookup(self, host: str) -> Lookup:
        """Return what the DNS says of a host; unknown names do not exist."""
        if host in _LOOKUPS:
            return _LOOKUPS[host]
        return Lookup.LOOPBACK if host in self._known else Lookup.NXDOMAIN

    def certificate(self, host: str) -> Certificate:
        """Return what the host shows in a TLS handshake."""
        return _CERTIFICATES.get(host, Certificate.VALID)

    def respond(self, request: Received) -> Answer:
        """Return the host's answer."""
        key = f"{request.host}{request.target}"
        setting = Setting(slow_seconds=self._slow_seconds, asked_before=self._asked[key])
        self._asked[key] += 1
        return BEHAVIOURS[self._behaviour(request)](request, setting)

    def _behaviour(self, request: Received) -> str:
        exact = self._behaviours.get((request.host, request.target))
        if exact is not None:
            return exact
        default = self._defaults.get(request.host, "")
        if default in _HOST_WIDE:
            return default
        if request.host == "www.domain-market.example":
            return "parked"
        return _usual(request) or default or _story(request)


def _usual(request: Received) -> str | None:
    """Return how addresses behave that every host has."""
    if request.path == "/" or request.path.startswith(("/current/", "/about")):
        return "page"
    if request.path == "/error/404.html":
        return "soft-english"
    if request.path == "/signin":
        return "signin"
    return "gone-404" if request.path == "/robots.txt" else None


def _story(request: Received) -> str:
    if request.host in DEEP_HOSTS and _STORY.fullmatch(request.path):
        return deep_behaviour(f"http://{request.host}{request.target}")[0]
    return "gone-404"
