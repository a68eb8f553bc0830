"""From a URL as people write it to what is asked on the wire, the way browsers do it.

Read by Ada, the URL parser of Node.js, after the WHATWG URL standard: what must be encoded is
encoded as UTF-8, what is encoded stays as it is (`%2F` above all), dot segments are resolved,
host names become A-labels.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache

from ada_url import join_url, normalize_url

_PORTS = {"http": 80, "https": 443}
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_AUTHORITY = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[/\\]*([^/\\?#]*)")
_EDGES = "".join(map(chr, range(0x21)))
_BREAKS = re.compile(r"[\t\r\n]")
_PORT = re.compile(r":([^:\]]*)$")
_MOST_PORT = 65535
_LABEL, _HOST = 63, 253  # RFC 1035 section 2.3.4


class TargetProblem(StrEnum):
    """Why a URL cannot be asked over HTTP."""

    SCHEME = "scheme"
    NO_HOST = "no-host"
    BAD_PORT = "bad-port"
    BAD_HOST = "bad-host"  # characters no host may have, or an impossible address
    BAD_IDN = "bad-idn"


class InvalidTargetError(ValueError):
    """A URL that cannot be asked over HTTP; its words say why, `problem` in one code."""

    def __init__(self, problem: TargetProblem, words: str) -> None:
        super().__init__(words)
        self.problem = problem


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """Whom to ask for what: `host` without brackets, `path` with its query as sent.

    `fragment` is what followed the `#`, which is never sent; None where there was none.
    """

    scheme: str
    host: str
    port: int
    path: str
    fragment: str | None = field(default=None, compare=False)

    @property
    def authority(self) -> str:
        """Return the Host header: the port only where it is not the scheme's own."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def url(self) -> str:
        """Return the URL that is asked: no fragment, no user."""
        return f"{self.scheme}://{self.authority}{self.path}"


def scheme_of(url: str) -> str | None:
    """Return the scheme that `url` begins with, in lower case; None where it is relative."""
    found = _SCHEME.match(url)
    return found[1].lower() if found else None


def cleaned(url: str) -> str:
    """Return `url` without what browsers drop: controls and spaces around it, breaks inside."""
    text = url.strip(_EDGES)
    return _BREAKS.sub("", text) if "\n" in text or "\r" in text or "\t" in text else text


def parse_target(url: str, base: str | None = None) -> Target:
    """Return what `url` asks, relative to `base` where that is given.

    Raise InvalidTargetError where it cannot be asked over HTTP.
    """
    text = _well_formed(cleaned(url))
    scheme = scheme_of(text)
    if scheme is None and base is None:
        raise InvalidTargetError(TargetProblem.SCHEME, "no scheme")
    if scheme is not None and scheme not in _PORTS:
        words = f"the scheme {scheme} is neither http nor https"
        raise InvalidTargetError(TargetProblem.SCHEME, words)
    try:
        normal = join_url(base, text) if base else normalize_url(text)
    except ValueError:
        raise _invalid(text, base) from None
    return _target(normal)


def _target(normal: str) -> Target:
    """Return the parts of a URL as Ada writes it: scheme://user@host:port/path?query#fragment."""
    scheme, _, rest = normal.partition("://")
    if scheme not in _PORTS:
        raise InvalidTargetError(TargetProblem.SCHEME, f"the scheme {scheme} is not HTTP's")
    rest, hash_sign, fragment = rest.partition("#")
    authority, slash, path = rest.partition("/")
    host, port = _host_and_port(authority)
    return Target(
        scheme=scheme,
        host=host,
        port=_PORTS[scheme] if port is None else port,
        path=slash + path,
        fragment=fragment if hash_sign else None,
    )


@lru_cache(maxsize=1024)
def _host_and_port(authority: str) -> tuple[str, int | None]:
    written = authority.rpartition("@")[2]
    if written.endswith("]"):
        return written[1:-1], None
    host, _, port = written.partition(":") if written[:1] != "[" else written.rpartition(":")
    if port == "0":
        raise InvalidTargetError(TargetProblem.BAD_PORT, "0 is not a port to be asked")
    return _checked(host.strip("[]")), int(port) if port else None


def _checked(host: str) -> str:
    """Return a host that DNS could know; raise InvalidTargetError for one that it cannot."""
    labels = host.removesuffix(".").split(".")
    if labels == [""]:
        raise InvalidTargetError(TargetProblem.NO_HOST, "no host")
    if not all(labels) or max(map(len, labels)) > _LABEL or len(host) > _HOST:
        words = f"{host!r} has an empty or too long label"
        raise InvalidTargetError(TargetProblem.BAD_HOST, words)
    return host


def _invalid(text: str, base: str | None) -> InvalidTargetError:
    """Return the error that says what is wrong; Ada only says that something is."""
    absolute = text if scheme_of(text) or base is None else f"http:{text}"
    found = _AUTHORITY.match(absolute)
    authority = found[1].rpartition("@")[2] if found else ""
    port = _PORT.search(authority)
    host = authority[: port.start()] if port else authority
    if not host.strip("."):
        return InvalidTargetError(TargetProblem.NO_HOST, "no host")
    if port and not _is_port(port[1]):
        return InvalidTargetError(TargetProblem.BAD_PORT, f"{port[1]} is not a port")
    is_idn = not host.isascii() or "xn--" in host.lower()
    problem = TargetProblem.BAD_IDN if is_idn else TargetProblem.BAD_HOST
    return InvalidTargetError(problem, f"{host!r} is not a host name")


def _is_port(text: str) -> bool:
    digits = text.lstrip("0")[:6]
    return not text or (text.isascii() and text.isdigit() and int(digits or "0") <= _MOST_PORT)


def _well_formed(text: str) -> str:
    """Return `text` with lone surrogates replaced, so that it can be written as UTF-8."""
    if text.isascii():
        return text
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
