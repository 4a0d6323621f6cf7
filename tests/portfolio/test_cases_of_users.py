"""What users of other tools ran into, held against the register, the calendar and the spreadsheet together."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import pytest
from icalendar import Calendar
from openpyxl import load_workbook

from contractlens.exports.calendar import ALARMS
from contractlens.exports.spreadsheet import write_workbook
from contractlens.portfolio.listing import in_full
from contractlens.portfolio.planning import calendar
from contractlens.portfolio.register import Register
from contractlens.portfolio.scanning import scan

LONG = """HOSTING AGREEMENT

This Agreement is made as of March 1, 2026 between Harbor Hosting, Inc. ("Provider") and Example Ltd. ("Customer").

1. Term. The initial term of this Agreement is thirty-six (36) months from the Effective Date, March 1, 2026. This Agreement shall automatically
renew for successive periods of twelve (12) months unless either party gives the other written notice of non-renewal at least thirty (30) days
before the end of the then-current term.
"""
SHORT = LONG.replace("thirty-six (36) months", "one (1) year").replace("twelve (12) months", "one (1) year")
MAY_BE = SHORT.replace("made as of March 1, 2026 between", "between").replace(", March 1, 2026", "") + (
    "\n2. Fees. Invoices may be 30 days old when they are paid, and the fees may be reviewed. Support may 10 days a year be closed.\n"
)


@dataclass
class Told:
    """What each of the three says of one agreement."""

    listed: date | None
    days: dict[str, date]  # of the calendar's events, by what they are
    rings: list[date]
    written: date | None
    open: list[str]

    @property
    def act_by(self) -> date | None:
        """The day to act by, on which all three agree."""
        (noted,) = {day for what, day in self.days.items() if what.startswith("Last day")} or {None}
        assert self.listed == self.written == noted
        return self.listed


def told(register: Register, today: date, folder: Path) -> Told:
    ((entry, review, kept),) = in_full(register, today)
    write_workbook(folder / "list.xlsx", [(entry, review, kept)])
    book = load_workbook(folder / "list.xlsx")
    cell = book["Agreements"]["A2"].value
    made: list[bytes] = []
    calendar(register, today, made.append, alarms=ALARMS)
    events = [e for e in Calendar.from_ical(made[0]).walk("VEVENT") if e["STATUS"] != "CANCELLED"]
    rings = [e["DTSTART"].dt + alarm["TRIGGER"].dt for e in events for alarm in e.walk("VALARM")]
    days = {str(e["SUMMARY"]): e["DTSTART"].dt for e in events}
    return Told(entry.act_by, days, rings, cell.date() if cell else None, [row[2].value for row in book["Not read or dated"].iter_rows(min_row=2)])


@pytest.fixture
def place(tmp_path: Path) -> Path:
    (tmp_path / "place").mkdir()
    return tmp_path / "place" / "a.txt"


def scanned(register: Register, place: Path, text: str, today: date) -> Told:
    place.write_text(text)
    list(scan(place, register=register, today=today))
    return told(register, today, place.parent.parent)


def test_no_alarm_rings_in_the_first_year_of_a_term_of_36_months(register: Register, place: Path) -> None:
    found = scanned(register, place, LONG, date(2026, 11, 21))
    assert found.act_by == date(2029, 1, 29)
    assert min(found.rings) >= date(2028, 12, 1)


def test_the_second_renewal_is_the_first_term_and_one_renewal_away(register: Register, place: Path) -> None:
    assert scanned(register, place, LONG, date(2029, 6, 1)).act_by == date(2030, 1, 29)
    assert scanned(register, place, LONG, date(2030, 6, 1)).act_by == date(2031, 1, 29)


def test_where_the_day_for_notice_has_passed_nothing_asks_for_notice_on_the_last_day_of_the_term(register: Register, place: Path) -> None:
    found = scanned(register, place, SHORT, date(2027, 2, 10))
    assert found.act_by == date(2028, 1, 30)
    assert not [day for what, day in found.days.items() if "notice" in what.lower() and day < date(2028, 1, 1)]


def test_a_date_that_a_person_edits_moves_its_reminders(register: Register, place: Path) -> None:
    today = date(2026, 11, 21)
    before = scanned(register, place, SHORT, today)
    assert before.act_by == date(2027, 1, 29)
    paper = register.database.execute("SELECT id FROM paper").fetchone()[0]
    register.set(paper, {"effective_date": "2026-06-01"}, today)
    after = told(register, today, place.parent.parent)
    assert after.act_by == date(2027, 5, 1)
    assert set(after.rings) >= {date(2027, 5, 1) - timedelta(days=n) for n in (30, 7, 1)}
    assert not set(after.rings) & {date(2027, 1, 29) - timedelta(days=n) for n in (30, 7, 1)}


@pytest.mark.parametrize("words", ["may be", "30 days"])
def test_neither_may_be_nor_30_days_is_a_date(register: Register, place: Path, words: str) -> None:
    assert words in MAY_BE
    found = scanned(register, place, MAY_BE, date(2026, 11, 21))
    assert found.act_by is None
    assert found.days == {}
    assert "--effective-date" in found.open[0]


def test_where_the_next_renewal_can_no_longer_be_stopped_the_one_after_it_is_named(register: Register, place: Path) -> None:
    text = SHORT.replace("March 1, 2026", "March 1, 2020").replace("thirty (30) days", "twelve (12) months")
    found = scanned(register, place, text, date(2026, 11, 21))
    assert found.act_by == date(2027, 2, 28)
    ((entry, _, _),) = in_full(register, date(2026, 11, 21))
    assert entry.ends_on == date(2028, 2, 29)
    assert entry.to_do == "give written notice, or it renews for 1 year on 1 Mar 2028"
