"""An outage, and how much of it counts in each period over which availability is measured."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from contractlens.errors import UsageError
from contractlens.reckoning.downtime import words
from contractlens.terms.records import Period, ServiceCredits

_MONTHS: dict[Period, int] = {"month": 1, "quarter": 3, "year": 12}


@dataclass(frozen=True, slots=True)
class Outage:
    """When the service was down, and when that was reported to the vendor. All times in one zone, or none with a zone.

    Raises UsageError for times in the wrong order, or with a zone beside times with none.
    """

    start: datetime
    end: datetime
    reported: datetime | None = None

    def __post_init__(self) -> None:
        times = [t for t in (self.start, self.end, self.reported) if t]
        if len({t.tzinfo is None for t in times}) > 1:
            raise UsageError("Some of the times have a zone and some have none. Give all with one, such as 2026-03-05T09:00+01:00, or none.")
        if self.end <= self.start:
            raise UsageError(f"The outage ends {self.end:%Y-%m-%d %H:%M}, which is not after its start, {self.start:%Y-%m-%d %H:%M}. Give the times in order.")

    @property
    def length(self) -> timedelta:
        return self.end - self.start


def counted(outage: Outage, credits: ServiceCredits) -> tuple[Outage | None, str | None]:
    """The part of an outage that counts by the agreement's clock, and what to tell of it; None where none of it does.

    Where the clock starts with a report or with detection and that time is not given, the start is taken and said to be.
    """
    clock, reported = credits.outage_start, outage.reported
    if clock in (None, "actual"):
        return outage, None
    if reported is None:
        whom = {"customer_notice": "you report the outage", "provider_detection": "the vendor detects the outage", "either": "either side reports or detects the outage"}
        given = "Give the time of the report with --reported." if clock != "provider_detection" else "If it was later, give that time as the start."
        return outage, f"The clock starts when {whom[str(clock)]}; it is taken to be the start. {given}"
    if clock == "provider_detection":
        return outage, "The clock starts when the vendor detects the outage; it is taken to be the start. If it was later, give that time as the start."
    if reported >= outage.end:
        if clock == "either":
            return outage, "The clock starts when either side reports or detects the outage; the report came after its end, so detection is taken to be the start."
        return None, f"The clock starts when you report the outage, and the report ({reported:%Y-%m-%d %H:%M}) came after its end: nothing of it counts."
    start = max(reported, outage.start)
    lost = start - outage.start
    if clock == "either":
        told = f"The clock starts when either side reports or detects the outage; unless the vendor saw it before you reported it, {words(lost)} do not count."
    else:
        told = f"The clock starts when you report the outage: {words(lost)} before that do not count."
    return Outage(start, outage.end, reported), told if lost else None


@dataclass(frozen=True, slots=True)
class Span:
    """One period over which availability is measured, and the time down in it."""

    start: datetime
    end: datetime
    down: timedelta

    @property
    def length(self) -> timedelta:
        return self.end - self.start


def spans(outage: Outage, period: Period) -> list[Span]:
    """The calendar periods that an outage touches, each with its part of it. Weeks begin on Monday.

    >>> [(f"{s.start:%Y-%m-%d}", s.down.total_seconds() / 3600) for s in spans(Outage(datetime(2026, 1, 31, 22), datetime(2026, 2, 1, 3)), "month")]
    [('2026-01-01', 2.0), ('2026-02-01', 3.0)]
    """
    made, start = [], _start_of(outage.start, period)
    while start < outage.end:
        end = _next(start, period)
        down = min(outage.end, end) - max(outage.start, start)
        made.append(Span(start, end, down))
        start = end
    return made


def _start_of(time: datetime, period: Period) -> datetime:
    day = time.replace(hour=0, minute=0, second=0, microsecond=0)
    if period == "day":
        return day
    if period == "week":
        return day - timedelta(days=day.weekday())
    months = _MONTHS[period]
    return day.replace(month=(day.month - 1) // months * months + 1, day=1)


def _next(start: datetime, period: Period) -> datetime:
    try:
        if period in ("day", "week"):
            return start + timedelta(days=1 if period == "day" else 7)
        years, month = divmod(start.month - 1 + _MONTHS[period], 12)
        return start.replace(year=start.year + years, month=month + 1)
    except (OverflowError, ValueError):
        raise UsageError("The outage lies beyond the years 1 to 9999.") from None
