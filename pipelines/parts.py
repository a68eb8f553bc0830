"""A part: the statements of one WARC file as JSON Lines, made by a plain function of that file."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from pipelines.revisits import Payloads
from pipelines.statements.json_lines import json_line
from pipelines.statements.record import Statement
from warc.capture import Capture
from warc.damage import Damage, DamagedError
from warc.reader import iter_captures

STATEMENT = "statement"  # what a tally counts statements under, beside the reasons for none
PARQUET_SUFFIX = ".parquet"
_TOLD_EVERY = 50

UnderWay = Callable[[int, int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """What a WARC file gave: its captures by kind or reason for no statement, and its damages."""

    pages: Counter[str]
    damages: tuple[Damage, ...]

    @property
    def nothing_read(self) -> bool:
        """Return whether the file holds damage alone: it is no WARC file, or nothing is left."""
        return bool(self.damages) and not self.pages


def write_part(
    file: Path, part: Path, under_way: UnderWay, *, indexes: Path | None = None
) -> Tally:
    """Write the statements of `file` to `part` in the file's order, one JSON object a line.

    Written under a temporary name and renamed; the same file gives the same bytes. `under_way`
    is told the offset reached and the number of statements. Payloads of revisits are looked for
    with the CDXJ files of the folder `indexes`, or in the files beside this one. Raise OSError
    where the file cannot be read or the part not be written.
    """
    pages: Counter[str] = Counter()
    damages: list[Damage] = []
    payloads = Payloads(file, indexes)
    part.parent.mkdir(exist_ok=True)
    temporary = part.with_name(f"{part.name}.tmp")
    with temporary.open("wb") as out:
        for number, found in enumerate(iter_captures(file)):
            derived = found if isinstance(found, Damage) else _derived(payloads, found)
            if isinstance(derived, Damage):
                damages.append(derived)
            elif isinstance(derived, Statement):
                pages[STATEMENT] += 1
                out.write(json_line(derived) + b"\n")
            else:
                pages[derived] += 1
            if number % _TOLD_EVERY == 0 and isinstance(found, Capture):
                under_way(found.record.offset, pages[STATEMENT])
    temporary.replace(part)
    return Tally(pages=pages, damages=tuple(damages))


def _derived(payloads: Payloads, capture: Capture) -> Statement | str | Damage:
    """Return a capture's statement, the reason for none, or the damage that kept it from us."""
    try:
        return payloads.statement_of(capture)
    except DamagedError as error:
        return error.damage
    except OSError:
        raise
    except Exception as error:  # noqa: BLE001 - one page's fault costs no other; told by its place
        reason = f"this page made extraction fail: {type(error).__name__}: {error}"
        return Damage(file=capture.record.file, offset=capture.record.offset, reason=reason)


def read_part(part: Path) -> Iterator[Statement]:
    """Yield the statements of a part, in the order of the captures."""
    with part.open(encoding="utf-8") as lines:
        for line in lines:
            yield Statement.from_json(json.loads(line))
