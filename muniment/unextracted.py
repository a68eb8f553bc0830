"""What gave no statement, in words: captures by reason, damages by place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from pipelines.parts import STATEMENT
from warc.damage import Damage


def in_words(pages: Counter[str], damages: Iterable[Damage]) -> list[str]:
    """Return a sentence on the captures without a statement, and one for each damage."""
    sentences = []
    other = {kind: n for kind, n in pages.most_common() if kind != STATEMENT}
    if other:
        counts = ", ".join(f"{WORDS.get(kind, kind)} {n}" for kind, n in other.items())
        sentences.append(f"{sum(other.values())} captures hold no statement: {counts}")
    sentences += [
        f"{damage.file} at offset {damage.offset}: {damage.reason}; the rest of the file was read"
        for damage in damages
    ]
    return sentences


# The codes are those of `pipelines.statements.record.Reason` and `pipelines.revisits`.
WORDS = {
    "blocked": "refusals",
    "document": "PDF and other documents",
    "empty": "empty answers",
    "error": "error pages",
    "index": "indexes",
    "meta-refresh": "forwarding pages",
    "no-template": "pages of no known template",
    "not-html": "images, style sheets and the like",
    "print-stub": "print views",
    "redirect": "redirects",
    "report": "reports",
    "revisit": "repeats of an earlier capture",
    "revisit-original-missing": "repeats of a capture that is not here",
    "section": "section pages",
    "technical-difficulties": "“Technical Difficulties” pages",
    "too-deep": "pages nested too deeply",
}
