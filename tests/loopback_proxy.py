"""An HTTP proxy on loopback that leads every name to ports of this machine."""

from __future__ import annotations

import base64
import contextlib
import socket
import socketserver
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field


@dataclass
class LoopbackProxy:
    """`asked` has the first lines of the requests; `leads` maps "host:port" to a local port."""

    port: int = 0
    credentials: str | None = None
    leads: dict[str, int] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    heads: list[bytes] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    proxy: LoopbackProxy


class _Proxying(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        proxy: LoopbackProxy = self.server.proxy  # type: ignore[attr-defined]
        while head := self._head():
            line, _, fields = head.partition(b"\r\n")
            proxy.asked.append(line.decode())
            proxy.heads.append(head)
            if not self._is_welcome(proxy, fields):
                self.wfile.write(
                    b"HTTP/1.1 407 Proxy Authentication Required\r\n"
                    b"Proxy-Authenticate: Basic realm=x\r\nContent-Length: 0\r\n\r\n"
                )
                continue
            method, target, _ = line.decode().split(" ")
            if method == "CONNECT":
                self._tunnel(proxy.leads[target])
                return
            host, _, path = target.removeprefix("http://").partition("/")
            self._forward(proxy.leads[host], f"{method} /{path} HTTP/1.1\r\n".encode(), fields)

    def _is_welcome(self, proxy: LoopbackProxy, fields: bytes) -> bool:
        if proxy.credentials is None:
            return True
        encoded = base64.b64encode(proxy.credentials.encode())
        return b"Proxy-Authorization: Basic " + encoded + b"\r\n" in fields

    def _forward(self, port: int, line: bytes, fields: bytes) -> None:
        """Ask the origin on a connection of its own and pass the whole answer on."""
        kept = [f for f in fields.split(b"\r\n") if not f.startswith(b"Proxy-")]
        with socket.create_connection(("127.0.0.1", port), timeout=10) as origin:
            origin.sendall(line + b"\r\n".join(kept))
            answer = origin.makefile("rb")
            head = b"".join(iter(answer.readline, b"\r\n")) + b"\r\n"
            length = head.lower().partition(b"content-length:")[2].split()
            self.wfile.write(head + (answer.read(int(length[0])) if length else b""))
            answer.close()

    def _tunnel(self, port: int) -> None:
        with socket.create_connection(("127.0.0.1", port), timeout=10) as origin:
            self.wfile.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
            back = threading.Thread(target=_copy, args=(origin, self.connection))
            back.start()
            _copy(self.connection, origin)
            back.join()

    def _head(self) -> bytes:
        lines = []
        with contextlib.suppress(ConnectionError):
            while (line := self.rfile.readline()) not in (b"", b"\r\n"):
                lines.append(line)
        return b"".join([*lines, b"\r\n"]) if lines else b""


def _copy(here: socket.socket, there: socket.socket) -> None:
    with contextlib.suppress(OSError):
        while data := here.recv(65536):
            there.sendall(data)
    with contextlib.suppress(OSError):
        there.shutdown(socket.SHUT_WR)


@contextlib.contextmanager
def proxying(credentials: str | None = None) -> Iterator[LoopbackProxy]:
    """Yield a running proxy that lets nobody through but with `credentials`."""
    with _Server(("127.0.0.1", 0), _Proxying) as server:
        server.proxy = LoopbackProxy(port=server.server_address[1], credentials=credentials)
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        try:
            yield server.proxy
        finally:
            server.shutdown()
            thread.join()
