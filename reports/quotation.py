"""The words around a citation, short enough to carry thousands of them."""

from __future__ import annotations

from reports.findings import Citation

# What sets the anchor off: controls are taken out of what comes from pages first, and JSON does not
# spell these out.
OPEN, CLOSE = "\x7f", "\x80"
LONGEST_ANCHOR = 200
LONGEST_SIDE = 180
_CONTROLS = dict.fromkeys((*range(0x20), *range(0x7F, 0xA0)), " ")


def quotation(citation: Citation) -> str:
    """Return the sentence with its anchor between `OPEN` and `CLOSE`, the far ends cut off.

    The anchor stands first where it is not in the sentence; "" where there is neither.
    """
    anchor = _plain(citation.text)
    sentence = _plain(citation.sentence)
    if not anchor:
        return _cut(sentence, LONGEST_ANCHOR + LONGEST_SIDE)
    before, found, after = sentence.partition(anchor)
    if not found:
        before, after = "", f" {sentence}" if sentence else ""
    marked = f"{OPEN}{_cut(anchor, LONGEST_ANCHOR)}{CLOSE}"
    return f"{_cut_front(before)}{marked}{_cut(after, LONGEST_SIDE)}"


def _plain(text: str | None) -> str:
    return " ".join((text or "").translate(_CONTROLS).split())


def _cut(text: str, limit: int) -> str:
    return text if len(text) <= limit else f"{text[:limit]}…"


def _cut_front(text: str) -> str:
    return text if len(text) <= LONGEST_SIDE else f"…{text[-LONGEST_SIDE:]}"
