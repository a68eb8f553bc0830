"""Who is at the other end: a signed cookie, the token bound to it, and who failed to sign in.

Nothing is kept on our side: a session is what its cookie says, and the signature proves it.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import secrets
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

LOGIN_SECONDS = 12 * 3600
FAILURES = 5
FAILURES_SECONDS = 60.0
_MOST_ADDRESSES = 10_000
_LONGEST_COOKIE = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """One browser's visit; `author` is the name it signed in with, "" where it has not."""

    id: str
    author: str
    begun: float


class Sessions:
    """Makes and reads the cookies of one port; `seconds` is how long one is good, None for ever.

    Cookies are shared by all ports of a host name, so the name of ours has the port.
    """

    def __init__(
        self, secret: bytes, port: int, clock: Callable[[], float], seconds: float | None
    ) -> None:
        self.cookie = f"muniment-review-{port}"
        self._secret = secret
        self._clock = clock
        self._seconds = seconds

    def begin(self, author: str = "") -> Session:
        """Return a new session."""
        return Session(id=secrets.token_urlsafe(18), author=author, begun=self._clock())

    def set_cookie(self, session: Session) -> str:
        """Return the value of Set-Cookie: for this host alone, never read by scripts."""
        told = json.dumps([session.id, session.author, session.begun]).encode()
        value = base64.urlsafe_b64encode(told).decode()
        signed = f"{value}.{self._sign('session', value)}"
        return f"{self.cookie}={signed}; Path=/; HttpOnly; SameSite=Strict"

    def forget_cookie(self) -> str:
        """Return the value of Set-Cookie that ends the session in the browser."""
        return f"{self.cookie}=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0"

    def read(self, cookies: str) -> Session | None:
        """Return the session of a Cookie header; None where there is none that we signed."""
        value, _, signature = _morsel(cookies, self.cookie).rpartition(".")
        if not value or not _same(signature, self._sign("session", value)):
            return None
        id_, author, begun = json.loads(base64.urlsafe_b64decode(value))
        if self._seconds is not None and self._clock() - begun > self._seconds:
            return None
        return Session(id=id_, author=author, begun=begun)

    def csrf(self, session: Session) -> str:
        """Return what the forms of this session's pages have to send back."""
        return self._sign("csrf", f"{session.id} {session.author}")

    def is_csrf(self, session: Session, token: str) -> bool:
        """Return whether a form came from a page of this session."""
        return _same(token, self.csrf(session))

    def _sign(self, what: str, text: str) -> str:
        told = f"{what}\0{text}".encode()
        return hmac.new(self._secret, told, hashlib.sha256).hexdigest()


class Failures:
    """Counts failed attempts to sign in, by address, within the last minute."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._times: dict[str, deque[float]] = {}

    def is_too_many(self, address: str) -> bool:
        """Return whether this address has to wait; so has every one while too many fail."""
        self._forget_old()
        found = self._times.get(address)
        if found is None:
            return len(self._times) >= _MOST_ADDRESSES
        return len(found) >= FAILURES

    def add(self, address: str) -> None:
        """Count a failure."""
        self._times.setdefault(address, deque(maxlen=FAILURES)).append(self._clock())

    def _forget_old(self) -> None:
        before = self._clock() - FAILURES_SECONDS
        for address, times in list(self._times.items()):
            while times and times[0] <= before:
                times.popleft()
            if not times:
                del self._times[address]


class Machines:
    """The addresses from which somebody signed in within the time that a session is good.

    Captured pages are shown to them alone. A sandboxed page sends no cookie with its images, so
    that their machine is what can be known of those.
    """

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._times: dict[str, float] = {}

    def add(self, address: str) -> None:
        """Let a machine in."""
        self._times[address] = self._clock()

    def __contains__(self, address: object) -> bool:
        """Return whether that machine may see captured pages."""
        began = self._times.get(address) if isinstance(address, str) else None
        return began is not None and self._clock() - began <= LOGIN_SECONDS


def is_token(given: str, token: str) -> bool:
    """Return whether `given` is the token, in the same time whatever it is."""
    return _same(given, token)


def _same(given: str, expected: str) -> bool:
    return hmac.compare_digest(given.encode("utf-8", "replace"), expected.encode())


def _morsel(cookies: str, name: str) -> str:
    """Return the value of our cookie; "" where it is not among them."""
    if name not in cookies or len(cookies) > _LONGEST_COOKIE * 8:
        return ""
    for part in cookies.split(";"):
        key, _, value = part.strip().partition("=")
        if key == name and len(value) <= _LONGEST_COOKIE:
            return value
    return ""
