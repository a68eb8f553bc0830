"""Behaviours of redirects, and of faults that pass."""

from __future__ import annotations

from behaviours.case import WHOLE, Act, Answering, Case, Turn, said, sent_on

_THERE: tuple[tuple[str, Turn | Answering], ...] = (("/there", (WHOLE,)),)
_MOVED = "301 Moved Permanently"


def _case(
    name: str,
    outcome: str,
    reason: str,
    plain: str,
    *turns: Turn | Answering,
    others: tuple[tuple[str, Turn | Answering], ...] = (),
) -> Case:
    return Case(
        name=name,
        outcome=outcome,
        reason=reason,
        plain=plain,
        turns=turns,
        others=(*_THERE, *others),
    )


def _ok(name: str, location: str | bytes, status: str = "302 Found", *fields: str) -> Case:
    turn = (sent_on(location, status, *fields),)
    return _case(f"to-{name}", "ok", "ok-elsewhere", "alive", turn)


def _moved(name: str, location: str | bytes, status: str = _MOVED) -> Case:
    return _case(f"to-{name}", "moved", "moved", "alive", (sent_on(location, status),))


def _dead(
    name: str, reason: str, location: str | bytes, outcome: str = "transient", plain: str = "broken"
) -> Case:
    return _case(f"to-{name}", outcome, reason, plain, (sent_on(location),))


def _chain(name: str, length: int) -> tuple[tuple[str, Turn], ...]:
    """Return the hops `/name-1` and so on; the last one leads to a page."""
    hops: list[tuple[str, Turn]] = [
        (f"/{name}-{n}", (sent_on(f"/{name}-{n + 1}"),)) for n in range(1, length)
    ]
    return (*hops, (f"/{name}-{length}", (sent_on("/there"),)))


def _by_cookie(head: bytes) -> Turn:
    if b"seen=1" in head:
        return (WHOLE,)
    return (sent_on("/loop-by-cookie", "302 Found", "Set-Cookie: seen=1; Path=/"),)


REDIRECTS = (
    _moved("301", "/there", "301 Moved"),
    _moved("308", "/there", "308 Permanent Redirect"),
    _ok("302", "/there"),
    _ok("303", "/there", "303 See Other"),
    _ok("307", "/there", "307 Temporary Redirect"),
    _ok("relative", "there"),
    _ok("dots", "./a/../there"),
    _ok("protocol-relative", "//site.test:{http}/there"),
    _ok("sister-host", "http://www.site.test:{http}/there"),
    _ok("fragment", "/there#part"),
    _ok("upper-case", "HTTP://SITE.TEST:{http}/there"),
    _ok("blanks-around", "   /there  \t"),
    _ok("backslashes", "\\\\site.test:{http}\\there"),
    _ok("userinfo", "http://me:secret@site.test:{http}/there"),
    _ok("own-port", "http://site.test:{other}/there"),
    _case(
        "to-spaces",
        "ok",
        "ok-elsewhere",
        "alive",
        (sent_on("/a b/c d"),),
        others=(("/a%20b/c%20d", (WHOLE,)),),
    ),
    _case(
        "to-unicode",
        "ok",
        "ok-elsewhere",
        "alive",
        (sent_on("/café"),),
        others=(("/caf%C3%A9", (WHOLE,)),),
    ),
    _case(
        "to-latin-1",
        "ok",
        "ok-elsewhere",
        "alive",
        (sent_on(b"/caf\xe9-latin"),),
        others=(("/caf%E9-latin", (WHOLE,)),),
    ),
    _case(
        "to-encoded",
        "ok",
        "ok-elsewhere",
        "alive",
        (sent_on("/a%2Fb%3Fc"),),
        others=(("/a%2Fb%3Fc", (WHOLE,)),),
    ),
    _case(
        "to-idn", "ok", "ok-elsewhere", "alive", (sent_on("http://bücher.site.test:{http}/there"),)
    ),
    _case(
        "two-locations",
        "ok",
        "ok-elsewhere",
        "alive",
        (sent_on("/there", "302 Found", "Location: /there"),),
    ),
    _case(
        "redirect-endless-body",
        "ok",
        "ok-elsewhere",
        "alive",
        (b"HTTP/1.1 302 Found\r\nLocation: /there\r\n\r\n", *(b"x" * 65536,) * 50),
    ),
    _case(
        "redirect-silent-body",
        "ok",
        "ok-elsewhere",
        "alive",
        (b"HTTP/1.1 302 Found\r\nLocation: /there\r\nContent-Length: 9\r\n\r\n", Act.HANG),
    ),
    _case(
        "refresh-field",
        "ok",
        "ok-elsewhere",
        "alive",
        (said("200 OK", "Refresh: 0; url=/there", body=b"x"),),
    ),
    _case(
        "300-with-location",
        "ok",
        "ok-elsewhere",
        "alive",
        (sent_on("/there", "300 Multiple Choices"),),
    ),
    _case("ten-hops", "ok", "ok-elsewhere", "alive", (sent_on("/ten-1"),), others=_chain("ten", 9)),
    _case(
        "thirty-hops",
        "transient",
        "redirect-too-many",
        "broken",
        (sent_on("/thirty-1"),),
        others=_chain("thirty", 29),
    ),
    _case("loop-by-cookie", "ok", "ok-elsewhere", "alive", _by_cookie),
    _case("loop-once", "ok", "ok-elsewhere", "alive", (sent_on("/loop-once"),), (WHOLE,)),
    _case("loop-1", "transient", "redirect-loop", "broken", (sent_on("/loop-1"),)),
    _case(
        "loop-2",
        "transient",
        "redirect-loop",
        "broken",
        (sent_on("/loop-2b"),),
        others=(("/loop-2b", (sent_on("/loop-2"),)),),
    ),
    _case(
        "loop-3",
        "transient",
        "redirect-loop",
        "broken",
        (sent_on("/loop-3b"),),
        others=(("/loop-3b", (sent_on("/loop-3c"),)), ("/loop-3c", (sent_on("/loop-3"),))),
    ),
    _dead("fragment-only", "redirect-loop", "#top"),
    _dead("404", "redirect-to-http-404", "/missing-page", "gone"),
    _dead("empty-location", "redirect-bad-address", ""),
    _case("no-location", "transient", "redirect-no-address", "broken", (said("302 Found"),)),
    _dead("bad-host", "redirect-bad-address", "http://[bad/"),
    _dead("bad-port", "redirect-bad-address", "http://site.test:99999/"),
    _dead("no-host", "redirect-bad-address", "http://"),
    _dead("file", "redirect-unsafe", "file:///etc/passwd"),
    _dead("javascript", "redirect-unsafe", "javascript:alert(1)"),
    _dead("data", "redirect-unsafe", "data:text/html,hello"),
    _dead("mailto", "redirect-unsupported", "mailto:a@b.test", "unsure", "uncertain"),
    _dead("ftp", "redirect-unsupported", "ftp://site.test/file", "unsure", "uncertain"),
    _dead("private", "redirect-to-refused", "http://10.0.0.1/", "excluded", "skipped"),
    _dead(
        "metadata", "redirect-to-refused", "http://metadata.bad.test/latest", "excluded", "skipped"
    ),
    _dead("private-decimal", "redirect-to-refused", "http://167772161/", "excluded", "skipped"),
    _dead("nxdomain", "redirect-to-nxdomain", "http://nowhere.test/", "gone"),
    _dead("refused-port", "connect-refused", "http://site.test:{closed}/"),
    _dead("expired", "tls-expired", "https://expired.site.test:{https}/", "tls"),
    _case("to-https", "ok", "ok-elsewhere", "alive", (sent_on("https://site.test:{https}/there"),)),
    Case(
        name="https-to-http",
        url="https://site.test:{https}/https-to-http",
        outcome="ok",
        reason="ok-elsewhere",
        plain="alive",
        turns=((sent_on("http://site.test:{http}/there"),),),
    ),
    _case(
        "to-login",
        "blocked",
        "login",
        "uncertain",
        (sent_on("/login?next=/to-login"),),
        others=(
            (
                "/login",
                (said("200 OK", body=b"<title>Sign in</title><form><input type=password></form>"),),
            ),
        ),
    ),
)

