"""The register of agreements: what was found in each paper, where it lies, and what a person keeps beside it.

A paper is known by the hash of its bytes. What was found is kept with all that it depends on (rules, options, code), so a file that was seen
is not read again; what a person set is kept beside the hash, and outlives every scan.
"""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
import zlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from contractlens.advice.finding import Review
from contractlens.advice.kept import STATUSES, Kept, corrected, corrected_terms, kept, stored_money
from contractlens.errors import UsageError
from contractlens.exports.entry import Entry, entry
from contractlens.portfolio.database import connect, explained, writing
from contractlens.portfolio.keys import review_key
from contractlens.portfolio.workers import PROCESS_ENDED
from contractlens.reckoning.deadlines import deadlines

PASSING = ("timed_out", "too_large")  # errors of the day, not of the file: it is read again
NEVER = date.max.isoformat()


class Register:
    """An open register; a context manager, which closes it. Raises UsageError for what goes wrong with the file."""

    def __init__(self, path: str | os.PathLike[str], *, make: bool = False) -> None:
        self.path = Path(path)
        self.database = connect(self.path, make=make)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()
        if isinstance(error, sqlite3.Error):
            raise explained(error, self.path) from None

    def close(self) -> None:
        self.database.close()

    # ---- what was found

    def recall(self, paper: str, key: str, today: date, *, with_password: bool = False) -> Review | None:
        """What was found in a paper with this key, seen from `today`; None where it has to be read.

        It has to be where its dates have moved on since, for its findings to be weighed anew, and where a password may open it now.
        """
        row = self.database.execute("SELECT made_on, json FROM review WHERE paper = ? AND key = ?", (paper, key)).fetchone()
        if row is None:
            return None
        review = _unpacked(row["json"])
        if review.error:
            again = review.error.kind in PASSING or (with_password and review.error.kind == "encrypted")
            return None if again or any(w.kind == PROCESS_ENDED for w in review.warnings) else review
        if row["made_on"] == today.isoformat() or review.terms is None:
            return review
        dated, _ = deadlines(review.terms, today=today)
        same = [(d.kind, d.date) for d in dated] == [(d.kind, d.date) for d in review.deadlines]
        return review.model_copy(update={"deadlines": dated}) if same else None

    def record(self, paper: str, review: Review, today: date, *, settings: str, given: date | None) -> str:
        """Keep what was found in a paper with these settings and the effective date that was given; returns its key. To be called in a transaction."""
        key = review_key(settings, given)
        packed = (paper, key, today.isoformat(), zlib.compress(review.to_json().encode()), settings, given.isoformat() if given else "")
        self.database.execute("INSERT OR REPLACE INTO review (paper, key, made_on, json, settings, given) VALUES (?, ?, ?, ?, ?, ?)", packed)
        name, sha256 = review.document.name, review.document.sha256
        self.database.execute(
            "INSERT INTO paper (id, sha256, name, first_seen, key, reckoned_on, good_until) VALUES (?, ?, ?, ?, ?, ?, ?)"
            " ON CONFLICT (id) DO UPDATE SET key = excluded.key",
            (paper, sha256, name, today.isoformat(), key, today.isoformat(), today.isoformat()),
        )
        return key

    def as_found(self, paper: str, key: str | None = None) -> Review:
        """What was found in a paper, as it was written down; with its latest key, if left out."""
        row = self.database.execute(
            "SELECT json FROM review WHERE paper = ?1 AND key = coalesce(?2, (SELECT key FROM paper WHERE id = ?1))", (paper, key)
        ).fetchone()
        if row is None:
            raise UsageError(f"{self.path}: the review of {paper[:12]} is not in it any more. Scan the file again.")
        return _unpacked(row["json"])

    def review(self, paper: str, today: date) -> Review:
        """What was found in a paper, its dates reckoned for `today` with what a person corrected."""
        return corrected(self.as_found(paper), self.kept(paper), today)

    # ---- what a person keeps

    def kept(self, paper: str) -> Kept:
        """What a person set for a paper, and for the earlier versions of it that were found in the same place."""
        facts: dict[str, str] = {}
        carried: set[str] = set()
        seen: set[str] = set()
        at: str | None = paper
        while at and at not in seen:
            seen.add(at)
            for row in self.database.execute("SELECT field, value FROM fact WHERE paper = ?", (at,)):
                if row["field"] not in facts:
                    facts[row["field"]] = row["value"]
                    if at != paper:
                        carried.add(row["field"])
            before = self.database.execute("SELECT follows FROM paper WHERE id = ?", (at,)).fetchone()
            at = before and before["follows"]
        return kept(facts, frozenset(carried))

    def own_date(self, paper: str) -> date | None:
        """The effective date that a person set for this very paper."""
        row = self.database.execute("SELECT value FROM fact WHERE paper = ? AND field = 'effective_date'", (paper,)).fetchone()
        return date.fromisoformat(row["value"]) if row else None

    def set(self, paper: str, facts: Mapping[str, str | None], today: date) -> Entry:
        """Keep what a person confirmed or corrected; None takes it back. The dates are reckoned anew at once.

        Fields are `status`, `owner`, `annual_cost` (`1200.00 EUR`), `note`, and those of a review's terms. Raises UsageError for a value that does not fit.
        """
        if facts.get("status") not in (None, *STATUSES):
            raise UsageError(f"{facts['status']}: this is no status. Give one of {', '.join(STATUSES)}.")
        given = {name: value for name, value in facts.items() if value is not None}
        values = kept(given).values
        found = self.as_found(paper)
        if values and found.terms is None:
            raise UsageError(f"{found.document.name}: it could not be read, so there are no terms to correct. Owner, cost and status can be set.")
        with writing(self.database, self.path):
            self.database.executemany("DELETE FROM fact WHERE paper = ? AND field = ?", [(paper, name) for name in facts])
            self.database.executemany(
                "INSERT INTO fact (paper, field, value, set_on) VALUES (?, ?, ?, ?)",
                [(paper, name, value, today.isoformat()) for name, value in given.items()],
            )
            if found.terms:
                corrected_terms(found.terms, self.kept(paper).values)  # together, since one may need another
            return self.refresh(paper, today, found)

    def confirm(self, paper: str, today: date) -> Entry:
        """Take what was set for an earlier version of the paper as set for this one."""
        now = self.kept(paper)
        facts = {name: value for name, value in self._facts_before(paper).items() if name in now.carried}
        return self.set(paper, facts, today)

    def _facts_before(self, paper: str) -> dict[str, str]:
        follows = "WITH RECURSIVE before (id, n) AS (SELECT ?, 0 UNION SELECT follows, n + 1 FROM paper JOIN before USING (id) WHERE follows IS NOT NULL AND n < 1000)"
        rows = self.database.execute(f"{follows} SELECT field, value FROM before JOIN fact ON fact.paper = before.id ORDER BY n DESC", (paper,))  # noqa: S608 (no input in it)
        return {row["field"]: row["value"] for row in rows}

    # ---- what lists show

    def refresh(self, paper: str, today: date, found: Review | None = None) -> Entry:
        """Reckon a paper's dates for `today` and write down what lists show of it."""
        keeps = self.kept(paper)
        review = corrected(found or self.as_found(paper), keeps, today)
        made = entry(review, today, id=paper, kept=keeps)
        ahead = min((d.date for d in review.deadlines if d.date >= today), default=None)
        cells = {name: _cell(getattr(made, name)) for name in _SHOWN}
        cells |= {"reckoned_on": today.isoformat(), "good_until": ahead.isoformat() if ahead else NEVER}
        paths = [row["path"] for row in self.database.execute("SELECT path FROM place WHERE paper = ? AND gone IS NULL ORDER BY path", (paper,))]
        cells |= {"paths": json.dumps(paths, ensure_ascii=False), "present": bool(paths)}
        assignments = ", ".join(f"{name} = :{name}" for name in cells)
        with writing(self.database, self.path):
            self.database.execute(f"UPDATE paper SET {assignments} WHERE id = :id", {**cells, "id": paper})  # noqa: S608 (our own names)
        return made

    def bring_up_to(self, today: date) -> None:
        """Reckon anew what was reckoned for days before or after `today`, so that every list is right on the day on which it is read."""
        due = "SELECT id FROM paper WHERE good_until < ?1 OR reckoned_on > ?1 LIMIT 500"
        while rows := self.database.execute(due, (today.isoformat(),)).fetchall():
            with writing(self.database, self.path):
                for row in rows:
                    self.refresh(row["id"], today)


