"""Heads that no standard allows, or that few servers send."""

from __future__ import annotations

from awkward.answer import CHUNKED, LAST, Act, Answer, chunk, head, page, sized

_OK = "HTTP/1.1 200 OK"
_HTML = "Content-Type: text/html"
_HINTS = head("HTTP/1.1 103 Early Hints", "Link: </early.css>; rel=preload; as=style")
_CONTINUE = head("HTTP/1.1 100 Continue")
_PROCESSING = head("HTTP/1.1 102 Processing", "X-Progress: 1")


def heads() -> dict[str, Answer]:
    """Return every answer whose head is the odd part, by name."""
    return {**_interim(), **_status_lines(), **_fields(), **_versions(), **_cookies()}


def _interim() -> dict[str, Answer]:
    before = {
        "interim-103": _HINTS,
        "interim-100": _CONTINUE,
        "interim-102": _PROCESSING,
        "interim-three": _CONTINUE + _PROCESSING + _HINTS,
        "interim-199": head("HTTP/1.1 199 Whatever", "X: y"),
        "interim-bare-lf": _HINTS.replace(b"\r\n", b"\n"),
        "interim-length": head("HTTP/1.1 103 Early Hints", "Content-Length: 400"),
        "interim-ten": _HINTS * 10,
    }
    answers = {
        name: Answer(steps=(first + sized(page(name)),), interim=len(first))
        for name, first in before.items()
    }
    late = sized(page("interim-then-pause"))
    answers["interim-then-pause"] = Answer(steps=(_HINTS, 0.05, late), interim=len(_HINTS))
    name = "interim-torn"
    answers[name] = Answer(
        steps=(_HINTS[:11], 0.02, _HINTS[11:] + b"HT", 0.02, sized(page(name))[2:]),
        interim=len(_HINTS),
    )
    name = "interim-chunked"
    coded = CHUNKED + chunk(page(name)) + LAST
    answers[name] = Answer(steps=(_HINTS + coded,), interim=len(_HINTS))
    answers["interim-only"] = Answer(steps=(_HINTS, Act.CLOSE), interim=len(_HINTS), leads_on=False)
    return answers


def _status_lines() -> dict[str, Answer]:
    lines = {
        "reason-missing": "HTTP/1.1 200",
        "reason-empty": "HTTP/1.1 200 ",
        "reason-latin1": "HTTP/1.1 200 D\xe9j\xe0 vu",
        "reason-colon": "HTTP/1.1 200 X: y",
        "reason-long": "HTTP/1.1 200 " + "very " * 900 + "well",
        "spaces-two": "HTTP/1.1  200  OK",
        "version-lower-case": "http/1.1 200 OK",
        "version-two": "HTTP/2 200 OK",
        "version-nine": "HTTP/9.9 200 OK",
        "status-299": "HTTP/1.1 299 Strange",
        "status-201": "HTTP/1.1 201 Created",
        "status-203": "HTTP/1.1 203 Non-Authoritative",
    }
    answers = {
        name: Answer(steps=(sized(page(name), status=line),)) for name, line in lines.items()
    }
    for code in (600, 799, 999):
        name = f"status-{code}"
        line = f"HTTP/1.1 {code} Beyond"
        answers[name] = Answer(steps=(sized(page(name), status=line),))
    answers["empty-line-first"] = Answer(steps=(b"\r\n" + sized(page("empty-line-first")),))
    return answers


def _fields() -> dict[str, Answer]:
    """Return answers with one odd field each."""
    odd: dict[str, tuple[str | bytes, ...]] = {
        "folded": ("X-Folded: one", "  two", "\tthree"),
        "colon-less": ("This line has no colon", "X-After: it"),
        "colon-alone": (": no name", "X-After: it"),
        "duplicates": ("X-Twice: 1", "x-twice: 2", "X-TWICE: 3", "X-Twice: 1"),
        "many": tuple(f"X-Field-{n}: {n}" for n in range(150)),
        "very-many": tuple(f"X-{n}: {n}" for n in range(1200)),
        "line-70k": ("X-Long: " + "0123456789" * 7168,),
        "latin1": ("X-Place: Caf\xe9 \xa7 \xff",),
        "utf8": ("X-Place: Café 東京".encode(),),
        "nul": (b"X-Nul: a\x00b",),
        "controls": (b"X-Controls: \x01\x02\x7f\x1b[0m",),
        "lone-cr": (b"X-Cr: a\rb",),
        "empty-values": ("X-Empty:", "X-Blank:   ", "X-Tab:\t"),
        "space-before-colon": ("X-Space : 1",),
        "no-space": ("X-Tight:1", "X-Trailing: 1   \t"),
        "name-strange": ("X Y Z: 1", "(x): 2", "\xe9: 3"),
    }
    answers = {
        f"head-{name}": Answer(steps=(sized(page(f"head-{name}"), *fields),))
        for name, fields in odd.items()
    }
    return answers | _whole_heads()


