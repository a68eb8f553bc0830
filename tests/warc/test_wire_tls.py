"""TLS: what was agreed on, the chain that was sent, and every way to fail told apart."""

from __future__ import annotations

import contextlib
import os
import socket
import ssl
import threading
import warnings
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import trustme
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from loopback import LOOPS, Act, Script, run, served, wire

from warc.exchange import Ending, Exchange, FailureKind
from warc.wire import Limits, WireRequest

pytestmark = pytest.mark.parametrize("loop", list(LOOPS))

HELLO = b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello"
AUTHORITY = trustme.CA()
INTERMEDIATE = AUTHORITY.create_child_ca()
STRANGER = trustme.CA()
PAST = datetime(2020, 1, 1, tzinfo=UTC)


@pytest.fixture(scope="module")
def ca_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("ca") / "ca.pem"
    AUTHORITY.cert_pem.write_to_path(str(path))
    return path


def context(certificate: trustme.LeafCert) -> ssl.SSLContext:
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    certificate.configure_cert(made)
    return made


def self_signed(tmp_path: Path) -> ssl.SSLContext:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    path = tmp_path / "self.pem"
    path.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        + certificate.public_bytes(serialization.Encoding.PEM)
    )
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    made.load_cert_chain(path)
    return made


def fetched(
    tls: ssl.SSLContext | None,
    ca_file: Path,
    loop: str,
    *,
    script: Script = (HELLO,),
    host: str = "localhost",
) -> tuple[Exchange, bytes]:
    """Return the exchange with a server that plays `script` over `tls`."""

    async def main() -> tuple[Exchange, bytes]:
        limits = Limits(connect=0.5, idle=0.5, total=2)
        async with (
            served({"/": script}, tls=tls) as server,
            wire(ca_file=ca_file, limits=limits) as client,
        ):
            exchange = await client.fetch(WireRequest(url=server.url("/", host, "https")))
            received = exchange.response.read()
            exchange.response.close()
            return exchange, received

    return run(main(), loop)


@pytest.mark.parametrize("version", [ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3])
def test_parameters_and_the_whole_chain_are_kept(
    version: ssl.TLSVersion, ca_file: Path, loop: str
) -> None:
    certificate = INTERMEDIATE.issue_cert("localhost")
    tls = context(certificate)
    tls.maximum_version = version
    exchange, received = fetched(tls, ca_file, loop)
    assert received == HELLO
    assert exchange.tls is not None
    assert exchange.tls.version == version.name.replace("_", ".")
    assert exchange.tls.cipher
    sent = [x509.load_pem_x509_certificate(pem.bytes()) for pem in certificate.cert_chain_pems]
    assert list(exchange.tls.certificates) == [
        part.public_bytes(serialization.Encoding.DER) for part in sent
    ]
    assert len(sent) == 2
    assert exchange.timings.connected is not None
    assert exchange.timings.secured is not None
    assert exchange.timings.connected <= exchange.timings.secured


def test_http_1_1_is_the_one_protocol_offered(ca_file: Path, loop: str) -> None:
    tls = context(AUTHORITY.issue_cert("localhost"))
    tls.set_alpn_protocols(["h2", "http/1.1"])
    exchange, received = fetched(tls, ca_file, loop)
    assert received == HELLO
    assert exchange.ending is Ending.COMPLETE


@pytest.mark.parametrize(
    ("certificate", "host", "kind"),
    [
        (
            AUTHORITY.issue_cert("localhost", not_after=PAST, not_before=PAST - timedelta(1)),
            "localhost",
            FailureKind.TLS_EXPIRED,
        ),
        (AUTHORITY.issue_cert("other.example"), "localhost", FailureKind.TLS_WRONG_HOST),
        (AUTHORITY.issue_cert("localhost"), "127.0.0.1", FailureKind.TLS_WRONG_HOST),
        (STRANGER.issue_cert("localhost"), "localhost", FailureKind.TLS_UNTRUSTED),
    ],
    ids=["expired", "another name", "a name for an address", "untrusted"],
)
@pytest.mark.parametrize("version", [ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3])
def test_a_certificate_refused_is_told_apart_and_kept(
    certificate: trustme.LeafCert,
    host: str,
    kind: FailureKind,
    version: ssl.TLSVersion,
    ca_file: Path,
    loop: str,
) -> None:
    tls = context(certificate)
    tls.maximum_version = version
    exchange, received = fetched(tls, ca_file, loop, host=host)
    assert exchange.failure is not None
    assert exchange.failure.kind is kind
    assert received == exchange.request == b""
    assert exchange.tls is not None
    sent = x509.load_pem_x509_certificate(certificate.cert_chain_pems[0].bytes())
    assert exchange.tls.certificates[0] == sent.public_bytes(serialization.Encoding.DER)


