"""What moved between the scan before and the last one: of each file, what changed in its terms, days and findings, and why."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from contractlens.advice.differences import Difference, differences, moved_days
from contractlens.advice.finding import Review
from contractlens.errors import UsageError
from contractlens.portfolio.register import Register

Change = Literal["new", "gone", "changed"]
PAPER, RULES = "the paper changed", "the rules, the options or the program changed"
START, DAYS = "another effective date was given", "days went by, or a value was set"


@dataclass(frozen=True, slots=True)
class Moved:
    """One file of which something changed."""

    path: str
    change: Change
    why: tuple[str, ...] = ()
    differences: tuple[Difference, ...] = ()
    act_by: date | None = None

    @property
    def happened(self) -> str:
        """What happened to the file, in words: `the paper changed, act by 2027-01-29`."""
        act = f"act by {self.act_by}" if self.act_by else ""
        what = {"new": "new", "gone": "the file is gone", "changed": " and ".join(self.why)}[self.change]
        return ", ".join(part for part in (what, act) if part)


def last_scan(register: Register) -> tuple[int, str, str | None]:
    """The number of the last scan that came to its end, when it began, and when the one before it did. Raises UsageError where there is none."""
    rows = register.database.execute("SELECT id, started FROM scan WHERE finished IS NOT NULL ORDER BY id DESC LIMIT 2").fetchall()
    if not rows:
        raise UsageError(f"{register.path}: no scan has come to its end yet. Scan again with --register {register.path}; what was read is kept.")
    return rows[0]["id"], rows[0]["started"], rows[1]["started"] if rows[1:] else None


def moved(register: Register) -> Iterator[Moved]:
    """The files of the last scan of which something changed: those that are gone, the new ones, then the others, by path."""
    scan, _, before = last_scan(register)
    query = "SELECT * FROM place WHERE (scan = ?1 AND gone IS NULL) OR gone = ?1 ORDER BY gone IS NULL, was_paper IS NOT NULL, path"
    for row in register.database.execute(query, (scan,)):
        if row["gone"]:
            yield Moved(row["path"], "gone", act_by=_act_by(register, row["paper"]))
        elif row["was_paper"] is None:
            if before:
                yield Moved(row["path"], "new", act_by=_act_by(register, row["paper"]))
        elif (row["was_paper"], row["was_key"], row["was_dates"]) != (row["paper"], row["key"], row["dates"]):
            yield from _changed(register, row)


def _changed(register: Register, row: sqlite3.Row) -> Iterator[Moved]:
    why = [PAPER] if row["paper"] != row["was_paper"] else []
    before, now = (_made_with(register, row[f"{was}paper"], row[f"{was}key"]) for was in ("was_", ""))
    why += [reason for reason, a, b in zip((RULES, START), before, now, strict=True) if a != b]
    found: list[Difference] = []
    if why:
        found += differences(_undated(register.as_found(row["was_paper"], row["was_key"])), _undated(register.as_found(row["paper"], row["key"])))
    found += moved_days(_days(row["was_dates"]), _days(row["dates"]))
    if found or PAPER in why:
        yield Moved(row["path"], "changed", tuple(why or [DAYS]), tuple(found), _act_by(register, row["paper"]))


def _made_with(register: Register, paper: str, key: str) -> tuple[str, str]:
    """The settings and the effective date with which a review was made."""
    row = register.database.execute("SELECT settings, given FROM review WHERE paper = ? AND key = ?", (paper, key)).fetchone()
    return (row["settings"], row["given"]) if row else ("", "")


def _undated(review: Review) -> Review:
    """Without its deadlines: the scans remember those, with what a person corrected."""
    return review.model_copy(update={"deadlines": ()})


def _days(words: str) -> list[tuple[str, date]]:
    return [(kind, date.fromisoformat(day)) for kind, day in json.loads(words)]


def _act_by(register: Register, paper: str) -> date | None:
    row = register.database.execute("SELECT act_by FROM paper WHERE id = ?", (paper,)).fetchone()
    return date.fromisoformat(row["act_by"]) if row and row["act_by"] else None
