"""Amounts as contracts write them; nothing is converted, and nothing guessed."""

from __future__ import annotations

import itertools
from decimal import Decimal

import pytest

from contractlens.language.amounts import amounts
from contractlens.language.value import Value
from contractlens.values import Duration, Money, Percent


def found(text: str, kind: str) -> list[Value]:
    return [v for v in amounts(text) if v.kind == kind]


def iso(value: Value) -> str:
    assert isinstance(value.amount, Duration)
    return f"{value.amount}{' business' if value.amount.business else ''}"


DURATIONS = {
    "thirty (30) days": "P30D",
    "30 days": "P30D",
    "30 (thirty) days": "P30D",
    "ninety days": "P90D",
    "six months (6)": "P6M",
    "ten (l0) days": "P10D",
    "ONE (L) YEAR": "P1Y",
    "one hundred and eighty (180) days": "P180D",
    "one year": "P1Y",
    "a one-year term": "P1Y",
    "twenty-four (24) months": "P24M",
    "twenty four months": "P24M",
    "eighteen (18) month": "P18M",
    "one and one-half years": "P18M",
    "sixty (60) business days": "P60D business",
    "5 working days": "P5D business",
    "ten (10) consecutive days": "P10D",
    "72 hours": "PT72H",
    "seventy-two (72) hours": "PT72H",
    "two weeks": "P2W",
    "one quarter": "P3M",
    "44 minutes": "PT44M",
    "year to year": "P1Y",
    "another two (2) more years": "P2Y",
    "two three-year terms": "P3Y",
    "half a year before": "P6M",
    "a month's notice": "P1M",
    "annual renewal terms": "P1Y",
    "1,000 hours": "PT1000H",
    "one year and six months": "P18M",
    "two (2) years, six (6) months": "P30M",
    "two weeks and three days": "P17D",
    "24 hours and 30 minutes": "PT1470M",
    "three (3) months and fifteen (15) days": "P108D",  # 31 to the month: a notice so counted is never late
}


@pytest.mark.parametrize(("text", "duration"), DURATIONS.items(), ids=DURATIONS)
def test_a_duration(text: str, duration: str) -> None:
    (value,) = found(f"It runs for {text} and no longer.", "duration")
    assert iso(value) == duration


@pytest.mark.parametrize("text", ["the 30th day", "a dayless month", "$30 daily", "version 4.2 years", "thirty (30) users"])
def test_what_is_no_duration(text: str) -> None:
    assert [iso(v) for v in found(text, "duration")] == []


def test_the_value_covers_the_words_and_nothing_else() -> None:
    text = "on thirty (30) days’ prior notice".replace("’", "'")
    (value,) = found(text, "duration")
    assert text[value.start : value.end] == "thirty (30) days'"


def test_words_and_figures_that_differ_are_told_and_the_figures_win() -> None:
    (value,) = found("at least sixty (90) days", "duration")
    assert iso(value) == "P90D"
    assert value.note == "the words say 60, the figures 90"


PERCENTS = {
    "99.9%": "99.9",
    "99.9 %": "99.9",
    "99,99 %": "99.99",
    "99.5 per cent": "99.5",
    "99.95 percent": "99.95",
    "ninety-nine and one-half percent (99.5%)": "99.5",
    "ninety-nine and nine tenths percent": "99.9",
    "ninety-nine point nine five percent": "99.95",
    "ninety-five percent (95%)": "95",
    "one hundred percent (100%)": "100",
    "ten (10%) percent": "10",
    "four nines": "99.99",
    "one-half percent": "0.5",
    "0.05%": "0.05",
}


@pytest.mark.parametrize(("text", "percent"), PERCENTS.items(), ids=PERCENTS)
def test_a_percentage(text: str, percent: str) -> None:
    (value,) = found(f"It is {text} of the time.", "percent")
    assert value.amount == Percent(Decimal(percent))


MONEY = {
    "$1,250.50": ("1250.50", "USD"),
    "US$ 5,000": ("5000", "USD"),
    "USD 31.00": ("31.00", "USD"),
    "€2.5 million": ("2500000", "EUR"),
    "500 euros": ("500", "EUR"),
    "£30": ("30", "GBP"),
    "$5k": ("5000", "USD"),
}


@pytest.mark.parametrize(("text", "amount"), MONEY.items(), ids=MONEY)
def test_money(text: str, amount: tuple[str, str]) -> None:
    (value,) = found(f"Customer pays {text} at once.", "money")
    assert value.amount == Money(Decimal(amount[0]), amount[1])


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("three (3) failures in two months", ["3"]),
        ("More than five outages", ["5"]),
        ("Section 4 and Article 12 apply", []),
        ("in 2026", []),
        ("see 4.2.10", []),
    ],
    ids=lambda x: str(x),
)
def test_a_bare_number_is_a_count_and_a_reference_is_none(text: str, numbers: list[str]) -> None:
    assert [str(v.amount) for v in found(text, "number")] == numbers


def test_an_anniversary() -> None:
    (value,) = found("until the third (3rd) anniversary of the Effective Date", "anniversary")
    assert iso(value) == "P3Y"


def test_values_never_overlap_and_come_in_order() -> None:
    text = "Within thirty (30) days, 99.9% or ninety-nine and one-half percent (99.5%) of $5,000, three (3) times in twelve (12) months."
    values = amounts(text)
    assert [v.kind for v in values] == ["duration", "percent", "percent", "money", "number", "duration"]
    assert all(a.end <= b.start for a, b in itertools.pairwise(values))


@pytest.mark.parametrize("text", ["thirty days and six months", "one month and 10 days, respectively,", "one year and thirty days' notice", "five business days and 2 hours"])
def test_two_lengths_are_not_made_one(text: str) -> None:
    assert len(found(f"within {text} as stated.", "duration")) == 2


def test_words_and_figures_that_differ_are_both_told() -> None:
    (value,) = found("upon ninety (60) days notice", "duration")
    assert (iso(value), str(value.other)) == ("P60D", "P90D")
