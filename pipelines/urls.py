"""Resolve and normalise the links of pages, as browsers do, and tell what is wrong with them.

The reading itself is `warc.http.target`'s; here is what only links on pages need: mail addresses
and intranet hosts where a URL should be, and schemes that are not asked.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from warc.http.target import InvalidTargetError, Target, cleaned, parse_target, scheme_of

_AUTHORITY_END = re.compile(r"[/\\?#]")
_MAIL = re.compile(r"[^/?#@:\s]+@[^/?#@:\s]+\.[A-Za-z]{2,}/?")
_MAIL_AS_URL = re.compile(r"(?i)https?:[/\\]*([^/?#@:\s]+@[^/?#@:\s]+\.[a-z]{2,})/?")
_ASKED = frozenset({"http", "https"})


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


def resolve(base: str, href: str) -> Resolved:
    """Return `href` made absolute against `base`, the page's address or its `<base href>`.

    Never raises: what browsers would refuse comes back as written, with its problem.
    """
    text = cleaned(href)
    scheme = scheme_of(text)
    if scheme is not None and scheme not in _ASKED:
        return _opaque(text, scheme)
    if "@" in text and (_MAIL.fullmatch(text) or _MAIL_AS_URL.fullmatch(text)):
        return Resolved(url=text, problem=UrlProblem.MAIL_ADDRESS)
    try:
        target = parse_target(text, base)
    except InvalidTargetError as error:
        return Resolved(url=text, problem=_problem(error))
    return Resolved(url=_with_fragment(target), problem=_doubt(target, text))


def canonical(url: str) -> str:
    """Return `url` as it is asked: without fragment, userinfo, default port and dot segments.

    Raise ValueError, its text a `UrlProblem`, for what cannot be asked over HTTP.
    """
    try:
        return parse_target(url).url
    except InvalidTargetError as error:
        raise ValueError(_problem(error).value) from None


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
    lowered = scheme + text[len(scheme) :]
    mail = lowered.startswith(("mailto:", "tel:", "sms:"))
    return Resolved(url=lowered, problem=None if mail else UrlProblem.SCHEME)


def _with_fragment(target: Target) -> str:
    return target.url if target.fragment is None else f"{target.url}#{target.fragment}"


def _problem(error: InvalidTargetError) -> UrlProblem:
    if error.problem == "scheme":
        return UrlProblem.SCHEME
    return UrlProblem(error.problem.value)


def _doubt(target: Target, text: str) -> UrlProblem | None:
    """Return the problem of a URL that browsers accept but that cannot lead anywhere public."""
    if "." not in target.host.strip(".") and ":" not in target.host:
        return UrlProblem.INTRANET_HOST
    return UrlProblem.SCHEME_MISSING if text[:4].lower() == "www." else None
