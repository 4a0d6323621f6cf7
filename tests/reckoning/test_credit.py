"""What an outage earns: the tier, the cap, the clock, the day by which to claim."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contractlens.errors import UsageError
from contractlens.reckoning.credit import Credit, credit
from contractlens.reckoning.outages import Outage, spans
from contractlens.terms.records import CreditRate, CreditTier, OutageTier, ServiceCredits, Terms, Uptime
from contractlens.values import Duration, Money

START = datetime(2026, 3, 5, 9)
TIERS = (
    CreditTier(below=99.9, at_least=99.0, credit_percent=10),
    CreditTier(below=99.0, at_least=95.0, credit_percent=25),
    CreditTier(below=95.0, credit_percent=100),
)


def reckon(hours: float, fee: str = "310", *, uptime: tuple[Uptime, ...] = (), reported: datetime | None = None, start: datetime = START, **credits: Any) -> Credit:
    terms = Terms(uptime=uptime, service_credits=ServiceCredits(**credits))
    return credit(terms, Outage(start, start + timedelta(hours=hours), reported), Money(Decimal(fee), "USD"))


def amount(found: Credit) -> str:
    assert found.credit is not None
    return str(found.credit.amount)


def test_a_dns_service_at_31_dollars_that_is_down_for_a_day_owes_a_dollar() -> None:
    found = reckon(24, "31", prorata=True, rates=(CreditRate(times_fee=1),))
    assert found.credit == Money(Decimal("1.00"), "USD")


@pytest.mark.parametrize(
    ("hours", "credits", "expected"),
    [
        (0.5, {"tiers": TIERS}, "0.00"),  # 99.93 %
        (1, {"tiers": TIERS}, "31.00"),  # 99.87 %
        (10, {"tiers": TIERS}, "77.50"),
        (100, {"tiers": TIERS}, "310.00"),
        (100, {"tiers": TIERS, "cap_percent": 50}, "155.00"),
        (100, {"tiers": TIERS, "cap_days": 3}, "30.00"),
        (10, {"tiers": (CreditTier(below=99.9, credit_days=7),)}, "70.00"),
        (3.9, {"prorata": True, "rates": (CreditRate(credit_days=1, per=Duration(1, "hour")),)}, "30.00"),  # three full hours
        (2, {"prorata": True, "rates": (CreditRate(credit_percent=5, per=Duration(30, "minute")),)}, "62.00"),
        (24, {"prorata": True, "rates": (CreditRate(times_fee=10),)}, "100.00"),
        (5, {"outage_tiers": (OutageTier(over=Duration(1, "hour"), up_to=Duration(4, "hour"), credit_percent=10), OutageTier(over=Duration(4, "hour"), credit_percent=25))}, "77.50"),
        (4, {"outage_tiers": (OutageTier(over=Duration(1, "hour"), up_to=Duration(4, "hour"), credit_percent=10), OutageTier(over=Duration(4, "hour"), credit_percent=25))}, "31.00"),
    ],
)  # fmt: skip
def test_what_is_credited(hours: float, credits: dict[str, Any], expected: str) -> None:
    assert amount(reckon(hours, **credits)) == expected


def test_a_level_that_is_met_earns_nothing_by_the_hour() -> None:
    rate = {"prorata": True, "rates": (CreditRate(credit_days=1, per=Duration(15, "minute")),)}
    level = (Uptime(percent=99.9, period="month"),)
    assert amount(reckon(0.5, uptime=level, **rate)) == "0.00"
    assert amount(reckon(1, uptime=level, **rate)) == "40.00"


def test_each_step_of_points_missed_earns_its_credit() -> None:
    rate = {"prorata": True, "rates": (CreditRate(credit_percent=2, per_points=0.1),)}
    level = (Uptime(percent=99.9, period="month"),)
    assert amount(reckon(0.5, uptime=level, **rate)) == "0.00"  # 99.93 %: the level is met
    assert amount(reckon(1, uptime=level, **rate)) == "0.00"  # 99.866 %: no full step
    assert amount(reckon(4, uptime=level, **rate)) == "24.80"  # 99.462 %: four full steps of 2 % of 310
    assert reckon(4, **rate).credit is None  # below what, is not said


def test_each_month_stands_by_itself() -> None:
    found = reckon(14, "1000", start=datetime(2026, 1, 31, 20), tiers=(CreditTier(below=99.9, at_least=99, credit_percent=5), CreditTier(below=99, credit_percent=15)))
    assert [(p.starts, p.downtime, str(p.credit.amount)) for p in found.periods] == [(date(2026, 1, 1), "PT4H", "50.00"), (date(2026, 2, 1), "PT10H", "150.00")]
    assert amount(found) == "200.00"


@pytest.mark.parametrize(
    ("clock", "after", "expected", "told"),
    [
        (None, 6, "20.00", ""),
        ("actual", 6, "20.00", ""),
        ("customer_notice", 6, "15.00", "6 h before that do not count"),
        ("customer_notice", None, "20.00", "--reported"),
        ("customer_notice", 30, "0.00", "nothing of it counts"),
        ("provider_detection", 6, "20.00", "taken to be the start"),
        ("either", 6, "15.00", "unless the vendor saw it before"),
    ],
)
def test_the_clock_starts_when_the_agreement_says(clock: str | None, after: int | None, expected: str, told: str) -> None:
    reported = None if after is None else START + timedelta(hours=after)
    found = reckon(24, "620", reported=reported, prorata=True, rates=(CreditRate(times_fee=1),), outage_start=clock)
    assert amount(found) == expected
    assert told in " ".join(found.notes)


@pytest.mark.parametrize(
    ("credits", "by"),
    [
        ({"claim_window": Duration(30, "day"), "claim_from": "period_end"}, date(2026, 4, 30)),
        ({"claim_window": Duration(30, "day"), "claim_from": "outage"}, date(2026, 4, 4)),
        ({"claim_window": Duration(30, "day")}, date(2026, 4, 4)),  # left open: the safe reading
        ({"claim_window": Duration(1, "month"), "claim_from": "period_end"}, date(2026, 4, 30)),
        ({"claim_window": Duration(1, "month"), "claim_from": "same_period"}, date(2026, 3, 31)),
        ({"claim_window": Duration(72, "hour"), "claim_from": "outage"}, date(2026, 3, 8)),
        ({"claim_window": Duration(5, "day", business=True), "claim_from": "outage"}, date(2026, 3, 12)),
        ({}, None),
    ],
)
def test_by_when_to_claim(credits: dict[str, Any], by: date | None) -> None:
    assert reckon(24, tiers=TIERS, **credits).claim_by == by


def test_an_agreement_without_credits_says_so() -> None:
    found = credit(Terms(), Outage(START, START + timedelta(hours=1)), Money(Decimal(31)), hourly_loss=Money(Decimal(500)))
    assert found.credit is None
    assert "no service credits" in str(found.reason)
    assert found.loss == Money(Decimal("500.00"))


def test_a_rate_that_could_not_be_read_gives_no_sum() -> None:
    found = reckon(24, prorata=True)
    assert found.credit is None
    assert "rate could not be read" in str(found.reason)


def test_of_two_rates_the_least_unless_a_service_is_chosen() -> None:
    found = reckon(24, prorata=True, rates=(CreditRate(times_fee=10), CreditRate(times_fee=1)))
    assert amount(found) == "10.00"
    assert "--service" in " ".join(found.notes)


DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("end", "fee", "loss", "service"),
    [
        pytest.param(START - DAY, "1", "USD", None, id="times-in-the-wrong-order"),
        pytest.param((START + DAY).astimezone(), "1", "USD", None, id="one-time-with-a-zone"),
        pytest.param(START + DAY, "-1", "USD", None, id="a-fee-below-nought"),
        pytest.param(START + DAY, "1", "EUR", None, id="two-currencies"),
        pytest.param(START + DAY, "1", "USD", "gas", id="a-service-that-is-not-there"),
    ],
)
def test_what_makes_no_sense_gets_a_sentence(end: datetime, fee: str, loss: str, service: str | None) -> None:
    terms = Terms(service_credits=ServiceCredits(tiers=TIERS))
    with pytest.raises(UsageError, match=r"\. "):
        credit(terms, Outage(START, end), Money(Decimal(fee), "USD"), hourly_loss=Money(Decimal(1), loss), service=service)


HOURS = st.floats(0.01, 700)


@given(HOURS, HOURS)
def test_more_downtime_never_lowers_the_credit(a: float, b: float) -> None:
    for credits in ({"tiers": TIERS}, {"prorata": True, "rates": (CreditRate(credit_days=1, per=Duration(1, "hour")),), "cap_percent": 100}):
        less, more = sorted((a, b))
        short, long = reckon(less, start=datetime(2026, 3, 1), **credits), reckon(more, start=datetime(2026, 3, 1), **credits)
        assert Decimal(amount(short)) <= Decimal(amount(long))


@given(HOURS, st.integers(1, 100), st.integers(0, 10**6))
def test_the_cap_holds_for_every_month(hours: float, cap: int, fee: int) -> None:
    found = reckon(hours, str(fee), tiers=TIERS, cap_percent=cap)
    assert all(p.credit.amount <= (Decimal(fee) * cap / 100).quantize(Decimal("0.01")) + Decimal("0.01") for p in found.periods)


@given(st.datetimes(datetime(1990, 1, 1), datetime(2090, 1, 1)), st.integers(1, 10**7), st.sampled_from(["day", "week", "month", "quarter", "year"]))
def test_downtime_and_uptime_make_up_the_periods(start: datetime, seconds: int, period: Any) -> None:
    outage = Outage(start, start + timedelta(seconds=seconds))
    made = spans(outage, period) if seconds < 10**6 or period != "day" else []
    if made:
        assert sum((s.down for s in made), timedelta()) == outage.length
        assert all(timedelta() < s.down <= s.length and a.end == b.start for s, a, b in zip(made, made, made[1:], strict=False))
        assert made[0].start <= outage.start < made[0].end
