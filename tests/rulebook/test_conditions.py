"""`when` and `applies_when`: yes, no, or cannot tell."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from contractlens.rulebook.conditions import COMPARISONS, holds, parse_condition
from contractlens.values import Duration, Money

FACTS: dict[str, Any] = {
    "notice": Duration(90, "day"),
    "short": Duration(10, "day"),
    "two_months": Duration(2, "month"),
    "business": Duration(5, "day", business=True),
    "year": Duration(1, "year"),
    "percent": 99.9,
    "price": Money(Decimal(500), "USD"),
    "kind": "automatic",
    "written": True,
    "by": date(2027, 1, 29),
    "tiers": (),
    "limits.notice": Duration(60, "day"),
    "limits.term": Duration(12, "month"),
    "limits.percent": 99.95,
    "limits.day": date(2027, 1, 1),
}

HOLDS = {
    "notice is longer than limits.notice": True,
    "short is longer than limits.notice": False,
    "short is shorter than limits.notice": True,
    "notice is longer than 60 days": True,
    "business is shorter than 30 days": True,
    "business is longer than 5 days": None,
    "two_months is longer than limits.notice": None,
    "two_months is longer than 57 days": True,
    "year is longer than limits.term": False,
    "year is exactly limits.term": False,
    "percent is less than limits.percent": True,
    "percent is more than 99": True,
    "percent is exactly 99.9": True,
    "price is more than 100": True,
    "price is less than 100": False,
    "by is after limits.day": True,
    "by is after 2027-01-01": True,
    "by is before 2027-01-01": False,
    "by is before limits.day": False,
    "kind is exactly automatic": True,
    "kind is exactly optional": False,
    "written is true": True,
    "written is false": False,
    "gone is missing": True,
    "tiers is missing": True,
    "notice is present": True,
    "gone is present": False,
    "gone is longer than limits.notice": False,
    "kind is longer than limits.notice": None,
    "anything else": True,
    "notices are missing": True,
}


@pytest.mark.parametrize(("text", "expected"), HOLDS.items(), ids=HOLDS)
def test_a_condition(text: str, expected: bool | None) -> None:
    assert holds([parse_condition(text)], FACTS.get) is expected


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (["written is true", "notice is longer than 60 days"], True),
        (["written is false", "two_months is longer than 60 days"], False),
        (["written is true", "two_months is longer than 60 days"], None),
        ([], True),
    ],
    ids=["both", "one-fails", "one-cannot-be-told", "none"],
)
def test_all_of_a_list_must_hold(texts: list[str], expected: bool | None) -> None:
    assert holds([parse_condition(t) for t in texts], FACTS.get) is expected


SLIPS = {
    "notice is longer then 60 days": 'Did you mean "is longer than"?',
    "notice longer than 60 days": "Write  <name> is <comparison> [<value>]",
    "notice is longer than": "needs value",
    "notice is missing now": "takes no value",
    "notice is mising": 'Did you mean "is missing"?',
    "notice > 60": "is no condition",
}


@pytest.mark.parametrize(("text", "told"), SLIPS.items(), ids=SLIPS)
def test_a_slip_is_told_with_what_was_meant(text: str, told: str) -> None:
    with pytest.raises(ValueError, match="notice") as error:
        parse_condition(text)
    assert told in str(error.value)


def test_every_comparison_can_be_read() -> None:
    for comparison in COMPARISONS:
        value = "" if comparison in COMPARISONS[:4] else " 3"
        assert parse_condition(f"x is {comparison}{value}").comparison == comparison


def test_a_day_that_does_not_exist_is_told_when_the_rule_is_read() -> None:
    with pytest.raises(ValueError, match="month must be in"):
        parse_condition("by is before 2027-13-01")
