"""Which URL a link asks for, or why it cannot be asked; read as `warc.http.target` reads it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from urllib.parse import urlsplit

from pipelines.urls import resolve
from warc.http.target import (
    InvalidTargetError,
    TargetProblem,
    cleaned,
    parse_target,
    scheme_of,
)

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
    text = cleaned(url)
    if not text:
        return TargetFault.EMPTY
    if len(text) > _MAX_URL:
        return TargetFault.LONG
    if scheme_of(text) is None:
        return TargetFault.RELATIVE
    try:
        target = parse_target(text)
    except InvalidTargetError as error:
        is_scheme = error.problem is TargetProblem.SCHEME
        return TargetFault.SCHEME if is_scheme else TargetFault.MALFORMED
    return Target(target.url, target.authority, text.partition("#")[2])


def next_target(base: str, reference: str) -> Target | TargetFault:
    """Return where `reference` (a Location, a refresh) leads from `base`, a URL asked before."""
    if not cleaned(reference):
        return TargetFault.EMPTY
    return read_target(resolve(base, reference).url)


@lru_cache(maxsize=256)  # asked many times while one link is judged
def host_of(url: str) -> str:
    """Return the host's name in a URL that was asked, without its port."""
    return urlsplit(url).hostname or ""
