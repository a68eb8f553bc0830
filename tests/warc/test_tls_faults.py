"""What OpenSSL says of a handshake, told apart."""

from __future__ import annotations

import ssl

import pytest

from warc.exchange import FailureKind
from warc.http.certificate import lacks_issuer, says_where_issuer_is
from warc.http.tls_faults import tls_failure

_LEAF = b"\x30\x0b\x30\x09\x02\x01\x07\x30\x00\x30\x02\x05\x00"  # the issuer is a Null


def refused(code: int) -> ssl.SSLCertVerificationError:
    error = ssl.SSLCertVerificationError()
    error.verify_code, error.verify_message = code, "words"
    return error


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        (9, FailureKind.TLS_NOT_YET_VALID),
        (10, FailureKind.TLS_EXPIRED),
        (18, FailureKind.TLS_SELF_SIGNED),
        (19, FailureKind.TLS_UNTRUSTED),
        (20, FailureKind.TLS_UNTRUSTED),
        (62, FailureKind.TLS_WRONG_HOST),
        (66, FailureKind.TLS_WEAK),
        (68, FailureKind.TLS_WEAK),
    ],
)
def test_a_certificate_that_is_refused(code: int, kind: FailureKind) -> None:
    assert tls_failure(refused(code)).kind is kind


def test_a_chain_of_several_that_ends_at_nobody_known_is_untrusted() -> None:
    policy = b"\x06\x06\x67\x81\x0c\x01\x02\x01"
    assert tls_failure(refused(20), chain=(policy,)).kind is FailureKind.TLS_INCOMPLETE_CHAIN
    assert tls_failure(refused(20), chain=(policy, b"x")).kind is FailureKind.TLS_UNTRUSTED
    assert tls_failure(refused(19), chain=(policy,)).kind is FailureKind.TLS_UNTRUSTED


@pytest.mark.parametrize("cut", range(len(_LEAF) + 1))
def test_what_is_no_certificate_says_nothing(cut: int) -> None:
    assert not lacks_issuer(_LEAF[:cut])
    assert not says_where_issuer_is(_LEAF[:cut])


@pytest.mark.parametrize(
    "junk", [b"", b"\x30", b"\x30\x84\xff\xff\xff\xff", b"\x30\x80", b"a" * 99]
)
def test_junk_is_no_certificate(junk: bytes) -> None:
    assert not lacks_issuer(junk)
