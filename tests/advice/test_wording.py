"""Words with blanks become words about this contract, and words to put into it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from contractlens.advice.wording import explain, formal, humanised, wording
from contractlens.numerals import spelt
from contractlens.values import Duration, Money, Percent

SAYS: dict[str, Any] = {
    "notice": Duration(30, "day"),
    "term": Duration(1, "year"),
    "by": date(2027, 1, 29),
    "customer": "you",
    "vendor": "Harbor DNS",
    "limits.notice": Duration(60, "day"),
}


def test_a_blank_is_filled_with_what_the_contract_says() -> None:
    assert explain("{vendor} asks for {notice}; your limit is {limits.notice}.", SAYS.get) == "Harbor DNS asks for 30 days; your limit is 60 days."


@pytest.mark.parametrize(
    ("template", "expected"),
    [
        ("It renews. It costs {price} more. Act by {by}.", "It renews. Act by 29 January 2027."),
        ("Notice is {notice}; the price rises by {price}.", "Notice is 30 days;"),
        ("It costs {price}.", ""),
    ],
    ids=["a sentence", "half a sentence", "all of it"],
)
def test_what_the_contract_does_not_fill_is_not_said(template: str, expected: str) -> None:
    assert explain(template, SAYS.get) == expected


def test_words_for_the_contract_keep_a_blank_for_a_person_to_fill() -> None:
    assert wording("{vendor} gives {price} back within {notice}.", SAYS.get) == "Harbor DNS gives [____] back within thirty (30) days."


def test_square_brackets_stay_for_a_person() -> None:
    assert wording("Notice of [thirty (30)] days.", SAYS.get) == "Notice of [thirty (30)] days."


@pytest.mark.parametrize(
    ("template", "expected"),
    [
        ("{customer} may leave. {customer} may stay.", "You may leave. You may stay."),
        ("On notice, {customer} may leave.", "On notice, you may leave."),
        ("within thirty (30) days (the notice). {customer} may leave.", "Within thirty (30) days (the notice). You may leave."),
        ("Not before 1 a.m. and not after 5 a.m. on any day.", "Not before 1 a.m. and not after 5 a.m. on any day."),
    ],
    ids=["at the start", "in the middle", "after a bracket", "an abbreviation"],
)
def test_a_sentence_begins_with_a_capital(template: str, expected: str) -> None:
    assert wording(template, SAYS.get) == expected


@pytest.mark.parametrize(
    ("duration", "expected"),
    [
        (Duration(30, "day"), "thirty (30) days"),
        (Duration(1, "year"), "one (1) year"),
        (Duration(45, "day"), "forty-five (45) days"),
        (Duration(180, "day"), "one hundred eighty (180) days"),
        (Duration(5, "day", business=True), "five (5) business days"),
        (Duration(Decimal("1.5"), "hour"), "1.5 hours"),
        (Duration(8760, "hour"), "8760 hours"),
    ],
    ids=str,
)
def test_a_duration_is_written_as_contracts_write_it(duration: Duration, expected: str) -> None:
    assert formal(duration) == expected


@pytest.mark.parametrize(
    ("number", "expected"),
    [(0, "zero"), (19, "nineteen"), (20, "twenty"), (99, "ninety-nine"), (100, "one hundred"), (365, "three hundred sixty-five"), (1000, None)],
)
def test_numbers_below_a_thousand_are_spelt(number: int, expected: str | None) -> None:
    assert spelt(number) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (Duration(12, "month"), "12 months"),
        (Percent(Decimal("99.90")), "99.9 %"),
        (Money(Decimal(1250), "USD"), "USD 1,250.00"),
        (date(2027, 1, 9), "9 January 2027"),
        (100.0, "100"),
        (99.95, "99.95"),
        (3, "3"),
        ("month_to_month", "month to month"),
    ],
    ids=str,
)
def test_a_value_is_told_as_a_person_writes_it(value: Any, expected: str) -> None:
    assert humanised(value) == expected
