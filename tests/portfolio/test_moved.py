"""What moved between two scans: days, terms, findings, files; after a change of rules, too."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from contractlens.errors import UsageError
from contractlens.portfolio.moved import DAYS, PAPER, RULES, START, Moved, moved
from contractlens.portfolio.register import Register
from contractlens.portfolio.scanning import scan
from tests.portfolio.agreements import AGREEMENT

TODAY = date(2026, 11, 21)
DRAFT = """id: trial/leave
title: Leaving
clause_kind: trial
category: termination
status: draft
match: {leaves: ["automatically renew"]}
needs: [leaves]
findings: [{when: anything else, severity: high, say: On trial.}]
examples:
  should_match: [{text: It shall automatically renew.}, {text: "They automatically renew."}, {text: "To automatically renew is bad."}]
  should_not_match: [{text: A., because: a}, {text: B., because: b}, {text: C., because: c}]
"""


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A folder with a single agreement, which is read in this process."""
    (tmp_path / "place").mkdir()
    (tmp_path / "place" / "a.txt").write_text(AGREEMENT)
    return tmp_path / "place"


def told(register: Register) -> list[Moved]:
    return list(moved(register))


def scanned(register: Register, place: Path, today: date = TODAY, **options: object) -> list[Moved]:
    list(scan(place, register=register, today=today, **options))  # type: ignore[arg-type]
    return told(register)


def test_without_a_scan_there_is_nothing_to_tell_and_the_first_has_nothing_before_it(register: Register, place: Path) -> None:
    with pytest.raises(UsageError, match="no scan"):
        told(register)
    assert scanned(register, place) == []
    assert scanned(register, place) == []


def test_a_changed_paper_tells_its_terms_and_its_days(register: Register, place: Path) -> None:
    scanned(register, place)
    (place / "a.txt").write_text(AGREEMENT.replace("99.9%", "99.5%").replace("March 1", "March 2"))
    (file,) = scanned(register, place)
    lines = [d.line() for d in file.differences]
    assert file.why == (PAPER,)
    assert "service level: 99.9 → 99.5 %: 2 h 55 min 20 s more a month" in lines
    assert "last day to give notice: 2027-01-29 → 2027-01-30: 1 day later" in lines
    assert scanned(register, place) == []


def test_new_files_and_files_that_are_gone(register: Register, place: Path) -> None:
    scanned(register, place)
    (place / "a.txt").rename(place / "b.txt")
    assert [(f.change, Path(f.path).name) for f in scanned(register, place)] == [("gone", "a.txt"), ("new", "b.txt")]


def test_a_draft_rule_is_tried_on_ones_own_paper(register: Register, place: Path, tmp_path: Path) -> None:
    scanned(register, place)
    (tmp_path / "rules" / "trial").mkdir(parents=True)
    (tmp_path / "rules" / "trial" / "leave.yml").write_text(DRAFT)
    (file,) = scanned(register, place, rules=tmp_path / "rules")
    assert file.why == (RULES,)
    assert [d.line() for d in file.differences] == ["finding trial/leave (on trial): new: high, On trial."]
    (back,) = scanned(register, place)
    assert [d.new for d in back.differences] == [None]


def test_days_that_moved_because_time_went_by_or_somebody_set_a_value(register: Register, place: Path) -> None:
    scanned(register, place)
    (file,) = scanned(register, place, today=date(2027, 2, 1))
    assert file.why == (DAYS,)
    assert file.differences[0].line() == "last day to give notice: 2027-01-29 → 2028-01-30: 366 days later"
    register.set(register.database.execute("SELECT id FROM paper").fetchone()[0], {"renewal.notice_min": "P60D"}, TODAY)
    (file,) = scanned(register, place, today=date(2027, 2, 1))
    assert [d.line() for d in file.differences] == ["last day to give notice: 2028-01-30 → 2027-12-31: 30 days earlier"]


def test_an_effective_date_that_somebody_set_is_no_change_of_the_rules(register: Register, place: Path) -> None:
    scanned(register, place)
    register.set(register.database.execute("SELECT id FROM paper").fetchone()[0], {"effective_date": "2026-06-01"}, TODAY)
    (file,) = scanned(register, place)
    assert file.why == (START,)
    assert "last day to give notice: 2027-01-29 → 2027-05-01: 92 days later" in [d.line() for d in file.differences]
    (file,) = scanned(register, place, we="vendor")
    assert file.why == (RULES,)


def test_a_scan_that_was_broken_off_hides_nothing(register: Register, place: Path) -> None:
    scanned(register, place)
    (place / "a.txt").write_text(AGREEMENT.replace("99.9%", "99.5%"))
    broken_off = scan(place, register=register, today=TODAY)
    next(broken_off)
    broken_off.close()
    (file,) = scanned(register, place)
    assert file.why == (PAPER,)
