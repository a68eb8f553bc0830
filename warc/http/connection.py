"""One connection, plain or over TLS, that carries one exchange after the other."""

from __future__ import annotations

import asyncio
import select
import ssl
from collections.abc import Callable
from typing import cast

from warc.exchange import TlsParameters
from warc.http.reception import Reception
from warc.http.tls import TlsSession

# What a server may say unasked before it is taken for broken.
_MOST_EARLY = 1 << 16


class Connection(asyncio.Protocol):
    """A transport and whatever it is waiting for.

    Bytes that nobody waits for close it: they could be taken for the answer to the next request.
    Only those that come before the first request are kept, as the start of its answer; then there
    is no second request.
    `on_lost` is called once, when the transport is closed.
    """

    def __init__(self, on_lost: Callable[[Connection], None]) -> None:
        self._on_lost = on_lost
        self._loop = asyncio.get_running_loop()
        self._transport: asyncio.Transport | None = None
        self._session: TlsSession | None = None
        self._shaken: asyncio.Future[None] | None = None
        self._reception: Reception | None = None
        self._poll: select.poll | None = None
        self._error: BaseException | None = None
        self._early: bytearray | None = bytearray()
        self._is_talkative = False
        self.lost: asyncio.Future[None] = self._loop.create_future()
        self.address: str | None = None
        self.port: int | None = None
        self.tls: TlsParameters | None = None

    @property
    def is_connected(self) -> bool:
        """Return whether there ever was a transport, so that `lost` will be resolved."""
        return self._transport is not None

    @property
    def is_usable(self) -> bool:
        """Return whether a request may be sent: open, nothing unread, no end announced.

        Asks the system too, since the loop may not have told yet what has already arrived.
        """
        transport = self._transport
        if self.lost.done() or transport is None or transport.is_closing():
            return False
        if self._session is not None and self._session.is_closed:
            return False
        if self._is_talkative or transport.get_write_buffer_size():
            return False
        if self._poll is None:
            self._poll = select.poll()
            self._poll.register(transport.get_extra_info("socket").fileno(), select.POLLIN)
        return not self._poll.poll(0)

    @property
    def is_end_certain(self) -> bool:
        """Return whether a close can be told from a cut: over TLS only by its close_notify."""
        return self._session is None or self._session.is_closed

    @property
    def is_certificate_asked(self) -> bool:
        """Return whether the server asked for a certificate of ours when TLS was agreed on."""
        return self._session is not None and self._session.is_asked

    async def secure(self, session: TlsSession) -> None:
        """Put TLS over the connection; raise SSLError or ConnectionError where that fails."""
        self._session = session
        self._shaken = shaken = self._loop.create_future()
        # No TLS server speaks first: what one has said already is its fault, to be told at once.
        early = bytes(self._early or b"")
        if early:
            self._early = bytearray()
        try:
            self._shake(session, shaken, early)
            await shaken
        finally:
            self._shaken = None
            self.tls = session.parameters()

    async def ask(self, request: bytes, reception: Reception) -> None:
        """Send `request` and return when `reception` has all that comes; leave nothing open.

        Cancelled, it closes the connection.
        """
        self._reception = reception
        try:
            self._begin(request, reception)
            await reception.done
        except asyncio.CancelledError:
            reception.cancel()
            self.abort()
            raise
        finally:
            self._reception = None

    def cut(self, words: str) -> None:
        """End the answer that is being received, if any, as cut by time."""
        if self._reception is not None:
            self._reception.cut(words)

    def abort(self) -> None:
        """Close at once."""
        if self._transport is not None:
            self._transport.abort()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Note the transport (asyncio)."""
        self._transport = cast("asyncio.Transport", transport)

    def data_received(self, data: bytes) -> None:
        """Hand `data` on (asyncio)."""
        if self._session is not None:
            if self._shaken is not None:
                self._shake(self._session, self._shaken, data)
                data = b""
            if self._shaken is None:
                data = self._decrypt(self._session, data)
            if not data:
                return
        self._take(data)

    def _take(self, data: bytes) -> None:
        reception = self._reception
        if reception is not None and not reception.is_over:
            reception.feed(data)
        elif self._early is not None and len(self._early) < _MOST_EARLY:
            self._early += data
        else:
            self.abort()

    def eof_received(self) -> None:
        """Let the transport close, as nothing more is said to one who has closed (asyncio)."""

    def connection_lost(self, error: BaseException | None) -> None:
        """Tell whoever waits (asyncio)."""
        self._error = self._error or error
        if not self.lost.done():
            self.lost.set_result(None)
        if self._shaken is not None and not self._shaken.done():
            self._shaken.set_exception(error or ConnectionAbortedError("closed"))
            self._shaken = None
        if self._reception is not None:
            self._reception.close(self._error)
        self._on_lost(self)

    def _shake(self, session: TlsSession, shaken: asyncio.Future[None], data: bytes) -> None:
        """Go on with the handshake; from its end on, at once, bytes are the peer's words."""
        if shaken.done():  # failed, or given up
            return
        try:
            if session.handshake(data):
                shaken.set_result(None)
                self._shaken = None
        except ssl.SSLError as error:
            shaken.set_exception(error)
        self._flush(session)

    def _decrypt(self, session: TlsSession, data: bytes) -> bytes:
        plain = session.decrypt(data)
        self._flush(session)
        if session.error is not None or session.is_closed:
            # Only after what could be read was taken.
            self._error = session.error
            self._loop.call_soon(self.abort)
        return plain

    def _flush(self, session: TlsSession) -> None:
        pending = session.outgoing()
        if pending and self._transport is not None and not self._transport.is_closing():
            self._transport.write(pending)

    def _begin(self, request: bytes, reception: Reception) -> None:
        """Send `request`; what a server said before it was asked is the start of its answer."""
        early, self._early = self._early, None
        if self._transport is not None and not self.lost.done():
            try:
                self._transport.write(self._session.encrypt(request) if self._session else request)
            except ssl.SSLError as error:
                self._error = error
                self.abort()
        if early:
            self._is_talkative = True
            reception.framer.notes.append("the server spoke before it was asked")
            reception.feed(bytes(early))
        if self.lost.done():
            reception.close(self._error)
