"""The workbook, read back: dates are dates, the next day to act stands first, and nothing in it is a formula."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from contractlens.advice.finding import Review, ReviewError
from contractlens.advice.kept import Kept
from contractlens.errors import UsageError
from contractlens.exports.entry import entry
from contractlens.exports.spreadsheet import write_workbook
from contractlens.reckoning.deadlines import Deadline
from contractlens.values import Money

TODAY = date(2026, 11, 21)
MakeReview = Callable[..., Review]


def written(path: Path, *reviews: Review, kept: Kept | None = None) -> openpyxl.Workbook:
    write_workbook(path, [(entry(r, TODAY, kept=kept), r, kept) for r in reviews])
    return openpyxl.load_workbook(path)


def rows(sheet: openpyxl.worksheet.worksheet.Worksheet) -> list[dict[str, object]]:
    head, *others = sheet.iter_rows(values_only=True)
    return [dict(zip(head, row, strict=True)) for row in others]


def test_the_agreements_stand_by_the_day_to_act_with_real_dates_and_sums(make_review: MakeReview, tmp_path: Path) -> None:
    later = tuple(d.model_copy(update={"date": date(2029, 1, 1)}) for d in make_review().deadlines)
    kept = Kept(owner="Ann", annual_cost=Money(Decimal(1200), "EUR"))
    book = written(tmp_path / "a.xlsx", make_review(name="none.pdf", deadlines=()), make_review(name="later.pdf", deadlines=later), make_review(), kept=kept)
    assert book.sheetnames == ["Agreements", "Deadlines", "Findings", "Not read or dated"]
    first, second, third = rows(book["Agreements"])
    assert [r["Agreement"] for r in (first, second, third)] == ["harbor-dns.pdf", "later.pdf", "none.pdf"]
    assert (first["Act by"], first["Renews on"]) == (datetime(2027, 1, 29), datetime(2027, 3, 1))
    assert (first["Owner"], first["Annual cost"], first["Cost of one renewal"], first["Currency"]) == ("Ann", 1200, 1200, "EUR")
    assert first["To do"] == "Give written notice, or it renews for 12 months on 1 Mar 2027"
    assert [r["Day"] for r in rows(book["Deadlines"])][:3] == [datetime(2027, 1, 15), datetime(2027, 1, 29), datetime(2027, 3, 1)]
    assert {r["Severity"] for r in rows(book["Findings"])} == {"high", "medium"}
    (undated,) = rows(book["Not read or dated"])
    assert (undated["Agreement"], undated["Why"]) == ("none.pdf", "no date")


def test_a_file_that_was_not_read_stands_with_its_reason(make_review: MakeReview, tmp_path: Path) -> None:
    broken = make_review(terms=None, deadlines=(), findings=(), error=ReviewError(kind="encrypted", message="It needs a password."))
    book = written(tmp_path / "a.xlsx", broken)
    assert rows(book["Agreements"]) == []
    assert rows(book["Not read or dated"])[0]["What to do"] == "It needs a password."


def test_heads_stay_in_sight_and_days_that_are_near_are_coloured(make_review: MakeReview, tmp_path: Path) -> None:
    book = written(tmp_path / "a.xlsx", make_review())
    assert [sheet.freeze_panes for sheet in book] == ["A2"] * 4
    formulas = [f for rule in book["Agreements"].conditional_formatting for r in rule.rules for f in r.formula]
    assert any("TODAY()<=30" in f for f in formulas)
    assert book["Agreements"].auto_filter.ref == "A1:V2"


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", "{=", "http://evil.example/", "\x00=", "mailto:x@y"], ids=repr)
def test_no_words_of_a_document_are_a_formula_or_a_link(make_review: MakeReview, tmp_path: Path, start: str) -> None:
    evil = f'{start}HYPERLINK("http://evil.example","x")'
    deadline = Deadline(kind="opt_out_by", date=date(2027, 1, 29), basis=evil)
    findings = tuple(f.model_copy(update={"title": evil, "meaning": evil}) for f in make_review().findings)
    written(tmp_path / "a.xlsx", make_review(vendor=evil, name=f"{evil}.pdf", deadlines=(deadline,), findings=findings), kept=Kept(owner=evil))
    with zipfile.ZipFile(tmp_path / "a.xlsx") as parts:
        sheets = [parts.read(name).decode() for name in parts.namelist() if name.startswith("xl/worksheets/")]
        assert not any("hyperlink" in name.lower() or b"hyperlink" in parts.read(name).lower().replace(b"hyperlink(", b"") for name in parts.namelist() if name.endswith(".rels"))
    assert not any(re.search(r"<c [^>]*><f>|<hyperlinks", sheet) for sheet in sheets)


def test_a_workbook_that_cannot_be_written_is_told_and_the_one_before_stays(make_review: MakeReview, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot be written"):
        written(tmp_path / "none" / "a.xlsx", make_review())
    (tmp_path / "a.xlsx").write_text("before")

    def broken() -> object:
        yield entry(make_review(), TODAY), make_review(), None
        raise KeyError("x")

    with pytest.raises(KeyError):
        write_workbook(tmp_path / "a.xlsx", broken())  # type: ignore[arg-type]
    assert (tmp_path / "a.xlsx").read_text() == "before"
    assert [p.name for p in tmp_path.iterdir()] == ["a.xlsx"]
