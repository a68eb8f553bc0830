"""Credentials in a request, which an archive that others read must not hold."""

from __future__ import annotations

SECRET_HEADERS = frozenset({b"cookie", b"authorization", b"proxy-authorization"})


def without_credentials(request: bytes) -> tuple[bytes, tuple[str, ...]]:
    """Return the request without its Cookie and Authorization lines, and their names as sent.

    A whole line goes: a value put in its place would be a claim that it was sent.
    """
    head, blank, body = request.partition(b"\r\n\r\n")
    lowered = head.lower()
    if not any(name in lowered for name in SECRET_HEADERS):
        return request, ()
    kept: list[bytes] = []
    left_out: list[str] = []
    secret = False
    for line in head.split(b"\r\n"):
        if not (secret and line[:1] in (b" ", b"\t")):  # a folded line goes with its header
            name = line.partition(b":")[0]
            secret = bool(kept) and name.strip().lower() in SECRET_HEADERS
            if secret:
                left_out.append(name.strip().decode("latin-1"))
        if not secret:
            kept.append(line)
    return b"\r\n".join(kept) + blank + body, tuple(left_out)
