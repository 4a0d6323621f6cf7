"""A scan into a register: what was seen where, one transaction a document, and what is gone when it comes to its end.

Each place remembers what lay there the scan before. A scan that did not come to its end is taken up by the next one: what it changed is
still told as a change.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import partial
from typing import Any

from contractlens.advice.finding import Review
from contractlens.advice.kept import corrected
from contractlens.portfolio.database import writing
from contractlens.portfolio.keys import review_key, settings_hash
from contractlens.portfolio.register import Register, paper_id
from contractlens.portfolio.results import at_path, sha256_of
from contractlens.portfolio.workers import Options

MOST_ROOTS = 50  # that are noted of a scan
SEEN_AT_ONCE = 200  # unchanged files that are written down together


class Run:
    """One scan over files, into a register."""

    def __init__(self, register: Register, roots: Iterable[str], options: Options) -> None:
        self.register = register
        self.options = options
        self.roots = [os.path.abspath(root) for root in roots]
        self.settings = settings_hash(options.rules_hash, options.we, options.view, options.opening.get("limits"), (options.without, options.house_limits))
        self.unchanged: list[tuple[str, str, str, Review]] = []
        self.writing = partial(writing, register.database, register.path)
        with self.writing():
            row = (_now(), options.today.isoformat(), json.dumps([place_of(root) for root in self.roots[:MOST_ROOTS]]))
            self.id = register.database.execute("INSERT INTO scan (started, today, roots) VALUES (?, ?, ?)", row).lastrowid or 0

    def known(self, paths: Sequence[str]) -> tuple[Iterable[Review] | None, Options]:
        """The reviews of files of the same bytes that were found in an earlier scan; None where they have to be read, and how: with the effective date that a person set."""
        paper = sha256_of(paths[0])
        own = self.register.own_date(paper) if paper else None
        options = replace(self.options, effective_date=own) if own else self.options
        key = review_key(self.settings, options.effective_date)
        found = self.register.recall(paper, key, options.today, with_password=bool(options.opening.get("password"))) if paper else None
        if found is None or paper is None:
            return None, options
        review = self._corrected(paper, found)
        self.unchanged += [(path, paper, key, review) for path in paths]
        if len(self.unchanged) >= SEEN_AT_ONCE:
            self.flush()
        return [at_path(review, path) for path in paths], options

    def found(self, found: Review, paths: Sequence[str], effective_date: date | None) -> Iterable[Review]:
        """Write down what was found in files of the same bytes: in one transaction, so that it is all there or not at all."""
        paper = paper_id(found, place_of(paths[0]))
        paths_there = [path for path in paths if found.document.sha256 or os.path.lexists(path)]
        review = found
        with self.writing():
            self._flush()
            if paths_there:
                new = self.register.database.execute("SELECT 1 FROM paper WHERE id = ?", (paper,)).fetchone() is None
                key = self.register.record(paper, found, self.options.today, settings=self.settings, given=effective_date)
                self._place(paper, key, paths_there, new=new, read=True)
                review = self._corrected(paper, found)
                self._remember_days(review, paths_there)
        return [at_path(review, path) for path in paths]

    def _corrected(self, paper: str, review: Review) -> Review:
        keeps = self.register.kept(paper)
        return corrected(review, keeps, self.options.today) if keeps.values else review

    def flush(self) -> None:
        with self.writing():
            self._flush()

    def _flush(self) -> None:
        for path, paper, key, review in self.unchanged:
            self._place(paper, key, [path], new=False, read=False)
            self._remember_days(review, [path])
        self.unchanged.clear()

    # ---- places

    def _place(self, paper: str, key: str, paths: Sequence[str], *, new: bool, read: bool) -> None:
        """Write down that the paper lies there."""
        database = self.register.database
        left: set[str] = set()
        came = False
        for path in paths:
            where = place_of(path)
            row = database.execute(
                "SELECT place.*, scan.finished FROM place LEFT JOIN scan ON scan.id = place.scan WHERE path = ?", (where,)
            ).fetchone()
            came |= row is None or row["gone"] is not None or row["paper"] != paper
            if row is None:
                database.execute("INSERT INTO place (path, paper, key, dates, scan) VALUES (?, ?, ?, '[]', ?)", (where, paper, key, self.id))
            else:
                self._moved_on(dict(row), paper, key, new)
                left.add(row["paper"])
        self._refresh(paper, key, changed=new or came or read)
        for before in left - {paper}:
            self._refresh(before, None, changed=True)

    def _moved_on(self, row: dict[str, Any], paper: str, key: str, new: bool) -> None:
        """What lay there becomes what was there the scan before; a scan that never ended was none."""
        database = self.register.database
        was = "was_paper = paper, was_key = key, was_dates = dates, " if row["scan"] < self.id and row["finished"] else ""
        database.execute(
            f"UPDATE place SET {was}paper = ?, key = ?, scan = max(scan, ?), gone = NULL WHERE path = ?",  # noqa: S608 (our own words)
            (paper, key, self.id, row["path"]),
        )
        if new and row["paper"] != paper and not row["paper"].startswith("path-"):
            day = self.options.today.isoformat()
            database.execute("UPDATE paper SET follows = ?, changed_on = ? WHERE id = ? AND follows IS NULL", (row["paper"], day, paper))

    def _refresh(self, paper: str, key: str | None, changed: bool) -> None:
        row = self.register.database.execute("SELECT key, reckoned_on, good_until, present FROM paper WHERE id = ?", (paper,)).fetchone()
        today = self.options.today.isoformat()
        right = row and row["present"] and row["reckoned_on"] <= today <= row["good_until"] and key in (None, row["key"])
        if row is None or (right and not changed):
            return
        if key and key != row["key"]:
            self.register.database.execute("UPDATE paper SET key = ? WHERE id = ?", (key, paper))
        self.register.refresh(paper, self.options.today)

    def _remember_days(self, review: Review, paths: Sequence[str]) -> None:
        """What the deadlines were on the day of this scan, for the next one to be held against."""
        days = json.dumps([[d.kind, d.date.isoformat()] for d in review.deadlines])
        self.register.database.executemany("UPDATE place SET dates = ?1 WHERE path = ?2 AND dates <> ?1", [(days, place_of(path)) for path in paths])

    def finish(self) -> None:
        """The end of the scan: what lay below its folders and is not there any more is gone."""
        database = self.register.database
        with self.writing():
            self._flush()
            for root in self.roots:
                rows = database.execute(
                    "SELECT path, paper FROM place WHERE gone IS NULL AND scan < ? AND path >= ? AND path < ?", (self.id, *_below(root))
                ).fetchall()
                gone = [(row["path"], row["paper"]) for row in rows if _is_gone(row["path"])]
                database.executemany("UPDATE place SET gone = ? WHERE path = ?", [(self.id, path) for path, _ in gone])
                for paper in {paper for _, paper in gone}:
                    self.register.refresh(paper, self.options.today)
            database.execute("UPDATE scan SET finished = ? WHERE id = ?", (_now(), self.id))
            database.execute(
                "DELETE FROM review WHERE key NOT IN (SELECT key FROM place WHERE place.paper = review.paper"
                " UNION SELECT was_key FROM place WHERE was_paper = review.paper UNION SELECT key FROM paper WHERE id = review.paper)"
            )


def place_of(path: str) -> str:
    """The path as the register names it: from the root, and without bytes that are no UTF-8."""
    return os.fsencode(os.path.abspath(path)).decode("utf-8", "backslashreplace")


def _below(root: str) -> tuple[str, str]:
    """Between which two words, in the order of the alphabet, the places of a folder stand; or that of a file."""
    where = place_of(root)
    if not os.path.isdir(root):
        return where, f"{where}\0"
    folder = where.rstrip(os.sep)
    return f"{folder}{os.sep}", f"{folder}{chr(ord(os.sep) + 1)}"


def _is_gone(path: str) -> bool:
    try:
        os.lstat(path)
    except (FileNotFoundError, NotADirectoryError):
        return True
    except OSError:
        return False  # it cannot be looked at, so nothing is known of it
    return False


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


