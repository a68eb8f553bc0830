"""The body of a POST or PUT as part of a urlkey, as cdxj-indexer and pywb have it.

So that two answers of one form are two captures: request-body canonicalization of Webrecorder.
"""

from __future__ import annotations

import base64
import email
import json
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote_plus, urlencode

WITH_BODY = frozenset({"POST", "PUT"})
MOST_BODY = 1 << 16
_MOST_QUERY = 4096
_BLANK_LINE = re.compile(rb"\r?\n\r?\n")


def post_query(request: bytes) -> str:
    """Return what a request's body adds to its URL; "" where that is nothing.

    `request` is the whole request or its first `MOST_BODY` bytes. Forms and JSON become
    `name=value` pairs, anything else `__wb_post_data=` and its base64.
    """
    head, *bodies = _BLANK_LINE.split(request, maxsplit=1)
    body = b"".join(bodies)
    mime = _field(head, b"content-type")
    return _query(mime, body)[:_MOST_QUERY]


def _query(mime: str, body: bytes) -> str:
    try:
        if mime.startswith("application/x-www-form-urlencoded"):
            return unquote_plus(body.decode("utf-8"))
        if mime.startswith("multipart/"):
            return urlencode(list(_parts(mime, body)))
        if mime.startswith("application/json"):
            return urlencode(_numbered(_leaves(_documents(body))))
        if mime.startswith("text/plain"):
            return urlencode(_numbered(_leaves(_documents(body))))
    except ValueError:
        if mime.startswith("application/json"):
            return ""
    return f"__wb_post_data={base64.b64encode(body).decode('ascii')}" if body else ""


def _field(head: bytes, name: bytes) -> str:
    for line in head.split(b"\n"):
        key, _, value = line.partition(b":")
        if key.strip().lower() == name:
            return value.strip().decode("latin-1")
    return ""


def _parts(mime: str, body: bytes) -> Iterator[tuple[str, bytes]]:
    message = email.message_from_bytes(b"Content-Type: %b\r\n\r\n%b" % (mime.encode(), body))
    if not message.is_multipart():
        raise ValueError("no parts")
    for part in message.get_payload():
        name = part.get_param("name", header="content-disposition")  # type: ignore[union-attr]
        yield str(name or ""), part.get_payload(decode=True)  # type: ignore[union-attr, misc]


def _documents(body: bytes) -> list[Any]:
    """Return the JSON of the body, or that of each of its lines."""
    try:
        return [json.loads(body)]
    except ValueError:
        if b"\n" not in body:
            raise
        return [json.loads(line) for line in body.split(b"\n")]


def _leaves(value: Any, name: str = "") -> Iterator[tuple[str, str]]:
    """Yield each value that holds no other, under the nearest name above it."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _leaves(inner, key)
    elif isinstance(value, list):
        for inner in value:
            yield from _leaves(inner, name)
    elif name:
        yield name, str(value)


def _numbered(pairs: Iterator[tuple[str, str]]) -> dict[str, str]:
    """Return the pairs with a number behind each name that comes again: `a`, `a.2_`, `a.3_`."""
    found: dict[str, str] = {}
    times: dict[str, int] = {}
    for name, value in pairs:
        times[name] = times.get(name, 0) + 1
        found[name if times[name] == 1 else f"{name}.{times[name]}_"] = value
    return found
