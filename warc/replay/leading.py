"""A captured body with its links led into the archive, by what kind of body it is."""

from __future__ import annotations

from collections.abc import Callable

from warc.charset import decode
from warc.replay.choice import Address, View, href
from warc.replay.display import bare_type, is_html
from warc.replay.drawings import rewrite_svg
from warc.replay.rewrite import rewrite_css, rewrite_html


def led_body(body: bytes, kind: str, url: str, timestamp: str) -> tuple[bytes, str]:
    """Return a page, style sheet or drawing of `url` led to captures near `timestamp`; its type.

    Raise `warc.replay.rewrite.TooDeepError` for a page that no parser would get through. A
    drawing that is not well-formed is nothing browsers show: its source is.
    """

    def lead(view: View) -> Callable[[str], str]:
        return lambda target: href(Address(timestamp=timestamp, view=view, url=target))

    resource, page = lead(View.PAGE), lead(View.FRAME)
    if bare_type(kind) == "image/svg+xml":
        made = rewrite_svg(body, url, resource, page)
        return (body, "text/plain; charset=utf-8") if made is None else (made, "image/svg+xml")
    text = decode(body, kind)
    if not is_html(kind):
        return rewrite_css(text, url, resource).encode(
            "utf-8", "replace"
        ), "text/css; charset=utf-8"
    html = rewrite_html(text, url, resource, page)
    return html.encode("utf-8", "replace"), "text/html; charset=utf-8"
