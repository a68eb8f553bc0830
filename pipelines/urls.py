"""Resolve and normalise URLs as browsers do (WHATWG URL Standard, sections 4.4 and 4.5).

Only what links on pages need: `http` and `https` are taken apart, every other scheme is opaque.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from ipaddress import AddressValueError, IPv6Address
from urllib.parse import quote, unquote_to_bytes

import idna

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.\-]*):")
_STRIPPED = "".join(map(chr, range(0x21)))  # C0 controls and space
_TAB_OR_NEWLINE = re.compile(r"[\t\n\r]")
_AUTHORITY_END = re.compile(r"[/\\?#]")
_FORBIDDEN_IN_HOST = re.compile(r"[\x00-\x20#/:<>?@\[\\\]^|%\x7f]")
_LAST_IS_NUMBER = re.compile(r"(?:^|\.)(?:\d+|0[xX][0-9a-fA-F]*)\.?$")
_MAIL = re.compile(r"[^/?#@:\s]+@[^/?#@:\s]+\.[A-Za-z]{2,}/?")
_SINGLE_DOT = frozenset({".", "%2e"})
_DOUBLE_DOT = frozenset({"..", ".%2e", "%2e.", "%2e%2e"})
_DEFAULT_PORT = {"http": "80", "https": "443"}
_MAX_PORT = 65535
# `quote` leaves letters, digits and "_.-~" alone; these are the further characters each part keeps.
_PATH_SAFE = "!$&'()*+,/:;=@[]|\\%"
_QUERY_SAFE = "!$%&()*+,/:;=?@[\\]^`{|}"
_FRAGMENT_SAFE = "!#$%&'()*+,/:;=?@[\\]^{|}"


class UrlProblem(StrEnum):
    """Why a link cannot be asked over HTTP, or could but surely not as its author meant."""

    NO_HOST = "no-host"
    BAD_PORT = "bad-port"
    BAD_HOST = "bad-host"  # characters no host may have, or an impossible address
    BAD_IDN = "bad-idn"
    INTRANET_HOST = "intranet-host"  # one label, as in http://state/gov
    MAIL_ADDRESS = "mail-address"  # a mail address where a URL should be
    SCHEME = "unsupported-scheme"
    SCHEME_MISSING = "scheme-missing"  # "www.example.org/x": browsers take it for a file name


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolved:
    """An absolute URL, with its fragment; as written where it is malformed (`problem` says how)."""

    url: str
    problem: UrlProblem | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Parts:
    scheme: str
    host: str
    port: str
    path: str
    query: str | None
    fragment: str | None

    def __str__(self) -> str:
        tail = "" if self.query is None else f"?{self.query}"
        if self.fragment is not None:
            tail += f"#{self.fragment}"
        port = f":{self.port}" if self.port else ""
        return f"{self.scheme}://{self.host}{port}{self.path}{tail}"


class _MalformedError(ValueError):
    def __init__(self, problem: UrlProblem) -> None:
        super().__init__(problem.value)
        self.problem = problem


def resolve(base: str, href: str) -> Resolved:
    """Return `href` made absolute against `base`, the page's address or its `<base href>`.

    Never raises: what browsers would refuse comes back as written, with its problem.
    """
    text = _TAB_OR_NEWLINE.sub("", href.strip(_STRIPPED))
    scheme = _SCHEME.match(text)
    if scheme and scheme[1].lower() not in _DEFAULT_PORT:
        return _opaque(text, scheme[1])
    if _MAIL.fullmatch(text):
        return Resolved(url=text, problem=UrlProblem.MAIL_ADDRESS)
    try:
        parts = _absolute(text, scheme[0]) if scheme else _relative(_parse_base(base), text)
    except _MalformedError as error:
        return Resolved(url=text, problem=error.problem)
    return Resolved(url=str(parts), problem=_doubt(parts, text))


def canonical(url: str) -> str:
    """Return `url` as it is asked: without fragment, userinfo, default port and dot segments.

    Raise ValueError, its text a `UrlProblem`, for what cannot be asked over HTTP.
    """
    text = _TAB_OR_NEWLINE.sub("", url.strip(_STRIPPED))
    scheme = _SCHEME.match(text)
    if not scheme or scheme[1].lower() not in _DEFAULT_PORT:
        raise _MalformedError(UrlProblem.SCHEME)
    return str(_absolute(text.partition("#")[0], scheme[0]))


def host_of(url: str) -> str:
    """Return the host of an absolute URL as `resolve` writes it; "" where it has none."""
    rest = url.partition("://")[2]
    end = _AUTHORITY_END.search(rest)
    authority = (rest[: end.start()] if end else rest).rpartition("@")[2]
    if authority.startswith("["):
        return authority.partition("]")[0] + "]"
    return authority.partition(":")[0].lower()


def path_of(url: str) -> str:
    """Return the path of an absolute URL with its query; "/" where it has none."""
    rest = without_fragment(url).partition("://")[2]
    end = _AUTHORITY_END.search(rest)
    path = rest[end.start() :] if end else ""
    return path if path.startswith("/") else f"/{path}"


def without_fragment(url: str) -> str:
    """Return `url` up to its fragment."""
    return url.partition("#")[0]


def _opaque(text: str, scheme: str) -> Resolved:
    lowered = scheme.lower() + text[len(scheme) :]
    mail = lowered.startswith(("mailto:", "tel:", "sms:"))
    return Resolved(url=lowered, problem=None if mail else UrlProblem.SCHEME)


def _doubt(parts: _Parts, text: str) -> UrlProblem | None:
    """Return the problem of a URL that browsers accept but that cannot lead anywhere public."""
    if "." not in parts.host.strip(".") and not parts.host.startswith("["):
        return UrlProblem.INTRANET_HOST
    return UrlProblem.SCHEME_MISSING if text[:4].lower() == "www." else None


@lru_cache(maxsize=256)
def _parse_base(base: str) -> _Parts:
    scheme = _SCHEME.match(base)
    if not scheme or scheme[1].lower() not in _DEFAULT_PORT:
        raise _MalformedError(UrlProblem.SCHEME)
    return _absolute(base.strip(_STRIPPED), scheme[0])


def _absolute(text: str, scheme: str) -> _Parts:
    """Return the parts of a URL that begins with `scheme` (its colon included)."""
    rest = text[len(scheme) :].lstrip("/\\")
    return _with_authority(scheme[:-1].lower(), rest)


def _with_authority(scheme: str, rest: str) -> _Parts:
    end = _AUTHORITY_END.search(rest)
    authority, tail = (rest[: end.start()], rest[end.start() :]) if end else (rest, "")
    userinfo, at, hostport = authority.rpartition("@")
    if at and ":" not in userinfo and _MAIL.fullmatch(authority) and tail in ("", "/"):
        raise _MalformedError(UrlProblem.MAIL_ADDRESS)
    host, port = _host_and_port(hostport)
    path, query, fragment = _split_tail(tail)
    return _Parts(
        scheme=scheme,
        host=host,
        port="" if port == _DEFAULT_PORT[scheme] else port,
        path=_clean_path(path or "/"),
        query=None if query is None else quote(query, _QUERY_SAFE),
        fragment=None if fragment is None else quote(fragment, _FRAGMENT_SAFE),
    )


def _relative(base: _Parts, text: str) -> _Parts:
    if re.match(r"[/\\]{2}", text):
        return _with_authority(base.scheme, text.lstrip("/\\"))
    path, query, fragment = _split_tail(text)
    if not path:
        merged, query = base.path, base.query if query is None else quote(query, _QUERY_SAFE)
    else:
        folder = "" if path[0] in "/\\" else base.path.rpartition("/")[0] + "/"
        merged = _clean_path(folder + path)
        query = None if query is None else quote(query, _QUERY_SAFE)
    return _Parts(
        scheme=base.scheme,
        host=base.host,
        port=base.port,
        path=merged,
        query=query,
        fragment=None if fragment is None else quote(fragment, _FRAGMENT_SAFE),
    )


def _split_tail(tail: str) -> tuple[str, str | None, str | None]:
    before, hash_sign, fragment = tail.partition("#")
    path, question, query = before.partition("?")
    return path, query if question else None, fragment if hash_sign else None


def _clean_path(path: str) -> str:
    """Return `path` with slashes turned, dot segments removed and the rest percent-encoded."""
    path = path.replace("\\", "/")
    if "/." in path or "%2e" in path.lower():
        path = _without_dots(path)
    return quote(path, _PATH_SAFE)


def _without_dots(path: str) -> str:
    kept: list[str] = []
    segments = path.split("/")[1:]
    for number, segment in enumerate(segments):
        lowered = segment.lower()
        is_last = number == len(segments) - 1
        if lowered in _DOUBLE_DOT:
            del kept[-1:]
        elif lowered not in _SINGLE_DOT:
            kept.append(segment)
            continue
        if is_last:
            kept.append("")
    return "/" + "/".join(kept)


def _host_and_port(hostport: str) -> tuple[str, str]:
    if hostport.startswith("["):
        address, bracket, rest = hostport[1:].partition("]")
        if not bracket or (rest and not rest.startswith(":")):
            raise _MalformedError(UrlProblem.BAD_HOST)
        return _ipv6(address), _port(rest[1:])
    host, _, port = hostport.partition(":")
    return _host(host), _port(port)


def _port(text: str) -> str:
    if not text:
        return ""
    if not (text.isascii() and text.isdigit()) or int(text) > _MAX_PORT:
        raise _MalformedError(UrlProblem.BAD_PORT)
    return str(int(text))


def _ipv6(text: str) -> str:
    try:
        return f"[{IPv6Address(text).compressed}]"
    except AddressValueError:
        raise _MalformedError(UrlProblem.BAD_HOST) from None


@lru_cache(maxsize=4096)
def _host(text: str) -> str:
    if "%" in text:
        text = unquote_to_bytes(text).decode("utf-8", "replace")
    text = text.lower() if text.isascii() else _to_ascii(text)
    if not text.strip("."):
        raise _MalformedError(UrlProblem.NO_HOST)
    if _FORBIDDEN_IN_HOST.search(text):
        raise _MalformedError(UrlProblem.BAD_HOST)
    if "xn--" in text:
        _check_punycode(text)
    if _LAST_IS_NUMBER.search(text):
        return _ipv4(text)
    return text


def _to_ascii(host: str) -> str:
    """Return the host in its ASCII form (UTS 46, non-transitional)."""
    try:
        return idna.encode(host, uts46=True, std3_rules=False).decode("ascii").lower()
    except idna.IDNAError:
        raise _MalformedError(UrlProblem.BAD_IDN) from None


def _check_punycode(host: str) -> None:
    for label in host.split("."):
        if label.startswith("xn--"):
            try:
                idna.ulabel(label)
            except (idna.IDNAError, UnicodeError):
                raise _MalformedError(UrlProblem.BAD_IDN) from None


def _ipv4(text: str) -> str:
    """Return a dotted IPv4 address from any spelling browsers take (octal, hexadecimal, short)."""
    try:
        numbers = [_ipv4_number(part) for part in text.rstrip(".").split(".")]
    except ValueError:
        raise _MalformedError(UrlProblem.BAD_HOST) from None
    *head, last = numbers
    if len(head) > 3 or any(n > 255 for n in head) or last >= 256 ** (4 - len(head)):  # noqa: PLR2004 - octets
        raise _MalformedError(UrlProblem.BAD_HOST)
    value = last + sum(n << (8 * (3 - i)) for i, n in enumerate(head))
    return ".".join(str(value >> shift & 255) for shift in (24, 16, 8, 0))


def _ipv4_number(part: str) -> int:
    if part[:2] in ("0x", "0X"):
        return int(part[2:] or "0", 16)
    return int(part, 8 if len(part) > 1 and part.startswith("0") else 10)
