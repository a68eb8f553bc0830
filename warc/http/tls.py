"""TLS over bytes: one context for all connections, one session each, failures told apart."""

from __future__ import annotations

import ssl
import warnings
import weakref
from pathlib import Path
from typing import Any

from warc.exchange import Failure, FailureKind, TlsParameters
from warc.http.tls_faults import tls_failure

# Browsers still speak to servers without RFC 5746; the constant has a name from Python 3.12 on.
_LEGACY_SERVER_CONNECT = 0x4
_HANDSHAKE, _CERTIFICATE, _CERTIFICATE_REQUEST, _TLS13 = 22, 11, 13, 0x0304
# The longest a TLS record can be, so the most that one read gives.
_READ = 1 << 14
_WRITE = 1 << 20

# What browsers still agree to beyond Python's own list: RSA for the key, SHA-1 for the records.
_CIPHERS = (
    "@SECLEVEL=2:ECDH+AESGCM:ECDH+CHACHA20:ECDH+AES:DHE+AES:RSA+AESGCM:RSA+AES"
    ":!aNULL:!eNULL:!aDSS:!AESCCM"
)
_START = 32  # bytes that tell who speaks


class TlsSession:
    """One TLS connection without a socket: bytes in, bytes out.

    What is to be sent waits in `outgoing()`; `handshake` and `encrypt` raise `ssl.SSLError`.
    """

    def __init__(self, context: TlsContext, host: str) -> None:
        self._context = context
        self._incoming = ssl.MemoryBIO()
        self._outgoing = ssl.MemoryBIO()
        self._tls = context.context.wrap_bio(self._incoming, self._outgoing, server_hostname=host)
        self.is_secured = False
        self.is_closed = False
        self.error: ssl.SSLError | None = None
        self._start = b""

    def handshake(self, data: bytes) -> bool:
        """Go on with `data`; return whether the handshake is done."""
        self._incoming.write(data)
        if len(self._start) < _START:
            self._start += data[:_START]
        try:
            self._tls.do_handshake()
        except ssl.SSLWantReadError:
            return False
        self.is_secured = True
        return True

    def outgoing(self) -> bytes:
        """Return the bytes to send now."""
        return self._outgoing.read() if self._outgoing.pending else b""

    def encrypt(self, data: bytes) -> bytes:
        """Return `data` as bytes to send."""
        for start in range(0, len(data), _WRITE):
            self._tls.write(data[start : start + _WRITE])
        return self._outgoing.read()

    def decrypt(self, data: bytes) -> bytes:
        """Return what `data` completes; never raises.

        `is_closed` is set where the peer said it is the end, `error` where it cannot be read on.
        """
        self._incoming.write(data)
        pieces: list[bytes] = []
        try:
            while piece := self._tls.read(_READ):
                pieces.append(piece)
            self.is_closed = True
        except ssl.SSLWantReadError:
            pass
        except ssl.SSLZeroReturnError:
            self.is_closed = True
        except ssl.SSLError as error:
            self.error = error
        return pieces[0] if len(pieces) == 1 else b"".join(pieces)

    def failure(self, error: ssl.SSLError) -> Failure:
        """Return which failure `error` is, a chain that browsers would complete told apart."""
        is_refused = not isinstance(error, ssl.SSLCertVerificationError)
        chain = self._context.certificates(self._tls)
        failure = tls_failure(error, chain=chain, start=self._start)
        if is_refused and self.is_asked:
            return Failure(kind=FailureKind.TLS_CLIENT_CERTIFICATE, detail=failure.detail)
        return failure

    @property
    def is_asked(self) -> bool:
        """Return whether the server has asked for a certificate of ours, which we have none of."""
        return self._context.has_asked(self._tls)

    def parameters(self) -> TlsParameters:
        """Return what was agreed on; also after a failure, with what had been agreed by then."""
        cipher = self._tls.cipher()
        return TlsParameters(
            version=self._tls.version() or "",
            cipher=cipher[0] if cipher else "",
            certificates=self._context.certificates(self._tls),
        )


