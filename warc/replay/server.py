"""Serve a collection's captures to a browser on this machine: evidence replay, scripts off.

Nothing is ever fetched from the live web: what was not captured is answered with what was.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from email.utils import format_datetime
from pathlib import Path
from urllib.parse import parse_qs, quote

import jinja2
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from warc.capture import Capture
from warc.cdxj import CdxjEntry, CdxjIndex, timestamp
from warc.charset import decode
from warc.collection import Collection
from warc.damage import DamagedError
from warc.locator import Locator
from warc.random_access import capture_at, record_at
from warc.replay.choice import Address, View, closest, original_of, redirect_target
from warc.replay.rewrite import rewrite_css, rewrite_html
from warc.surt import surt

PAYLOAD_BYTES = 64 << 20
_RECORD_SHOWN = 64 << 10
_LISTED = 200
_HOSTS = frozenset({"localhost", "127.0.0.1", "[::1]"})

# The capture's page: an origin of its own, no scripts, nothing from anywhere but here.
_CAPTURE_POLICY = (
    "sandbox allow-top-navigation-by-user-activation; default-src 'self' 'unsafe-inline' data:; "
    "script-src 'none'; object-src 'none'; form-action 'none'; base-uri 'none'"
)
_OWN_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; frame-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
_ALWAYS = {"Referrer-Policy": "no-referrer", "Cache-Control": "no-store"}


class Replay:
    """The replay of one collection, as an ASGI application."""

    def __init__(self, collection: Collection) -> None:
        self._collection = collection
        self._index = CdxjIndex(collection.indexes)
        self._templates = jinja2.Environment(
            loader=jinja2.FileSystemLoader(Path(__file__).parent / "templates"),
            autoescape=True,
            undefined=jinja2.StrictUndefined,
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        await self._answer(scope)(scope, receive, send)

    def _answer(self, scope: Scope) -> Response:
        if _host(scope) not in _HOSTS:
            return PlainTextResponse("this replay answers to localhost only\n", 421)
        if scope["method"] not in {"GET", "HEAD"}:
            return PlainTextResponse("captures are read only\n", 405, {"Allow": "GET, HEAD"})
        path = scope["raw_path"].decode("latin-1")
        query = scope["query_string"].decode("latin-1")
        address = Address.parse(f"{path}?{query}" if query else path)
        if address is not None:
            return self._replay(address)
        return self._own_page(path, parse_qs(query).get("url", [""])[0])

    def _own_page(self, path: str, url: str) -> Response:
        if path in {"/", "/search"}:
            return self._search(url)
        if path == "/list":
            return self._captures_of(url)
        if match := re.fullmatch(r"/record/([^/]+)/(\d+)", path):
            return self._record(match[1], int(match[2]))
        return self._list("No such page here", status=404)

    # captures

    def _replay(self, address: Address) -> Response:
        if address.date is None:
            return self._missing(address, f"{address.timestamp} is no date")
        entry = closest(self._index, address.url, address.date)
        if entry is None:
            return self._missing(address, "It may never have been asked for.")
        exact = Address(timestamp=entry.timestamp, view=address.view, url=entry.url)
        if exact.timestamp != address.timestamp:
            return RedirectResponse(_href(exact), 302, _ALWAYS)
        try:
            if address.view is View.FRAME:
                return self._frame(entry)
            return self._content(entry, address.view)
        except (OSError, DamagedError) as error:
            return self._missing(address, f"Its record cannot be read: {error}", 502)

    def _frame(self, entry: CdxjEntry) -> Response:
        captures = self._index.captures(entry.url)
        at = next((n for n, e in enumerate(captures) if e.locator == entry.locator), 0)
        earlier = captures[at - 1] if at else None
        later = captures[at + 1] if at + 1 < len(captures) else None
        status = entry.status
        if status is None and entry.is_revisit:
            status = capture_at(self._collection.archive, entry.locator).status
        values: dict[str, object] = {
            "url": entry.url,
            "captured": _words(entry),
            "answered": status,
            "earlier": earlier and _href(_address(earlier)),
            "later": later and _href(_address(later)),
            "raw": _href(_address(entry, View.RAW)),
            "content": _href(_address(entry, View.PAGE)),
            "record": _record_href(entry.locator),
            "list": f"/list?url={quote(entry.url, safe='')}",
            "count": len(captures),
        }
        return self._page("frame.html", 200, values)

    def _content(self, entry: CdxjEntry, view: View) -> Response:
        capture = capture_at(self._collection.archive, entry.locator)
        target = redirect_target(capture.status, entry.url, capture.header("location"))
        if target is not None and view is View.PAGE:
            return self._redirect(entry, target)
        full = self._with_payload(entry, capture)
        if full is None:
            return self._missing(_address(entry), "It repeats an answer that is not here.", 502)
        headers = _ALWAYS | self._memento(entry) | {"Content-Security-Policy": _CAPTURE_POLICY}
        body = full.payload(PAYLOAD_BYTES)
        kind = full.content_type or "application/octet-stream"
        if view is View.PAGE:
            body, kind = self._led(body, kind, entry)
        return Response(body, capture.status or 200, headers | {"Content-Type": _clean(kind)})

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

    def _led(self, body: bytes, kind: str, entry: CdxjEntry) -> tuple[bytes, str]:
        """Return a page or style sheet with its links led into the archive."""
        bare = kind.partition(";")[0].strip().lower()
        if bare not in {"text/html", "application/xhtml+xml", "text/css"}:
            return body, kind
        text = decode(body, kind)

        def lead(view: View) -> Callable[[str], str]:
            return lambda url: _href(Address(timestamp=entry.timestamp, view=view, url=url))

        if bare == "text/css":
            return rewrite_css(text, entry.url, lead(View.PAGE)).encode(), "text/css; charset=utf-8"
        html = rewrite_html(text, entry.url, lead(View.PAGE), lead(View.FRAME))
        return html.encode("utf-8", "replace"), "text/html; charset=utf-8"

    def _redirect(self, entry: CdxjEntry, target: str) -> Response:
        """Follow a captured redirect inside the archive, or show where it led."""
        if closest(self._index, target, entry.date) is None:
            words = f"Captured {_words(entry)}. Where it led was not captured."
            return self._list(f"A redirect to {target}", words=words)
        led = Address(timestamp=entry.timestamp, view=View.PAGE, url=target)
        return RedirectResponse(_href(led), 302, _ALWAYS | self._memento(entry))

    def _memento(self, entry: CdxjEntry) -> dict[str, str]:
        """Return the headers that make an answer a memento (RFC 7089 section 2.1)."""
        original = quote(entry.url, safe="%/:?#[]@!$&'()*+,;=~-._")
        return {
            "Memento-Datetime": format_datetime(entry.date, usegmt=True),
            "Link": f'<{original}>; rel="original"',
        }

    # pages of our own

    def _missing(self, address: Address, words: str, status: int = 404) -> Response:
        near = self._near(address.url)
        if near:
            words = f"{words} These are the nearest captures."
        return self._list(f"Not captured: {address.url}", near, words=words, status=status)

    def _near(self, url: str) -> list[CdxjEntry]:
        """Return captures of `url`, else of addresses that begin like it, ever more loosely."""
        key = surt(url)
        while True:
            if found := self._index.prefix(key, _LISTED):
                return found
            shorter = re.sub(r"[^/?)]*[/?)]?$", "", key, count=1)
            if shorter == key or ")" not in shorter:
                return []
            key = shorter

    def _search(self, url: str) -> Response:
        key = surt(url) if url.strip() else ""
        found = self._index.prefix(key.removesuffix("/"), _LISTED)
        heading = f"Captures that begin with {url}" if url else "What was captured"
        return self._list(heading, found, asked=url)

    def _captures_of(self, url: str) -> Response:
        found = self._index.captures(url)
        heading = f"{len(found)} captures of {url}"
        return self._list(heading, found[-_LISTED:], asked=url)

    def _list(
        self,
        heading: str,
        entries: Sequence[CdxjEntry] = (),
        *,
        words: str = "",
        asked: str = "",
        status: int = 200,
    ) -> Response:
        rows = [
            {
                "captured": _words(entry),
                "status": entry.status,
                "mime": entry.mime,
                "url": entry.url,
                "href": _href(_address(entry)),
            }
            for entry in entries
        ]
        name = self._collection.name
        values = {"heading": heading, "words": words, "entries": rows, "asked": asked}
        return self._page("captures.html", status, values | {"collection": name})

    def _record(self, file: str, offset: int) -> Response:
        try:
            record = record_at(
                self._collection.archive, Locator(file=file, offset=offset, length=0)
            )
            content = record.read(_RECORD_SHOWN + 1)
        except (OSError, ValueError) as error:
            return PlainTextResponse(f"no such record: {error}\n", 404, _ALWAYS)
        target = record.get("WARC-Target-URI")
        shown = record.type in {"response", "revisit", "resource"} and target is not None
        replay = None
        if shown and target and (entry := self._entry_at(target, file, offset)):
            replay = _href(_address(entry))
        values: dict[str, object] = {
            "file": file,
            "offset": offset,
            "length": record.length,
            "kind": record.type,
            "header": "\n".join(f"{name}: {value}" for name, value in record.fields),
            "content": content[:_RECORD_SHOWN].decode("utf-8", "backslashreplace"),
            "cut": len(content) > _RECORD_SHOWN,
            "shown": _RECORD_SHOWN,
            "replay": replay,
        }
        return self._page("record.html", 200, values)

    def _entry_at(self, url: str, file: str, offset: int) -> CdxjEntry | None:
        here = (file, offset)
        captures = self._index.captures(url)
        return next((e for e in captures if (e.locator.file, e.locator.offset) == here), None)

    def _page(self, template: str, status: int, values: Mapping[str, object]) -> Response:
        html = self._templates.get_template(template).render(values)
        headers = _ALWAYS | {
            "Content-Security-Policy": _OWN_POLICY,
            "X-Content-Type-Options": "nosniff",
        }
        return HTMLResponse(html, status, headers)


def create_app(collection: Collection) -> ASGIApp:
    """Return the replay of `collection` as an ASGI application."""
    return Replay(collection)


def _host(scope: Scope) -> str:
    headers = dict(scope["headers"])
    return re.sub(r":\d+$", "", headers.get(b"host", b"").decode("latin-1").lower())


def _address(entry: CdxjEntry, view: View = View.FRAME) -> Address:
    return Address(timestamp=entry.timestamp, view=view, url=entry.url)


def _href(address: Address) -> str:
    """Return the address as a link on this server; what no path may hold is escaped."""
    return quote(str(address), safe="%/:?#[]@!$&'()*+,;=~-._")


def _record_href(locator: Locator) -> str:
    return f"/record/{quote(locator.file)}/{locator.offset}"


def _words(entry: CdxjEntry) -> str:
    try:
        return entry.date.strftime("%Y-%m-%d %H:%M:%S UTC")
    except ValueError:
        return entry.timestamp


def _clean(value: str) -> str:
    """Return a header value that cannot split the response (RFC 9110 section 5.5)."""
    return re.sub(r"[^\x20-\x7e]", "", value) or "application/octet-stream"
