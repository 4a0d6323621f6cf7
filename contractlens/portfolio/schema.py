"""The register's tables, and how a register of an earlier version becomes one of this version.

    scan    each run over files: when, over which, and whether it came to its end
    paper   the bytes of one agreement, with what lists and searches need; reckoned for the days from `reckoned_on` to `good_until`
    review  what was found in a paper, for each set of rules, options and code that it was reviewed with
    place   where a paper lay when it was last seen, and what lay there the scan before
    fact    what a person confirmed or corrected, beside the paper's hash
    event   what calendars were told, so that an event can be moved and cancelled

The id of a paper is the hash of its bytes; that of a file which could not be opened is made from its path.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable

from contractlens.errors import UsageError

APPLICATION = 0x436F4C65  # "CoLe" in the head of the file: whose it is

_FIRST = """
CREATE TABLE scan (
    id INTEGER PRIMARY KEY, started TEXT NOT NULL, finished TEXT, today TEXT NOT NULL, roots TEXT NOT NULL
);
CREATE TABLE paper (
    id TEXT PRIMARY KEY, sha256 TEXT, name TEXT NOT NULL, first_seen TEXT NOT NULL,
    follows TEXT REFERENCES paper (id), changed_on TEXT,
    key TEXT NOT NULL, reckoned_on TEXT NOT NULL, good_until TEXT NOT NULL, present INTEGER NOT NULL DEFAULT 1, paths TEXT NOT NULL DEFAULT '[]',
    vendor TEXT NOT NULL DEFAULT '', customer TEXT NOT NULL DEFAULT '', kind TEXT NOT NULL DEFAULT '',
    effective_date TEXT, expiration_date TEXT, renews_on TEXT, ends_on TEXT,
    act_by TEXT, act_kind TEXT, renewal TEXT NOT NULL DEFAULT '', renewal_months INTEGER, uptime TEXT NOT NULL DEFAULT '',
    high INTEGER NOT NULL DEFAULT 0, medium INTEGER NOT NULL DEFAULT 0, low INTEGER NOT NULL DEFAULT 0,
    status TEXT NOT NULL DEFAULT 'new', owner TEXT, annual_cost TEXT, cost_from TEXT, carried TEXT NOT NULL DEFAULT '',
    error_kind TEXT, error_message TEXT, undated TEXT NOT NULL DEFAULT ''
);
CREATE INDEX paper_by_day ON paper (act_by, id) WHERE act_by IS NOT NULL AND present;
CREATE INDEX paper_follows ON paper (follows) WHERE follows IS NOT NULL;
CREATE INDEX paper_good_until ON paper (good_until);
CREATE INDEX paper_reckoned_on ON paper (reckoned_on);
CREATE TABLE review (
    paper TEXT NOT NULL, key TEXT NOT NULL, made_on TEXT NOT NULL, json BLOB NOT NULL, PRIMARY KEY (paper, key)
);
CREATE TABLE place (
    path TEXT PRIMARY KEY, paper TEXT NOT NULL, key TEXT NOT NULL, dates TEXT NOT NULL, scan INTEGER NOT NULL,
    was_paper TEXT, was_key TEXT, was_dates TEXT, gone INTEGER
) WITHOUT ROWID;
CREATE INDEX place_of_paper ON place (paper, gone, path);
CREATE INDEX place_of_scan ON place (scan);
CREATE TABLE fact (
    paper TEXT NOT NULL, field TEXT NOT NULL, value TEXT NOT NULL, set_on TEXT NOT NULL, PRIMARY KEY (paper, field)
) WITHOUT ROWID;
CREATE TABLE event (
    uid TEXT PRIMARY KEY, paper TEXT NOT NULL, kind TEXT NOT NULL, number INTEGER NOT NULL,
    day TEXT NOT NULL, summary TEXT NOT NULL, content TEXT NOT NULL, sequence INTEGER NOT NULL, cancelled INTEGER NOT NULL, changed TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX event_of_paper ON event (paper);
"""

_SECOND = """
ALTER TABLE review ADD COLUMN settings TEXT NOT NULL DEFAULT '';
ALTER TABLE review ADD COLUMN given TEXT NOT NULL DEFAULT '';
ALTER TABLE paper ADD COLUMN to_do TEXT NOT NULL DEFAULT '';
UPDATE paper SET good_until = '';
CREATE INDEX place_was ON place (was_paper) WHERE was_paper IS NOT NULL;
"""  # the parts of a review's key, the effective date apart; what is to be done, which every paper is reckoned anew for; and what the end of a scan looks up

# What makes a register of version n one of version n + 1; the first makes an empty file a register.
STEPS: tuple[str | Callable[[sqlite3.Connection], None], ...] = (_FIRST, _SECOND)


def migrate(database: sqlite3.Connection, path: str) -> None:
    """Bring the tables up to this version, each step whole or not at all. Raises UsageError for a file that is no register, or a newer one."""
    version = _version(database)
    application = database.execute("PRAGMA application_id").fetchone()[0]
    if application != APPLICATION and (application or version or database.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]):
        raise UsageError(f"{path}: this is a database of something else. Give another file for the register.")
    if version > len(STEPS):
        raise UsageError(f"{path}: a newer ContractLens wrote this register (version {version}). Install that one to go on.")
    while version < len(STEPS):
        database.execute("BEGIN IMMEDIATE")
        try:
            version = _version(database)  # another process may have taken the step meanwhile
            if version < len(STEPS):
                _take(STEPS[version], database)
                database.execute(f"PRAGMA application_id = {APPLICATION}")
                database.execute(f"PRAGMA user_version = {version + 1}")
                version += 1
            database.execute("COMMIT")
        except BaseException:
            database.execute("ROLLBACK")
            raise


def _version(database: sqlite3.Connection) -> int:
    return int(database.execute("PRAGMA user_version").fetchone()[0])


def _take(step: str | Callable[[sqlite3.Connection], None], database: sqlite3.Connection) -> None:
    if callable(step):
        step(database)
        return
    for statement in step.split(";\n"):  # `executescript` would commit what stands before
        if statement.strip():
            database.execute(statement)
