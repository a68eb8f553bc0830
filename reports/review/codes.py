"""The numbers by which rows of the index name hosts and combinations."""

from __future__ import annotations

import sqlite3

from reports.review.index_schema import COMBINED

_COMBOS = f"SELECT {', '.join(COMBINED)}, combo FROM combos"  # noqa: S608 - names of ours
_NEW_COMBO = (
    f"INSERT INTO combos ({', '.join(COMBINED)}) VALUES ({', '.join('?' for _ in COMBINED)})"  # noqa: S608 - as above
)


class Codes:
    """Hosts and combinations of one index; what is not known yet gets a number."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self._hosts: dict[str, int] = {}
        self._combos = {(*values,): int(combo) for *values, combo in db.execute(_COMBOS)}

    def of(self, host: str, combined: tuple[str, ...]) -> tuple[int, int]:
        """Return the numbers of a host and of a combination, in the order of `COMBINED`."""
        return self._host(host), self._combo(combined)

    def _host(self, host: str) -> int:
        known = self._hosts.get(host)
        if known is None:
            self._db.execute("INSERT OR IGNORE INTO hosts (host) VALUES (?)", (host,))
            (known,) = self._db.execute(
                "SELECT host_id FROM hosts WHERE host = ?", (host,)
            ).fetchone()
            self._hosts[host] = int(known)
        return int(known)

    def _combo(self, combined: tuple[str, ...]) -> int:
        known = self._combos.get(combined)
        if known is None:
            known = int(self._db.execute(_NEW_COMBO, combined).lastrowid or 0)
            self._combos[combined] = known
        return known
