"""The tables of the review's index: derived from the store, may be deleted at any time."""

from __future__ import annotations

INDEX_VERSION = 1
# By these links are counted beforehand, so that no count reads all links.
COUNTED = ("standing", "outcome", "reason", "confidence", "state", "change", "decision", "tld")
COUNTS = {"counts": COUNTED, "host_counts": ("host", *COUNTED)}

# `reading` puts links in the order in which people read a report; `latest` is the number of the
# latest decision on the link itself, 0 where there is none; `decision` the kind of the one in
# force, "" where nobody has decided, which holds until `expires`.
TABLES = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE rows (
    id INTEGER PRIMARY KEY, url TEXT NOT NULL UNIQUE, host TEXT NOT NULL, tld TEXT NOT NULL,
    standing TEXT NOT NULL, outcome TEXT NOT NULL, reason TEXT NOT NULL, confidence TEXT NOT NULL,
    state TEXT NOT NULL, change TEXT NOT NULL, decision TEXT NOT NULL, author TEXT NOT NULL,
    expires TEXT NOT NULL, latest INTEGER NOT NULL, reading TEXT NOT NULL, checked TEXT NOT NULL,
    first_broken TEXT NOT NULL, failures INTEGER NOT NULL, citations INTEGER NOT NULL);
CREATE TABLE texts (
    id INTEGER PRIMARY KEY, final_url TEXT, sentence TEXT NOT NULL, statement_url TEXT,
    statement_title TEXT, statement_date TEXT, anchor TEXT, cited TEXT, words TEXT NOT NULL);
CREATE TABLE cited (
    kind TEXT NOT NULL, value TEXT NOT NULL, id INTEGER NOT NULL,
    PRIMARY KEY (kind, value, id)) WITHOUT ROWID;
CREATE VIRTUAL TABLE search USING fts5 (
    words, content = 'texts', content_rowid = 'id', tokenize = 'trigram');
"""
INDEXES = """
CREATE INDEX rows_read ON rows (reading, url, standing, decision, outcome, reason, confidence,
    state, change, tld, host);
CREATE INDEX rows_of_host ON rows (host, reading, url);
CREATE INDEX rows_by_reason ON rows (reason, reading, url);
CREATE INDEX rows_checked ON rows (checked, standing, decision);
CREATE INDEX rows_broken ON rows (first_broken, standing, decision);
CREATE INDEX rows_failures ON rows (failures, standing, decision);
CREATE INDEX rows_citations ON rows (citations, standing, decision);
CREATE INDEX rows_expire ON rows (expires) WHERE expires != '';
CREATE INDEX cited_of ON cited (id);
"""


def tables() -> list[str]:
    """Return the statements that make the tables of an empty index."""
    counted = [
        f"CREATE TABLE {name} ({', '.join(f'{one} TEXT NOT NULL' for one in columns)},"
        f" n INTEGER NOT NULL, PRIMARY KEY ({', '.join(columns)})) WITHOUT ROWID"
        for name, columns in COUNTS.items()
    ]
    return [*_each(TABLES), *counted]


def finishing() -> list[str]:
    """Return the statements that a filled index needs: indexes, counts, and what keeps those."""
    filling = [
        f"INSERT INTO {name} SELECT {', '.join(columns)}, count(*) FROM rows"  # noqa: S608 - names
        f" GROUP BY {', '.join(columns)}"
        for name, columns in COUNTS.items()
    ]
    return [*_each(INDEXES), *filling, *_triggers()]


def _triggers() -> list[str]:
    more = " ".join(_more(name, columns) for name, columns in COUNTS.items())
    less = " ".join(_less(name, columns) for name, columns in COUNTS.items())
    return [
        f"CREATE TRIGGER rows_come AFTER INSERT ON rows BEGIN {more} END",
        f"CREATE TRIGGER rows_go AFTER DELETE ON rows BEGIN {less} END",
    ]


def _more(name: str, columns: tuple[str, ...]) -> str:
    values = ", ".join(f"new.{one}" for one in columns)
    return (
        f"INSERT INTO {name} VALUES ({values}, 1)"  # noqa: S608 - names of ours
        f" ON CONFLICT ({', '.join(columns)}) DO UPDATE SET n = n + 1;"
    )


def _less(name: str, columns: tuple[str, ...]) -> str:
    same = " AND ".join(f"{one} = old.{one}" for one in columns)
    return (
        f"UPDATE {name} SET n = n - 1 WHERE {same};"  # noqa: S608 - names of ours
        f" DELETE FROM {name} WHERE {same} AND n = 0;"
    )


def _each(statements: str) -> list[str]:
    return statements.strip().removesuffix(";").split(";\n")
