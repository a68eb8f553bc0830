"""Statements as lines of JSON."""

from __future__ import annotations

import json
from json.encoder import encode_basestring

from pipelines.statements.record import Statement

_ESCAPED = bytes(range(0x20)).replace(b"\n", b"")  # what JSON escapes besides \n, " and \
_OTHERS = bytes.maketrans(_ESCAPED, bytes(len(_ESCAPED)))


def json_line(statement: Statement) -> bytes:
    """Return a statement as `json.dumps` writes it without escaping to ASCII, in UTF-8.

    The two long texts are quoted here: `json` takes four times as long, character by character.
    """
    values = statement.as_json()
    body, markdown = _quoted(values["body"]), _quoted(values["markdown"])
    line = json.dumps(values | {"body": "", "markdown": ""}, ensure_ascii=False).encode()
    return line.replace(
        b'"body": "", "markdown": ""', b'"body": %s, "markdown": %s' % (body, markdown), 1
    )


def _quoted(text: str) -> bytes:
    raw = text.encode()
    if raw.translate(_OTHERS) != raw:
        return encode_basestring(text).encode()
    return b'"%s"' % raw.replace(b"\\", rb"\\").replace(b'"', rb"\"").replace(b"\n", rb"\n")
