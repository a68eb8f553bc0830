"""From a URL as people write it to what is asked on the wire, the way browsers do it.

The WHATWG URL standard for http and https: what must be encoded is encoded as UTF-8, what is
encoded stays as it is (`%2F` above all), dot segments are resolved, host names become A-labels.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address
from urllib.parse import unquote_to_bytes

import idna

_PORTS = {"http": 80, "https": 443}
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_EDGES = "".join(map(chr, range(0x21)))
_AUTHORITY = re.compile(r"[/\\]*([^/\\?#]*)([^?#]*)(\?[^#]*)?")
_IN_PATH = re.compile(rb"[\x00-\x20\"<>^`{}\x7f-\xff]")
_IN_QUERY = re.compile(rb"[\x00-\x20\"<>'\x7f-\xff]")
_FORBIDDEN_IN_HOST = re.compile(r"[\x00-\x20#%/:<>?@\[\\\]^|\x7f]")
_DOT = re.compile(r"\.|%2e", re.IGNORECASE)
_LABEL, _HOST = 63, 253


class InvalidTargetError(ValueError):
    """A URL that cannot be asked over HTTP; its words say why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """Whom to ask for what: `host` without brackets, `path` with its query as sent."""

    scheme: str
    host: str
    port: int
    path: str

    @property
    def authority(self) -> str:
        """Return the Host header: the port only where it is not the scheme's own."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def url(self) -> str:
        """Return the URL that is asked: no fragment, no user."""
        return f"{self.scheme}://{self.authority}{self.path}"


def parse_target(url: str) -> Target:
    """Return what `url` asks; raise InvalidTargetError where it cannot be asked over HTTP."""
    text = re.sub(r"[\t\r\n]", "", url.strip(_EDGES))
    scheme = _SCHEME.match(text)
    if scheme is None:
        raise InvalidTargetError("no scheme")
    name = scheme[1].lower()
    if name not in _PORTS:
        raise InvalidTargetError(f"the scheme {name} is neither http nor https")
    parts = _AUTHORITY.match(text, scheme.end())
    authority, path, query = parts.groups() if parts else ("", "", None)
    host, port = _split_authority(authority.rpartition("@")[2])
    return Target(
        scheme=name,
        host=_parse_host(host),
        port=_PORTS[name] if port is None else port,
        path=_encode(_without_dots(path), _IN_PATH) + _encode(query or "", _IN_QUERY),
    )


def _split_authority(authority: str) -> tuple[str, int | None]:
    host, colon, port = authority.rpartition(":")
    if not colon or port.endswith("]"):
        return authority, None
    if not port:
        return host, None
    digits = port.lstrip("0")
    if not (digits.isascii() and digits.isdigit() and len(digits) <= 5 and int(digits) < 1 << 16):  # noqa: PLR2004 of 65535
        raise InvalidTargetError(f"{port} is not a port")
    return host, int(digits)


def _parse_host(host: str) -> str:
    if not host:
        raise InvalidTargetError("no host")
    if host.startswith("["):
        return _parse_ipv6(host)
    name = _well_formed(unquote_to_bytes(_well_formed(host)).decode("utf-8", "replace"))
    ascii_name = name.lower() if name.isascii() else _to_ascii(name)
    if _FORBIDDEN_IN_HOST.search(ascii_name):
        raise InvalidTargetError(f"{host!r} is not a host name")
    labels = ascii_name.removesuffix(".").split(".")
    if _is_number(labels[-1]):
        return _parse_ipv4(labels)
    if not all(labels) or max(map(len, labels)) > _LABEL or len(ascii_name) > _HOST:
        raise InvalidTargetError(f"{host!r} has an empty or too long label")
    return ascii_name


def _parse_ipv6(host: str) -> str:
    try:
        if not host.endswith("]") or "%" in host:
            raise ValueError(host)
        return str(IPv6Address(host[1:-1]))
    except ValueError:
        raise InvalidTargetError(f"{host} is not an IPv6 address") from None


def _to_ascii(name: str) -> str:
    """Return the A-labels of `name` by UTS 46; names beyond IDNA 2008 (emoji) as browsers do."""
    try:
        mapped = idna.uts46_remap(name, std3_rules=False, transitional=False)
        return ".".join(_to_label(label) for label in mapped.split("."))
    except (idna.IDNAError, UnicodeError):
        raise InvalidTargetError(f"{name!r} is not a host name") from None


def _to_label(label: str) -> str:
    if label.isascii():
        return label
    return f"xn--{label.encode('punycode').decode('ascii')}"


def _is_number(label: str) -> bool:
    return label.isdigit() or re.fullmatch(r"0x[0-9a-f]*", label) is not None


def _parse_ipv4(labels: list[str]) -> str:
    """Return the address that `127.1`, `0x7f000001` and their like mean to a browser."""
    try:
        numbers = [_parse_number(label) for label in labels]
        *heads, last = numbers
        if len(numbers) > 4 or any(n > 255 for n in heads) or last >= 256 ** (5 - len(numbers)):  # noqa: PLR2004
            raise ValueError(labels)
    except ValueError:
        raise InvalidTargetError(f"{'.'.join(labels)} is not an IPv4 address") from None
    value = last + sum(n << 8 * (3 - place) for place, n in enumerate(heads))
    return str(IPv4Address(value))


def _parse_number(label: str) -> int:
    if label.startswith("0x"):
        return int(label[2:] or "0", 16)
    return int(label, 8 if len(label) > 1 and label.startswith("0") else 10)


def _without_dots(path: str) -> str:
    """Return `path` with `.` and `..` resolved, as every browser does before it asks."""
    segments = path.replace("\\", "/").split("/")[1:] or [""]
    kept: list[str] = []
    for place, segment in enumerate(segments):
        dots = _DOT.sub(".", segment) if "." in segment or "%2" in segment else segment
        if dots not in (".", ".."):
            kept.append(segment)
            continue
        if dots == ".." and kept:
            kept.pop()
        if place == len(segments) - 1:
            kept.append("")
    return "/" + "/".join(kept)


def _encode(text: str, unsafe: re.Pattern[bytes]) -> str:
    encoded = _well_formed(text).encode("utf-8")
    return unsafe.sub(lambda found: b"%%%02X" % found[0][0], encoded).decode("ascii")


def _well_formed(text: str) -> str:
    """Return `text` with lone surrogates replaced, so that it can be written as UTF-8."""
    if text.isascii():
        return text
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
