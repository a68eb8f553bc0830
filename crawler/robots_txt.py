"""robots.txt by RFC 9309: which rules are ours, and what they say of an address."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Self
from urllib.parse import urlsplit

MAX_SIZE = 500 * 1024  # section 2.5: at least so much has to be read

_LINE_END = re.compile(r"\r\n|\r|\n")
_TOKEN = re.compile(r"\*(?=\s|$)|[A-Za-z_-]+")
# Misspelt as they are met in the wild; other crawlers read them too.
_FORBIDDING = {"disallow", "dissallow", "dissalow", "disalow", "diasllow", "disallaw"}
_RULES = {"allow", *_FORBIDDING}
_AGENTS = {"user-agent", "useragent", "user agent"}
_DELAYS = {"crawl-delay", "crawldelay", "crawl delay"}
_SITEMAPS = {"sitemap", "site-map"}

_UNRESERVED = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
# A star or a dollar sign that is not part of the pattern language is compared as %2A and %24.
_PLAIN = r"A-Za-z0-9._~:/?#\[\]@!&'()+,;=\-"
_IS_PLAIN = re.compile(f"[{_PLAIN}]*")
_TO_MEND = re.compile(rf"%([0-9A-Fa-f]{{2}})|[^{_PLAIN}]".encode())


@dataclass(frozen=True, slots=True)
class Rule:
    """One Allow or Disallow line; `parts` of its pattern lie between the stars."""

    allows: bool
    length: int
    parts: tuple[str, ...]
    is_anchored: bool

    @classmethod
    def of(cls, pattern: str, *, allows: bool) -> Self:
        """Return the rule of a pattern as it is written."""
        is_anchored = pattern.endswith("$")
        parts = tuple(map(normal, re.split(r"\*+", pattern.removesuffix("$"))))
        length = sum(map(len, parts)) + len(parts) - 1 + is_anchored
        return cls(allows, length, parts, is_anchored)

    def fits(self, path: str) -> bool:
        """Return whether the rule speaks of a normal path."""
        first, *others = self.parts
        if not path.startswith(first):
            return False
        at = len(first)
        if not others:
            return not self.is_anchored or at == len(path)
        *middle, last = others
        for part in middle:
            found = path.find(part, at)
            if found < 0:
                return False
            at = found + len(part)
        if self.is_anchored:
            return path.endswith(last) and len(path) - len(last) >= at
        return path.find(last, at) >= 0


@dataclass(slots=True)
class _Group:
    """The rules for one user agent."""

    rules: list[Rule] = field(default_factory=list)
    delay: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RobotsTxt:
    """What a robots.txt says to one product; `crawl_delay` in seconds, None where it says none.

    `rules` are sorted: the first that fits counts.
    """

    rules: tuple[Rule, ...] = ()
    crawl_delay: float | None = None
    sitemaps: tuple[str, ...] = ()

    @classmethod
    def parse(cls, body: bytes, product: str) -> Self:
        """Return what `body`, of which the first `MAX_SIZE` bytes count, says to `product`.

        The groups that name it are joined; where none does, those for `*` count (section 2.2.1).
        """
        lines = tuple(_lines(body))
        groups = _groups(lines)
        ours = groups.get(product.lower()) or groups.get("*") or _Group()
        return cls(
            rules=tuple(sorted(ours.rules, key=lambda r: (-r.length, not r.allows))),
            crawl_delay=ours.delay,
            sitemaps=tuple(value for name, value in lines if name in _SITEMAPS and value),
        )

    def allows(self, url: str) -> bool:
        """Return whether `url` may be asked: by the longest rule, Allow where two are as long."""
        parts = urlsplit(url)
        path = normal((parts.path or "/") + (f"?{parts.query}" if parts.query else ""))
        if path == "/robots.txt":
            return True
        return next((rule.allows for rule in self.rules if rule.fits(path)), True)


def normal(text: str) -> str:
    """Return a path or pattern in the spelling in which they are compared (section 2.2.2)."""
    if _IS_PLAIN.fullmatch(text):
        return text
    return _TO_MEND.sub(_mended, text.encode("utf-8", "surrogateescape")).decode("ascii")


def _mended(found: re.Match[bytes]) -> bytes:
    octet = int(found[1], 16) if found[1] else found[0][0]
    return bytes((octet,)) if octet in _UNRESERVED else b"%%%02X" % octet


def _lines(body: bytes) -> Iterator[tuple[str, str]]:
    """Yield the lines that say something, as a lower-case name and a value."""
    if len(body) > MAX_SIZE:
        # Half a line could forbid more than the whole one.
        body = body[: body.rfind(b"\n", 0, MAX_SIZE) + 1]
    text = body.decode("utf-8", "surrogateescape").removeprefix("\ufeff")
    for line in _LINE_END.split(text):
        said = line.partition("#")[0].strip()
        name, colon, value = said.partition(":")
        if not colon:
            name, _, value = said.partition(" ")
        if name:
            yield name.strip().lower(), value.strip()


def _groups(lines: tuple[tuple[str, str], ...]) -> dict[str, _Group]:
    """Return the groups by lower-case product token."""
    groups: dict[str, _Group] = {}
    agents: dict[str, _Group] = {}
    has_rules = False
    for name, value in lines:
        if name in _AGENTS:
            if has_rules:
                agents, has_rules = {}, False
            if token := _TOKEN.match(value):
                agent = token[0].lower()
                agents[agent] = groups.setdefault(agent, _Group())
        elif name in _RULES:
            has_rules = True
            _add_rule(agents, value, allows=name not in _FORBIDDING)
        elif name in _DELAYS and (delay := _seconds(value)) is not None:
            for group in agents.values():
                group.delay = delay
    return groups


def _add_rule(agents: dict[str, _Group], value: str, *, allows: bool) -> None:
    if value:  # an empty rule says nothing
        rule = Rule.of(value, allows=allows)
        for group in agents.values():
            group.rules.append(rule)


def _seconds(text: str) -> float | None:
    try:
        seconds = float(text)
    except ValueError:
        return None
    return seconds if math.isfinite(seconds) and seconds >= 0 else None
