"""The file of the register, opened: SQLite with a write-ahead log, so that readers never wait and a kill at any moment loses nothing that was done."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from contractlens.errors import UsageError
from contractlens.portfolio.schema import migrate

CACHE = 16 * 1024  # kilobytes
WAIT = 60.0  # seconds for another process that writes


def connect(path: Path, *, make: bool) -> sqlite3.Connection:
    """Open the register; `make` it where it is not there. Raises UsageError."""
    if path.is_dir():
        raise UsageError(f"{path}: this is a folder. Give the register's file, such as {path / 'register.db'}")
    if not make and not path.is_file():
        raise UsageError(f"{path}: there is no register. Make one with:  contractlens scan FOLDER --register {path}")
    try:
        database = sqlite3.connect(path, timeout=WAIT, isolation_level=None, check_same_thread=False)
        database.row_factory = sqlite3.Row
        database.execute("PRAGMA journal_mode = WAL")
        database.execute("PRAGMA synchronous = NORMAL")
        database.execute("PRAGMA foreign_keys = ON")
        database.execute(f"PRAGMA cache_size = -{CACHE}")
        migrate(database, str(path))
    except sqlite3.Error as error:
        raise explained(error, path) from None
    return database


@contextmanager
def writing(database: sqlite3.Connection, path: Path) -> Iterator[None]:
    """One transaction: all of what stands below, or nothing. Raises UsageError for a full disk, a lock that lasts or a damaged file."""
    if database.in_transaction:
        yield
        return
    try:
        database.execute("BEGIN IMMEDIATE")
        yield
        database.execute("COMMIT")
    except BaseException as error:
        if database.in_transaction:
            database.execute("ROLLBACK")
        if isinstance(error, sqlite3.Error):
            raise explained(error, path) from None
        raise


def explained(error: sqlite3.Error, path: Path) -> UsageError:
    """What went wrong with the file, in a sentence."""
    words = str(error)
    if "full" in words or "disk I/O" in words:
        return UsageError(f"{path}: the disk is full. What was done before is kept; make room and scan again, and only the rest is read.")
    if "locked" in words or "busy" in words:
        return UsageError(f"{path}: another program has kept the register locked for {WAIT:.0f} seconds. End it and try again.")
    if "readonly" in words or "unable to open" in words:
        return UsageError(f"{path}: the register cannot be written. Check the folder and the permissions; it needs room beside it for its log.")
    return UsageError(f"{path}: this is no register, or it is damaged ({words}). Give another file, or the copy that you keep of it.")
