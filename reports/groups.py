"""Links counted by group and by the statements that they stand in."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable

from reports.findings import Citation, Finding
from reports.standing import Standing

_UNDATED = "9999"
_JUDGED = (Standing.BROKEN, Standing.MOVED, Standing.WORKS)


class Group:
    """Links of one kind, counted by standing and by the statement that stands for each."""

    __slots__ = ("_broken", "_judged", "counts")

    def __init__(self) -> None:
        self.counts: Counter[Standing] = Counter()
        self._judged: Counter[str] = Counter()
        self._broken: Counter[str] = Counter()

    def add(self, standing: Standing, home: str) -> None:
        """Count a link; `home` names the statement that it stands in."""
        self.counts[standing] += 1
        if standing in _JUDGED:
            self._judged[home] += 1
            if standing is Standing.BROKEN:
                self._broken[home] += 1

    def statements(self) -> Counter[tuple[int, int]]:
        """Return how many statements have how many (broken, judged) links."""
        return Counter((self._broken[home], count) for home, count in self._judged.items())


def grouped(findings: Iterable[Finding], key: Callable[[Citation], str | None]) -> dict[str, Group]:
    """Return the links of each group that `key` names for a citation, by its name.

    A link counts once in each of its groups. It stands in the statement of the group that cites
    it first, by date, so that every link is in one statement; one that none cites is in none of
    the groups.
    """
    groups: defaultdict[str, Group] = defaultdict(Group)
    for finding in findings:
        standing = finding.standing
        homes: dict[str, tuple[str, str]] = {}
        for citation in finding.citations:
            if name := key(citation):
                place = (citation.statement_date or _UNDATED, citation.statement_url)
                homes[name] = min(homes.get(name, place), place)
        for name, (_, home) in homes.items():
            groups[name].add(standing, home)
    return {name: groups[name] for name in sorted(groups)}


def whole(findings: Iterable[Finding]) -> Group:
    """Return all links as one group; one that no statement cites is a statement of its own."""
    group = Group()
    for finding in findings:
        places = ((one.statement_date or _UNDATED, one.statement_url) for one in finding.citations)
        group.add(finding.standing, min(places, default=("", finding.url))[1])
    return group
