"""Certificates for the awkward web: a good one, and each way to be bad."""

from __future__ import annotations

import ssl
import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import trustme
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from cryptography.x509.oid import AuthorityInformationAccessOID as Access
from cryptography.x509.oid import NameOID

NOW = datetime.now(UTC)
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Signer:
    """Whoever signs: a certificate and its key."""

    certificate: x509.Certificate
    key: ec.EllipticCurvePrivateKey

    @classmethod
    def of(cls, authority: trustme.CA) -> Signer:
        """Return the signer that `authority` is."""
        key = load_pem_private_key(authority.private_key_pem.bytes(), None)
        assert isinstance(key, ec.EllipticCurvePrivateKey)
        return cls(x509.load_pem_x509_certificate(authority.cert_pem.bytes()), key)

    @property
    def pem(self) -> bytes:
        """Return the key and the certificate."""
        secret = self.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        return secret + self.certificate.public_bytes(Encoding.PEM)


def signed(
    name: str,
    by: Signer | None,
    *extensions: x509.ExtensionType,
    names: Sequence[str] | None = None,
) -> Signer:
    """Return a certificate with `extensions`, by its own key where `by` is None."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(by.certificate.subject if by else subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(NOW - _DAY)
        .not_valid_after(NOW + 90 * _DAY)
    )
    if names is None or names:
        alternatives = [x509.DNSName(one) for one in names or (name,)]
        builder = builder.add_extension(x509.SubjectAlternativeName(alternatives), critical=False)
    for extension in extensions:
        is_critical = isinstance(extension, x509.BasicConstraints | x509.NameConstraints)
        builder = builder.add_extension(extension, critical=is_critical)
    return Signer(builder.sign(by.key if by else key, hashes.SHA256()), key)


class Certificates:
    """Server contexts by host; `ca` is the file of the authority that is to be trusted."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._authority = trustme.CA()
        self.ca = folder / "ca.pem"
        self._authority.cert_pem.write_to_path(str(self.ca))
        self._hosts = {
            host: self._context(host, pem) for host, pem in self._bad(self._authority).items()
        }
        names = ("site.test", "*.site.test", "b\xfccher.test", "127.0.0.1")
        self._good = self._leaf_pem(self._authority.issue_cert(*names))

    def for_hosts(self) -> ssl.SSLContext:
        """Return a context that shows each host its own certificate (SNI, RFC 6066)."""

        def choose(connection: ssl.SSLObject, host: str | None, _: ssl.SSLContext) -> int | None:
            if host == "unknown-name.site.test":
                return int(ssl.ALERT_DESCRIPTION_UNRECOGNIZED_NAME)
            if host in self._hosts:
                connection.context = self._hosts[host]
            return None

        context = self.good()
        context.sni_callback = choose
        return context

    def good(self, *, version: ssl.TLSVersion | None = None, ciphers: str = "") -> ssl.SSLContext:
        """Return a context with the good certificate, for that version or those ciphers only."""
        context = self._context("good", self._good)
        if ciphers:
            context.set_ciphers(ciphers)
        if version:
            with warnings.catch_warnings(action="ignore"):  # of versions nobody should speak
                context.minimum_version = context.maximum_version = version
        return context

    def asking(self, mode: ssl.VerifyMode, version: ssl.TLSVersion) -> ssl.SSLContext:
        """Return a context that asks its clients for a certificate."""
        context = self.good(version=version)
        context.verify_mode = mode
        context.load_verify_locations(self.ca)
        return context

    def _context(self, name: str, pem: bytes) -> ssl.SSLContext:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        file = self._folder / f"{name.strip('*.')}.pem"
        file.write_bytes(pem)
        context.load_cert_chain(file)
        return context

    @staticmethod
    def _leaf_pem(leaf: trustme.LeafCert, certificates: int = 9) -> bytes:
        chain = leaf.cert_chain_pems[:certificates]
        return leaf.private_key_pem.bytes() + b"".join(one.bytes() for one in chain)

    def _bad(self, authority: trustme.CA) -> dict[str, bytes]:
        """Return key and chain by host."""
        signer, middle, stranger = Signer.of(authority), authority.create_child_ca(), trustme.CA()
        mine = "{}.site.test".format
        leaves = {
            mine("expired"): authority.issue_cert(mine("expired"), not_after=NOW - _DAY),
            mine("not-yet"): authority.issue_cert(
                mine("not-yet"), not_before=NOW + _DAY, not_after=NOW + 9 * _DAY
            ),
            mine("wrong-host"): authority.issue_cert("www.else.test"),
            mine("untrusted"): stranger.issue_cert(mine("untrusted")),
            mine("in-chain"): middle.issue_cert(mine("in-chain")),
            "a.b.site.test": authority.issue_cert("*.site.test"),
        }
        pems = {host: self._leaf_pem(leaf) for host, leaf in leaves.items()}
        pems[mine("stranger-in-chain")] = (
            self._leaf_pem(stranger.issue_cert(mine("stranger-in-chain")))
            + stranger.cert_pem.bytes()
        )
        pems[mine("no-middle")] = self._leaf_pem(middle.issue_cert(mine("no-middle")), 1)
        pems[mine("self-signed")] = signed(mine("self-signed"), None).pem
        pems[mine("name-only")] = signed(mine("name-only"), signer, names=()).pem
        pems[mine("repairable")] = self._repairable(mine("repairable"), Signer.of(middle))
        pems |= self._without_middle(mine)
        pems[mine("constrained")] = self._constrained(mine("constrained"), signer)
        return pems

    @staticmethod
    def _repairable(host: str, middle: Signer) -> bytes:
        """Return a leaf alone that says where its issuer can be fetched (RFC 5280, 4.2.2.1)."""
        place = x509.UniformResourceIdentifier("http://middle.test/middle.crt")
        described = x509.AccessDescription(Access.CA_ISSUERS, place)
        return signed(host, middle, x509.AuthorityInformationAccess([described])).pem

    @staticmethod
    def _without_middle(mine: Callable[[str], str]) -> dict[str, bytes]:
        """Return leaves alone, by authorities nobody has, which say what these are."""
        root = signed("A root", None, names=())
        middle = signed("A middle", root, names=())
        issuing = signed("Example Issuing CA 2", root, names=())

        def above(issuer: Signer) -> x509.AuthorityKeyIdentifier:
            names = [x509.DirectoryName(issuer.certificate.issuer)]
            return x509.AuthorityKeyIdentifier(b"12345678901234567890", names, 7)

        logged = x509.UnrecognizedExtension(
            x509.ObjectIdentifier("1.3.6.1.4.1.11129.2.4.2"), b"\x04\x02\x00\x00"
        )
        hosts = ("below-a-middle", "below-a-root", "below-a-named-middle", "logged")
        below, rooted, named, in_logs = map(mine, hosts)
        return {
            below: signed(below, middle, above(middle)).pem,
            rooted: signed(rooted, root, above(root)).pem,
            named: signed(named, issuing).pem,
            in_logs: signed(in_logs, root, logged).pem,
        }

    @staticmethod
    def _constrained(host: str, signer: Signer) -> bytes:
        """Return a chain by an authority that may only sign for another site."""
        middle = signed(
            "Constrained",
            signer,
            x509.BasicConstraints(ca=True, path_length=0),
            x509.NameConstraints([x509.DNSName("allowed.test")], None),
            names=(),
        )
        leaf = signed(host, middle)
        return leaf.pem + middle.certificate.public_bytes(Encoding.PEM)
