"""Serve a collection's captures to a browser on this machine: evidence replay, scripts off.

Nothing is ever fetched from the live web: what was not captured is answered with what was.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from email.utils import format_datetime
from urllib.parse import parse_qs, quote

from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from warc.capture import Capture
from warc.cdxj import CdxjEntry, CdxjIndex, timestamp
from warc.charset import decode
from warc.collection import Collection
from warc.damage import DamagedError
from warc.random_access import capture_at
from warc.replay.choice import (
    Address,
    View,
    address_of,
    closest,
    date_words,
    href,
    list_href,
    original_of,
    record_href,
    redirect_target,
)
from warc.replay.display import Showing, bare_type, is_html, showing, status_words
from warc.replay.pages import ALWAYS, Highlights, Pages
from warc.replay.rewrite import rewrite_css, rewrite_html

PAYLOAD_BYTES = 64 << 20
_HOSTS = frozenset({"localhost", "127.0.0.1", "[::1]"})
# A browser does not show the body of these, whatever it is.
_UNSHOWN = frozenset({204, 205, 304, 407, 408, 421, 425})

# The capture's page: an origin of its own, no scripts, nothing from anywhere but here.
_CAPTURE_POLICY = (
    "sandbox allow-top-navigation-by-user-activation; default-src 'self' 'unsafe-inline' data:; "
    "script-src 'none'; object-src 'none'; form-action 'none'; base-uri 'none'"
)
# A PDF, whose viewer Chromium opens in no sandbox; its own scripts reach no page.
_VIEWER_POLICY = "default-src 'self' 'unsafe-inline'; script-src 'none'; base-uri 'none'"


class Replay:
    """The replay of one collection, as an ASGI application.

    `framed_by` is the one origin whose pages may show pages of ours, "" for none; `host` is a
    name that it answers to instead of this machine's own.
    """

    def __init__(
        self,
        collection: Collection,
        highlights: Highlights | None = None,
        framed_by: str = "",
        host: str = "",
    ) -> None:
        self._hosts = frozenset({host}) if host else _HOSTS
        self._collection = collection
        self._index = CdxjIndex(collection.indexes)
        self._pages = Pages(collection, self._index, highlights, framed_by)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        await self._answer(scope)(scope, receive, send)

    def _answer(self, scope: Scope) -> Response:
        if _host(scope) not in self._hosts:
            return PlainTextResponse("this replay answers to localhost only\n", 421)
        if scope["method"] not in {"GET", "HEAD"}:
            return PlainTextResponse("captures are read only\n", 405, {"Allow": "GET, HEAD"})
        path = scope["raw_path"].decode("latin-1")
        query = scope["query_string"].decode("latin-1")
        address = Address.parse(f"{path}?{query}" if query else path)
        if address is not None:
            return self._replay(address)
        return self._pages.answer(path, parse_qs(query).get("url", [""])[0])

    def _replay(self, address: Address) -> Response:
        if address.date is None:
            return self._pages.missing(address, f"{address.timestamp} is no date")
        entry = closest(self._index, address.url, address.date)
        if entry is None:
            return self._pages.missing(address, "It may never have been asked for.")
        exact = Address(timestamp=entry.timestamp, view=address.view, url=entry.url)
        if exact.timestamp != address.timestamp:
            return RedirectResponse(href(exact), 302, ALWAYS)
        try:
            if address.view is View.FRAME:
                return self._frame(entry)
            return self._content(entry, address.view)
        except (OSError, DamagedError) as error:
            return self._pages.missing(address, f"Its record cannot be read: {error}", 502)

    def _frame(self, entry: CdxjEntry) -> Response:
        captures = self._index.captures(entry.url)
        at = next((n for n, e in enumerate(captures) if e.locator == entry.locator), 0)
        earlier = captures[at - 1] if at else None
        later = captures[at + 1] if at + 1 < len(captures) else None
        capture = capture_at(self._collection.archive, entry.locator)
        target = redirect_target(capture.status, entry.url, capture.header("location"))
        led = target and closest(self._index, target, entry.date)
        how = Showing.SANDBOXED if target else showing(capture.content_type)
        values: dict[str, object] = {
            "url": entry.url,
            "captured": date_words(entry),
            "datetime": capture.date.isoformat(),
            "status": capture.status or 0,
            "answered": status_words(capture.status),
            "target": target,
            "target_href": led and href(address_of(led)),
            "sandboxed": how is not Showing.VIEWER,
            "saved": how is Showing.NOT and f"of type {capture.content_type}",
            "earlier": earlier and href(address_of(earlier)),
            "later": later and href(address_of(later)),
            "raw": href(address_of(entry, View.RAW)),
            "content": href(address_of(entry, View.PAGE)),
            "record": record_href(entry.locator),
            "list": list_href(entry.url),
            "count": len(captures),
        }
        return self._pages.page("frame.html", 200, values)

    def _content(self, entry: CdxjEntry, view: View) -> Response:
        capture = capture_at(self._collection.archive, entry.locator)
        target = redirect_target(capture.status, entry.url, capture.header("location"))
        if target is not None and view is View.PAGE:
            return self._redirect(entry, target)
        full = self._with_payload(entry, capture)
        if full is None:
            return self._pages.missing(
                address_of(entry), "It repeats an answer that is not here.", 502
            )
        headers = ALWAYS | self._memento(entry) | _policy(full.content_type)
        body, kind = full.payload(PAYLOAD_BYTES), full.content_type
        if view is View.PAGE:
            body, kind = self._led(body, kind, entry)
        if kind:  # without one browsers guess
            headers["Content-Type"] = _clean(kind)
        return Response(body, _shown_status(capture.status), headers)

    def _with_payload(self, entry: CdxjEntry, capture: Capture) -> Capture | None:
        if capture.record_type != "revisit":
            return capture
        date = capture.refers_to_date
        original = original_of(
            self._index,
            entry,
            capture.refers_to_uri or "",
            timestamp(date) if date is not None else "",
        )
        if original is None:
            return None
        return capture_at(self._collection.archive, original.locator)

    def _led(self, body: bytes, kind: str | None, entry: CdxjEntry) -> tuple[bytes, str | None]:
        """Return a page or style sheet with its links led into the archive."""
        is_css = bare_type(kind) == "text/css"
        if not is_css and not is_html(kind):
            return body, kind
        text = decode(body, kind)

        def lead(view: View) -> Callable[[str], str]:
            return lambda url: href(Address(timestamp=entry.timestamp, view=view, url=url))

        if is_css:
            return rewrite_css(text, entry.url, lead(View.PAGE)).encode(), "text/css; charset=utf-8"
        html = rewrite_html(text, entry.url, lead(View.PAGE), lead(View.FRAME))
        return html.encode("utf-8", "replace"), "text/html; charset=utf-8"

    def _redirect(self, entry: CdxjEntry, target: str) -> Response:
        """Follow a captured redirect inside the archive, or show where it led."""
        if closest(self._index, target, entry.date) is None:
            words = f"Captured {date_words(entry)}. Where it led was not captured."
            return self._pages.listing(f"A redirect to {target}", words=words)
        led = Address(timestamp=entry.timestamp, view=View.PAGE, url=target)
        return RedirectResponse(href(led), 302, ALWAYS | self._memento(entry))

    def _memento(self, entry: CdxjEntry) -> dict[str, str]:
        """Return the headers that make an answer a memento (RFC 7089 section 2.1)."""
        original = quote(entry.url, safe="%/:?#[]@!$&'()*+,;=~-._")
        return {
            "Memento-Datetime": format_datetime(entry.date, usegmt=True),
            "Link": f'<{original}>; rel="original"',
        }


def create_app(
    collection: Collection,
    highlights: Highlights | None = None,
    framed_by: str = "",
    host: str = "",
) -> ASGIApp:
    """Return the replay of `collection` as an ASGI application."""
    return Replay(collection, highlights, framed_by, host)


def _host(scope: Scope) -> str:
    headers = dict(scope["headers"])
    return re.sub(r":\d+$", "", headers.get(b"host", b"").decode("latin-1").lower())


def _policy(content_type: str | None) -> dict[str, str]:
    if showing(content_type) is Showing.VIEWER:
        return {"Content-Security-Policy": _VIEWER_POLICY, "X-Content-Type-Options": "nosniff"}
    return {"Content-Security-Policy": _CAPTURE_POLICY}


def _shown_status(status: int | None) -> int:
    """Return the captured status where a browser shows what came with it, else 200."""
    is_final = status is not None and 200 <= status < 600  # noqa: PLR2004 - RFC 9110 section 15
    return status if status and is_final and status not in _UNSHOWN else 200


def _clean(value: str) -> str:
    """Return a header value that cannot split the response (RFC 9110 section 5.5)."""
    return re.sub(r"[^\x20-\x7e]", "", value) or "application/octet-stream"