_BUSY = said("503 Service Unavailable", "Retry-After: 1", body=b"busy")
_FAR = said("503 Service Unavailable", "Retry-After: Fri, 01 Jan 2099 00:00:00 GMT", body=b"busy")


def _retried(name: str, first: Turn, *more: Turn) -> Case:
    return _case(f"retry-{name}", "ok", "ok", "alive", first, *more, (WHOLE,))


def _always(status: str, plain: str, outcome: str = "transient", *fields: str) -> Case:
    code = status.partition(" ")[0]
    turn = (said(status, *fields, body=b"error"),)
    host = f"http://always-{code}.site.test:{{http}}/always-{code}"
    return Case(
        name=f"always-{code}",
        url=host,
        outcome=outcome,
        reason=f"http-{code}",
        plain=plain,
        turns=(turn,),
    )


RETRIES = (
    _retried("500", (said("500 Internal Server Error", body=b"oops"),)),
    _retried("503", (_BUSY,)),
    _retried("429", (said("429 Too Many Requests", "Retry-After: 1", body=b"slow down"),)),
    _retried("502", (said("502 Bad Gateway", body=b"oops"),)),
    _retried("reset", (Act.RESET,)),
    _retried("empty", (Act.CLOSE,)),
    _retried("cut", (WHOLE[:-9], Act.CLOSE)),
    _retried("silence", (Act.HANG,)),
    _retried("408", (said("408 Request Timeout", body=b"late"),)),
    _always("500 Internal Server Error", "broken"),
    _always("501 Not Implemented", "broken"),
    _always("502 Bad Gateway", "broken"),
    _always("503 Service Unavailable", "broken"),
    _always("504 Gateway Timeout", "broken"),
    _always("520 Unknown", "broken"),
    _always("522 Timed out", "broken"),
    _always("530 Frozen", "broken"),
    _always("429 Too Many Requests", "uncertain", "blocked"),
    Case(
        name="busy-far-date",
        url="http://far.site.test:{http}/busy-far-date",
        outcome="transient",
        reason="http-503",
        plain="uncertain",
        turns=((_FAR,),),
    ),
    Case(
        name="busy-always",
        url="http://busy.site.test:{http}/busy-always",
        outcome="transient",
        reason="http-503",
        plain="uncertain",
        turns=((_BUSY,),),
    ),
    Case(
        name="userinfo",
        url="http://me:secret@site.test:{http}/there",
        outcome="ok",
        reason="ok",
        plain="alive",
        others=_THERE,
    ),
)
CASES = (*REDIRECTS, *RETRIES)
