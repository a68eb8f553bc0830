"""The urlkey of an index: a URL made canonical and sort-friendly (SURT), as pywb and CDXJ write it.

Follows what the Wayback Machine's key maker does, step by step, so that keys made here are found
in indexes made elsewhere: `https://www.State.gov/R/PA/?b=2&a=1#x` gives `gov,state)/r/pa?a=1&b=2`.
"""

from __future__ import annotations

import contextlib
import ipaddress
import re
import socket
from functools import lru_cache
from string import ascii_letters, digits
from urllib.parse import quote_from_bytes, unquote_to_bytes

_URL = re.compile(
    rb"(?:([a-zA-Z][a-zA-Z0-9+.-]*):)?(//[^/?#]*)?([^?#]*)(?:\?([^#]*))?(?:#.*)?", re.DOTALL
)
_HAS_SCHEME = re.compile(rb"[a-zA-Z][a-zA-Z0-9+\-.]*:")
_REPEATED_SCHEME = re.compile(rb"(https?://)+")
_WWW = re.compile(rb"www\d*\.")
_NUMERIC = re.compile(rb"[0-9]+(\.[0-9]+){0,3}")
_PORTS = {b"http": b"80", b"https": b"443"}
# All of printable ASCII but space, `#` and `%`.
_SAFE = b"!\"$&'()*+,-./:;<=>?@[\\]^_`{|}~"
_PLAIN = _SAFE + (ascii_letters + digits).encode("ascii")

_PATH_SESSIONS = (
    re.compile(
        rb"^(.*/)\((?:[a-z]\([0-9a-z]{24}\))+\)/([^?]+\.aspx.*)$", re.IGNORECASE | re.DOTALL
    ),
    re.compile(rb"^(.*/)\([0-9a-z]{24}\)/([^?]+\.aspx.*)$", re.IGNORECASE | re.DOTALL),
)
_QUERY_SESSIONS = tuple(
    re.compile(rb"^(.*)(?:%b)(?:&(.*))?$" % session, re.IGNORECASE | re.DOTALL)
    for session in (
        rb"jsessionid=[0-9a-z]{32}",
        rb"phpsessid=[0-9a-z]{32}",
        rb"sid=[0-9a-z]{32}",
        rb"aspsessionid[a-z]{8}=[a-z]{24}",
        rb"cfid=[^&]+&cftoken=[^&]+",
    )
)


def surt(url: str) -> str:
    """Return the urlkey of `url`: host reversed, then `)`, path and query, all canonical.

    Scheme, user, `www.`, default port and fragment are left out. A URL without a host
    (`dns:`, `urn:`) keeps its scheme. Never raises; `-` for an empty URL.
    """
    raw = url.encode("utf-8", "surrogatepass").strip().translate(None, b"\r\n\t")
    if not raw:
        return "-"
    if not _HAS_SCHEME.match(raw):
        raw = b"http://" + raw
    if raw.startswith(b"http") and raw.count(b"://") > 1:
        raw = _REPEATED_SCHEME.sub(rb"\1", raw, count=1)
    scheme, authority, path, query = _split(raw)
    if not authority:
        return _text(scheme + b":" + _path(_escape(_unescape(path))) + _query(query))
    host = _host_and_port(scheme, authority)
    return _text(host + b")" + _path(_escape(_normal(_unescape(path)))) + _query(query))


def _split(raw: bytes) -> tuple[bytes, bytes | None, bytes, bytes]:
    """Return scheme, authority, path and query (RFC 3986 appendix B); the fragment is dropped."""
    match = _URL.fullmatch(raw)
    assert match is not None, "the pattern matches every string"  # noqa: S101 - for the type checker
    scheme, authority, path, query = match.groups()
    if scheme.startswith(b"http") and authority in (None, b"//"):
        # `http:////host/path`, as written by hand in old pages
        authority, slash, path = path.lstrip(b"/").partition(b"/")
        return scheme, authority, slash + path, query or b""
    return scheme, authority[2:] if authority else None, path, query or b""


@lru_cache(maxsize=1024)
def _host_and_port(scheme: bytes, authority: bytes) -> bytes:
    host, port = authority.rpartition(b"@")[2], b""
    if not host.endswith(b"]"):
        host, _, port = host.rpartition(b":") if b":" in host else (host, b"", b"")
    key = b",".join(reversed(_host(host).split(b".")))
    return key if port in (b"", _PORTS.get(scheme.lower())) else key + b":" + _escape(port)


def _host(host: bytes) -> bytes:
    """Return the host in lower case, as IDNA A-labels, `www.` left out, IP addresses dotted."""
    if host.startswith(b"["):
        return _escape(host[1:].partition(b"]")[0].lower())
    host = _unescape(host)
    if not host.isascii():
        with contextlib.suppress(UnicodeError):  # else it stays, %-escaped below
            host = host.decode("utf-8", "ignore").encode("idna")
    host = host.replace(b"..", b".").strip(b".").lower()
    host = _ipv4(host) or _escape(host)
    return _WWW.sub(b"", host, count=1) if _WWW.match(host) else host


def _ipv4(host: bytes) -> bytes | None:
    """Return the dotted form of an IPv4 address written as one number, in octal or short."""
    if not _NUMERIC.fullmatch(host):
        return None
    if host.isdigit():
        return str(ipaddress.IPv4Address(int(host) & 0xFFFFFFFF)).encode("ascii")
    try:
        return socket.inet_ntoa(socket.inet_aton(host.decode("ascii"))).encode("ascii")
    except OSError:
        return None


def _normal(path: bytes) -> bytes:
    """Return the path without `.`, `..` and empty segments; a `..` above the root stays."""
    kept: list[bytes] = []
    for segment in path.split(b"/")[1:]:
        if segment == b".." and kept:
            kept.pop()
        elif segment != b".":
            kept.append(segment)
    last = kept.pop() if kept else b""
    return b"/" + b"".join(segment + b"/" for segment in kept if segment) + last


def _path(path: bytes) -> bytes:
    """Return the path in lower case without ASP session ids and without a final slash."""
    path = path.lower()
    if b"(" in path:
        for pattern in _PATH_SESSIONS:
            path = pattern.sub(rb"\1\2", path)
    return path[:-1] if len(path) > 1 and path.endswith(b"/") else path


def _query(query: bytes) -> bytes:
    """Return `?` and the arguments in lower case and sorted, session ids left out; or nothing."""
    query = _escape(_unescape(query))
    if b"id=" in query.lower() or b"sessionid" in query.lower():
        for pattern in _QUERY_SESSIONS:
            query = pattern.sub(lambda match: match[1] + (match[2] or b""), query)
    if not query:
        return b""
    if len(query) == 1:
        return b"?" + query.lower()
    arguments = sorted(tuple(argument.split(b"=", 1)) for argument in query.lower().split(b"&"))
    return b"?" + b"&".join(b"=".join(argument) for argument in arguments)


def _unescape(raw: bytes) -> bytes:
    """Undo %-escapes until none is left: `%2541` is `A`."""
    while b"%" in raw:
        plain = unquote_to_bytes(raw)
        if plain == raw:
            break
        raw = plain
    return raw


def _escape(raw: bytes) -> bytes:
    if not raw.translate(None, _PLAIN):
        return raw
    return quote_from_bytes(raw, safe=_SAFE).encode("ascii")


def _text(key: bytes) -> str:
    return key.decode("ascii", "backslashreplace")
