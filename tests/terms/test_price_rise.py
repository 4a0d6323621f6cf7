"""How prices move: rates of the day at renewal, a percentage, an index, a discount that ends; and the fee for a month."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from contractlens.terms.filling import Facts
from contractlens.values import Money

Read = Callable[..., Facts]
AGREEMENT = """HOSTING AGREEMENT

This Agreement is made as of March 1, 2020 between Acme Hosting, Inc. ("Provider") and Beta LLC ("Customer").

1. Services. Provider hosts the website of Customer, which is available 99.9% of the time in each calendar month.

2. Fees. {clause}
"""
RISES: dict[str, tuple[str, dict[str, Any]]] = {
    "then-current": ("Each renewal is at Provider's then-current rates.", {"then_current": True, "at_renewal": True}),
    "list price": ("Upon renewal the list price in effect at the time applies.", {"then_current": True, "at_renewal": True}),
    "rates in force": ("The subscription is renewed at the charges then in force.", {"then_current": True, "at_renewal": True}),
    "fixed, each year": ("On each anniversary the fees rise by four percent (4%).", {"percent": 4, "during_term": True}),
    "fixed, noun": ("An annual uplift of 3.5% applies to the charges.", {"percent": 3.5, "during_term": True}),
    "most, at renewal": ("Fees for a renewal term will not increase by more than 5% over those of the term before.", {"percent_max": 5, "at_renewal": True}),
    "most, with notice": ("Provider may raise the charges by up to six per cent once in any twelve months, on sixty days' notice.", {"percent_max": 6, "notice": "P60D"}),
    "most, lesser of": ("The annual increase of the fees is the lesser of CPI and 3%.", {"percent_max": 3, "index": "CPI"}),
    "index by its name": ("Prices are adjusted each January in line with the Retail Prices Index.", {"index": "RPI"}),
    "index in capitals": ("The monthly charge is indexed yearly to the HICP published by Eurostat.", {"index": "HICP"}),
    "index and more": ("On each anniversary the fees rise by the change of the CPI plus 2%.", {"index": "CPI", "during_term": True}),
    "inflation": ("Our prices go up each year with inflation.", {"index": "inflation"}),
    "a discount that ends": ("The introductory discount applies only to the first term and expires upon renewal.", {"discount_lapses": True}),
    "special pricing": ("Special pricing reverts to the list price after the initial term.", {"discount_lapses": True}),
}
HOLDS = {
    "they hold": "The fees shall not increase during the Initial Term.",
    "the same at renewal": "A renewal is at the same fees.",
    "interest": "Overdue fees bear interest that rises by 2% each year.",
    "the usage grows": "If usage increases by more than 10% over the plan, a larger plan applies to the fees.",
    "a discount given": "Customer receives a discount of 10% on the fees for each renewal term.",
    "overage": "Overage is billed at the then-current rates.",
    "a term": "This Agreement renews for the same price unless notice is given before the end of the then-current term.",
    "insurance": "Provider renews its insurance at the rates then in force.",
    "credits": "If availability falls, the credit rises by 5% of the fees.",
}


@pytest.mark.parametrize(("clause", "want"), RISES.values(), ids=RISES)
def test_how_prices_rise(read: Read, clause: str, want: dict[str, Any]) -> None:
    rise = read(AGREEMENT.format(clause=clause)).terms.price_rise
    assert rise
    have = rise.model_dump(mode="json")
    assert {name: have[name] for name in want} == want
    assert all(have[name] is None for name in ("percent", "percent_max", "index", "notice") if name not in want)


@pytest.mark.parametrize("clause", HOLDS.values(), ids=HOLDS)
def test_what_is_no_rise(read: Read, clause: str) -> None:
    assert read(AGREEMENT.format(clause=clause)).terms.price_rise is None


FEES = {
    "the monthly fee": ("The Monthly Fee is $31.00.", Money(Decimal("31.00"), "USD")),
    "per month": ("Customer pays €450 per month.", Money(Decimal(450), "EUR")),
    "twice the same": ("The monthly charge is $99. Customer pays $99 per month by card.", Money(Decimal(99), "USD")),
    "two fees": ("Hosting costs $20 per month. Mail costs $5 per month.", None),
    "a year's": ("The annual fee is $400.", None),
    "a charge for more": ("Each additional server costs $40 per month.", None),
}


@pytest.mark.parametrize(("clause", "fee"), FEES.values(), ids=FEES)
def test_the_fee_for_a_month(read: Read, clause: str, fee: Money | None) -> None:
    assert read(AGREEMENT.format(clause=clause)).terms.monthly_fee == fee
