"""One request of a link check and where it leads, read from its exchange."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Self

from pipelines.checks.mishap import told
from pipelines.checks.name_servers import read_names
from pipelines.checks.page_facts import PageFacts, ReadPage, read_html, read_plain, read_refresh
from pipelines.checks.signatures import BINARY, EMPTY, HTML, OFFICE_HTML, SNIFFED, TEXT, XML, sniff
from pipelines.checks.targets import Target, TargetFault, next_target, read_target
from warc.damage import DamagedError
from warc.exchange import WAS_RESET, Ending, Exchange, FailureKind
from warc.framing import ResponseHead, decoded, parse_head
from warc.http.body import SWITCHING
from warc.http.decoding import CodingFault, Faults
from warc.locator import Locator
from warc.writer import Written

PAGE_BYTES = 512 * 1024  # of a page, after decoding: what is read for a verdict
REFRESH_SECONDS = 5  # a later refresh is a page that reloads, not a redirect

REDIRECTS = frozenset({301, 302, 303, 307, 308})
_CHOICES = 300  # with a Location browsers follow it, without one it is a page
_BLANK_LINE = re.compile(rb"\n\r*\n")
# What a server of HTTP/2 says first: settings for stream 0, six bytes each (RFC 9113, 3.4, 6.5).
_SETTINGS = re.compile(rb"\x00\x00[\x00\x06\x0c\x12\x18\x1e\x24]\x04\x00\x00{4}", re.DOTALL)
_KEPT_HEADERS = (
    "retry-after",
    "server",
    "cf-mitigated",
    "x-amzn-waf-action",
    "www-authenticate",
    "memento-datetime",
    "x-archive-wayback-runtime-error",
)
_MESSAGE_BYTES = 1024
_DATA = frozenset({"json", "xml"})
_FEEDS = frozenset({"application/rss+xml", "application/atom+xml"})
_HTML_TYPES = frozenset({"text/html", "application/xhtml+xml"})


class Flaw(StrEnum):
    """What keeps an answer from being read as HTTP."""

    HEAD_CUT = "head-cut"  # its head never ended; `Hop.ending` says why
    NO_STATUS = "no-status"  # a head, but no status of three digits
    NO_HEAD = "no-head"  # HTTP/0.9: HTML and nothing before it
    HTTP2 = "http2"  # the first frame of HTTP/2


class Via(StrEnum):
    """What sends a reader on to the next address."""

    REDIRECT = "redirect"
    REFRESH = "refresh"
    SCRIPT = "script"


@dataclass(frozen=True, slots=True, kw_only=True)
class Hop:
    """One request and its answer.

    `status` is None where there was no answer that is HTTP, `flaw` says then what there was
    instead, where that can be told. `is_reset` tells a reset from a close. `size` counts the
    bytes of the body as received, `sniffed` is the type its first bytes show, `coding_fault` what
    is wrong with its content coding (ABSENT only where the bytes cannot be read without it).
    `next_url` is where this answer leads, `via` what says so; `next_fault` is set instead where
    it leads nowhere that can be asked, `location` then tells what was written. `headers` are the
    few that verdicts rest on, `mishap` is a fault of our own code in reading the answer.
    """

    url: str
    method: str
    began: datetime
    status: int | None = None
    failure: FailureKind | None = None
    detail: str = ""
    ending: Ending
    flaw: Flaw | None = None
    is_reset: bool = False
    location: str | None = None
    next_url: str | None = None
    via: Via | None = None
    next_fault: TargetFault | None = None
    content_type: str = ""
    sniffed: str = EMPTY
    coding_fault: CodingFault | None = None
    size: int = 0
    address: str | None = None
    name_servers: tuple[str, ...] = ()
    elapsed: float = 0.0
    headers: tuple[tuple[str, str], ...] = ()
    page: PageFacts | None = None
    mishap: str = ""
    response: Locator | None = None
    request: Locator | None = None
    metadata: Locator | None = None

    @property
    def is_undecodable(self) -> bool:
        """Return whether a content coding keeps browsers from showing anything at all."""
        if self.coding_fault is None:
            return False
        return self.coding_fault is CodingFault.ABSENT or self.sniffed == EMPTY

    def header(self, name: str) -> str:
        """Return a kept header's value; "" where the answer had none."""
        return next((value for kept, value in self.headers if kept == name), "")

    def as_json(self) -> dict[str, Any]:
        """Return plain JSON values in a stable order of keys; what is absent is left out."""
        value: dict[str, Any] = {"url": self.url, "method": self.method}
        value["began"] = self.began.isoformat()
        for name in _PLAIN:
            if kept := getattr(self, name):
                value[name] = kept
        for name in _LOCATORS:
            at: Locator | None = getattr(self, name)
            if at is not None:
                value[name] = [at.file, at.offset, at.length]
        if self.name_servers:
            value["name_servers"] = list(self.name_servers)
        if self.headers:
            value["headers"] = dict(self.headers)
        if self.page is not None:
            value["page"] = self.page.as_json()
        return value

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> Self:
        """Return the hop that `as_json` wrote."""
        fields = {name: value[name] for name in ("url", "method", *_PLAIN) if name in value}
        for name, kind in _ENUMS.items():
            if name in fields:
                fields[name] = kind(fields[name])
        for name in _LOCATORS:
            if name in value:
                file, offset, length = value[name]
                fields[name] = Locator(file=file, offset=offset, length=length)
        page = value.get("page")
        return cls(
            began=datetime.fromisoformat(value["began"]),
            headers=tuple(value.get("headers", {}).items()),
            name_servers=tuple(value.get("name_servers", ())),
            page=PageFacts.from_json(page) if page is not None else None,
            **fields,
        )


