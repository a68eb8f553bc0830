"""The cookies of one chain of redirects (RFC 6265, the part that such a chain needs)."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable
from dataclasses import dataclass, field
from urllib.parse import urlsplit

_MOST = 50
_LONGEST = 4096


@dataclass(frozen=True, slots=True)
class _Cookie:
    name: str
    value: str
    domain: str
    host_only: bool
    path: str
    secure: bool

    def fits(self, scheme: str, host: str, path: str) -> bool:
        if self.secure and scheme != "https":
            return False
        if host != self.domain and (self.host_only or not host.endswith("." + self.domain)):
            return False
        return path == self.path or path.startswith(self.path.rstrip("/") + "/")


@dataclass(slots=True)
class Cookies:
    """What the answers of one chain have set; dropped with the chain."""

    _kept: dict[tuple[str, str, str], _Cookie] = field(default_factory=dict)

    def set(self, url: str, headers: Iterable[str]) -> None:
        """Take the Set-Cookie fields of the answer from `url`."""
        for header in headers:
            cookie, gone = _parse(url, header)
            if cookie is None:
                continue
            key = (cookie.domain, cookie.path, cookie.name)
            self._kept.pop(key, None)
            if not gone and len(self._kept) < _MOST:
                self._kept[key] = cookie

    def header(self, url: str) -> str | None:
        """Return the Cookie field for a request to `url`; None where there is none to send."""
        parts = urlsplit(url)
        host, path = parts.hostname or "", parts.path or "/"
        fitting = [c for c in self._kept.values() if c.fits(parts.scheme, host, path)]
        fitting.sort(key=lambda cookie: -len(cookie.path))
        return "; ".join(f"{cookie.name}={cookie.value}" for cookie in fitting) or None


def _parse(url: str, header: str) -> tuple[_Cookie | None, bool]:
    """Return the cookie that a Set-Cookie field asks for, and whether it asks to drop it."""
    if len(header) > _LONGEST:
        return None, False
    pair, *rest = header.split(";")
    name, equals, value = (part.strip() for part in pair.partition("="))
    attributes = {
        key.strip().lower(): value.strip() for key, _, value in (a.partition("=") for a in rest)
    }
    parts = urlsplit(url)
    host = parts.hostname or ""
    domain = attributes.get("domain", "").lstrip(".").lower()
    if not equals or not name or not _may_set(host, domain):
        return None, False
    path = attributes.get("path", "")
    cookie = _Cookie(
        name,
        value,
        domain or host,
        host_only=not domain,
        path=path if path.startswith("/") else (parts.path.rpartition("/")[0] or "/"),
        secure="secure" in attributes,
    )
    return cookie, attributes.get("max-age", "1").startswith(("0", "-"))


def _may_set(host: str, domain: str) -> bool:
    """Return whether `host` may set cookies for `domain` (section 5.3, steps 5 and 6)."""
    if not domain or domain == host:
        return True
    if "." not in domain or not host.endswith("." + domain):
        return False
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return True
    return False
