"""Agreements as an Excel workbook: one sheet of agreements, one of deadlines, one of findings, one of what could not be read or dated.

Days are real dates and sums real numbers. Words are written as words: none can be read as a formula, a link or a number. Colours follow the
day on which the workbook is opened.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

import xlsxwriter
from xlsxwriter.exceptions import XlsxWriterException
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from contractlens.advice.finding import Review
from contractlens.advice.kept import Kept
from contractlens.errors import UsageError
from contractlens.exports import outline
from contractlens.exports.entry import Entry
from contractlens.exports.files import in_place_of
from contractlens.exports.words import clean, shorten
from contractlens.reckoning.deadlines import Deadline

LONGEST = 2000  # characters in a cell
SOON, LATER = 30, 90  # days in which a date is coloured
PRINTED = 14  # columns of a sheet that go to paper; the others would make it too small to read
LINE, MOST_LINES = 13.0, 8  # points of a line, and lines of a row that are seen at once
MOST_ROWS = 1_048_576  # of a sheet, by Excel's own limit

Row = Sequence[object]


@dataclass(frozen=True, slots=True)
class Column:
    """A column's head, its width in characters, and how its cells are written."""

    head: str
    width: int
    form: str = "words"


AGREEMENTS = (
    Column("Act by", 12, "date"), Column("To do", 34), Column("Vendor", 26), Column("Agreement", 32), Column("Status", 13), Column("Owner", 16),
    Column("Annual cost", 13, "money"), Column("Cost of one renewal", 13, "money"), Column("Currency", 9), Column("Starts", 12, "date"),
    Column("First term ends", 14, "date"), Column("Renews on", 12, "date"), Column("Ends or bound until", 12, "date"), Column("Renewal", 34),
    Column("Service level", 30), Column("High", 7, "number"), Column("Medium", 8, "number"), Column("Low", 7, "number"),
    Column("Kind", 16), Column("Customer", 24), Column("Look at", 30), Column("Files", 60),
)  # fmt: skip
DEADLINES = (
    Column("Day", 12, "date"), Column("What", 34), Column("Vendor", 26), Column("Agreement", 32), Column("Owner", 16),
    Column("How it was counted", 70), Column("Clause", 24),
)  # fmt: skip
FINDINGS = (
    Column("Severity", 10), Column("Vendor", 26), Column("Agreement", 32), Column("Finding", 34), Column("What it means", 60), Column("Quote", 60),
    Column("Clause", 24), Column("Ask for", 60), Column("Rule", 28),
)  # fmt: skip
OPEN = (Column("Agreement", 32), Column("Why", 14), Column("What to do", 90), Column("Files", 60))

_FONT = {"font_name": "Calibri", "font_size": 10, "valign": "top"}


def write_workbook(path: Path, agreements: Iterable[tuple[Entry, Review, Kept | None]]) -> None:
    """The agreements as a workbook, their dates reckoned for the day of writing. Raises UsageError where it cannot be written."""
    try:
        with in_place_of(path) as beside:
            book = Workbook(beside)
            for entry, review, kept in agreements:
                book.add(entry, review, kept)
            book.close()
    except XlsxWriterException as error:
        raise UsageError(f"{path}: the spreadsheet cannot be written ({error}). Check the folder, the permissions and the room on the disk.") from None


