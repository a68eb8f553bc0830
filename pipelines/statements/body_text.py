"""The text of a body: its paragraphs, and the digest by which changed text is told."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterable, Sequence

from pipelines.statements.paragraphs import Block
from pipelines.statements.wrappers import mask_personal


def paragraphs_of(blocks: Iterable[Block]) -> tuple[str, ...]:
    """Return the texts of blocks that have any, without personal data of wrapped links."""
    texts = [block.text for block in blocks if block.text]
    body = "\n\n".join(texts)
    masked = mask_personal(body)
    return tuple(texts if masked is body else masked.split("\n\n"))


def text_digest(title: str, paragraphs: Sequence[str]) -> str:
    """Return the labelled SHA-256 of title and paragraphs in Unicode's composed form (NFC)."""
    text = unicodedata.normalize("NFC", "\n\n".join((title, *paragraphs)))
    return f"sha256:{hashlib.sha256(text.encode('utf-8', 'surrogatepass')).hexdigest()}"
