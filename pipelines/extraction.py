"""The join from WARC files to statements: read, derive, write the parts, fill the store."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from pipelines.sites import site_for
from pipelines.statements.statement import EXTRACTOR_VERSION, Statement, extract_statement
from pipelines.store import ExtractedWarc, Store
from warc.collection import Collection
from warc.damage import Damage
from warc.reader import iter_captures

STATEMENTS = "statements"
CHECK_PREFIX = "check"  # WARC files of link checks: evidence, never a source of statements

Advance = Callable[[int, int | None, str], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Extraction:
    """What `extract` did; `pages` counts captures by kind or by the reason there is no record."""

    files: int
    files_new: int
    statements: int
    pages: Counter[str]
    damages: tuple[Damage, ...]


def extract(collection: Collection, store: Store, advance: Advance) -> Extraction:
    """Derive the statements of every WARC file that is new or changed since the last time.

    One `statements/NAME.jsonl` per WARC file, written under a temporary name and renamed. WARC
    files that are gone are forgotten. Damage in a file costs no other capture of it.
    """
    known = store.extracted()
    files = [f for f in collection.warc_files() if not f.name.startswith(f"{CHECK_PREFIX}-")]
    store.forget_warcs(known.keys() - {f.name for f in files})
    pages: Counter[str] = Counter()
    damages: list[Damage] = []
    new = [f for f in files if not _is_current(f, known.get(f.name), collection)]
    for number, file in enumerate(new):
        part = part_path(collection, file.name)
        counted, damaged = _write_part(part, file, advance)
        extracted = ExtractedWarc(
            name=file.name,
            size=file.stat().st_size,
            extractor=EXTRACTOR_VERSION,
            pages=counted,
            damage=len(damaged),
        )
        store.put_statements(extracted, read_part(part))
        pages.update(counted)
        damages += damaged
        advance(number + 1, len(new), file.name)
    return Extraction(
        files=len(files),
        files_new=len(new),
        statements=store.statement_count(),
        pages=pages,
        damages=tuple(damages),
    )


def part_path(collection: Collection, warc_name: str) -> Path:
    """Return where the statements of one WARC file lie."""
    return collection.root / STATEMENTS / f"{warc_name}.jsonl"


def _is_current(file: Path, known: ExtractedWarc | None, collection: Collection) -> bool:
    return (
        known is not None
        and known.size == file.stat().st_size
        and known.extractor == EXTRACTOR_VERSION
        and part_path(collection, file.name).exists()
    )


def _write_part(part: Path, file: Path, advance: Advance) -> tuple[Counter[str], list[Damage]]:
    """Write the statements of `file` to `part`; return captures by kind, and the damage met."""
    pages: Counter[str] = Counter()
    damages: list[Damage] = []
    part.parent.mkdir(exist_ok=True)
    temporary = part.with_name(f"{part.name}.tmp")
    with temporary.open("w", encoding="utf-8", newline="\n") as out:
        for number, found in enumerate(iter_captures(file)):
            if isinstance(found, Damage):
                damages.append(found)
                continue
            derived = extract_statement(found, site_for(found.target_uri))
            if isinstance(derived, Statement):
                pages["statement"] += 1
                out.write(json.dumps(derived.as_json(), ensure_ascii=False) + "\n")
            else:
                pages[derived.reason.value] += 1
            if number % 100 == 0:
                advance(number, None, file.name)
    temporary.replace(part)
    return pages, damages


def read_part(part: Path) -> Iterator[Statement]:
    """Yield the statements of a part, in the order of the captures."""
    with part.open(encoding="utf-8") as lines:
        for line in lines:
            yield Statement.from_json(json.loads(line))