class Workbook:
    """A workbook that is being written: agreements are added one by one, in any order, and findings go to the disk as they come."""

    def __init__(self, path: Path) -> None:
        options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
        self.book = xlsxwriter.Workbook(str(path), options)
        self.book.set_properties({"title": "Agreements", "comments": outline.NOT_ADVICE})
        self.forms: dict[str, Format] = {
            "words": self.book.add_format({**_FONT, "text_wrap": True}),
            "date": self.book.add_format({**_FONT, "num_format": "d mmm yyyy", "align": "left"}),
            "money": self.book.add_format({**_FONT, "num_format": "#,##0.00_)"}),
            "number": self.book.add_format({**_FONT, "num_format": "0"}),
            "head": self.book.add_format({**_FONT, "bold": True, "font_color": "#FFFFFF", "bg_color": "#24405C", "text_wrap": True}),
        }
        sheets = {"Agreements": AGREEMENTS, "Deadlines": DEADLINES, "Findings": FINDINGS, "Not read or dated": OPEN}
        self.agreements, self.deadlines, self.findings, self.open = (self._sheet(name, columns) for name, columns in sheets.items())
        self.found = 0
        self.rows: dict[str, list[Row]] = {"agreements": [], "deadlines": [], "open": []}

    def add(self, entry: Entry, review: Review, kept: Kept | None = None) -> None:
        """One agreement, its dates reckoned for the day of the workbook."""
        files = "\n".join(clean(path) for path in entry.paths[:20])
        if review.error:
            kind = "could not be read" if review.error.kind == "unreadable" else review.error.kind.replace("_", " ")
            self.rows["open"].append((entry.name, kind, review.error.message, files))
            return
        self.rows["agreements"].append(_agreement(entry, files))
        self.rows["deadlines"] += [_deadline(entry, review, d) for d in review.deadlines if not (kept and kept.settled)]
        if entry.undated:
            missing = "; ".join(outline.unknown(u) for u in review.unknown) or entry.undated
            self.rows["open"].append((entry.name, "no date", missing, files))
        for finding in outline.by_urgency(review.findings):
            if self.found < MOST_ROWS - 1:
                self.found += 1
                ask = outline.redline(finding, "preferred")
                quote = finding.evidence[0].quote if finding.evidence else ""
                words = (finding.title, finding.meaning, quote, outline.place(finding), ask.text if ask else "", finding.rule)
                self._write(self.findings, FINDINGS, self.found, (finding.severity, entry.vendor, entry.name, *words))

    def close(self) -> None:
        """Write what is sorted, and the file."""
        self._fill(self.agreements, AGREEMENTS, sorted(self.rows["agreements"], key=_by_day))
        self._fill(self.deadlines, DEADLINES, sorted(self.rows["deadlines"], key=_by_day))
        self._fill(self.open, OPEN, sorted(self.rows["open"], key=lambda row: str(row[0])))
        self._colour(self.agreements, len(self.rows["agreements"]))
        self._colour(self.deadlines, len(self.rows["deadlines"]))
        self._colour_severities()
        self.book.close()

    # ---- sheets

    def _sheet(self, name: str, columns: Sequence[Column]) -> Worksheet:
        sheet = self.book.add_worksheet(name)
        sheet.set_row(0, 2 * LINE + 2)
        for number, column in enumerate(columns):
            sheet.set_column(number, number, column.width, self.forms[column.form])
            sheet.write_string(0, number, column.head, self.forms["head"])
        sheet.freeze_panes(1, 0)
        sheet.set_landscape()
        sheet.set_paper(9)  # A4
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
        return sheet

    def _fill(self, sheet: Worksheet, columns: Sequence[Column], rows: Iterable[Row]) -> None:
        number = 0
        for number, row in enumerate(rows, 1):
            if number < MOST_ROWS:
                self._write(sheet, columns, number, row)
        self._frame(sheet, columns, number)

    def _frame(self, sheet: Worksheet, columns: Sequence[Column], rows: int) -> None:
        """What can be filtered, and what goes to paper."""
        sheet.autofilter(0, 0, max(rows, 1), len(columns) - 1)
        sheet.print_area(0, 0, max(rows, 1), min(len(columns), PRINTED) - 1)

    def _write(self, sheet: Worksheet, columns: Sequence[Column], number: int, row: Row) -> None:
        sheet.set_row(number, _height(columns, row))
        for at, (column, value) in enumerate(zip(columns, row, strict=True)):
            form = self.forms[column.form]
            if value is None or value == "":
                sheet.write_blank(number, at, None, form)
            elif isinstance(value, date):
                sheet.write_datetime(number, at, value, form)
            elif isinstance(value, int | Decimal):
                sheet.write_number(number, at, float(value), form)
            else:
                sheet.write_string(number, at, _words(str(value)), form)

    def _colour(self, sheet: Worksheet, rows: int) -> None:
        """Red for what is due within a month, amber for what is due within three, grey for what has passed."""
        past, soon, later = (self.book.add_format({"bg_color": c, "font_color": f}) for c, f in (("#E6E6E6", "#666666"), ("#F8C9C4", "#8C1D18"), ("#FDE7B8", "#6B4700")))
        days = "$A2-TODAY()"
        for condition, form in ((f'AND($A2<>"",{days}<0)', past), (f'AND($A2<>"",{days}<={SOON})', soon), (f'AND($A2<>"",{days}<={LATER})', later)):
            sheet.conditional_format(1, 0, max(rows, 1), 0, {"type": "formula", "criteria": f"={condition}", "format": form, "stop_if_true": True})

    def _colour_severities(self) -> None:
        self._frame(self.findings, FINDINGS, self.found)
        for severity, colour in (("high", "#F8C9C4"), ("medium", "#FDE7B8"), ("low", "#D7E6F7")):
            form = self.book.add_format({"bg_color": colour})
            self.findings.conditional_format(1, 0, max(self.found, 1), 0, {"type": "cell", "criteria": "==", "value": f'"{severity}"', "format": form})


def _height(columns: Sequence[Column], row: Row) -> float:
    """In points, so that wrapped words are seen: programs do not agree on whether they work that out themselves."""
    lengths = [sum(-(-len(line) // column.width) or 1 for line in str(value or "").split("\n")) for column, value in zip(columns, row, strict=True) if column.form == "words"]
    return LINE * min(max(lengths, default=1), MOST_LINES) + 2


def _agreement(entry: Entry, files: str) -> Row:
    to_do = f"{entry.to_do[:1].upper()}{entry.to_do[1:]}"
    risk, cost = entry.at_risk, entry.annual_cost
    money = (cost.amount if cost else None, risk.amount if risk else None, (cost.currency or "") if cost else "")
    days = (entry.effective_date, entry.expiration_date, entry.renews_on, entry.ends_on)
    counts = (entry.high, entry.medium, entry.low)
    who = (entry.vendor, entry.name, entry.status.replace("_", " "), entry.owner or "")
    return (entry.act_by, to_do, *who, *money, *days, entry.renewal, entry.uptime, *counts, entry.kind.replace("_", " "), entry.customer, entry.flag, files)


def _deadline(entry: Entry, review: Review, deadline: Deadline) -> Row:
    where = next((outline.where(e) for e in outline.evidence_of(review, deadline) if outline.where(e)), "")
    return (deadline.date, outline.label(review, deadline), entry.vendor, entry.name, entry.owner or "", deadline.basis, where)


def _by_day(row: Row) -> tuple[bool, date, str]:
    day = row[0]
    return not isinstance(day, date), day if isinstance(day, date) else date.max, str(row[3])


def _words(text: str) -> str:
    """Lines of words as a cell holds them."""
    return "\n".join(shorten(line, LONGEST) for line in text.splitlines()[:20])
