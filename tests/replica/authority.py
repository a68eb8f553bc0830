"""Certificates for the replica's https hosts: good ones, and each kind of bad one."""

from __future__ import annotations

import ipaddress
import ssl
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID


class Certificate(StrEnum):
    """What a host shows."""

    VALID = "valid"
    EXPIRED = "expired"
    SELF_SIGNED = "self-signed"
    WRONG_HOST = "wrong-host"
    UNTRUSTED = "untrusted"  # by an authority nobody knows
    NO_TLS = "no-tls"  # the handshake is refused


class _Issuer:
    """An authority: its key and its own certificate."""

    def __init__(self, name: str, now: datetime) -> None:
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
        self.certificate = (
            _builder(self.name, self.name, self.key, now, now + timedelta(days=3650))
            .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
            .add_extension(_usage(authority=True), critical=True)
            .add_extension(
                x509.SubjectKeyIdentifier.from_public_key(self.key.public_key()), critical=False
            )
            .sign(self.key, hashes.SHA256())
        )


class Authority:
    """Makes an own authority and the server contexts; files go into `folder`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._now = datetime.now(UTC) - timedelta(days=1)
        self._issuer = _Issuer("Replica Authority", self._now)
        self.file = folder / "ca.pem"
        self.file.write_bytes(_pem(self._issuer.certificate))

    def server_context(
        self, hosts: Sequence[str], shown: Callable[[str], Certificate]
    ) -> ssl.SSLContext:
        """Return a context that shows each host's certificate, chosen by SNI (RFC 6066)."""
        bad = [host for host in hosts if shown(host) is not Certificate.VALID]
        default = self._context("valid", self._leaf([*hosts, "localhost"]))
        contexts = {host: self._bad_context(host, shown(host)) for host in bad}

        def choose(connection: ssl.SSLObject, host: str | None, _: ssl.SSLContext) -> int | None:
            if host and shown(host) is Certificate.NO_TLS:
                return int(ssl.ALERT_DESCRIPTION_HANDSHAKE_FAILURE)
            if host in contexts:
                connection.context = contexts[host]
            return None

        default.sni_callback = choose
        return default

    def _bad_context(self, host: str, kind: Certificate) -> ssl.SSLContext:
        if kind is Certificate.EXPIRED:
            leaf = self._leaf([host], days=-30)
        elif kind is Certificate.WRONG_HOST:
            leaf = self._leaf(["www.somebody-else.example"])
        elif kind is Certificate.UNTRUSTED:
            leaf = self._leaf([host], issuer=_Issuer("Unknown Authority", self._now))
        else:
            leaf = self._leaf([host], issuer=None)
        return self._context(f"{kind}-{host}", leaf)

    def _leaf(
        self, hosts: Sequence[str], *, days: int = 3650, issuer: _Issuer | str | None = "own"
    ) -> tuple[x509.Certificate, ec.EllipticCurvePrivateKey]:
        """Return a certificate for `hosts` that ends in `days`; no issuer means self-signed."""
        key = ec.generate_private_key(ec.SECP256R1())
        subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, hosts[0][:64])])
        by = self._issuer if isinstance(issuer, str) else issuer
        begin = self._now - timedelta(days=365)
        builder = _builder(
            subject, by.name if by else subject, key, begin, self._now + timedelta(days=days)
        )
        names: list[x509.GeneralName] = [x509.DNSName(host) for host in hosts]
        names.append(x509.IPAddress(ipaddress.ip_address("127.0.0.1")))
        builder = (
            builder.add_extension(x509.SubjectAlternativeName(names), critical=False)
            .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
            .add_extension(_usage(authority=False), critical=True)
            .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        )
        if by:
            authority_key = x509.AuthorityKeyIdentifier.from_issuer_public_key(by.key.public_key())
            builder = builder.add_extension(authority_key, critical=False)
        return builder.sign(by.key if by else key, hashes.SHA256()), key

    def _context(
        self, name: str, leaf: tuple[x509.Certificate, ec.EllipticCurvePrivateKey]
    ) -> ssl.SSLContext:
        certificate, key = leaf
        secret = key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        file = self._folder / f"{name}.pem"
        file.write_bytes(secret + _pem(certificate))
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.set_alpn_protocols(["http/1.1"])
        context.load_cert_chain(file)
        return context


def _builder(
    subject: x509.Name,
    issuer: x509.Name,
    key: ec.EllipticCurvePrivateKey,
    begin: datetime,
    end: datetime,
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(begin)
        .not_valid_after(end)
    )


def _usage(*, authority: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=True,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=authority,
        crl_sign=authority,
        encipher_only=False,
        decipher_only=False,
    )


def _pem(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(serialization.Encoding.PEM)
