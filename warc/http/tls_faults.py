"""Which failure of a TLS handshake an error is."""

from __future__ import annotations

import re
import ssl

from warc.exchange import Failure, FailureKind
from warc.http.certificate import lacks_issuer, says_where_issuer_is

# OpenSSL's X509_V_ERR_ numbers; every other one is a chain that leads to nobody trusted.
_VERIFY_KINDS = {
    9: FailureKind.TLS_NOT_YET_VALID,
    10: FailureKind.TLS_EXPIRED,
    18: FailureKind.TLS_SELF_SIGNED,
    62: FailureKind.TLS_WRONG_HOST,
    64: FailureKind.TLS_WRONG_HOST,  # the address of an IP literal
    66: FailureKind.TLS_WEAK,  # the key, then an authority's, then a signature
    67: FailureKind.TLS_WEAK,
    68: FailureKind.TLS_WEAK,
}
# No certificate of the issuer: 2, 20 and 21.
_NO_ISSUER = frozenset({2, 20, 21})
_PLAIN_HTTP = re.compile(rb"[\r\n]*(?:HTTP/\d|<!doctype|<html|<head|<title)", re.IGNORECASE)
_RECORD = re.compile(rb"[\x14-\x17]\x03", re.DOTALL)
_WRONG_VERSION = "WRONG_VERSION_NUMBER"  # also what OpenSSL calls bytes that are no TLS
# Parts of OpenSSL's names of reasons: their beginnings differ from version to version, and of
# some Python knows the words alone.
_KINDS = (
    (FailureKind.TLS_VERSION, ("UNSUPPORTED_PROTOCOL", "PROTOCOL_VERSION", "WRONG_SSL_VERSION")),
    (FailureKind.TLS_NAME, ("UNRECOGNIZED_NAME",)),
    (FailureKind.TLS_ALPN, ("NO_APPLICATION_PROTOCOL",)),
    (
        FailureKind.TLS_CIPHER,
        (
            "HANDSHAKE_FAILURE",
            "INSUFFICIENT_SECURITY",
            "CIPHER_RETURNED",
            "NO_SHARED_CIPHER",
            "DH_KEY_TOO_SMALL",
            "WRONG_CURVE",
            "UNSUPPORTED_ELLIPTIC_CURVE",
            "WRONG_SIGNATURE_TYPE",
        ),
    ),
)


def tls_failure(
    error: ssl.SSLError, *, chain: tuple[bytes, ...] = (), start: bytes = b""
) -> Failure:
    """Return which failure of the handshake `error` is.

    `chain` is what the server sent, DER, leaf first; `start` the first bytes it sent.
    """
    if isinstance(error, ssl.SSLCertVerificationError):
        kind = _VERIFY_KINDS.get(error.verify_code, FailureKind.TLS_UNTRUSTED)
        if error.verify_code in _NO_ISSUER and chain:
            kind = _kind_of_chain(chain)
        return Failure(kind=kind, detail=error.verify_message or str(error))
    reason = error.reason or str(error)
    return Failure(kind=_kind(reason, start), detail=reason)


def _kind_of_chain(chain: tuple[bytes, ...]) -> FailureKind:
    """Return what a chain is that ends at nobody known: browsers complete what they can.

    They fetch an issuer's certificate, or remember it from another site.
    """
    if says_where_issuer_is(chain[-1]):
        return FailureKind.TLS_INCOMPLETE
    if len(chain) == 1 and lacks_issuer(chain[0]):
        return FailureKind.TLS_INCOMPLETE_CHAIN
    return FailureKind.TLS_UNTRUSTED


def _kind(reason: str, start: bytes) -> FailureKind:
    if _PLAIN_HTTP.match(start):
        return FailureKind.TLS_PLAIN_HTTP
    if reason == _WRONG_VERSION and _RECORD.match(start):
        return FailureKind.TLS_VERSION
    name = reason.upper().replace(" ", "_")
    found = (kind for kind, parts in _KINDS if any(part in name for part in parts))
    return next(found, FailureKind.TLS_PROTOCOL)
