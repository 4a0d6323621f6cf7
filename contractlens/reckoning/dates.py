"""The conventions by which a contract's days are counted, each in one place.

Months and years are calendar months, always counted from the anchor and clamped to the end of a shorter month: one month from
31 January is 28 February, two are 31 March. Where a wording leaves two readings, the safe one is taken: the earlier for a last
day, the later for a first one. Whatever has no day for an answer raises `CannotReckon`.
"""

from __future__ import annotations

import math
import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date
from decimal import Decimal

from dateutil.relativedelta import relativedelta

from contractlens.reckoning.reach import CannotReckon, shift
from contractlens.reckoning.workdays import count_working_days
from contractlens.values import Duration

_DAY = 86400
_YEARLY = re.compile(r"--(\d\d)-?(\d\d)")


def add(anchor: date, duration: Duration, times: int = 1, *, governing_law: str | None = None) -> date:
    """The day that lies `times` durations after the anchor, or before it where negative; the anchor itself is day nought.

    Never step by step: three months from 30 November are 28 February, and six are 30 May. Business days skip weekends and the
    holidays of the governing law; skipping more makes a day counted back earlier, but one counted forward later.

    >>> add(date(2026, 1, 31), Duration(1, "month")), add(date(2026, 1, 31), Duration(1, "month"), 2)
    (datetime.date(2026, 2, 28), datetime.date(2026, 3, 31))
    >>> add(date(2024, 2, 29), Duration(1, "year"), 4), add(date(2027, 3, 1), Duration(2, "week"), -1)
    (datetime.date(2028, 2, 29), datetime.date(2027, 2, 15))
    >>> add(date(2027, 1, 19), Duration(3, "day", business=True), -1, governing_law="New York")  # the 18th is a holiday
    datetime.date(2027, 1, 13)
    """
    if duration.business:
        return _add_business_days(anchor, duration, times, governing_law)
    if duration.unit in ("month", "year"):
        months = Decimal(duration.count) * (12 if duration.unit == "year" else 1) * times
        if months != int(months):
            raise CannotReckon(f"{duration.words()} are no whole number of months")
        try:
            return anchor + relativedelta(months=int(months))
        except (ValueError, OverflowError):
            raise CannotReckon("the date lies beyond the years 1 to 9999") from None
    days = (duration.seconds or Decimal(0)) * times / _DAY
    if days != int(days):
        raise CannotReckon(f"{duration.words()} are no whole number of days")
    return shift(anchor, int(days))


def _add_business_days(anchor: date, duration: Duration, times: int, governing_law: str | None) -> date:
    days = Decimal(duration.count) * times
    if duration.unit != "day" or days != int(days):
        raise CannotReckon(f"{duration.words()} are no whole number of business days")
    return count_working_days(anchor, int(days), governing_law)


def expiration(start: date, initial_term: Duration) -> date | None:
    """The last day of a term that begins with `start`: the day before the same day of the month, a term later.

    From the 29th, 30th or 31st the last month may be too short: a year from 29 February 2024 renews on 28 February 2025, the
    earlier of the two readings, and so ends with the 27th. None where there is no such day (a term of 9,000 years, or of none).

    >>> expiration(date(2026, 3, 1), Duration(1, "year")), expiration(date(2024, 2, 29), Duration(1, "year"))
    (datetime.date(2027, 2, 28), datetime.date(2025, 2, 27))
    """
    try:
        return shift(add(start, initial_term), -1) if initial_term.count > 0 else None
    except CannotReckon:
        return None


def renewal_day(last_day: date) -> date:
    """The first day after a term: the day on which it renews.

    >>> renewal_day(date(2027, 2, 28))
    datetime.date(2027, 3, 1)
    """
    return shift(last_day, 1)


def last_day_to_give(notice: Duration, *, last_day: date, governing_law: str | None = None) -> date:
    """The last day on which `notice` is in time, however it is read.

    Counted back from the last day of the term, and from the renewal day and then one day earlier: the earlier. Hours count as
    whole days, any part of one as another.

    >>> last_day_to_give(Duration(30, "day"), last_day=date(2027, 2, 28))
    datetime.date(2027, 1, 29)
    >>> last_day_to_give(Duration(6, "month"), last_day=date(2027, 2, 28))     # not 31 August
    datetime.date(2026, 8, 28)
    """
    return min(_both_readings(notice, last_day, governing_law))


def latest_day_to_give(notice: Duration, *, last_day: date, governing_law: str | None = None) -> date:
    """The later of the two days of which `last_day_to_give` is the earlier; never a deadline.

    For telling a reader who has missed the safe day that all may not be lost.

    >>> latest_day_to_give(Duration(6, "month"), last_day=date(2027, 2, 28))
    datetime.date(2026, 8, 31)
    """
    return max(_both_readings(notice, last_day, governing_law))


def window_opens(notice_max: Duration, *, last_day: date, governing_law: str | None = None) -> date:
    """The first day on which notice is not too early, however it is read.

    Counted back from the last day of the term and from the renewal day: the later. Part of a day is left out.

    >>> window_opens(Duration(45, "day"), last_day=date(2027, 2, 28))
    datetime.date(2027, 1, 15)
    """
    notice_max = _in_days(notice_max, math.floor)
    counted = (add(day, notice_max, -1, governing_law=governing_law) for day in (last_day, renewal_day(last_day)))
    return min(max(counted), last_day)


def yearly_day(notice_date: str, *, last_day: date) -> date:
    """The last such day of a year ("on or before November 1") that is before the renewal day.

    Where the renewal falls on that very day, the one a year earlier: the safe reading. 29 February is the 28th in other years.

    >>> yearly_day("--11-01", last_day=date(2027, 2, 28)), yearly_day("--03-01", last_day=date(2027, 2, 28))
    (datetime.date(2026, 11, 1), datetime.date(2026, 3, 1))
    """
    match = _YEARLY.fullmatch(notice_date)
    month, day = (int(part) for part in match.groups()) if match else (0, 0)
    if not (1 <= month <= 12 and 1 <= day <= monthrange(2024, month)[1]):
        raise CannotReckon(f"{notice_date!r} is no day of a year, such as --11-01")
    for year in (last_day.year, last_day.year - 1):
        if year >= 1 and (found := date(year, month, min(day, monthrange(year, month)[1]))) <= last_day:
            return found
    raise CannotReckon("the date lies beyond the years 1 to 9999")


def _both_readings(notice: Duration, last_day: date, governing_law: str | None) -> tuple[date, date]:
    """A notice counted back from the last day of the term, and from the renewal day and then one day earlier."""
    notice = _in_days(notice, math.ceil)
    from_renewal = add(renewal_day(last_day), notice, -1, governing_law=governing_law)
    return add(last_day, notice, -1, governing_law=governing_law), shift(from_renewal, -1)


def _in_days(notice: Duration, rounded: Callable[[Decimal], int]) -> Duration:
    """A notice of fixed length in whole days; months, years and business days as they are."""
    return notice if notice.seconds is None else Duration(rounded(notice.seconds / _DAY), "day")
