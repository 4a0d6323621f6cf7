"""The largest credit of a month: of tiers, steps and rates, held by the cap."""

from __future__ import annotations

from decimal import Decimal
from itertools import product

import pytest

from contractlens.reckoning.largest import largest_credit
from contractlens.terms.records import CreditRate, CreditTier, OutageTier, ServiceCredits
from contractlens.values import Duration

TIERS = (CreditTier(below=99.9, at_least=99, credit_percent=10), CreditTier(below=99, credit_percent=25))
HOURLY = (CreditRate(credit_percent=5, per=Duration(1, "hour")),)
CREDITS: dict[str, tuple[ServiceCredits, Decimal | None]] = {
    "the largest tier": (ServiceCredits(tiers=TIERS), Decimal(25)),
    "held by the cap": (ServiceCredits(tiers=TIERS, cap_percent=20), Decimal(20)),
    "days of service": (ServiceCredits(tiers=(CreditTier(below=99, credit_days=15),)), Decimal(50)),
    "a cap in days": (ServiceCredits(tiers=TIERS, cap_days=3), Decimal(10)),
    "by the length of an outage": (ServiceCredits(outage_tiers=(OutageTier(over=Duration(4, "hour"), credit_percent=30),)), Decimal(30)),
    "the fee for the time lost": (ServiceCredits(prorata=True, rates=(CreditRate(times_fee=1),)), Decimal(100)),
    "a rate without an end": (ServiceCredits(prorata=True, rates=HOURLY), Decimal(3600)),
    "a rate with a cap": (ServiceCredits(prorata=True, rates=HOURLY, cap_percent=100), Decimal(100)),
    "pro rata, no rate read": (ServiceCredits(prorata=True), Decimal(100)),
    "nothing said": (ServiceCredits(), None),
    "only a cap": (ServiceCredits(cap_percent=50), None),
}


@pytest.mark.parametrize(("credits", "percent"), CREDITS.values(), ids=CREDITS)
def test_the_largest_credit(credits: ServiceCredits, percent: Decimal | None) -> None:
    assert largest_credit(credits) == percent


@pytest.mark.parametrize(("cap", "tier"), list(product([0, 5, 30, 100], [1, 10, 50, 100])))
def test_the_cap_holds_and_is_the_only_thing_that_lowers_it(cap: float, tier: float) -> None:
    free, capped = (largest_credit(ServiceCredits(tiers=(CreditTier(below=99, credit_percent=tier),), cap_percent=c)) for c in (None, cap))
    assert free == Decimal(str(tier))
    assert capped == min(Decimal(str(tier)), Decimal(str(cap)))