class TlsContext:
    """What all TLS connections share: authorities, protocol versions, ALPN `http/1.1`.

    The context costs tens of milliseconds, so it is made only once and, without `ca_file`, at the
    first use. The
    chain of certificates is taken from the handshake message itself: the one way to have it
    also where it is refused, since OpenSSL forgets a chain that fails. Where a runtime lacks
    that hook, the chain is empty after a failure and the leaf alone otherwise.
    """

    def __init__(self, ca_file: Path | None = None) -> None:
        self._ca_file = ca_file
        self._made: ssl.SSLContext | None = None
        self._chains: weakref.WeakKeyDictionary[Any, tuple[bytes, ...]] = (
            weakref.WeakKeyDictionary()
        )
        self._asked: weakref.WeakSet[Any] = weakref.WeakSet()
        if ca_file is not None:  # a fault in it is to be known before anything is asked
            self._made = self._create()

    @property
    def context(self) -> ssl.SSLContext:
        """Return the one context."""
        if self._made is None:
            self._made = self._create()
        return self._made

    def session(self, host: str) -> TlsSession:
        """Return a new session with `host`, a name or an IP literal."""
        return TlsSession(self, host.removesuffix("."))

    def certificates(self, tls: ssl.SSLObject) -> tuple[bytes, ...]:
        """Return the chain the peer sent, DER, leaf first."""
        chain = self._chains.get(tls, ())
        if chain:
            return chain
        try:
            leaf = tls.getpeercert(binary_form=True)
        except ValueError:  # the handshake is not done
            leaf = None
        return (leaf,) if leaf else ()

    def has_asked(self, tls: ssl.SSLObject) -> bool:
        """Return whether the peer asked for a certificate."""
        return tls in self._asked

    def _create(self) -> ssl.SSLContext:
        context = ssl.create_default_context()
        # Browsers read the names alone that a certificate is for (RFC 9525 section 6.3).
        context.hostname_checks_common_name = False
        if self._ca_file is not None:
            context.load_verify_locations(cafile=self._ca_file)
        context.set_ciphers(_CIPHERS)
        context.set_alpn_protocols(["http/1.1"])
        context.options |= _LEGACY_SERVER_CONNECT
        # Browsers take chains that RFC 5280 to the letter would refuse.
        context.verify_flags &= ~ssl.VERIFY_X509_STRICT
        self._listen(context)
        return context

    def for_old_servers(self) -> TlsContext:
        """Return a context that agrees to anything, to learn why a server would not have us.

        It proves nothing about who the server is: no request may follow.
        """
        made = TlsContext()
        made._made = context = made._create()
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
        context.set_ciphers("ALL:COMPLEMENTOFALL:!eNULL:@SECLEVEL=0")
        with warnings.catch_warnings(action="ignore"):  # of versions nobody should speak
            context.minimum_version = ssl.TLSVersion.TLSv1
        return made

    def _listen(self, context: ssl.SSLContext) -> None:
        """Have every handshake message shown to us.

        The base class's own attribute: the one `ssl.SSLContext` puts over it turns five numbers
        into enums for every record of every connection.
        """
        attribute = vars(ssl.SSLContext.__mro__[1]).get("_msg_callback")
        if attribute is not None:
            attribute.__set__(context, self._on_message)

    def _on_message(
        self, tls: Any, direction: str, version: int, content: int, kind: int, data: bytes
    ) -> None:
        if content != _HANDSHAKE or direction != "read":
            return
        if kind == _CERTIFICATE_REQUEST:
            self._asked.add(tls)
        elif kind == _CERTIFICATE:
            self._chains[tls] = _read_chain(data, is_tls13=version == _TLS13)


def _read_chain(message: bytes, *, is_tls13: bool) -> tuple[bytes, ...]:
    """Return the certificates of a Certificate message, RFC 8446 section 4.4.2, RFC 5246 7.4.2."""
    at = 4 + (1 + message[4] if is_tls13 else 0) + 3
    chain: list[bytes] = []
    while at + 3 < len(message):
        size = int.from_bytes(message[at : at + 3])
        chain.append(message[at + 3 : at + 3 + size])
        at += 3 + size
        if is_tls13:
            at += 2 + int.from_bytes(message[at : at + 2])
    return tuple(chain)
