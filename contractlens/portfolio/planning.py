"""The calendar of a whole register: it remembers what calendars were told, and so can move an event, and cancel one.

An event keeps its UID when its day moves, also when the paper is replaced by a new version of it. Its SEQUENCE rises when it moves, is
cancelled or comes back. The events of what has ended are cancelled and not left out: a calendar would keep them.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import PurePath
from uuid import UUID

from contractlens.exports.calendar import Plan, ahead, check, plans, stamp_of, uid_of, written
from contractlens.exports.words import clean
from contractlens.portfolio.database import writing
from contractlens.portfolio.register import Register
from contractlens.values import Duration

NOTICE_GIVEN = ("opt_out_opens", "opt_out_by", "renews_on")  # what notice settles
_PAPERS = (
    "SELECT id, name, present, follows, EXISTS (SELECT 1 FROM paper AS next WHERE next.follows = paper.id AND next.present) AS replaced"
    " FROM paper WHERE error_kind IS NULL OR EXISTS (SELECT 1 FROM event WHERE event.paper = paper.id) ORDER BY first_seen, name, id"
)


def calendar(
    register: Register,
    today: date,
    write: Callable[[bytes], None],
    *,
    alarms: Sequence[Duration],
    stamp: datetime | None = None,
    reminders_as_events: bool = False,
) -> None:
    """Pass the register's deadlines, as the bytes of an .ics file, to `write`; what it was told is remembered once that is done."""
    stamp = stamp_of(stamp)
    check(alarms, today)
    register.bring_up_to(today)
    with writing(register.database, register.path):
        for paper in register.database.execute(_PAPERS).fetchall():
            if paper["follows"] and paper["present"]:
                _take_over(register.database, paper["id"], paper["follows"])
            wanted = [] if paper["replaced"] and not paper["present"] else list(_wanted(register, paper, today, alarms, reminders_as_events))
            _remember(register.database, paper["id"], wanted, today, stamp)
        write(written(_events(register, today, alarms, reminders_as_events), stamp))


def _wanted(register: Register, paper: sqlite3.Row, today: date, alarms: Sequence[Duration], reminders_as_events: bool) -> Iterator[Plan]:
    settled = register.kept(paper["id"]).settled
    if settled == "ended":
        return
    review = ahead(register.review(paper["id"], today), today)
    rows = register.database.execute("SELECT path FROM place WHERE paper = ? ORDER BY gone IS NOT NULL, path", (paper["id"],))
    files = list(dict.fromkeys(clean(PurePath(row["path"]).name) for row in rows)) or [paper["name"]]
    for plan in plans(review, files, alarms, reminders_as_events=reminders_as_events):
        if settled is None or plan.kind.split("-")[0] not in NOTICE_GIVEN:
            yield plan


def _take_over(database: sqlite3.Connection, paper: str, before: str) -> None:
    """A new version of a paper goes on with the events of the one before, unless that one is still there, too."""
    free = database.execute(
        "SELECT NOT present AND NOT EXISTS (SELECT 1 FROM event WHERE event.paper = ?) FROM paper WHERE id = ?", (paper, before)
    ).fetchone()
    if free and free[0]:
        database.execute("UPDATE event SET paper = ? WHERE paper = ?", (paper, before))


def _remember(database: sqlite3.Connection, paper: str, wanted: Sequence[Plan], today: date, stamp: datetime) -> None:
    """Write down what calendars are to be told of a paper from now on."""
    told = {(row["kind"], row["number"]): row for row in database.execute("SELECT * FROM event WHERE paper = ?", (paper,)).fetchall()}
    for plan in wanted:
        row = told.pop((plan.kind, plan.number), None)
        values = (plan.day.isoformat(), plan.summary, _content(plan))
        if row is None:
            uid = str(uid_of(paper, plan.kind, plan.number))
            database.execute("INSERT OR REPLACE INTO event VALUES (?, ?, ?, ?, ?, ?, ?, 0, 0, ?)", (uid, paper, plan.kind, plan.number, *values, stamp.isoformat()))
        elif row["cancelled"] or row["content"] != _content(plan):
            moved = row["cancelled"] or row["day"] != plan.day.isoformat()
            database.execute(
                "UPDATE event SET day = ?, summary = ?, content = ?, sequence = sequence + ?, cancelled = 0, changed = ? WHERE uid = ?",
                (*values, int(moved), stamp.isoformat(), row["uid"]),
            )
    for row in told.values():
        if not row["cancelled"] and row["day"] >= today.isoformat():
            database.execute("UPDATE event SET sequence = sequence + 1, cancelled = 1, content = '', changed = ? WHERE uid = ?", (stamp.isoformat(), row["uid"]))


def _events(register: Register, today: date, alarms: Sequence[Duration], reminders_as_events: bool) -> Iterator[tuple[UUID, Plan]]:
    """All events, with what is remembered of each; those that have passed and are wanted no more are left out."""
    for paper in register.database.execute(_PAPERS).fetchall():
        told = register.database.execute("SELECT * FROM event WHERE paper = ? ORDER BY day, kind, number", (paper["id"],)).fetchall()
        wanted = {(p.kind, p.number): p for p in _wanted(register, paper, today, alarms, reminders_as_events)} if any(not r["cancelled"] for r in told) else {}
        for row in told:
            changed = datetime.fromisoformat(row["changed"]).astimezone(UTC)
            plan = wanted.get((row["kind"], row["number"]))
            if row["cancelled"]:
                plan = Plan(row["kind"], row["number"], date.fromisoformat(row["day"]), row["summary"], cancelled=True)
            if plan:
                yield UUID(row["uid"]), replace(plan, sequence=row["sequence"], changed=changed)


def _content(plan: Plan) -> str:
    parts = (plan.day.isoformat(), plan.summary, plan.description, *map(str, plan.alarms))
    return hashlib.sha256("\0".join(parts).encode("utf-8", "replace")).hexdigest()