_LOCATORS = ("response", "request", "metadata")
_ENUMS: dict[str, type[StrEnum]] = {
    "failure": FailureKind,
    "ending": Ending,
    "flaw": Flaw,
    "via": Via,
    "next_fault": TargetFault,
    "coding_fault": CodingFault,
}
_PLAIN = (
    "status",
    "failure",
    "detail",
    "ending",
    "flaw",
    "is_reset",
    "location",
    "next_url",
    "via",
    "next_fault",
    "content_type",
    "sniffed",
    "coding_fault",
    "size",
    "address",
    "elapsed",
    "mishap",
)


def read_hop(exchange: Exchange, written: Written | None, *, asked: str) -> Hop:
    """Return what `exchange` shows, `written` or not yet; `asked` is the link's own URL. Pure."""
    base: dict[str, Any] = {
        "url": exchange.target_uri,
        "method": exchange.method,
        "began": exchange.began,
        "ending": exchange.ending,
        "address": exchange.address,
        "name_servers": read_names(exchange.notes),
        "elapsed": round(exchange.timings.ended, 4),
        "response": written.response if written else None,
        "request": written.request if written else None,
        "metadata": written.metadata if written else None,
        "is_reset": WAS_RESET in exchange.notes,
    }
    if exchange.failure is not None:
        return Hop(failure=exchange.failure.kind, detail=exchange.failure.detail, **base)
    if not exchange.head_size:  # HTTP/0.9: bytes, and nothing that says what they are
        flaw = _flaw_of(exchange.response.read(0, SNIFFED))
        return Hop(size=exchange.response.size, flaw=flaw, **base)
    try:
        head = parse_head(exchange.head)
        if not _BLANK_LINE.search(exchange.head) or _is_interim(head.status):
            return Hop(flaw=Flaw.HEAD_CUT, **base)
        return _read_answer(exchange, head, asked, base)
    except (OSError, DamagedError):
        raise
    except Exception as fault:  # noqa: BLE001 - one page is never to cost a run of checks
        return Hop(mishap=told(fault), **base)


def _flaw_of(start: bytes) -> Flaw | None:
    if _SETTINGS.match(start):
        return Flaw.HTTP2
    return Flaw.NO_HEAD if sniff(start) == HTML else None


def _is_interim(status: int) -> bool:
    """Return whether an answer never got beyond those that announce another (RFC 9110, 15.2)."""
    return 100 <= status < 200 and status != SWITCHING  # noqa: PLR2004 - the class


def _read_answer(exchange: Exchange, head: ResponseHead, asked: str, base: dict[str, Any]) -> Hop:
    is_followed = head.status in REDIRECTS or head.status == _CHOICES
    location = head.get("location") if is_followed else None
    content_type = head.get("content-type") or ""
    faults: Faults = []
    sniffed, read = EMPTY, None
    if location is None:
        sniffed, read = _read_body(exchange, content_type, asked, faults)
    via, target = _leads_to(exchange.target_uri, head, _as_sent(location), read)
    moved = target if isinstance(target, Target) else None
    return Hop(
        status=head.status or None,
        flaw=None if head.status else Flaw.NO_STATUS,
        location=_as_sent(location),
        via=via,
        next_url=moved.url if moved else None,
        next_fault=target if isinstance(target, TargetFault) else None,
        content_type=content_type,
        sniffed=sniffed,
        coding_fault=_coding_fault(faults, sniffed),
        size=exchange.response.size - exchange.head_size,
        headers=_kept_headers(head, exchange),
        page=read.facts if read else None,
        **base,
    )


