"""The tables of the store; statements end with a semicolon at the end of a line."""

from __future__ import annotations

import sqlite3

# 2: a page at two addresses of one archive has one current capture; 3: runs of checks, states;
# 4: what of a run is not believed; 5: reviewers' decisions
SCHEMA_VERSION = 5
SCHEMA = """
CREATE TABLE warcs (
    name TEXT PRIMARY KEY, size INTEGER NOT NULL, extractor TEXT NOT NULL,
    pages TEXT NOT NULL, damage INTEGER NOT NULL);
CREATE TABLE statements (
    statement_id INTEGER PRIMARY KEY,
    warc TEXT NOT NULL REFERENCES warcs (name) ON DELETE CASCADE,
    url TEXT NOT NULL, captured TEXT NOT NULL, title TEXT, document_type TEXT, date TEXT,
    office TEXT, bureau TEXT, place TEXT, era TEXT NOT NULL, text_digest TEXT NOT NULL,
    speakers TEXT NOT NULL, warc_offset INTEGER NOT NULL, payload_digest TEXT,
    UNIQUE (url, captured));
CREATE INDEX statements_by_warc ON statements (warc);
CREATE VIRTUAL TABLE statement_text USING fts5 (
    title, body, tokenize = "unicode61 remove_diacritics 2");
CREATE TRIGGER statement_text_follows AFTER DELETE ON statements BEGIN
    DELETE FROM statement_text WHERE rowid = old.statement_id; END;
CREATE TABLE links (
    link_id INTEGER PRIMARY KEY, url TEXT NOT NULL UNIQUE, host TEXT NOT NULL);
CREATE INDEX links_by_host ON links (host);
CREATE TABLE citations (
    statement_id INTEGER NOT NULL REFERENCES statements (statement_id) ON DELETE CASCADE,
    link_id INTEGER NOT NULL REFERENCES links (link_id),
    position INTEGER NOT NULL, href TEXT NOT NULL, text TEXT, sentence TEXT,
    PRIMARY KEY (statement_id, position)) WITHOUT ROWID;
CREATE INDEX citations_by_link ON citations (link_id);
CREATE TABLE checks (
    check_id INTEGER PRIMARY KEY,
    link_id INTEGER NOT NULL REFERENCES links (link_id),
    run_id TEXT NOT NULL, checked TEXT NOT NULL, evidence TEXT NOT NULL);
CREATE INDEX checks_by_link ON checks (link_id, checked);
CREATE TABLE verdicts (
    check_id INTEGER PRIMARY KEY REFERENCES checks (check_id),
    rules TEXT NOT NULL, outcome TEXT NOT NULL, reason TEXT NOT NULL, sentence TEXT NOT NULL,
    confidence TEXT NOT NULL, final_url TEXT);
"""
# The other address is that of `pipelines.one_tree.other_address`.
CURRENT_STATEMENTS = """
CREATE VIEW current_statements AS
    SELECT * FROM statements AS s WHERE captured =
        (SELECT max(captured) FROM statements AS later WHERE later.url IN (s.url,
            CASE WHEN instr(s.url, '//1997-2001.state.gov/www/')
            THEN replace(s.url, '//1997-2001.state.gov/www/', '//1997-2001.state.gov/')
            ELSE replace(s.url, '//1997-2001.state.gov/', '//1997-2001.state.gov/www/') END))
"""
# `ended` is NULL while a run is under way or was killed; `void` says why it proved nothing. Of the
# `hosts` asked `silent` ones gave no answer; `controlled`: a control URL opened before and after.
# `doubted` lists, between spaces, the reasons that are not believed of this run.
CHECK_RUNS = """
CREATE TABLE IF NOT EXISTS check_runs (
    run_id TEXT PRIMARY KEY, began TEXT NOT NULL, ended TEXT, void TEXT NOT NULL DEFAULT '',
    hosts INTEGER NOT NULL DEFAULT 0, silent INTEGER NOT NULL DEFAULT 0,
    controlled INTEGER NOT NULL DEFAULT 0, doubted TEXT NOT NULL DEFAULT '');
CREATE TABLE IF NOT EXISTS link_states (
    link_id INTEGER PRIMARY KEY REFERENCES links (link_id),
    state TEXT NOT NULL, since TEXT, failures INTEGER NOT NULL, first_failed TEXT,
    next_due TEXT, event TEXT NOT NULL, why TEXT NOT NULL, checked TEXT);
CREATE TABLE IF NOT EXISTS derived_by (name TEXT PRIMARY KEY, version TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS checks_by_run ON checks (run_id, link_id);
"""
# Append-only, even for INSERT OR REPLACE; all but `number` is told in `pipelines.decisions.model`.
DECISIONS = """
CREATE TABLE IF NOT EXISTS decisions (
    number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, made TEXT NOT NULL, author TEXT NOT NULL,
    kind TEXT NOT NULL, scope TEXT NOT NULL, subject TEXT NOT NULL, note TEXT NOT NULL,
    expires TEXT, replacement TEXT, basis TEXT, undoes TEXT, batch TEXT);
CREATE INDEX IF NOT EXISTS decisions_by_subject ON decisions (subject, number);
CREATE INDEX IF NOT EXISTS decisions_by_kind ON decisions (kind);
CREATE INDEX IF NOT EXISTS decisions_by_batch ON decisions (batch);
CREATE INDEX IF NOT EXISTS decisions_on_many ON decisions (number) WHERE scope != 'url';
CREATE TRIGGER IF NOT EXISTS decisions_stay BEFORE UPDATE ON decisions BEGIN
    SELECT RAISE(ABORT, 'decisions are never changed'); END;
CREATE TRIGGER IF NOT EXISTS decisions_last BEFORE DELETE ON decisions BEGIN
    SELECT RAISE(ABORT, 'decisions are never deleted'); END;
CREATE TRIGGER IF NOT EXISTS decisions_once BEFORE INSERT ON decisions
    WHEN EXISTS (SELECT 1 FROM decisions WHERE id = new.id OR number = new.number) BEGIN
    SELECT RAISE(ABORT, 'decisions are never replaced'); END;
"""
_SINCE_4 = (
    ("controlled", "INTEGER NOT NULL DEFAULT 0"),
    ("doubted", "TEXT NOT NULL DEFAULT ''"),
)
_RUNS_UNTIL_NOW = """
INSERT OR IGNORE INTO check_runs (run_id, began, ended)
    SELECT run_id, min(checked), max(checked) FROM checks GROUP BY run_id;
"""


def prepare(database: sqlite3.Connection, version: int) -> None:
    """Bring a store of an older `version` (0: an empty file) up to this one, in a transaction.

    The states are not made here: they are folded from the checks when they are asked for.
    """
    if version == 0:
        _all(database, SCHEMA)
    else:
        database.execute("DROP VIEW IF EXISTS current_statements")
    database.execute(CURRENT_STATEMENTS)
    _all(database, CHECK_RUNS)
    _all(database, DECISIONS)
    known = {row[1] for row in database.execute("PRAGMA table_info(check_runs)")}
    for name, kind in _SINCE_4:
        if name not in known:
            database.execute(f"ALTER TABLE check_runs ADD COLUMN {name} {kind}")
    _all(database, _RUNS_UNTIL_NOW)
    database.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")


def _all(database: sqlite3.Connection, statements: str) -> None:
    for statement in statements.strip().removesuffix(";").split(";\n"):
        database.execute(statement)
