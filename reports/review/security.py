"""The door: which requests are let in at all, and the headers that every answer goes out with.

A page of another site can make a browser send requests here, with cookies and all: by its forms,
by names of its own that lead to 127.0.0.1 (DNS rebinding), by images and frames. So the Host has
to be ours, what changes anything has to come from a page of ours, and nobody may frame us.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl

from starlette.types import Receive, Scope

MOST_BYTES = 64 * 1024
MOST_FIELDS = 500
_FORM = "application/x-www-form-urlencoded"
_HTTP_PORT = 80
_METHODS = frozenset({"GET", "HEAD", "POST"})
_OWN_SITES = frozenset({"same-origin", "none"})  # none: typed, a bookmark
_SINGLE = ("host", "origin", "content-type", "content-length", "sec-fetch-site", "cookie")


class RefusedError(Exception):
    """A request that is not answered with what it asks for: the status, and why in words."""

    def __init__(
        self, status: int, title: str, words: str, headers: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(f"{status} {title}: {words}")
        self.status = status
        self.title = title
        self.words = words
        self.headers = headers or {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Door:
    """The rules of one review: the names it answers to, `name:port`, and the replay it frames.

    The first name is the one that its pages live at.
    """

    hosts: tuple[str, ...]
    replay_origin: str

    @property
    def origin(self) -> str:
        """Return the origin of the review's pages."""
        return f"http://{self.hosts[0]}"

    def check(self, method: str, headers: Mapping[str, str]) -> None:
        """Raise RefusedError for a request that no page of ours and no reviewer sent."""
        if headers.get("host", "").lower() not in self.hosts:
            raise RefusedError(
                421,
                "Not the address of this review",
                f"This review answers to {self.origin}/ only.",
            )
        if method not in _METHODS:
            raise RefusedError(
                405,
                "Not that way",
                "Pages are asked with GET or POST.",
                {"Allow": "GET, HEAD, POST"},
            )
        if method == "POST":
            self._check_source(headers)
        elif _is_embedded(headers):
            raise RefusedError(403, "Asked by another site", "Pages of other sites get nothing.")

    def check_home(self, headers: Mapping[str, str], address: str) -> None:
        """Raise RefusedError that leads to the name our pages live at, from any other of ours.

        The replay is at `localhost`: a cookie of ours under that name would go to it, too.
        """
        if headers["host"].lower().partition(":")[0] != self.hosts[0].partition(":")[0]:
            raise RefusedError(
                307, "At another name", self.origin, {"Location": f"{self.origin}{address}"}
            )

    def _check_source(self, headers: Mapping[str, str]) -> None:
        origin, site = headers.get("origin"), headers.get("sec-fetch-site")
        is_ours = (origin is None or origin == f"http://{headers['host'].lower()}") and (
            site is None or site in _OWN_SITES
        )
        if not is_ours or (origin is None and site is None):
            raise RefusedError(
                403,
                "Not sent from a page of this review",
                "Nothing was changed. A decision counts only where the browser says that a page "
                "of this review sent it (Origin or Sec-Fetch-Site). Open the link here and "
                "decide again.",
            )

    def headers(self) -> dict[str, str]:
        """Return the headers of every answer.

        The referrer policy is `same-origin`: no other site learns anything by it, whereas
        `no-referrer` makes browsers send `Origin: null` with our own forms (Fetch, section 3.2).
        """
        return {
            "Content-Security-Policy": "default-src 'none'; style-src 'self'; script-src 'self'; "
            f"img-src 'self'; frame-src {self.replay_origin}; form-action 'self'; "
            "frame-ancestors 'none'; base-uri 'none'",
            "X-Content-Type-Options": "nosniff",
            "X-Frame-Options": "DENY",
            "Referrer-Policy": "same-origin",
            "Cache-Control": "no-store",
            "Cross-Origin-Opener-Policy": "same-origin",
            "Cross-Origin-Resource-Policy": "same-origin",
        }


def _is_embedded(headers: Mapping[str, str]) -> bool:
    """Return whether another site asks for something to put into its own page."""
    if headers.get("sec-fetch-site") not in ("cross-site", "same-site"):
        return False
    return (headers.get("sec-fetch-mode"), headers.get("sec-fetch-dest")) != (
        "navigate",
        "document",
    )


def is_from_elsewhere(headers: Mapping[str, str]) -> bool:
    """Return whether a link of another site led here: such a request brings no cookie of ours."""
    return headers.get("sec-fetch-site") in ("cross-site", "same-site")


def host_names(host: str, port: int) -> tuple[str, ...]:
    """Return the values of Host that mean this address; a browser leaves out port 80."""
    name = f"[{host}]" if ":" in host else host.lower()
    names = (name, "localhost") if name == "127.0.0.1" else (name,)
    with_port = tuple(f"{one}:{port}" for one in names)
    return (*names, *with_port) if port == _HTTP_PORT else with_port


def read_headers(scope: Scope) -> dict[str, str]:
    """Return the headers by name; RefusedError where one that we rest on is there twice."""
    found: dict[str, str] = {}
    for raw, value in scope["headers"]:
        name = raw.decode("latin-1").lower()
        if name in _SINGLE and name in found and name != "cookie":
            raise RefusedError(400, "Not a request", f"{name} is there twice.")
        text = value.decode("latin-1")
        found[name] = f"{found[name]}; {text}" if name in found else text
    return found


async def read_form(receive: Receive, headers: Mapping[str, str]) -> dict[str, list[str]]:
    """Return the fields of a form of at most `MOST_BYTES`; RefusedError for anything else."""
    kind = headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != _FORM:
        raise RefusedError(415, "Not a form", f"A decision is sent as {_FORM}.")
    length = headers.get("content-length", "0")
    body = bytearray()
    is_whole = not (length.isascii() and length.isdigit()) or int(length) <= MOST_BYTES
    while is_whole:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise RefusedError(400, "Cut short", "The form did not arrive whole.")
        body += message.get("body", b"")
        is_whole = len(body) <= MOST_BYTES
        if not message.get("more_body"):
            break
    if not is_whole:
        raise RefusedError(413, "Too long", f"A form may have {MOST_BYTES // 1024} KiB.")
    return _fields(bytes(body))


def _fields(body: bytes) -> dict[str, list[str]]:
    try:
        pairs = parse_qsl(
            body.decode("utf-8", "replace"),
            keep_blank_values=True,
            errors="replace",
            max_num_fields=MOST_FIELDS,
        )
    except ValueError as error:
        raise RefusedError(400, "Not a form", "It has too many fields.") from error
    found: dict[str, list[str]] = {}
    for name, value in pairs:
        found.setdefault(name, []).append(value)
    return found
