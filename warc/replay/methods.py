"""Addresses of answers to other methods than GET: what was sent stands in the query, as in the key.

`https://a.example/form?__wb_method=post&q=1` is the answer to a POST of `q=1`, as pywb has it.
"""

from __future__ import annotations

from warc.cdxj import METHOD, CdxjEntry
from warc.post_query import post_query


def url_of(entry: CdxjEntry) -> str:
    """Return the URL by which a capture is found: with what was sent, where it is no GET."""
    key = entry.urlkey.partition("?")[2]
    if METHOD not in key:
        return entry.url
    return f"{entry.url.partition('#')[0].partition('?')[0]}?{key}"


def asked_by(method: str, url: str, content_type: str, body: bytes) -> str:
    """Return the URL by which the answer to such a request is found."""
    base = url.partition("#")[0]
    request = b"Content-Type: %b\r\n\r\n%b" % (content_type.encode("latin-1"), body)
    sent = post_query(request).partition("#")[0]
    asked = f"{METHOD}{method.upper()}" + (f"&{sent}" if sent else "")
    return f"{base}{'&' if '?' in base else '?'}{asked}"
