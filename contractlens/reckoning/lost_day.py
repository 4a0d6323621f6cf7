"""What a whole day without the service earns, beside what it costs: the sum that shows what credits are worth."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from contractlens.reckoning.credit import Credit, credit
from contractlens.reckoning.outages import Outage
from contractlens.terms.records import Terms
from contractlens.values import Money


def lost_day(terms: Terms, fee: Money, *, today: date, hourly_loss: Money | None = None) -> Credit:
    """The credit for one day down, the first of the last month of 31 days that is over, and reported at once.

    >>> from decimal import Decimal
    >>> from contractlens.terms.records import CreditRate, ServiceCredits
    >>> dns = Terms(service_credits=ServiceCredits(prorata=True, rates=(CreditRate(times_fee=1),)))
    >>> lost_day(dns, Money(Decimal(31), "USD"), today=date(2026, 11, 21)).credit
    Money(amount=Decimal('1.00'), currency='USD')
    """
    start = datetime.combine(_long_month(today), datetime.min.time())
    return credit(terms, Outage(start, start + timedelta(days=1), start), fee, hourly_loss=hourly_loss)


def _long_month(today: date) -> date:
    """The first day of the last month of 31 days before that of `today`."""
    last = today.replace(day=1) - timedelta(days=1)
    while last.day != 31:
        last = last.replace(day=1) - timedelta(days=1)
    return last.replace(day=1)
