"""The steps to a renewal, and what a lost day earns."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

import contractlens
from contractlens.reckoning.deadlines import Deadline
from contractlens.reckoning.lost_day import lost_day
from contractlens.reckoning.steps import steps
from contractlens.terms.records import CreditTier, ServiceCredits, Terms
from contractlens.values import Money

TODAY = date(2026, 11, 21)


def told(by: date, today: date = TODAY, law: str | None = None) -> dict[str, date]:
    found = steps(Terms(governing_law=law), [Deadline(kind="opt_out_by", date=by, basis="counted")], today=today)
    return {step.kind: step.date for step in found}


@pytest.mark.parametrize(
    ("by", "send", "decide"),
    [
        pytest.param(date(2027, 1, 29), date(2027, 1, 29), date(2027, 1, 22), id="a Friday"),
        pytest.param(date(2027, 1, 31), date(2027, 1, 29), date(2027, 1, 22), id="a Sunday is sent on the Friday before"),
        pytest.param(date(2026, 11, 26), date(2026, 11, 26), TODAY, id="the day to decide is not in the past"),
        pytest.param(TODAY, TODAY, TODAY, id="a Saturday that is today: today, and not yesterday"),
    ],
)
def test_the_last_day_to_send_is_a_working_day_and_there_is_time_to_decide(by: date, send: date, decide: date) -> None:
    assert told(by) == {"send_by": send, "decide_by": decide}


def test_holidays_of_the_governing_law_are_no_working_days() -> None:
    assert told(date(2027, 7, 5), law="State of Delaware")["send_by"] == date(2027, 7, 2)


def test_no_step_is_later_than_the_day_to_act() -> None:
    for name in ("harbor-dns.pdf", "kestrel-cdn.docx", "pingwell-monitoring.pdf", "overland-transit.docx", "ledgerleaf-saas.docx"):
        review = contractlens.review(f"samples/{name}", today=TODAY)
        assert review.terms
        found = {s.kind: s for s in steps(review.terms, review.deadlines, today=TODAY)}
        by = next(d.date for d in review.deadlines if d.kind in ("opt_out_by", "exercise_by"))
        assert found["decide_by"].date <= found["send_by"].date <= by, name
        assert found["send_by"].basis


def test_what_has_no_day_to_act_has_no_steps() -> None:
    assert steps(Terms(), [Deadline(kind="expires_on", date=date(2027, 5, 1), basis="it ends")], today=TODAY) == ()


@pytest.mark.parametrize("today", [date(2026, 11, 21), date(2026, 3, 31), date(2026, 1, 1), date(2026, 9, 1)])
def test_a_lost_day_is_one_of_a_month_of_31_days_that_is_over(today: date) -> None:
    tiers = ServiceCredits(tiers=(CreditTier(below=97, credit_percent=50),))
    made = lost_day(Terms(service_credits=tiers), Money(Decimal(100), "EUR"), today=today, hourly_loss=Money(Decimal(10), "EUR"))
    (period,) = made.periods
    assert period.starts < today.replace(day=1)
    assert period.availability == 96.7742, "one day of 31"
    assert (made.credit, made.loss) == (Money(Decimal("50.00"), "EUR"), Money(Decimal("240.00"), "EUR"))
