"""Bodies where none may be, connections that say too much, and those that say nothing."""

from __future__ import annotations

from awkward.answer import Act, Answer, head, page, sized

_HTML = "Content-Type: text/html"


def endings() -> dict[str, Answer]:
    """Return the answers by name."""
    return {**_bodiless(), **_surplus(), **_silence(), **_errors()}


def _bodiless() -> dict[str, Answer]:
    plain = {
        "no-content": head("HTTP/1.1 204 No Content"),
        "not-modified": head("HTTP/1.1 304 Not Modified", 'ETag: "a"'),
        "not-modified-length": head("HTTP/1.1 304 Not Modified", "Content-Length: 500"),
        "no-content-length": head("HTTP/1.1 204 No Content", "Content-Length: 7"),
        "no-content-chunked": head("HTTP/1.1 204 No Content", "Transfer-Encoding: chunked"),
        "reset-content": head("HTTP/1.1 205 Reset Content", "Content-Length: 0"),
    }
    answers = {name: Answer(steps=(sent,), leads_on=False) for name, sent in plain.items()}
    for name, status in (
        ("no-content-body", "HTTP/1.1 204 No Content"),
        ("not-modified-body", "HTTP/1.1 304 Not Modified"),
    ):
        sent = sized(page(name, leads_on=False), status=status)
        answers[name] = Answer(steps=(sent,), leads_on=False)
        answers[f"{name}-close"] = Answer(steps=(sent, Act.CLOSE), leads_on=False)
    switching = head("HTTP/1.1 101 Switching Protocols", "Upgrade: h2c", "Connection: Upgrade")
    answers["switching"] = Answer(steps=(switching, Act.CLOSE), leads_on=False)
    answers["switching-open"] = Answer(steps=(switching,), leads_on=False)
    return answers


def _surplus() -> dict[str, Answer]:
    """Return answers on kept connections that are followed by something nobody asked for."""
    other = sized(page("nobody-asked-for-this"))
    half = b"HTTP/1.1 200 OK\r\nContent-Le"
    answers = {}
    for name, unasked in (("unasked", other), ("unasked-twice", other * 2), ("unasked-half", half)):
        answers[name] = Answer(steps=(sized(page(name)) + unasked,), unasked=len(unasked))
    name = "unasked-after-empty-line"
    unasked = b"\r\n" + other
    answers[name] = Answer(steps=(sized(page(name)) + unasked,), unasked=len(unasked))
    name = "unasked-after-304"
    sent = head("HTTP/1.1 304 Not Modified") + other
    answers[name] = Answer(steps=(sent,), unasked=len(other), leads_on=False)
    for name, more in (("surplus", b"</html>"), ("surplus-long", b"<!-- x -->" * 3000)):
        answers[name] = Answer(steps=(sized(page(name)) + more,))
    answers["surplus-crlf"] = Answer(steps=(sized(page("surplus-crlf")) + b"\r\n",))
    name = "kept-then-closed"  # the head says the connection stays
    answers[name] = Answer(steps=(sized(page(name), "Connection: keep-alive"), Act.CLOSE))
    name = "close-then-open"  # and here that it does not
    answers[name] = Answer(steps=(sized(page(name), "Connection: close"),))
    name = "closed-a-bit-later"
    answers[name] = Answer(steps=(sized(page(name)), 0.01, Act.CLOSE))
    return answers


def _silence() -> dict[str, Answer]:
    return {
        "silent-close": Answer(steps=(Act.CLOSE,), leads_on=False),
        "silent-reset": Answer(steps=(Act.RESET,), leads_on=False),
        "silent-late-close": Answer(steps=(0.05, Act.CLOSE), leads_on=False),
        "empty-lines-only": Answer(steps=(b"\r\n\r\n", Act.CLOSE), leads_on=False),
    }


def _errors() -> dict[str, Answer]:
    fields = {
        401: ('WWW-Authenticate: Basic realm="staff"',),
        407: ('Proxy-Authenticate: Basic realm="proxy"',),
        503: ("Cache-Control: no-store",),
    }
    codes = (400, 401, 402, 403, 404, 405, 406, 407, 409, 410, 418, 421, 426, 429, 451)
    return {
        f"status-{code}": Answer(
            steps=(
                sized(
                    page(f"status-{code}"),
                    *fields.get(code, ()),
                    status=f"HTTP/1.1 {code} Odd",
                ),
            ),
        )
        for code in (*codes, 408, 500, 501, 502, 503, 504, 505, 507, 511)
    }
