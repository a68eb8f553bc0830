"""Images and a PDF drawn by code, the same bytes each time."""

from __future__ import annotations

import struct
import zlib
from functools import lru_cache

NAVY, GOLD, PAPER, SKY = (16, 42, 82), (201, 162, 74), (244, 241, 232), (120, 160, 200)

SEAL_SVG = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100">
<circle cx="50" cy="50" r="48" fill="#102a52" stroke="#c9a24a" stroke-width="3"/>
<circle cx="50" cy="50" r="36" fill="#f4f1e8" stroke="#c9a24a" stroke-width="1.5"/>
<g fill="#c9a24a"><circle cx="50" cy="8.5" r="2"/><circle cx="91.5" cy="50" r="2"/>
<circle cx="50" cy="91.5" r="2"/><circle cx="8.5" cy="50" r="2"/></g>
<path d="M50 20 L55 44 L80 50 L55 56 L50 80 L45 56 L20 50 L45 44 Z" fill="#102a52"/>
<path d="M35 35 L50 47 L65 35 L53 50 L65 65 L50 53 L35 65 L47 50 Z" fill="#c9a24a"/></svg>
"""


def png(width: int, height: int, rows: list[bytes]) -> bytes:
    """Return a PNG of 8-bit RGB rows (ISO/IEC 15948)."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        checksum = zlib.crc32(kind + data)
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", checksum)

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    pixels = zlib.compress(b"".join(b"\0" + row for row in rows), 6)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")
    )


@lru_cache(maxsize=8)
def seal(size: int) -> bytes:
    """Return a round emblem: a ring with a star of four points."""
    middle = (size - 1) / 2
    rows = []
    for y in range(size):
        row = bytearray()
        for x in range(size):
            across, down = abs(x - middle) / middle, abs(y - middle) / middle
            row += bytes(_seal_pixel(across, down))
        rows.append(bytes(row))
    return png(size, size, rows)


def _seal_pixel(across: float, down: float) -> tuple[int, int, int]:
    distance = (across * across + down * down) ** 0.5
    if distance > 0.98:
        return (255, 255, 255)
    if distance > 0.9 or 0.7 < distance < 0.75:
        return GOLD
    if distance > 0.7:
        return NAVY
    # A star: the astroid |x|^(2/3) + |y|^(2/3) = r^(2/3).
    return NAVY if across ** (2 / 3) + down ** (2 / 3) < 0.75 else PAPER


@lru_cache(maxsize=64)
def photograph(key: int) -> bytes:
    """Return a landscape of hills under a sky; each key has hills of its own."""
    width, height = 320, 180
    ridge = [
        70 + 25 * _wave(x / 320 + key % 17 / 17) + 12 * _wave(x / 90 + key % 7)
        for x in range(width)
    ]
    tint = (key * 37 % 60, key * 53 % 60, key * 71 % 60)
    rows = []
    for y in range(height):
        row = bytearray()
        for top in ridge:
            base = SKY if y < top else (40 + y // 3, 90 + y // 4, 70)
            row += bytes(min(255, part + shift) for part, shift in zip(base, tint, strict=True))
        rows.append(bytes(row))
    return png(width, height, rows)


def _wave(x: float) -> float:
    """Return a wave between -1 and 1 with period 1: a parabola on each half."""
    phase = x % 1.0
    half = phase * 2 % 1.0
    bump = 4 * half * (1 - half)
    return bump if phase < 0.5 else -bump


@lru_cache(maxsize=2)
def band(width: int = 64, height: int = 6) -> bytes:
    """Return the stripe that divides header and footer from the page."""
    row = b"".join(bytes(NAVY if x % 16 < 12 else GOLD) for x in range(width))
    return png(width, height, [row] * height)


def pdf(title: str, lines: list[str]) -> bytes:
    """Return a valid one-page PDF 1.4 with its cross-reference table (ISO 32000 section 7.5)."""
    text = [f"BT /F1 18 Tf 72 720 Td ({_escaped(title)}) Tj ET"]
    for number, line in enumerate(lines):
        text.append(f"BT /F1 11 Tf 72 {690 - 16 * number} Td ({_escaped(line)}) Tj ET")
    stream = "\n".join(text).encode("latin-1", "replace")
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R"
        b" /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    )
    out = bytearray(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n")
    offsets = []
    for number, body in enumerate(objects, start=1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    out += b"trailer\n<< /Size %d /Root 1 0 R >>\n" % (len(objects) + 1)
    return bytes(out + b"startxref\n%d\n%%%%EOF\n" % start)


def _escaped(text: str) -> str:
    return text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
