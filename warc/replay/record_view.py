"""One record for people: its header, the HTTP head, the body as text where it is text. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from warc.capture import Capture, capture_of, http_head
from warc.cdxj import timestamp
from warc.files.record import Record
from warc.replay.choice import Address, View
from warc.replay.display import as_text, bare_type, codings, hexadecimal, size

SHOWN = 64 << 10
_DUMPED = 2 << 10
_TITLES = {
    "warcinfo": "What this file is",
    "request": "What was asked",
    "response": "What was answered",
    "revisit": "What was answered, as once before",
    "resource": "What was captured",
    "metadata": "How it went",
}
_FIELDS = "application/warc-fields"


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A titled block of text; a folded one is opened by the reader."""

    title: str
    text: str
    note: str = ""
    folded: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordView:
    """What the page of a record holds.

    `summary` is in sentences. `original` is the address of the capture that a revisit repeats,
    `following` the offset of the next record in the file, None where that is not known.
    """

    title: str
    kind: str
    target: str | None
    summary: tuple[str, ...]
    parts: tuple[Part, ...]
    original: Address | None = None
    following: int | None = None


def view_of(record: Record) -> RecordView:
    """Return what is shown of a record; raise DamagedError or OSError where it cannot be read."""
    found = capture_of(record)
    capture = found if isinstance(found, Capture) else None
    header = "\n".join(f"{name}: {value}" for name, value in record.fields)
    parts = _block_parts(record) if capture is None else _capture_parts(capture)
    return RecordView(
        title=_TITLES.get(record.type, f"A {record.type or 'nameless'} record"),
        kind=record.type,
        target=record.get("WARC-Target-URI"),
        summary=tuple(_sentences(record)),
        parts=(*parts, Part(title="WARC header", text=header)),
        original=None if capture is None else _original(capture),
        following=record.offset + record.length if record.length else None,
    )


def _sentences(record: Record) -> list[str]:
    if record.type != "metadata" or bare_type(record.get("Content-Type")) != _FIELDS:
        return []
    fields = dict(_fields(record.read(SHOWN)))
    if "failure" not in fields:
        return []
    detail = fields.get("failureDetail", "")
    return [f"There was no whole answer: {fields['failure']}. {detail}".strip()]


def _fields(block: bytes) -> list[tuple[str, str]]:
    lines = block.decode("utf-8", "replace").splitlines()
    return [(name, value.strip()) for name, _, value in (line.partition(":") for line in lines)]


def _original(capture: Capture) -> Address | None:
    if capture.record_type != "revisit" or capture.refers_to_date is None:
        return None
    return Address(
        timestamp=timestamp(capture.refers_to_date),
        view=View.FRAME,
        url=capture.refers_to_uri or capture.target_uri,
    )


def _capture_parts(capture: Capture) -> list[Part]:
    head = capture.record.read(capture.head_size)
    parts = [Part(title="HTTP head", text=_latin(head))] if head else []
    if capture.record_type == "revisit":
        return parts
    received = capture.record.block_size - capture.head_size
    coded = codings(capture.headers)
    decoded = capture.payload(SHOWN + 1) if coded else _received(capture, SHOWN + 1)
    how = f", sent as {', then '.join(coded)}; shown decoded" if coded else ""
    parts.append(_body("Body", decoded, capture.content_type, f"{size(received)}{how}"))
    if coded:
        parts.append(_dump("Body as received", _received(capture, _DUMPED), received))
    return parts


def _received(capture: Capture, limit: int) -> bytes:
    taken = b""
    for piece in capture.body():
        taken += piece[: limit - len(taken)]
        if len(taken) >= limit:
            break
    return taken


def _block_parts(record: Record) -> list[Part]:
    block = record.read(SHOWN + 1)
    if record.type == "request":
        head_size, _ = http_head(record)
        parts = [Part(title="Request", text=_latin(block[:head_size]))]
        body = block[head_size:]
        return [*parts, _body("Body", body, None, size(len(body)))] if body else parts
    kind = record.get("Content-Type")
    return [_body("Content", block, kind, f"{size(record.block_size)}, {kind or 'no type given'}")]


def _body(title: str, body: bytes, content_type: str | None, note: str) -> Part:
    if not body:
        return Part(title=title, text="", note="empty")
    text = as_text(body[:SHOWN], content_type)
    if text is None:
        kind = bare_type(content_type) or "no type given"
        first = "all" if len(body) <= _DUMPED else f"the first {size(_DUMPED)}"
        binary = f"{note}; binary ({kind}), {first} in hexadecimal"
        return Part(title=title, text=hexadecimal(body[:_DUMPED]), note=binary, folded=True)
    cut = f"; the first {size(SHOWN)} of them" if len(body) > SHOWN else ""
    return Part(title=title, text=text, note=note + cut)


def _dump(title: str, data: bytes, whole: int) -> Part:
    first = f"the first {size(len(data))}" if len(data) < whole else "all"
    return Part(title=title, text=hexadecimal(data), note=f"{first} in hexadecimal", folded=True)


def _latin(head: bytes) -> str:
    return head.decode("latin-1").replace("\r\n", "\n").strip("\n")