def _kept_headers(head: ResponseHead, exchange: Exchange) -> tuple[tuple[str, str], ...]:
    """Return the headers that a verdict may rest on; the date only where it is another day."""
    kept = [(name, value) for name in _KEPT_HEADERS if (value := head.get(name)) is not None]
    date = head.get("date")
    if date is not None and f"{exchange.began:%d %b %Y}" not in date:
        kept.append(("date", date))
    return tuple(kept)


def _coding_fault(faults: Faults, sniffed: str) -> CodingFault | None:
    """Return the gravest fault; a coding that is absent is none where the page can be read."""
    told = {fault for fault in faults if fault is not CodingFault.ABSENT or sniffed == BINARY}
    return next((fault for fault in CodingFault if fault in told), None)


def _read_body(
    exchange: Exchange, content_type: str, asked: str, faults: Faults
) -> tuple[str, ReadPage | None]:
    """Return the type that the body's first bytes show and, where it is text to read, its facts."""
    declared = media_type(content_type)
    if exchange.response.size == exchange.head_size:
        return EMPTY, None
    textual = not declared or declared in _HTML_TYPES or declared == TEXT
    start = decoded(exchange, PAGE_BYTES if textual else SNIFFED, faults)
    sniffed = sniff(start)
    if sniffed in (HTML, OFFICE_HTML) or (
        declared in _HTML_TYPES and sniffed not in (BINARY, EMPTY)
    ):
        data = start if textual else decoded(exchange, PAGE_BYTES)
        target = read_target(asked) if "#" in asked else None
        fragment = target.fragment if isinstance(target, Target) else ""
        return sniffed, read_html(data, content_type, fragment)
    if (textual and sniffed == TEXT) or (
        sniffed in (TEXT, XML) and _is_message(exchange, declared)
    ):
        return sniffed, read_plain(decoded(exchange, PAGE_BYTES), content_type)
    return sniffed, None


def _is_message(exchange: Exchange, declared: str) -> bool:
    """Return whether a small JSON or XML body may be what a service says instead of a file.

    A feed is a file: its title is its subject.
    """
    size = exchange.response.size - exchange.head_size
    return (
        declared not in _FEEDS
        and size <= _MESSAGE_BYTES
        and declared.rpartition("/")[2].rpartition("+")[2] in _DATA
    )


def _leads_to(
    base: str, head: ResponseHead, location: str | None, read: ReadPage | None
) -> tuple[Via | None, Target | TargetFault | None]:
    if location is not None:
        return Via.REDIRECT, next_target(base, location)
    if not 200 <= head.status < 300:  # noqa: PLR2004 - a page of another class says what it is
        return None, None
    refresh = read_refresh(head.get("refresh") or "") or (read.refresh if read else None)
    if refresh and refresh[0] <= REFRESH_SECONDS:
        return _elsewhere(base, Via.REFRESH, refresh[1], read)
    if read and read.script_move:
        return _elsewhere(base, Via.SCRIPT, read.script_move, read)
    return None, None


def _elsewhere(
    base: str, via: Via, reference: str, read: ReadPage | None
) -> tuple[Via | None, Target | None]:
    """Return where a page sends its reader; a reload of itself or a fault leads nowhere."""
    own = next_target(base, read.base) if read and read.base else None
    target = next_target(own.url if isinstance(own, Target) else base, reference)
    if isinstance(target, TargetFault) or target.url == base:
        return None, None
    return via, target


def media_type(content_type: str) -> str:
    """Return `type/subtype` of a Content-Type in lower case, without its parameters."""
    return content_type.partition(";")[0].strip().lower()


def _as_sent(value: str | None) -> str | None:
    """Return a header's text as UTF-8 where its bytes are that, as browsers read Location.

    Other bytes beyond ASCII are percent-encoded.
    """
    if value is None or value.isascii():
        return value
    try:
        return value.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return "".join(sign if sign.isascii() else f"%{ord(sign):02X}" for sign in value)
