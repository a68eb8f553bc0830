"""What a check of WARC files found, told on a terminal or as JSON."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable

from warc.check import CheckReport, Problem, Severity

_SHOWN = 5
# What makes two messages of one kind differ: ids, digests, quoted words, files, addresses, numbers.
_PARTICULARS = re.compile(
    r"<[^>]*>|'[^']*'|\"[^\"]*\"|\b(?:sha\d*|md5):\S+|https?://\S+|\S+\.w?arc\S*|\d+"
)

Echo = Callable[[str], None]


class Told:
    """Tells problems as they come, the first five of a kind, and counts the rest of it."""

    def __init__(self, echo: Echo, *, notes: bool) -> None:
        self._echo = echo
        self._shown = {Severity.ERROR, Severity.WARNING} | ({Severity.NOTE} if notes else set())
        self._kinds: Counter[tuple[Severity, str]] = Counter()
        self._firsts: dict[tuple[Severity, str], str] = {}

    def problem(self, problem: Problem) -> None:
        """Tell one problem, unless there were five like it."""
        if problem.severity not in self._shown:
            return
        kind = (problem.severity, _PARTICULARS.sub("…", problem.message))
        self._kinds[kind] += 1
        self._firsts.setdefault(kind, problem.message)
        if self._kinds[kind] <= _SHOWN:
            self._echo(str(problem))

    def end(self, report: CheckReport) -> None:
        """Tell how many more there were of each kind, and the outcome."""
        for kind, count in self._kinds.items():
            if count > _SHOWN:
                self._echo(f"{kind[0]}: {count - _SHOWN:,} more like: {self._firsts[kind]}")
        self._echo(sentence(report, notes=Severity.NOTE in self._shown))


class ToldAsJson:
    """Writes one JSON object, problem by problem, so that none has to be held."""

    def __init__(self, echo: Echo) -> None:
        self._echo = echo
        self._between = ""
        echo('{"problems": [')

    def problem(self, problem: Problem) -> None:
        """Write one problem."""
        table = {
            "severity": problem.severity.value,
            "file": problem.file,
            "offset": problem.offset,
            "message": problem.message,
        }
        self._echo(f"{self._between}{json.dumps(table)}")
        self._between = ","

    def end(self, report: CheckReport) -> None:
        """Write the counts."""
        table = {
            "sound": report.is_sound,
            "found": {severity.value: report.found[severity] for severity in Severity},
            "checked": dict(sorted(report.counts.items())),
        }
        self._echo(f"],\n{json.dumps(table)[1:]}")


_COUNTED = ("file", "record", "block digest", "payload digest", "link", "index line", "look-up")


def sentence(report: CheckReport, *, notes: bool) -> str:
    """Return what was looked at and what came of it, in two lines at most."""
    counts = {"files": 0, "records": 0, **report.counts}
    counted = [_count(counts[f"{name}s"], name) for name in _COUNTED if f"{name}s" in counts]
    found = [_count(report.found[severity], severity) for severity in Severity]
    first = f"checked {', '.join(counted)}: {found[0]}, {found[1]}"
    if report.found[Severity.NOTE] and not notes:
        return f"{first}\n{found[2]} on what is sound but other tools may doubt: --notes tells"
    return first


def _count(count: int, name: str) -> str:
    return f"{count:,} {name}{'' if count == 1 else 's'}"
