"""Answers that send elsewhere, and what they say of where."""

from __future__ import annotations

from awkward.answer import Act, Answer, head, page, sized


def redirects(site: str) -> dict[str, Answer]:
    """Return the redirects of the site at `site` (`http://host:port`), by name.

    Those that lead on lead to `/from/NAME`, unless `elsewhere` says where to.
    """
    return {**_followed(site), **_unfollowed(site)}


def elsewhere() -> dict[str, bytes]:
    """Return the request targets that some redirects lead to instead, by name."""
    return {
        "location-latin1": b"/from/caf%E9",
        "location-utf8": b"/from/caf%C3%A9",
        "location-space": b"/from/a%20b",
        "location-query": b"/from/q?a=1&b=%20&c",
    }


def _to(name: str, location: str | bytes, status: str = "302 Found") -> Answer:
    if isinstance(location, str):
        location = location.encode("latin-1")
    body = f"<title>{name}</title>Moved.".encode()
    return Answer(steps=(sized(body, b"Location: " + location, status=f"HTTP/1.1 {status}"),))


def _followed(site: str) -> dict[str, Answer]:
    statuses = ("301 Moved", "302 Found", "303 See Other", "307 Temporary", "308 Permanent")
    answers = {
        f"redirect-{status[:3]}": _to(
            f"redirect-{status[:3]}", f"/from/redirect-{status[:3]}", status
        )
        for status in statuses
    }
    port = site.rpartition(":")[2]
    locations: dict[str, str | bytes] = {
        "location-absolute": f"{site}/from/location-absolute",
        "location-relative": "../from/location-relative",
        "location-dots": "/x/../from/./location-dots",
        "location-fragment": "/from/location-fragment#part",
        "location-no-scheme": f"//127.0.0.2:{port}/from/location-no-scheme",
        "location-upper-scheme": f"HTTP://127.0.0.2:{port}/from/location-upper-scheme",
        "location-backslash": "\\from\\location-backslash",
        "location-padded": "  \t/from/location-padded  ",
        "location-latin1": b"/from/caf\xe9",
        "location-utf8": b"/from/caf\xc3\xa9",
        "location-space": "/from/a b",
        "location-query": "/from/q?a=1&b= &c",
    }
    answers |= {name: _to(name, where) for name, where in locations.items()}
    name = "location-folded"
    folded = head("HTTP/1.1 302 Found", "Location:", f" /from/{name}", "Content-Length: 0")
    answers[name] = Answer(steps=(folded,))
    name = "location-no-body"
    bare = head("HTTP/1.1 301 Moved", f"Location: /from/{name}", "Connection: close")
    answers[name] = Answer(steps=(bare, Act.CLOSE))
    name = "refresh-header"
    answers[name] = Answer(steps=(sized(b"<p>wait", f"Refresh: 0; url=/from/{name}"),))
    name = "refresh-meta"
    meta = f'<META HTTP-EQUIV=Refresh CONTENT="0;URL=/from/{name}">'
    answers[name] = Answer(steps=(sized(meta.encode()),))
    return answers


def _unfollowed(site: str) -> dict[str, Answer]:
    """Return redirects that lead nowhere, out of the site, or round in a circle."""
    locations = {
        "location-empty": "",
        "location-self": "/odd/location-self",
        "location-round-a": "/odd/location-round-b",
        "location-round-b": "/odd/location-round-a",
        "location-ftp": "ftp://127.0.0.2/file",
        "location-mail": "mailto:nobody@example.org",
        "location-script": "javascript:alert(1)",
        "location-broken": "http://[::bad/",
        "location-port": "http://127.0.0.2:99999/",
        "location-away": "http://127.0.0.3:9/away",
        "location-private": f"{site}/private/by-redirect",
    }
    answers = {
        name: Answer(steps=_to(name, where).steps, leads_on=False)
        for name, where in locations.items()
    }
    for status in ("301 Moved", "302 Found"):
        name = f"location-missing-{status[:3]}"
        answers[name] = Answer(steps=(sized(page(name), status=f"HTTP/1.1 {status}"),))
    choices = sized(page("redirect-300"), status="HTTP/1.1 300 Multiple Choices")
    answers["redirect-300"] = Answer(steps=(choices,))
    return answers
