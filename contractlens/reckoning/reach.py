"""What lies out of reach: sums that have no day for an answer."""

from __future__ import annotations

from datetime import date, timedelta


class CannotReckon(ValueError):
    """A sum with no day for an answer: beyond the years 1 to 9999, half a month, an hour of business. The message says which."""


def shift(day: date, days: int) -> date:
    """A day so many days later, or earlier where negative.

    >>> shift(date(2027, 2, 28), 1)
    datetime.date(2027, 3, 1)
    """
    try:
        return day + timedelta(days=days)
    except OverflowError:
        raise CannotReckon("the date lies beyond the years 1 to 9999") from None
