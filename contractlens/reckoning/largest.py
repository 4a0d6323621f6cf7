"""The largest credit that a month can earn: nothing works in it from the first day to the last."""

from __future__ import annotations

from decimal import Decimal

from contractlens.terms.records import CreditRate, ServiceCredits

_DAYS, _HUNDRED = Decimal(30), Decimal(100)


def largest_credit(credits: ServiceCredits) -> Decimal | None:
    """The largest credit for a month of 30 days, as per cent of its fee; None where the agreement does not say enough.

    Of tiers the largest counts, of rates the one that earns most; the cap holds it.

    >>> from contractlens.terms.records import CreditTier
    >>> largest_credit(ServiceCredits(tiers=(CreditTier(below=99.9, credit_percent=10), CreditTier(below=99, credit_percent=25)), cap_percent=20))
    Decimal('20')
    """
    worth = [_percent(t.credit_percent, t.credit_days) for t in credits.tiers]
    worth += [_percent(t.credit_percent, t.credit_days) for t in credits.outage_tiers]
    if not worth:
        worth = [r for rate in credits.rates for r in [_of_rate(rate)] if r is not None]
    if not worth and credits.prorata:
        worth = [_HUNDRED]
    if not worth:
        return None
    caps = [_percent(credits.cap_percent, None)] if credits.cap_percent is not None else []
    caps += [_percent(None, credits.cap_days)] if credits.cap_days is not None else []
    return _short(min([max(worth), *caps]))


def _of_rate(rate: CreditRate) -> Decimal | None:
    """A month without the service, at so much of the fee for each such time."""
    if rate.times_fee is not None:
        return _HUNDRED * Decimal(str(rate.times_fee))
    if rate.per is None or not rate.per.seconds:
        return None
    return _percent(rate.credit_percent, rate.credit_days) * int(_DAYS * 86400 // rate.per.seconds)


def _percent(percent: float | None, days: float | None) -> Decimal:
    """A credit in per cent of the month's fee."""
    return Decimal(str(percent)) if percent is not None else Decimal(str(days or 0)) / _DAYS * _HUNDRED


def _short(value: Decimal) -> Decimal:
    return Decimal(f"{value.quantize(Decimal('0.01')).normalize():f}")