def _whole_heads() -> dict[str, Answer]:
    """Return answers whose head is odd in all its lines."""

    def with_length(name: str, template: str) -> Answer:
        body = page(name)
        return Answer(steps=(template.replace("#", str(len(body))).encode("latin-1") + body,))

    templates = {
        "head-folded-at-once": f"{_OK}\r\n X-Of: nothing\r\n{_HTML}\r\nContent-Length: #\r\n\r\n",
        "head-bare-lf": f"{_OK}\n{_HTML}\nContent-Length: #\n\n",
        "head-mixed-ends": f"{_OK}\r\n{_HTML}\nContent-Length: #\r\n\n",
        "head-lf-then-crlf": f"{_OK}\n{_HTML}\nContent-Length: #\n\r\n",
        "head-mixed-case": f"{_OK}\r\ncOnTeNt-TyPe: text/html\r\ncoNTENT-lenGTH: #\r\n\r\n",
        "head-folded-length": f"{_OK}\r\n{_HTML}\r\nContent-Length:\r\n #\r\n\r\n",
        "head-folded-type": f"{_OK}\r\nContent-Type:\r\n text/html\r\nContent-Length: #\r\n\r\n",
        "head-spaced-length": f"{_OK}\r\n{_HTML}\r\nContent-Length \t:\t # \r\n\r\n",
        "head-zero-length": f"{_OK}\r\n{_HTML}\r\nContent-Length: 000#\r\n\r\n",
        "head-no-type": f"{_OK}\r\nContent-Length: #\r\n\r\n",
        "head-empty-type": f"{_OK}\r\nContent-Type:\r\nContent-Length: #\r\n\r\n",
        "head-charset-odd": f"{_OK}\r\n{_HTML}; charset=no-such\r\nContent-Length: #\r\n\r\n",
        "head-type-upper": f"{_OK}\r\nContent-Type: TEXT/HTML;;\r\nContent-Length: #\r\n\r\n",
    }
    answers = {name: with_length(name, template) for name, template in templates.items()}
    body = page("head-none")
    answers["head-none"] = Answer(steps=(b"HTTP/1.1 200 OK\r\n\r\n" + body, Act.CLOSE))
    sent = sized(page("head-drip"))
    drip = tuple(step for n in range(60) for step in (sent[n : n + 1], 0.002))
    answers["head-drip"] = Answer(steps=(*drip, sent[60:]))
    answers["head-cut"] = Answer(
        steps=(b"HTTP/1.1 200 OK\r\nContent-Ty", Act.CLOSE), truncated="disconnect", leads_on=False
    )
    return answers


def _versions() -> dict[str, Answer]:
    """Return answers in HTTP/1.0 and HTTP/0.9."""
    old = "HTTP/1.0 200 OK"
    kept = sized(page("http10-kept"), "Connection: keep-alive", status=old)
    return {
        "http10-kept": Answer(steps=(kept,)),
        "http10-length": Answer(steps=(sized(page("http10-length"), status=old), Act.CLOSE)),
        "http10-stays-open": Answer(steps=(sized(page("http10-stays-open"), status=old),)),
        "http10-to-close": Answer(steps=(head(old, _HTML) + page("http10-to-close"), Act.CLOSE)),
        "http10-chunked": Answer(
            steps=(
                head(old, _HTML, "Transfer-Encoding: chunked")
                + chunk(page("http10-chunked"))
                + LAST,
                Act.CLOSE,
            )
        ),
        "http09": Answer(steps=(page("http09"), Act.CLOSE)),
        "http09-slow": Answer(steps=(b"<html", 0.03, b">" + page("http09-slow"), Act.CLOSE)),
        "http09-tiny": Answer(steps=(b"ok\n", Act.CLOSE), leads_on=False),
    }


def _cookies() -> dict[str, Answer]:
    jar = [f"Set-Cookie: c{n}={'v' * 90}; Path=/; HttpOnly" for n in range(40)]
    return {
        "cookie": Answer(steps=(sized(page("cookie"), "Set-Cookie: session=1; Path=/"),)),
        "cookie-big": Answer(steps=(sized(page("cookie-big"), "Set-Cookie: b=" + "x" * 9000),)),
        "cookie-many": Answer(steps=(sized(page("cookie-many"), *jar),)),
    }