def test_a_self_signed_certificate(ca_file: Path, loop: str, tmp_path: Path) -> None:
    exchange, _ = fetched(self_signed(tmp_path), ca_file, loop)
    assert exchange.failure is not None
    assert exchange.failure.kind is FailureKind.TLS_SELF_SIGNED


def test_a_chain_without_its_intermediate_is_untrusted(ca_file: Path, loop: str) -> None:
    certificate = INTERMEDIATE.issue_cert("localhost")
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    with certificate.private_key_and_cert_chain_pem.tempfile() as path:
        tls.load_cert_chain(path)
    leaf_only = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    with (
        certificate.private_key_pem.tempfile() as key,
        certificate.cert_chain_pems[0].tempfile() as leaf,
    ):
        leaf_only.load_cert_chain(leaf, key)
    assert fetched(tls, ca_file, loop)[0].failure is None
    exchange, _ = fetched(leaf_only, ca_file, loop)
    assert exchange.failure is not None
    assert exchange.failure.kind is FailureKind.TLS_UNTRUSTED


_ALERT = b"\x15\x03\x03\x00\x02\x02"  # and the number of the alert


@pytest.mark.parametrize(
    ("script", "kind"),
    [
        ((b"HTTP/1.1 400 Bad Request\r\n\r\n", Act.CLOSE), FailureKind.TLS_PLAIN_HTTP),
        ((b"<!DOCTYPE HTML>\n<title>Error", Act.CLOSE), FailureKind.TLS_PLAIN_HTTP),
        ((b"SSH-2.0-OpenSSH_9.6\r\n", Act.CLOSE), FailureKind.TLS_PROTOCOL),
        ((_ALERT + b"\x28", Act.CLOSE), FailureKind.TLS_CIPHER),
        ((_ALERT + b"\x46", Act.CLOSE), FailureKind.TLS_VERSION),
        ((_ALERT + b"\x47", Act.CLOSE), FailureKind.TLS_CIPHER),
        ((_ALERT + b"\x70", Act.CLOSE), FailureKind.TLS_NAME),
        ((_ALERT + b"\x78", Act.CLOSE), FailureKind.TLS_ALPN),
        ((_ALERT + b"\x50", Act.CLOSE), FailureKind.TLS_PROTOCOL),
        ((0.05, Act.CLOSE), FailureKind.TLS_CLOSED),
        ((Act.RESET,), FailureKind.TLS_RESET),
        ((Act.HANG,), FailureKind.TLS_TIMEOUT),
    ],
    ids=[
        "speaks plain HTTP",
        "speaks HTTP/0.9",
        "speaks SSH",
        "handshake failure",
        "protocol version",
        "insufficient security",
        "unrecognized name",
        "no application protocol",
        "internal error",
        "closes",
        "resets",
        "hangs",
    ],
)
def test_a_handshake_that_fails(
    script: Script, kind: FailureKind, ca_file: Path, loop: str
) -> None:
    async def main() -> Exchange:
        limits = Limits(connect=0.2)
        async with (
            served({"": script}) as server,
            wire(ca_file=ca_file, limits=limits) as client,
        ):
            exchange = await client.fetch(WireRequest(url=server.url("/", scheme="https")))
            exchange.response.close()
            return exchange

    exchange = run(main(), loop)
    assert exchange.failure is not None
    assert exchange.failure.kind is kind


