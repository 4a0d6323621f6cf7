"""An availability in per cent becomes time: how long an outage it allows, after maintenance, and of several vendors in a row.

All sums are in decimals, and time is rounded down to the second, so that no outage is called allowed that is not.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from decimal import Decimal

from contractlens.errors import UsageError
from contractlens.terms.records import AllowedDowntime, Maintenance, Period
from contractlens.values import Duration

DAY = timedelta(days=1)
YEAR = timedelta(days=365, hours=6)
AVERAGE: dict[Period, timedelta] = {"day": DAY, "week": 7 * DAY, "month": YEAR / 12, "quarter": YEAR / 4, "year": YEAR}
LONGEST: dict[Period, timedelta] = {"day": DAY, "week": 7 * DAY, "month": 31 * DAY, "quarter": 92 * DAY, "year": 366 * DAY}
MONTHS = (28, 29, 30, 31)

_HUNDRED = Decimal(100)
_MICROSECOND = Decimal("0.000001")


def allowed_downtime(percent: float | Decimal, period: Period | None = None) -> AllowedDowntime:
    """The longest outage that meets the figure over each span, as ISO 8601 in hours, minutes and seconds, rounded down.

    Never in days: 95 % of a month is `PT36H31M30S`. Spans shorter than the period in which it is measured stay None, since 99.9 % a
    year says nothing of one day; all stay None for a figure that is no percentage.

    >>> allowed_downtime(99.9, "month").month, allowed_downtime(99.9, "year").month, allowed_downtime(99.9).year
    ('PT43M49S', None, 'PT8H45M57S')
    """
    spans = list(AVERAGE)
    try:
        share = _percent(percent)
    except UsageError:
        return AllowedDowntime()
    said = spans[spans.index(period) :] if period else spans
    return AllowedDowntime(**{span: iso(downtime(share, AVERAGE[span])) for span in said})


def downtime(percent: float | Decimal, span: timedelta) -> timedelta:
    """The longest outage that meets the figure over a span, rounded down to the second.

    >>> downtime(99.9, timedelta(days=30))
    datetime.timedelta(seconds=2592)
    """
    seconds = _seconds(span) * (_HUNDRED - _percent(percent)) / _HUNDRED
    # to the microsecond first: a share that went through a division may lie a hair under a whole second
    return timedelta(seconds=int(seconds.quantize(_MICROSECOND)))


def in_real_months(percent: float | Decimal) -> dict[int, timedelta]:
    """The longest outage in months of 28, 29, 30 and 31 days.

    >>> {days: words(time) for days, time in in_real_months(99.9).items()}
    {28: '40 min 19 s', 29: '41 min 45 s', 30: '43 min 12 s', 31: '44 min 38 s'}
    """
    return {days: downtime(percent, days * DAY) for days in MONTHS}


def longest_outage(percent: float | Decimal, period: Period) -> timedelta:
    """The longest single outage in one period: all its downtime at once, in the longest such period (31, 92 or 366 days).

    An outage that runs over the end of a period can be twice as long, since each period is measured by itself.

    >>> words(longest_outage(99.9, "month")), words(longest_outage(99.9, "year"))
    ('44 min 38 s', '8 h 47 min 2 s')
    """
    return downtime(percent, LONGEST[period])


def effective_availability(percent: float | Decimal, maintenance: Duration, span: timedelta = AVERAGE["month"]) -> Decimal:
    """The availability in per cent when maintenance does not count: the figure holds only for the rest of the span.

    >>> round(effective_availability(99.95, Duration(8, "hour")), 2)
    Decimal('98.86')
    """
    if maintenance.seconds is None:
        raise UsageError(f"Maintenance of {maintenance.words()} has no fixed length. Give it in hours or minutes, for example PT8H.")
    whole = _seconds(span)
    left = max(whole - maintenance.seconds, Decimal(0))
    return left * _percent(percent) / whole


def effective_percent(percent: float | Decimal, maintenance: Maintenance | None) -> float | None:
    """The availability of an average month in per cent, to two digits, after the maintenance that the agreement allows.

    None where it sets no limit, or none for a span: "works of up to four hours" may come every night.

    >>> effective_percent(99.95, Maintenance(allowed=Duration(8, "hour"), per="month")), effective_percent(99.95, Maintenance(allowed=Duration(4, "hour")))
    (98.86, None)
    """
    if maintenance is None or maintenance.allowed is None or maintenance.per is None or not maintenance.allowed.seconds:
        return None
    try:
        return float(round(effective_availability(percent, maintenance.allowed, AVERAGE[maintenance.per]), 2))
    except UsageError:
        return None


def combined(percents: Iterable[float | Decimal]) -> Decimal:
    """The availability in per cent of vendors in a row, each of which must work: the product.

    >>> combined([99.9, 99.9, 99.9]), words(downtime(combined([99.9, 99.9, 99.9]), timedelta(days=30)))
    (Decimal('99.7002999'), '2 h 9 min 28 s')
    """
    product = _HUNDRED
    for percent in percents:
        product = product * _percent(percent) / _HUNDRED
    return product


def words(time: timedelta) -> str:
    """A time as a person reads it, in hours, minutes and whole seconds, those that are nought left out.

    >>> words(timedelta(seconds=31536)), words(timedelta(days=1, hours=12)), words(timedelta(0))
    ('8 h 45 min 36 s', '36 h', '0 s')
    """
    parts = [f"{count} {unit}" for count, unit in zip(_parts(time), ("h", "min", "s"), strict=True) if count]
    return " ".join(parts) or "0 s"


def iso(time: timedelta) -> str:
    """A time as ISO 8601 in hours, minutes and whole seconds, never in days.

    >>> iso(timedelta(seconds=131490)), iso(timedelta(0))
    ('PT36H31M30S', 'PT0S')
    """
    parts = [f"{count}{unit}" for count, unit in zip(_parts(time), "HMS", strict=True) if count]
    return f"PT{''.join(parts) or '0S'}"


def _parts(time: timedelta) -> tuple[int, int, int]:
    minutes, seconds = divmod(time // timedelta(seconds=1), 60)
    return (*divmod(minutes, 60), seconds)


def _seconds(span: timedelta) -> Decimal:
    return Decimal(span // timedelta(microseconds=1)).scaleb(-6)


def _percent(percent: float | Decimal) -> Decimal:
    """A percentage as the digits it is written with: 99.9 is not 99.900000000000005."""
    share = percent if isinstance(percent, Decimal) else Decimal(str(percent))
    if not (share.is_finite() and 0 <= share <= _HUNDRED):
        raise UsageError(f"{percent} is not an availability in per cent. Give a number from 0 to 100, for example 99.9.")
    return share
