"""The tables of the review's index: derived from the store, may be deleted at any time."""

from __future__ import annotations

INDEX_VERSION = 4
# Links that agree in all of these are one combination, which is counted beforehand: so no count
# and no filter reads the texts of all links.
COMBINED = (
    "standing", "outcome", "reason", "confidence", "state", "change", "decision", "author", "tld",
)  # fmt: skip

# `decision` is the kind of the one in force, "" where nobody has decided; it holds until `expires`.
# `reading` puts links in the order in which people read a report; `latest` is the number of the
# latest decision on the link itself, 0 where there is none.
_TABLES = f"""
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE hosts (
    host_id INTEGER PRIMARY KEY, host TEXT NOT NULL UNIQUE, n INTEGER NOT NULL DEFAULT 0);
CREATE TABLE combos (
    combo INTEGER PRIMARY KEY, {", ".join(f"{name} TEXT NOT NULL" for name in COMBINED)},
    n INTEGER NOT NULL DEFAULT 0, UNIQUE ({", ".join(COMBINED)}));
CREATE TABLE host_counts (
    host_id INTEGER NOT NULL, combo INTEGER NOT NULL, n INTEGER NOT NULL,
    PRIMARY KEY (host_id, combo)) WITHOUT ROWID;
CREATE TABLE rows (
    id INTEGER PRIMARY KEY, url TEXT NOT NULL, host TEXT NOT NULL, host_id INTEGER NOT NULL,
    combo INTEGER NOT NULL, reading TEXT NOT NULL, checked TEXT NOT NULL,
    first_broken TEXT NOT NULL, failures INTEGER NOT NULL, citations INTEGER NOT NULL,
    latest INTEGER NOT NULL, expires TEXT NOT NULL);
CREATE TABLE texts (
    id INTEGER PRIMARY KEY, final_url TEXT, sentence TEXT NOT NULL, statement_url TEXT,
    statement_title TEXT, statement_date TEXT, anchor TEXT, cited TEXT, words TEXT NOT NULL);
CREATE TABLE cited (
    kind TEXT NOT NULL, value TEXT NOT NULL, id INTEGER NOT NULL,
    PRIMARY KEY (kind, value, id)) WITHOUT ROWID;
CREATE VIRTUAL TABLE search USING fts5 (
    words, content = 'texts', content_rowid = 'id', tokenize = 'trigram');
"""
_FINISHING = """
CREATE UNIQUE INDEX rows_of_url ON rows (url);
CREATE INDEX rows_read ON rows (reading, url, combo);
CREATE INDEX rows_of_host ON rows (host, reading, url, combo);
CREATE INDEX rows_coded ON rows (id, host_id, combo);
CREATE INDEX rows_of_combo ON rows (combo);
CREATE INDEX rows_checked ON rows (checked, id, combo);
CREATE INDEX rows_broken ON rows (first_broken, id, combo);
CREATE INDEX rows_failing ON rows (failures, id, combo);
CREATE INDEX rows_cited ON rows (citations, id, combo);
CREATE INDEX rows_expire ON rows (expires) WHERE expires != '';
CREATE INDEX cited_of ON cited (id);
INSERT INTO host_counts SELECT host_id, combo, count(*) FROM rows GROUP BY host_id, combo;
UPDATE combos SET n = (SELECT count(*) FROM rows WHERE rows.combo = combos.combo);
UPDATE hosts SET n = (SELECT count(*) FROM rows WHERE rows.host = hosts.host);
CREATE INDEX hosts_by_links ON hosts (n);
"""
_TRIGGERS = (
    "CREATE TRIGGER rows_come AFTER INSERT ON rows BEGIN"
    " UPDATE combos SET n = n + 1 WHERE combo = new.combo;"
    " UPDATE hosts SET n = n + 1 WHERE host_id = new.host_id;"
    " INSERT INTO host_counts VALUES (new.host_id, new.combo, 1)"
    " ON CONFLICT (host_id, combo) DO UPDATE SET n = n + 1; END",
    "CREATE TRIGGER rows_go AFTER DELETE ON rows BEGIN"
    " UPDATE combos SET n = n - 1 WHERE combo = old.combo;"
    " UPDATE hosts SET n = n - 1 WHERE host_id = old.host_id;"
    " UPDATE host_counts SET n = n - 1 WHERE host_id = old.host_id AND combo = old.combo; END",
)


def tables() -> list[str]:
    """Return the statements that make the tables of an empty index."""
    return _each(_TABLES)


def finishing() -> list[str]:
    """Return the statements that a filled index needs: indexes, counts, and what keeps those."""
    return [*_each(_FINISHING), *_TRIGGERS]


def _each(statements: str) -> list[str]:
    return statements.strip().removesuffix(";").split(";\n")