def test_a_server_too_old_for_us(ca_file: Path, loop: str) -> None:
    tls = context(AUTHORITY.issue_cert("localhost"))
    tls.set_ciphers("ALL:@SECLEVEL=0")
    with warnings.catch_warnings(action="ignore"):
        tls.minimum_version = tls.maximum_version = ssl.TLSVersion.TLSv1_1
    exchange, received = fetched(tls, ca_file, loop)
    assert exchange.failure is not None
    assert exchange.failure.kind is FailureKind.TLS_VERSION
    assert exchange.tls is not None
    assert exchange.tls.version == "TLSv1.1"
    assert received == b""


def test_a_body_ended_without_close_notify_is_noted(ca_file: Path, loop: str) -> None:
    """The server's transport is aborted: TCP ends, TLS never says so."""
    script: Script = (b"HTTP/1.1 200 OK\r\n\r\nhello", Act.RESET)
    exchange, received = fetched(
        context(AUTHORITY.issue_cert("localhost")), ca_file, loop, script=script
    )
    assert received.endswith(b"hello")
    assert exchange.ending in (Ending.CLOSED, Ending.DISCONNECT)
    if exchange.ending is Ending.CLOSED:
        assert "closed without TLS close_notify" in exchange.notes


def test_a_body_ended_with_close_notify_is_whole(ca_file: Path, loop: str) -> None:
    script: Script = (b"HTTP/1.1 200 OK\r\n\r\nhello", Act.CLOSE)
    exchange, received = fetched(
        context(AUTHORITY.issue_cert("localhost")), ca_file, loop, script=script
    )
    assert received.endswith(b"hello")
    assert exchange.ending is Ending.CLOSED
    assert exchange.notes == ()


def test_a_client_certificate_asked_for_is_a_failure_of_tls(ca_file: Path, loop: str) -> None:
    """In TLS 1.3 the server says so after the handshake; asyncio's own server would not say."""
    tls = context(AUTHORITY.issue_cert("localhost"))
    AUTHORITY.configure_trust(tls)
    tls.verify_mode = ssl.CERT_REQUIRED

    def refuse(listener: socket.socket) -> None:
        accepted, _ = listener.accept()
        with tls.wrap_socket(accepted, server_side=True, do_handshake_on_connect=False) as secure:
            with contextlib.suppress(ssl.SSLError):
                secure.do_handshake()
            os.read(secure.fileno(), 65536)  # unread bytes would turn the close into a reset

    async def main(port: int) -> Exchange:
        async with wire(ca_file=ca_file) as client:
            return await client.fetch(WireRequest(url=f"https://localhost:{port}/"))

    with socket.create_server(("127.0.0.1", 0)) as listener:
        server = threading.Thread(target=refuse, args=(listener,))
        server.start()
        exchange = run(main(listener.getsockname()[1]), loop)
        server.join()
    exchange.response.close()
    assert exchange.failure is not None
    assert exchange.failure.kind is FailureKind.TLS_CLIENT_CERTIFICATE
    assert "certificate" in exchange.failure.detail.lower()


def test_a_kept_connection_keeps_what_was_agreed(ca_file: Path, loop: str) -> None:
    async def main() -> list[Exchange]:
        tls = context(AUTHORITY.issue_cert("localhost"))
        async with served({"/": [HELLO]}, tls=tls) as server, wire(ca_file=ca_file) as client:
            exchanges = []
            for _ in range(3):
                request = WireRequest(url=server.url("/", "localhost", "https"))
                exchanges.append(await client.fetch(request))
                exchanges[-1].response.close()
            assert server.connections == 1
            return exchanges

    first, *others = run(main(), loop)
    assert all(other.tls == first.tls for other in others)
    assert all(other.timings.secured is None for other in others)


def test_a_server_that_speaks_before_tls_is_told_at_once(loop: str) -> None:
    script = {"": (b"220 mail.example ESMTP\r\n" * 9, Act.HANG)}

    async def main() -> Exchange:
        async with served(script) as server, wire() as client:
            return await client.fetch(WireRequest(url=server.url("/", scheme="https")))

    exchange = run(main(), loop)
    exchange.response.close()
    assert exchange.failure is not None
    assert exchange.failure.kind is FailureKind.TLS_PROTOCOL
