"""Serve a collection's captures to a browser on this machine: evidence replay, scripts off.

Nothing is ever fetched from the live web: what was not captured is answered with what was.
"""

from __future__ import annotations

import re
from datetime import datetime
from urllib.parse import parse_qs

from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from warc.capture import Capture
from warc.cdxj import CdxjEntry, CdxjIndex, timestamp
from warc.collection import Collection
from warc.post_query import MOST_BODY, WITH_BODY
from warc.replay import cdx_api
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
from warc.replay.memento import Asked, Mementos, http_date
from warc.replay.methods import asked_by, url_of
from warc.replay.pages import ALWAYS, Highlights, Pages
from warc.replay.ranges import body_of, respond, unread

PAYLOAD_BYTES = 64 << 20
# pywb 2 has its CDX server at /NAME/cdx, pywb 0 had it at /NAME-cdx.
_CDX = re.compile(r"/(?:[^/?]+(?:/|-))?cdx(?:\?|$)")
_TOKEN = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}")
_HOSTS = frozenset({"localhost", "127.0.0.1", "[::1]"})
# A browser does not show the body of these, whatever it is.
_UNSHOWN = frozenset({204, 205, 206, 304, 407, 408, 421, 425})


class Replay:
    """The replay of one collection, as an ASGI application.

    `framed_by` is the one origin whose pages may show pages of ours, "" for none; `host` is a
    name that it answers to instead of this machine's own; each of `aliases` are the hosts of one
    site, one for another where a page was not captured under its own.
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
        self._mementos = Mementos(self._index)
        self._pages = Pages(collection, self._index, highlights, framed_by)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        request = Request(scope, receive)
        if _host(request) not in self._hosts:
            answer: Response = PlainTextResponse("this replay answers to localhost only\n", 421)
        elif request.method in WITH_BODY:
            answer = await self._sent(request)
        elif request.method in {"GET", "HEAD"}:
            answer = self._guarded(request)
        else:
            answer = _read_only()
        await answer(scope, receive, send)

    async def _sent(self, request: Request) -> Response:
        """Return the way to the captured answer to such a POST or PUT, found by what it sends."""
        address = Address.parse(_path(request))
        if address is None:
            return _read_only()
        body = b""
        async for piece in request.stream():
            body = (body + piece)[:MOST_BODY]
        kind = request.headers.get("content-type", "")
        url = asked_by(request.method, address.url, kind, body)
        led = Address(timestamp=address.timestamp, view=address.view, url=url)
        return RedirectResponse(href(led), 303, ALWAYS)

    def _guarded(self, request: Request) -> Response:
        """Return the answer; that an index or a file cannot be read is one."""
        try:
            return self._answer(request)
        except (OSError, ValueError) as error:
            return self._pages.listing("This cannot be shown", words=str(error), status=502)

    def _answer(self, request: Request) -> Response:
        path = _path(request)
        query = request.scope["query_string"].decode("latin-1")
        if address := Address.parse(path):
            return self._replay(address, request)
        if asked := Asked.parse(path):
            date = request.headers.get("accept-datetime")
            return self._mementos.answer(asked, _origin(request), date)
        if _CDX.match(path):
            return cdx_api.answer(self._index, query)
        return self._pages.answer(path.partition("?")[0], parse_qs(query).get("url", [""])[0])

    def _replay(self, address: Address, request: Request) -> Response:
        if address.date is None:
            return self._pages.missing(address, f"{address.timestamp} is no date")
        entry = closest(self._index, address.url, address.date)
        if entry is None:
            return self._elsewhere(address, address.date)
        exact = address_of(entry, address.view)
        if exact.timestamp != address.timestamp:
            return RedirectResponse(href(exact), 302, ALWAYS)
        try:
            if address.view is View.FRAME:
                return self._frame(entry, request)
            return self._content(entry, address.view, request)
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

    def _frame(self, entry: CdxjEntry, request: Request) -> Response:
        key = entry.urlkey
        earlier = self._index.time_before(key, entry.timestamp)
        later = self._index.time_after(key, entry.timestamp)
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
            "earlier": earlier and _at(entry, earlier),
            "later": later and _at(entry, later),
            "raw": href(address_of(entry, View.RAW)),
            "content": href(address_of(entry, View.PAGE)),
            "record": record_href(entry.locator),
            "list": list_href(url_of(entry)),
            "count": sum(1 for _ in self._index.lines(f"{key} ")),
        }
        page = self._pages.page("frame.html", 200, values)
        page.headers["Link"] = self._mementos.links(entry, _origin(request))
        return page

    def _content(self, entry: CdxjEntry, view: View, request: Request) -> Response:
        capture = self._holdings.capture(entry)
        headers = ALWAYS | self._memento(entry, request)
        target = redirect_target(capture.status, entry.url, capture.header("location"))
        if target is not None and view is View.PAGE:
            return self._redirect(entry, target, headers)
        full = self._with_payload(entry, capture)
        if full is None:
            return self._pages.missing(
                address_of(entry), "It repeats an answer that is not here.", 502
            )
        kind = told_type(full.content_type, full.payload(SNIFFED))
        status = _shown_status(capture.status)
        if view is View.PAGE and is_led(kind):
            payload = full.payload(PAYLOAD_BYTES)
            body, kind = led_body(payload, kind, entry.url, entry.timestamp)
            return Response(body, status, headers | protection(kind, led=True))
        if view is View.RAW:
            headers |= received(capture)
            kind = raw_type(kind, request.headers.get("sec-fetch-mode"))
        headers |= protection(kind, led=False)
        body_sent = body_of(full, PAYLOAD_BYTES)
        if request.method == "HEAD":
            body_sent = unread(body_sent)
        return respond(body_sent, status, headers, request.headers, _tag(entry))

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

    def _redirect(self, entry: CdxjEntry, target: str, headers: dict[str, str]) -> Response:
        """Follow a captured redirect inside the archive, or show where it led."""
        if self._closest(target, entry) is None:
            words = f"Captured {date_words(entry)}. Where it led was not captured."
            return self._pages.listing(f"A redirect to {target}", words=words)
        led = Address(timestamp=entry.timestamp, view=View.PAGE, url=target)
        return RedirectResponse(href(led), 302, headers)

    def _memento(self, entry: CdxjEntry, request: Request) -> dict[str, str]:
        """Return the headers that make an answer a memento (RFC 7089 section 2.1)."""
        return {
            "Memento-Datetime": http_date(entry.date),
            "Link": self._mementos.links(entry, _origin(request)),
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


def _read_only() -> Response:
    return PlainTextResponse("captures are read only\n", 405, {"Allow": "GET, HEAD"})


def _host(request: Request) -> str:
    return re.sub(r":\d+$", "", request.headers.get("host", "").lower())


def _origin(request: Request) -> str:
    """Return where this replay is, as whoever asks has it; the host was looked at before."""
    return f"{request.scope.get('scheme', 'http')}://{request.headers['host']}"


def _path(request: Request) -> str:
    """Return the path with its query, as it was sent."""
    path = request.scope["raw_path"].decode("latin-1")
    query = request.scope["query_string"].decode("latin-1")
    return f"{path}?{query}" if query else path


def _at(entry: CdxjEntry, timestamp: str) -> str:
    """Return the link to a capture of the same URL at another time."""
    return href(Address(timestamp=timestamp, view=View.FRAME, url=url_of(entry)))


def _tag(entry: CdxjEntry) -> str:
    """Return an ETag: the same for the same payload."""
    at = entry.locator
    named = f"{at.file}:{at.offset}" if entry.payload_digest is None else entry.digest
    return f'"{re.sub(r"[^!#-~]", "", named)}"'


def received(capture: Capture) -> dict[str, str]:
    """Return the header fields as they were received, under names that no browser acts on."""
    return {
        f"X-Archive-Orig-{name}": re.sub(r"[^\x20-\x7e]", "", value.decode("latin-1"))
        for name, value in ((n.decode("latin-1"), v) for n, v in capture.headers.headers)
        if _TOKEN.fullmatch(name)
    }


def _shown_status(status: int | None) -> int:
    """Return the captured status where a browser shows what came with it, else 200."""
    is_final = status is not None and 200 <= status < 600  # noqa: PLR2004 - RFC 9110 section 15
    return status if status and is_final and status not in _UNSHOWN else 200
