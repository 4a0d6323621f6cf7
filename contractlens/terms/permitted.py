"""Permitted downtime as a share of availability."""

from __future__ import annotations

from decimal import Decimal

from contractlens.terms.records import Period

MINUTES: dict[Period, tuple[int, ...]] = {"day": (1440,), "week": (10080,), "month": (43200, 44640, 43830), "quarter": (131490, 129600), "year": (525600, 525960)}


def share_of(minutes: Decimal, period: Period) -> Decimal:
    """The availability that so many minutes of downtime leave, as a round figure where one is meant.

    >>> share_of(Decimal(44), "month"), share_of(Decimal(432), "month"), share_of(Decimal(500), "month")
    (Decimal('99.9'), Decimal('99.0'), Decimal('98.85'))
    """
    exact = [100 - 100 * minutes / total for total in MINUTES[period]]
    for step in (Decimal("0.1"), Decimal("0.05"), Decimal("0.01"), Decimal("0.001")):
        for share in exact:
            rounded = (share / step).quantize(Decimal(1)) * step
            if rounded < 100 and abs(share - rounded) <= (100 - share) / 100:
                return rounded
    return exact[0].quantize(Decimal("0.01"))
