"""What is in a register, searched and filtered: entries for lists, reviews for what shows more of them."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from contractlens.advice.finding import Review, Severity
from contractlens.advice.kept import Kept, Status
from contractlens.errors import UsageError
from contractlens.exports.entry import Entry
from contractlens.portfolio.register import ENTRY_COLUMNS, Register, read_entry
from contractlens.portfolio.runs import place_of

_SELECT = f"SELECT {', '.join(ENTRY_COLUMNS)} FROM paper"  # noqa: S608 (our own names)
_SEVERITIES = {"high": "high > 0", "medium": "high + medium > 0", "low": "high + medium + low > 0"}
_SHORTEST = 6  # characters of a hash that name a paper


@dataclass(frozen=True, slots=True)
class Filter:
    """Which agreements: all conditions that are given hold. `vendor` and `text` are looked for anywhere, in any case."""

    vendor: str | None = None
    text: str | None = None
    act_from: date | None = None
    act_until: date | None = None
    severity: Severity | None = None
    owner: str | None = None
    status: Status | None = None
    flagged: bool = False
    gone: bool = False


def entries(register: Register, today: date, chosen: Filter | None = None) -> Iterator[Entry]:
    """The agreements by the day to act by, those without one last; their dates as seen from `today`."""
    register.bring_up_to(today)
    chosen = chosen or Filter()
    where, values = _where(chosen)
    dated = chosen.act_from or chosen.act_until  # then the index has them in order
    order = "act_by, id" if dated else "act_by IS NULL, act_by, error_kind IS NOT NULL, name, id"
    for row in register.database.execute(f"{_SELECT} WHERE {where} ORDER BY {order}", values):
        yield read_entry(row)


def in_full(register: Register, today: date, chosen: Filter | None = None) -> Iterator[tuple[Entry, Review, Kept]]:
    """The same, each with its review and what a person keeps beside it."""
    for entry in entries(register, today, chosen):
        yield entry, register.review(entry.id, today), register.kept(entry.id)


def one(register: Register, paper: str, today: date) -> tuple[Entry, Review, Kept]:
    """One agreement, its dates as seen from `today`."""
    register.refresh(paper, today)
    row = register.database.execute(f"{_SELECT} WHERE id = ?", (paper,)).fetchone()
    return read_entry(row), register.review(paper, today), register.kept(paper)


def _where(chosen: Filter) -> tuple[str, dict[str, str]]:
    conditions = ["present" if not chosen.gone else "NOT present"]
    values: dict[str, str] = {}

    def add(condition: str, **given: str) -> None:
        conditions.append(condition)
        values.update(given)

    if chosen.vendor:
        add(r"vendor LIKE :vendor ESCAPE '\'", vendor=_anywhere(chosen.vendor))
    if chosen.text:
        add(r"(name || ' ' || vendor || ' ' || customer || ' ' || kind || ' ' || uptime) LIKE :text ESCAPE '\'", text=_anywhere(chosen.text))
    if chosen.act_from:
        add("act_by >= :act_from", act_from=chosen.act_from.isoformat())
    if chosen.act_until:
        add("act_by <= :act_until", act_until=chosen.act_until.isoformat())
    if chosen.severity:
        add(f"({_SEVERITIES[chosen.severity]})")
    if chosen.owner:
        add(r"owner LIKE :owner ESCAPE '\'", owner=_anywhere(chosen.owner))
    if chosen.status:
        add("status = :status", status=chosen.status)
    if chosen.flagged:
        add("carried <> ''")
    return " AND ".join(conditions), values


def _anywhere(words: str) -> str:
    return "%" + re.sub(r"([\\%_])", r"\\\1", words) + "%"


def find(register: Register, words: str) -> str:
    """The id of the one agreement that is meant: by its path, the first characters of its hash, its file's name or its vendor. Raises UsageError."""
    ways = [("SELECT paper AS id FROM place WHERE path = ? ORDER BY gone IS NOT NULL LIMIT 1", place_of(words))]
    if re.fullmatch(rf"[0-9a-f]{{{_SHORTEST},64}}", words.lower()):
        ways.append(("SELECT id FROM paper WHERE substr(id, 1, length(?1)) = ?1 LIMIT 9", words.lower()))
    ways += [("SELECT id FROM paper WHERE name = ? AND present LIMIT 9", os.path.basename(words)), (r"SELECT id FROM paper WHERE vendor LIKE ? ESCAPE '\' AND present LIMIT 9", _anywhere(words))]
    for query, value in ways:
        found = [str(row["id"]) for row in register.database.execute(query, (value,))]
        if len(found) == 1:
            return found[0]
        if found:
            raise UsageError(f"{words}: {len(found)} agreements are meant by it ({', '.join(id[:12] for id in found)}). Give the path, or the first characters of the hash.")
    raise UsageError(f"{words}: no such agreement is in {register.path}. `contractlens register list` shows what is.")