_DAYS = ("effective_date", "expiration_date", "renews_on", "ends_on", "act_by", "changed_on")
_SHOWN = tuple(f.name for f in fields(Entry) if f.name not in ("id", "paths", "present", "name", "changed_on"))


def paper_id(review: Review, path: str) -> str:
    """The hash of the bytes that were read; of a file that could not be opened, one of its path."""
    return review.document.sha256 or f"path-{hashlib.sha256(path.encode('utf-8', 'replace')).hexdigest()}"


ENTRY_COLUMNS = tuple(f.name for f in fields(Entry))
_READ: dict[str, Callable[[Any], Any]] = {
    **dict.fromkeys(_DAYS, lambda words: date.fromisoformat(words) if words else None),
    "paths": lambda words: tuple(json.loads(words)),
    "carried": lambda words: tuple(words.split()),
    "annual_cost": lambda words: stored_money(words) if words else None,
    "present": bool,
}
_READ_AT = tuple((ENTRY_COLUMNS.index(name), read) for name, read in _READ.items())


def read_entry(row: Iterable[Any]) -> Entry:
    """An entry from the values of ENTRY_COLUMNS, in their order."""
    values = list(row)
    for at, read in _READ_AT:
        values[at] = read(values[at])
    return Entry(*values)


def _cell(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return " ".join(value)
    words = getattr(value, "amount", None)
    return f"{words} {getattr(value, 'currency', None) or ''}".strip() if words is not None else value


def _unpacked(packed: bytes) -> Review:
    return Review.model_validate_json(zlib.decompress(packed))


def named(values: Iterable[str]) -> dict[str, str | None]:
    """`field=value` words as facts; nothing behind the sign takes the value back. Raises UsageError."""
    facts: dict[str, str | None] = {}
    for text in values:
        name, sign, value = text.partition("=")
        if not sign or not name.strip():
            raise UsageError(f'"{text}" is no value. Write it as field=value, such as renewal.notice_min=P60D.')
        facts[name.strip()] = value.strip() or None
    return facts
