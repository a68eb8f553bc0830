"""Serve a collection's captures to a browser on this machine: evidence replay, scripts off.

Nothing is ever fetched from the live web: what was not captured is answered with what was.
"""

from __future__ import annotations

import re
from datetime import datetime
from email.utils import format_datetime
from urllib.parse import parse_qs, quote

from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from warc.capture import Capture
from warc.cdxj import CdxjEntry, CdxjIndex, timestamp
from warc.collection import Collection
from warc.replay.aliases import Aliases, closest_alias
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
from warc.replay.display import Showing, showing, status_words
from warc.replay.holdings import Holdings
from warc.replay.kinds import SNIFFED, is_led, protection, raw_type, told_type
from warc.replay.leading import led_body
from warc.replay.pages import ALWAYS, Highlights, Pages

PAYLOAD_BYTES = 64 << 20
_HOSTS = frozenset({"localhost", "127.0.0.1", "[::1]"})
# A browser does not show the body of these, whatever it is.
_UNSHOWN = frozenset({204, 205, 304, 407, 408, 421, 425})


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
        aliases: Aliases = (),
    ) -> None:
        self._aliases = aliases
        self._hosts = frozenset({host}) if host else _HOSTS
        self._collection = collection
        self._index = CdxjIndex(collection.indexes)
        self._holdings = Holdings(collection)
        self._pages = Pages(collection, self._index, highlights, framed_by)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        await self._guarded(scope)(scope, receive, send)

    def _guarded(self, scope: Scope) -> Response:
        """Return the answer; that an index or a file cannot be read is one."""
        try:
            return self._answer(scope)
        except (OSError, ValueError) as error:
            return self._pages.listing("This cannot be shown", words=str(error), status=502)

    def _answer(self, scope: Scope) -> Response:
        if _host(scope) not in self._hosts:
            return PlainTextResponse("this replay answers to localhost only\n", 421)
        if scope["method"] not in {"GET", "HEAD"}:
            return PlainTextResponse("captures are read only\n", 405, {"Allow": "GET, HEAD"})
        path = scope["raw_path"].decode("latin-1")
        query = scope["query_string"].decode("latin-1")
        address = Address.parse(f"{path}?{query}" if query else path)
        if address is not None:
            mode = dict(scope["headers"]).get(b"sec-fetch-mode", b"").decode("latin-1")
            return self._replay(address, mode or None)
        return self._pages.answer(path, parse_qs(query).get("url", [""])[0])

    def _replay(self, address: Address, fetch_mode: str | None) -> Response:
        if address.date is None:
            return self._pages.missing(address, f"{address.timestamp} is no date")
        entry = closest(self._index, address.url, address.date)
        if entry is None:
            return self._elsewhere(address, address.date)
        exact = Address(timestamp=entry.timestamp, view=address.view, url=entry.url)
        if exact.timestamp != address.timestamp:
            return RedirectResponse(href(exact), 302, ALWAYS)
        try:
            if address.view is View.FRAME:
                return self._frame(entry)
            return self._content(entry, address.view, fetch_mode)
        except (OSError, ValueError) as error:
            return self._pages.missing(address, f"Its record cannot be read: {error}", 502)

    def _elsewhere(self, address: Address, date: datetime) -> Response:
        """Return the way to the capture under another host of the site, else that there is none."""
        alias = closest_alias(self._index, self._aliases, address.url, date)
        if alias is None:
            return self._pages.missing(address, "It may never have been asked for.")
        return RedirectResponse(href(address_of(alias, address.view)), 302, ALWAYS)

    def _closest(self, url: str, beside: CdxjEntry) -> CdxjEntry | None:
        """Return the capture of `url` or of an alias that is nearest in time to another."""
        found = closest(self._index, url, beside.date)
        return found or closest_alias(self._index, self._aliases, url, beside.date)

    def _frame(self, entry: CdxjEntry) -> Response:
        captures = self._index.captures(entry.url)
        at = next((n for n, e in enumerate(captures) if e.locator == entry.locator), 0)
        earlier = captures[at - 1] if at else None
        later = captures[at + 1] if at + 1 < len(captures) else None
        capture = self._holdings.capture(entry)
        target = redirect_target(capture.status, entry.url, capture.header("location"))
        led = target and self._closest(target, entry)
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

    def _content(self, entry: CdxjEntry, view: View, fetch_mode: str | None) -> Response:
        capture = self._holdings.capture(entry)
        target = redirect_target(capture.status, entry.url, capture.header("location"))
        if target is not None and view is View.PAGE:
            return self._redirect(entry, target)
        full = self._with_payload(entry, capture)
        if full is None:
            return self._pages.missing(
                address_of(entry), "It repeats an answer that is not here.", 502
            )
        headers = ALWAYS | self._memento(entry)
        kind = told_type(full.content_type, full.payload(SNIFFED))
        status = _shown_status(capture.status)
        payload = full.payload(PAYLOAD_BYTES)
        if view is View.PAGE and is_led(kind):
            body, kind = led_body(payload, kind, entry.url, entry.timestamp)
            return Response(body, status, headers | protection(kind, led=True))
        if view is View.RAW:
            kind = raw_type(kind, fetch_mode)
        return Response(payload, status, headers | protection(kind, led=False))

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
        return self._holdings.capture(original)

    def _redirect(self, entry: CdxjEntry, target: str) -> Response:
        """Follow a captured redirect inside the archive, or show where it led."""
        if self._closest(target, entry) is None:
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
    aliases: Aliases = (),
) -> ASGIApp:
    """Return the replay of `collection` as an ASGI application."""
    return Replay(collection, highlights, framed_by, host, aliases)


def _host(scope: Scope) -> str:
    headers = dict(scope["headers"])
    return re.sub(r":\d+$", "", headers.get(b"host", b"").decode("latin-1").lower())


def _shown_status(status: int | None) -> int:
    """Return the captured status where a browser shows what came with it, else 200."""
    is_final = status is not None and 200 <= status < 600  # noqa: PLR2004 - RFC 9110 section 15
    return status if status and is_final and status not in _UNSHOWN else 200
