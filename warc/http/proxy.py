"""The HTTP proxy that capture may go through."""

from __future__ import annotations

import base64
from dataclasses import dataclass, field
from typing import Self
from urllib.parse import unquote, urlsplit

from warc.http.target import Target


@dataclass(frozen=True, slots=True, kw_only=True)
class Proxy:
    """An HTTP proxy; `credentials` (`user:password`) are sent to it and to nobody else."""

    host: str
    port: int
    credentials: str | None = field(default=None, repr=False)

    @classmethod
    def parse(cls, url: str) -> Self:
        """Return the proxy `http://[user:pass@]host:port`; raise ValueError where it is none."""
        parts = urlsplit(url)
        if parts.scheme != "http" or not parts.hostname:
            raise ValueError("a proxy is written http://[user:password@]host:port")
        credentials = None
        if parts.username is not None:
            credentials = f"{unquote(parts.username)}:{unquote(parts.password or '')}"
        return cls(host=parts.hostname, port=parts.port or 80, credentials=credentials)

    @property
    def _authorization(self) -> bytes:
        if self.credentials is None:
            return b""
        encoded = base64.b64encode(self.credentials.encode())
        return b"Proxy-Authorization: Basic " + encoded + b"\r\n"

    def connect(self, target: Target) -> bytes:
        """Return the request for a tunnel to `target`, RFC 9110 section 9.3.6."""
        host = f"[{target.host}]" if ":" in target.host else target.host
        authority = f"{host}:{target.port}".encode("ascii")
        lines = b"CONNECT " + authority + b" HTTP/1.1\r\nHost: " + authority + b"\r\n"
        return lines + self._authorization + b"\r\n"

    def authorize(self, request: bytes) -> bytes:
        """Return `request` with the credentials behind its first line."""
        line, end, rest = request.partition(b"\r\n")
        return line + end + self._authorization + rest
