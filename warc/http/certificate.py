"""What a certificate says of who issued it, read from its DER without judging it (RFC 5280)."""

from __future__ import annotations

import re
from collections.abc import Iterator

# Object identifiers in DER: caIssuers, where the issuer's certificate can be fetched (section
# 4.2.2.1); authorityKeyIdentifier (4.2.1.1); promises of public logs (RFC 6962); and what public
# authorities alone may call their policies (CA/Browser Forum, 2.23.140.1).
_CA_ISSUERS = b"\x06\x08\x2b\x06\x01\x05\x05\x07\x30\x02"
_AUTHORITY_KEY = b"\x06\x03\x55\x1d\x23"
_LOGGED = b"\x06\x0a\x2b\x06\x01\x04\x01\xd6\x79\x02\x04\x02"
_PUBLIC_POLICY = re.compile(rb"\x06[\x05\x06]\x67\x81\x0c\x01[\x01\x02]", re.DOTALL)
# Names that those give who are not the root themselves.
_MIDDLE = re.compile(rb"\b(?:intermediate|issuing|subordinate|sub[ -]?ca)\b", re.IGNORECASE)
_OCTETS, _VERSION, _ISSUER_NAMES, _DIRECTORY_NAME = 0x04, 0xA0, 0xA1, 0xA4
_LONG, _MOST_LENGTH_BYTES = 0x80, 4


def says_where_issuer_is(certificate: bytes) -> bool:
    """Return whether browsers could fetch the issuer's certificate."""
    return _CA_ISSUERS in certificate


def lacks_issuer(certificate: bytes) -> bool:
    """Return whether there must be another certificate between this one and a root.

    It says that its issuer was issued by another, or has what public authorities give, who never
    sign with their roots, or its issuer's name says so. False in doubt.
    """
    if _LOGGED in certificate or _PUBLIC_POLICY.search(certificate):
        return True
    try:
        issuer = _issuer(certificate)
        above = _issuer_of_issuer(certificate)
    except (ValueError, IndexError):
        return False
    return (above is not None and above != issuer) or bool(_MIDDLE.search(issuer))


def _issuer(certificate: bytes) -> bytes:
    """Return the issuer's Name, DER."""
    ((_, whole),) = _parts(certificate)
    parts = [part for part in _parts(next(_parts(whole))[1]) if part[0] != _VERSION]
    return parts[2][1]  # behind the serial number and the signature's algorithm


def _issuer_of_issuer(certificate: bytes) -> bytes | None:
    """Return the Name that the authority key identifier has; None where it has none."""
    at = certificate.find(_AUTHORITY_KEY)
    if at < 0:
        return None
    for tag, value in _parts(certificate[at + len(_AUTHORITY_KEY) :]):
        if tag == _OCTETS:
            ((_, identifier),) = _parts(value)
            names = dict(_parts(identifier)).get(_ISSUER_NAMES, b"")
            directory = dict(_parts(names)).get(_DIRECTORY_NAME)
            return None if directory is None else next(_parts(directory))[1]
    return None


def _parts(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield tag and value of each element; raise ValueError or IndexError for what is no DER."""
    at = 0
    while at < len(data):
        tag, size = data[at], data[at + 1]
        at += 2
        if size >= _LONG:
            count = size - _LONG
            if not 0 < count <= _MOST_LENGTH_BYTES:
                raise ValueError("a length that is no DER")
            size = int.from_bytes(data[at : at + count])
            at += count
        if at + size > len(data):
            raise ValueError("an element beyond the end")
        yield tag, data[at : at + size]
        at += size
