"""One link on its way: what was asked for it, and what is asked next."""

from __future__ import annotations

import uuid
from collections import Counter
from dataclasses import dataclass, field

from pipelines.checks.cookies import Cookies
from pipelines.checks.hop import Hop

# Servers that remember their visitors send them to the same address again, once: a circle is one
# that was gone round twice.
_ROUNDS = 2


@dataclass(slots=True)
class LinkCheck:
    """Every hop of one link so far, and where the present attempt began among them.

    `hung` is the address at which the attempt before was waited for in vain; `asks_sibling`
    says that the link itself is done and only a made-up neighbour is still to answer.
    """

    url: str
    next_url: str
    cookie: str | None = None
    check_id: str = field(default_factory=lambda: uuid.uuid4().hex)
    hops: list[Hop] = field(default_factory=list)
    attempt: int = 0
    attempt_start: int = 0
    hung: str | None = None
    cookies: Cookies | None = None
    seen: Counter[tuple[str, str | None]] = field(default_factory=Counter)
    asks_sibling: bool = False

    def next_cookie(self) -> str | None:
        """Return the Cookie field of the next request, and remember it as sent."""
        self.cookie = self._cookie_for(self.next_url)
        return self.cookie

    def fields(self) -> tuple[tuple[str, str], ...]:
        """Return what the WARC says beside the exchange, to find a check's records by."""
        return (
            ("checkId", self.check_id),
            ("checkUrl", self.url),
            ("checkAttempt", str(self.attempt)),
            ("checkHop", str(len(self.hops) - self.attempt_start)),
        )

    def add(self, hop: Hop, set_cookies: list[str]) -> None:
        """Take the hop that the next request became, and the cookies that its answer set."""
        self.hops.append(hop)
        self.seen[hop.url, self.cookie] += 1
        if set_cookies:
            self.cookies = self.cookies or Cookies()
            self.cookies.set(hop.url, set_cookies)

    def may_follow(self, hop: Hop, most: int) -> bool:
        """Return whether the check goes on where `hop` leads: no circle, at most `most` times."""
        if hop.next_url is None or len(self.hops) - self.attempt_start > most:
            return False
        return self.seen[hop.next_url, self._cookie_for(hop.next_url)] < _ROUNDS

    def start_again(self, *, hung: str | None) -> None:
        """Begin the next attempt, with nothing remembered from the one before."""
        self.attempt += 1
        self.attempt_start = len(self.hops)
        self.next_url = self.url
        self.cookies = None
        self.seen.clear()
        self.hung = hung

    def ask_sibling(self, url: str) -> None:
        """Ask, last of all, for a made-up address in the link's folder."""
        self.asks_sibling = True
        self.next_url = url
        self.cookies = None

    def _cookie_for(self, url: str) -> str | None:
        return self.cookies.header(url) if self.cookies else None
