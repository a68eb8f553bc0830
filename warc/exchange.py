"""An HTTP exchange as it went over the wire: where every capture and every check starts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from io import BytesIO
from typing import IO, Self

SPOOL_IN_MEMORY = 1 << 20
_READ = 1 << 16


class Ending(StrEnum):
    """How a response ended."""

    COMPLETE = "complete"  # the framing says so (RFC 9112 section 6.3)
    CLOSED = "closed"  # delimited by the close of the connection, so whole as far as can be known
    DISCONNECT = "disconnect"  # cut: the server closed or reset before the framing's end
    TIME = "time"  # cut: our time limit
    LENGTH = "length"  # cut: our byte limit
    MALFORMED = "malformed"  # the framing cannot be followed (a bad chunk); all bytes seen are kept
    NONE = "none"  # no answer at all: `Exchange.failure` says why


# A note of exchanges that were cut: what told the cut was a reset.
WAS_RESET = "the server reset the connection"


class FailureKind(StrEnum):
    """Why there was no answer; each is told apart since each means something else for a link."""

    DNS_NXDOMAIN = "dns-nxdomain"
    DNS_NXDOMAIN_ALIAS = "dns-nxdomain-alias"  # a CNAME to a name that does not exist
    DNS_CNAME_LOOP = "dns-cname-loop"
    DNS_SERVFAIL = "dns-servfail"  # and every other code of a server that cannot tell
    DNS_REFUSED = "dns-refused"
    DNS_MALFORMED = "dns-malformed"  # answers that cannot be read, or to other questions
    DNS_TRUNCATED = "dns-truncated"  # cut short over UDP, and not to be had over TCP
    DNS_UNREACHABLE = "dns-unreachable"  # nobody to ask: our own network
    DNS_TIMEOUT = "dns-timeout"
    DNS_NO_ADDRESS = "dns-no-address"
    ADDRESS_REFUSED = "address-refused"  # our own policy: no packet was sent
    URL_INVALID = "url-invalid"  # cannot be asked over HTTP: no packet was sent
    CONNECT_REFUSED = "connect-refused"
    CONNECT_TIMEOUT = "connect-timeout"
    CONNECT_UNREACHABLE = "connect-unreachable"
    TLS_EXPIRED = "tls-expired"
    TLS_NOT_YET_VALID = "tls-not-yet-valid"
    TLS_SELF_SIGNED = "tls-self-signed"
    TLS_WRONG_HOST = "tls-wrong-host"
    TLS_UNTRUSTED = "tls-untrusted"
    TLS_INCOMPLETE = (
        "tls-incomplete"  # the chain lacks a link that the certificate says where to get
    )
    TLS_CLIENT_CERTIFICATE = "tls-client-certificate"  # refused for want of one of ours
    TLS_INCOMPLETE_CHAIN = "tls-incomplete-chain"  # it lacks a link, and nothing says where to go
    TLS_WEAK = "tls-weak"  # a key or a signature too weak for today
    TLS_VERSION = "tls-version"  # only versions that nobody should speak
    TLS_CIPHER = "tls-cipher"  # nothing in common to encrypt with
    TLS_NAME = "tls-unrecognized-name"  # the server says that it has no such site
    TLS_ALPN = "tls-no-application-protocol"  # it speaks no HTTP/1.1, HTTP/2 perhaps
    TLS_PLAIN_HTTP = "tls-plain-http"  # HTTP in the clear on the port for TLS
    TLS_PROTOCOL = "tls-protocol"  # every other fault of a handshake
    TLS_RESET = "tls-reset"  # reset during the handshake
    TLS_CLOSED = "tls-closed"  # closed during the handshake
    TLS_TIMEOUT = "tls-timeout"
    RESET = "reset"  # reset before the first byte of an answer
    EMPTY = "empty"  # closed before the first byte of an answer
    TIMEOUT = "timeout"  # connected, no byte of an answer within the limit
    PROXY = "proxy"  # the configured proxy failed or refused


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """Why an exchange has no answer: the kind, and the words of the library or system."""

    kind: FailureKind
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TlsParameters:
    """What TLS agreed on; `certificates` is the chain as sent, DER, leaf first."""

    version: str
    cipher: str
    certificates: tuple[bytes, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Timings:
    """Seconds from the beginning of the exchange; None where that point was not reached.

    On a reused connection `resolved`, `connected` and `secured` are None.
    """

    resolved: float | None = None
    connected: float | None = None
    secured: float | None = None
    first_byte: float | None = None
    ended: float


class Spool:
    """Bytes held in memory up to a limit and in an unnamed temporary file beyond it.

    Written once from the front, then read any number of times; `close()` frees it.
    """

    __slots__ = ("_file", "_in_memory", "size")

    def __init__(self) -> None:
        self._file: IO[bytes] = BytesIO()
        self._in_memory = True
        self.size = 0

    @classmethod
    def of(cls, data: bytes) -> Self:
        """Return a spool that holds `data`."""
        spool = cls()
        spool.write(data)
        return spool

    def write(self, data: bytes) -> None:
        """Append `data`."""
        if self._in_memory and self.size + len(data) > SPOOL_IN_MEMORY:
            self._move_out()
        self._file.seek(self.size)
        self._file.write(data)
        self.size += len(data)

    def read(self, offset: int = 0, length: int | None = None) -> bytes:
        """Return up to `length` bytes from `offset`; all that follow where it is None."""
        self._file.seek(offset)
        return self._file.read(-1 if length is None else length)

    def chunks(self, offset: int = 0) -> Iterator[bytes]:
        """Yield the bytes from `offset` on, in pieces of at most 64 KiB."""
        while offset < self.size and (piece := self.read(offset, _READ)):
            offset += len(piece)
            yield piece

    def _move_out(self) -> None:
        """Go on in a file without a name."""
        import tempfile  # seldom needed, and slow to import

        held = self.read()
        self._file = tempfile.TemporaryFile()  # noqa: SIM115 - closed by `close`
        self._in_memory = False
        self._file.write(held)

    def close(self) -> None:
        """Free the memory or the file."""
        self._file.close()


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """One request and what came back, byte for byte.

    `request` holds the bytes sent (empty where nothing was), `response` the bytes of the final
    answer as received: head, then the body in its transfer coding. Interim 1xx answers are kept
    apart in `interim`, so that nobody takes one for the answer. `head_size` is the length of the
    answer's head with its blank line; 0 for HTTP/0.9 and where there is no answer. `began` is
    aware UTC. An exchange is a value also where it failed: `failure` is set exactly where
    `ending` is NONE.
    """

    target_uri: str
    method: str
    began: datetime
    request: bytes
    response: Spool
    head_size: int
    ending: Ending
    timings: Timings
    interim: bytes = b""
    failure: Failure | None = None
    address: str | None = None
    port: int | None = None
    tls: TlsParameters | None = None
    notes: tuple[str, ...] = field(default=())

    @property
    def head(self) -> bytes:
        """Return the head of the answer as received, its blank line included."""
        return self.response.read(0, self.head_size)
