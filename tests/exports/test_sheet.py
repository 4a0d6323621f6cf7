"""The page for a meeting: what is due, the money at risk, and one printed page of it."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pypdfium2
import pytest

from contractlens.advice.finding import Review
from contractlens.advice.kept import Kept
from contractlens.exports.entry import Entry, entry
from contractlens.exports.sheet import sheet
from contractlens.reckoning.deadlines import Deadline
from contractlens.values import Money

TODAY = date(2026, 11, 21)
MakeReview = Callable[..., Review]


def agreement(make_review: MakeReview, number: int, amount: str | None = None, currency: str = "EUR", vendor: str = "Harbor DNS, Inc.") -> tuple[Entry, Review]:
    days = Deadline(kind="opt_out_by", date=TODAY + timedelta(days=7 * number + 3), basis="counted")
    review = make_review(name=f"agreement-{number}.pdf", vendor=vendor, deadlines=(days,))
    return entry(review, TODAY, kept=Kept(owner="Ann", annual_cost=Money(Decimal(amount), currency) if amount else None)), review


def test_it_tells_what_is_due_who_looks_after_it_and_what_a_renewal_costs(make_review: MakeReview) -> None:
    page = sheet([agreement(make_review, 0, "1200"), agreement(make_review, 1, "800.50"), agreement(make_review, 2, "10", "USD"), agreement(make_review, 3)], [], TODAY)
    assert "EUR 2,000.50 + USD 10.00" in page
    assert "of 1 the cost is not known" in page
    assert "24 Nov 2026" in page
    assert "in 3 days" in page
    assert "Ann" in page
    assert "Give written notice" in page


def test_what_has_no_date_is_named(make_review: MakeReview) -> None:
    undated = entry(make_review(name="undated.pdf", deadlines=()), TODAY)
    assert "Not read, or without a date: undated.pdf" in sheet([], [undated], TODAY)


def test_words_of_a_document_are_no_markup(make_review: MakeReview) -> None:
    page = sheet([agreement(make_review, 0, vendor='<script>alert("x")</script>')], [], TODAY)
    assert "<script" not in page
    assert "&lt;script&gt;" in page


@pytest.mark.browser
@pytest.mark.skipif(not shutil.which("chromium"), reason="chromium prints it")
@pytest.mark.parametrize("count", [1, 40])
def test_it_prints_on_one_page(make_review: MakeReview, tmp_path: Path, count: int) -> None:
    due = [agreement(make_review, n % 17, "1200", vendor="The Very Long Name of a Vendor of Hosting and Connectivity Services, Inc.") for n in range(count)]
    (tmp_path / "sheet.html").write_text(sheet(due, [entry(make_review(name=f"undated-{'x' * 60}.pdf", deadlines=()), TODAY)] * 30, TODAY), encoding="utf-8")
    call = ["chromium", "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={tmp_path / 'profile'}", f"--print-to-pdf={tmp_path / 'sheet.pdf'}"]
    subprocess.run([*call, str(tmp_path / "sheet.html")], check=True, capture_output=True, timeout=120)
    printed = pypdfium2.PdfDocument(tmp_path / "sheet.pdf")
    assert len(printed) == 1
    text = printed[0].get_textpage().get_text_range()
    assert ("28 more to act on" in text) == (count == 40)
