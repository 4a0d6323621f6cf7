"""Dates: found by pattern, read strictly. A wrong date is worse than none."""

from __future__ import annotations

from datetime import date

import pytest

from contractlens.language.days import dates, numeric_order

DATES = {
    "March 1, 2026": date(2026, 3, 1),
    "March 1 2026": date(2026, 3, 1),
    "1 March 2026": date(2026, 3, 1),
    "1st day of March, 2026": date(2026, 3, 1),
    "this 5th day of March, 2020": date(2020, 3, 5),
    "the first day of March 2026": date(2026, 3, 1),
    "the twenty-first (21st) day of November, 2026": date(2026, 11, 21),
    "Sept. 30, 2026": date(2026, 9, 30),
    "2026-03-01": date(2026, 3, 1),
    "29 February 2028": date(2028, 2, 29),
    "13/02/2024": date(2024, 2, 13),
    "02/13/2024": date(2024, 2, 13),
    "31.12.2026": date(2026, 12, 31),
    "MARCH 1, 2026": date(2026, 3, 1),
    "March 1. 2026": date(2026, 3, 1),
    "March, 1 2026": date(2026, 3, 1),
    "March1, 2026": date(2026, 3, 1),
    "05-Mar-2020": date(2020, 3, 5),
    "this __5th__ day of _March_, 2009": date(2009, 3, 5),
    "March __5__, 2009": date(2009, 3, 5),
    "_March 5, 2009_": date(2009, 3, 5),
    "Januar y 15, 2004": date(2004, 1, 15),
    "January 15, 20 04": date(2004, 1, 15),
    "January 1 5, 2004": date(2004, 1, 15),
    "January 15, '04": date(2004, 1, 15),
    "August l2, 1999": date(1999, 8, 12),
    "the ninth day of August, nineteen hundred ninety-nine": date(1999, 8, 9),
    "Monday, March 5, 2009": date(2009, 3, 5),
    "5-Mar-20": date(2020, 3, 5),
    "12-15-04": date(2004, 12, 15),
    "12/15/'04": date(2004, 12, 15),
    "2004/12/15": date(2004, 12, 15),
    "this first day of April, Two Thousand Four": date(2004, 4, 1),
    "the 3rd day of May, two thousand and fifteen (2015)": date(2015, 5, 3),
    "the 14th day of July, Nineteen Hundred and Ninety Eight": date(1998, 7, 14),
    "this 1st day of --- November, 2003": date(2003, 11, 1),
    "the lst day of January, 2004": date(2004, 1, 1),
    "July 14(th), 2000": date(2000, 7, 14),
    "November 3, 199 8": date(1998, 11, 3),
    "the 5th day of the month of March, 2020": date(2020, 3, 5),
    "Febuary 5, 2003": date(2003, 2, 5),
    "the 7th day of Februaxy, 1997": date(1997, 2, 7),
    "_Dec. 8, 2005": date(2005, 12, 8),
}


@pytest.mark.parametrize(("text", "day"), DATES.items(), ids=DATES)
def test_a_date(text: str, day: date) -> None:
    (value,) = dates(f"It starts on {text} and runs.")
    assert (value.kind, value.amount, value.note) == ("date", day, None)


NO_DATES = [
    "March __, 2009",
    "the ___ day of March, 2009",
    "this 5th day of March, 199_",
    "March 5, 20__",
    "June 30, 20__",
    "the __ day of March, 2026",
    "___ March 2026",
    "March __, 2026",
    "[***] March 2026",
    "March 1, 20[__]",
    "[•], 2026",
    "30 February 2026",
    "31/31/2026",
    "30 days",
    "thirty (30) days",
    "12 months of 2026",
    "it may be renewed",
    "Customer may 5 times a year",
    "in May 2026",
    "March 2026",
    "4.2.10",
    "$5.05",
    "99.9",
    "10/12",
    "24/7",
    "the year 2026",
    "version 1.2.2026.5",
    "(555) 12-10-2020-11",
    "Section 5, 2003",
    "Article 12, 2004",
    "1 March 30 days later",
    "_1 March 20__",
    "Suite 5, 2003",
]


@pytest.mark.parametrize("text", NO_DATES, ids=str)
def test_what_is_no_date(text: str) -> None:
    assert [v for v in dates(f"It says {text} here.") if v.kind == "date"] == []


@pytest.mark.parametrize(
    ("text", "order", "day", "told"),
    [
        ("03/04/2026", "", date(2026, 3, 4), True),
        ("04/03/2026", "", date(2026, 3, 4), True),
        ("03/04/2026", "DMY", date(2026, 4, 3), False),
        ("03/04/2026", "MDY", date(2026, 3, 4), False),
        ("05/05/2026", "", date(2026, 5, 5), False),
    ],
)
def test_a_numeric_date_with_two_readings_is_told_and_the_earlier_taken(text: str, order: str, day: date, told: bool) -> None:
    (value,) = dates(f"Effective {text}.", lambda: order)
    assert value.amount == day
    assert (value.note is not None) == told


def test_another_date_of_the_document_settles_the_order() -> None:
    assert numeric_order("signed 25/03/2026, effective 03/04/2026") == "DMY"
    assert numeric_order("signed 03/25/2026, effective 03/04/2026") == "MDY"
    assert numeric_order("effective 03/04/2026") == ""


@pytest.mark.parametrize("text", ["on or before November 1 of each year", "by the 1st of November of every calendar year", "no later than 1 November in any year"])
def test_a_day_of_each_year(text: str) -> None:
    (value,) = dates(text)
    assert (value.kind, value.amount, value.note) == ("yearday", "--11-01", "each year")


def test_two_dates_in_one_sentence() -> None:
    assert [v.amount for v in dates("between November 11, 2005 and March 27, 2006")] == [date(2005, 11, 11), date(2006, 3, 27)]


def test_the_value_covers_the_words_of_the_date() -> None:
    text = "effective as of March 1, 2026."
    (value,) = dates(text)
    assert text[value.start : value.end] == "March 1, 2026"
