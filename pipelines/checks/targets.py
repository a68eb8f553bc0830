"""Which URL a link asks for, or why it cannot be asked; read as `warc.http.target` reads it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlsplit

from pipelines.urls import resolve
from warc.http.target import InvalidTargetError, parse_target

_CONTROLS_AND_SPACE = "".join(map(chr, range(0x21)))
_BREAKS = re.compile(r"[\t\r\n]")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*(?=:)")
_MAX_URL = 16_384


class TargetFault(StrEnum):
    """Why a link cannot be asked over HTTP; no request is sent for any of them."""

    EMPTY = "empty"
    RELATIVE = "relative"
    SCHEME = "scheme"  # mailto:, tel:, javascript:, ftp:, data:, file: and the like
    MALFORMED = "malformed"  # no host, or no host's name, or no port
    LONG = "long"


@dataclass(frozen=True, slots=True)
class Target:
    """A URL that can be asked: ASCII, http or https, no user name, no fragment.

    `host` is the key of politeness: the host's name, with the port where it is not the scheme's
    own. `fragment` is what the link had after its `#`, as written.
    """

    url: str
    host: str
    fragment: str


def read_target(url: str) -> Target | TargetFault:
    """Return what `url` asks for, or what is wrong with it."""
    cleaned = _cleaned(url)
    if not cleaned:
        return TargetFault.EMPTY
    if len(cleaned) > _MAX_URL:
        return TargetFault.LONG
    scheme = _SCHEME.match(cleaned)
    if scheme is None:
        return TargetFault.RELATIVE
    if scheme.group().lower() not in ("http", "https"):
        return TargetFault.SCHEME
    try:
        target = parse_target(cleaned)
    except InvalidTargetError:
        return TargetFault.MALFORMED
    return Target(target.url, target.authority, cleaned.partition("#")[2])


def next_target(base: str, reference: str) -> Target | TargetFault:
    """Return where `reference` (a Location, a refresh) leads from `base`, a URL asked before."""
    if not _cleaned(reference):
        return TargetFault.EMPTY
    return read_target(resolve(base, reference).url)


def host_of(url: str) -> str:
    """Return the host's name in a URL that was asked, without its port."""
    return urlsplit(url).hostname or ""


def _cleaned(text: str) -> str:
    return _BREAKS.sub("", text.strip(_CONTROLS_AND_SPACE))
