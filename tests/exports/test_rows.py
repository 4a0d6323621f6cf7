"""Many reviews as a table and as CSV."""

from __future__ import annotations

import csv
from collections.abc import Callable
from datetime import date
from io import StringIO

import pytest

from contractlens.advice.finding import Review, ReviewError
from contractlens.exports import rows
from contractlens.reckoning.deadlines import Deadline

TODAY = date(2026, 11, 21)
MakeReview = Callable[..., Review]


def read(review: Review) -> dict[str, str]:
    return next(csv.DictReader(StringIO(rows.csv_head() + rows.csv_row(review, TODAY))))


def test_a_row_holds_the_main_fields(make_review: MakeReview) -> None:
    row = read(make_review())
    expected = {
        "path": "samples/harbor-dns.pdf", "vendor": "Harbor DNS, Inc.", "effective_date": "2026-03-01", "initial_term": "P1Y",
        "renewal": "automatic", "renewal_term": "P12M", "notice_min": "P30D", "act_by": "2027-01-29", "act_by_kind": "opt_out_by",
        "opt_out_opens": "2027-01-15", "renews_on": "2027-03-01", "uptime": "99.9%/month", "high": "1", "medium": "1", "low": "0",
        "error": "",
    }  # fmt: skip
    assert {name: row[name] for name in expected} == expected


def test_a_file_that_was_not_read_has_a_row_with_the_reason(make_review: MakeReview) -> None:
    row = read(make_review(terms=None, deadlines=(), findings=(), error=ReviewError(kind="encrypted", message="It needs\na password.")))
    assert (row["error"], row["error_message"], row["high"], row["act_by"]) == ("encrypted", "It needs a password.", "", "")


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "＝", "＋", "－", "＠", " =", "\t=", "\r=", "\x00="], ids=repr)
def test_no_cell_is_a_formula(make_review: MakeReview, start: str) -> None:
    row = read(
        make_review(
            vendor=f"{start}HYPERLINK(1)", name=f"{start}x.pdf", document=make_review().document.model_copy(update={"path": f"{start}x"})
        )
    )
    assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")) for cell in row.values())
    assert row["vendor"].startswith("'")


def test_the_table_begins_with_the_next_day_to_act_by_and_ends_with_what_was_not_read(make_review: MakeReview) -> None:
    later = tuple(d.model_copy(update={"date": date(2029, 1, 1)}) for d in make_review().deadlines)
    error = ReviewError(kind="unreadable", message="The file is damaged.")
    broken = make_review(name="broken.pdf", terms=None, deadlines=(), findings=(), error=error)
    others = [make_review(name="none.pdf", deadlines=()), make_review(name="later.pdf", deadlines=later), make_review(name="soon.pdf")]
    table = rows.as_table([broken, *others], TODAY, 140)
    order = [next(i for i, line in enumerate(table.splitlines()) if name in line) for name in ("soon", "later", "none", "broken")]
    assert order == sorted(order)
    assert "29 Jan 2027" in table
    assert "in 69 days" in table
    assert table.splitlines()[-1].split() == ["not", "read", "samples/broken.pdf", "unreadable"]


@pytest.mark.parametrize("width", [80, 100, 120])
def test_the_table_fits_the_terminal(make_review: MakeReview, width: int) -> None:
    table = rows.as_table([make_review(name="a-long-name-of-a-file-that-was-sent-by-a-vendor-in-2024.pdf")], TODAY, width)
    assert max(map(len, table.splitlines())) <= width
    assert table.splitlines()[0].split()[-3:] in (["H", "M", "L"], ["High", "Medium", "Low"])


def test_a_document_cannot_steer_the_table(make_review: MakeReview) -> None:
    table = rows.as_table([make_review(vendor="\x1b[2J[red]Evil[/red]")], TODAY, 140)
    assert "\x1b" not in table
    assert "[red]Evil[/red]" in table


def test_an_option_is_a_day_to_act_by(make_review: MakeReview) -> None:
    row = read(make_review(deadlines=(Deadline(kind="exercise_by", date=date(2027, 1, 29), basis="30 days before the end"),)))
    assert (row["act_by"], row["act_by_kind"]) == ("2027-01-29", "exercise_by")
