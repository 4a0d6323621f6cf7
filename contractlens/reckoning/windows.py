"""The days on which notice is in time before one end of a term, with the sum in words."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from contractlens.reckoning.dates import add, last_day_to_give, latest_day_to_give, renewal_day, window_opens, yearly_day
from contractlens.reckoning.reach import CannotReckon, shift
from contractlens.reckoning.workdays import calendars, is_working_day, working_day_before
from contractlens.terms.records import Renewal
from contractlens.values import Duration

_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")


@dataclass(frozen=True, slots=True)
class Window:
    """When notice is in time: from `opens` to `by` under every reading, until `latest` at most under the loosest."""

    by: date
    latest: date
    how: str
    opens: date | None = None
    how_opens: str = ""


def window(
    renewal: Renewal, last_day: date, *, today: date | None = None, also: date | None = None, governing_law: str | None = None
) -> Window | None:
    """The window before `last_day`, the end of a term; None where the clause gives nothing to count with.

    `also` is an earlier end, where the term can be read to have it. Of two limits both must be met, so the earlier is the last day.
    With a `notice_max` alone ("within 60 days before the end") the day on which the window opens is the last day too: it is the
    one day that is within 60 days, and also 60 days before. After it any day may do or none, so that `today` is the day to act.

    >>> window(Renewal(kind="automatic", notice_min=Duration(30, "day")), date(2027, 2, 28)).how
    'the term ends 2027-02-28; 30 days before that is 2027-01-29'
    """
    ends_with_the_year = (last_day.month, last_day.day) == (12, 31)  # then "before the end of any calendar year" is before the end of the term
    if renewal.notice_to and not ("calendar year" in renewal.notice_to and ends_with_the_year):
        raise CannotReckon(f"the notice is counted back from something else than the end of the term ({renewal.notice_to})")
    least, most = (_as_counted(notice, renewal) for notice in (renewal.notice_min, renewal.notice_max))
    opens = window_opens(most, last_day=last_day, governing_law=governing_law) if most else None
    found: list[tuple[date, date, str]] = []
    if least:
        found.append(_clear(*_before_the_end(least, last_day, also, governing_law)) if renewal.notice_clear else _before_the_end(least, last_day, also, governing_law))
    if renewal.notice_date:
        day = yearly_day(renewal.notice_date, last_day=last_day)
        each = f"{day.day} {_MONTHS[day.month - 1]}"
        found.append((day, day, f"notice is due by {each}, and the last {each} before it renews on {renewal_day(last_day)} is {day}"))
    if not found and most and opens:
        found.append(_within(most, last_day, opens, today))
    if not found:
        return None
    by, latest = min(f[0] for f in found), min(f[1] for f in found)
    how = "; ".join(f[2] for f in found) + ("" if len(found) == 1 else "; the earlier counts")
    if not (most and opens):
        return Window(by, latest, how)
    if opens < by and not least and not renewal.notice_date:
        return Window(by, latest, how)
    if opens > by:
        return Window(by, latest, f"{how}; but notice more than {most.words()} before is too early, so no day meets every reading: ask")
    how_opens = f"{_ends(last_day)}; notice more than {most.words()} before that is too early, so {opens} is the first day"
    return Window(by, latest, how, opens, how_opens)


def workday_remark(day: date, governing_law: str | None, today: date) -> str:
    """What to say of a last day on which no business is done; nothing for a working day.

    >>> workday_remark(date(2027, 1, 30), "New York", today=date(2026, 11, 21))
    '; 2027-01-30 is a Saturday, and the working day before it is Friday 2027-01-29'
    """
    if is_working_day(day, governing_law):
        return ""
    what = f"a {_WEEKDAYS[day.weekday()]}" if day.weekday() > 4 else f"a holiday ({', '.join(calendars(governing_law))})"
    before = working_day_before(day, governing_law)
    passed = ", which has passed: give notice at once" if before < today else ""
    return f"; {day} is {what}, and the working day before it is {_WEEKDAYS[before.weekday()]} {before}{passed}"


def _within(most: Duration, last_day: date, opens: date, today: date | None) -> tuple[date, date, str]:
    """The day for a notice asked for "within" so many days before the end, the latest under any reading, and why."""
    how = f"{_ends(last_day)}; notice is asked for within {most.words()} before that, "
    if today and opens < today <= last_day:
        how += f"which {opens} would have met in both readings; read as any day within them, it is in time until {last_day}: "
        how += f"give it today, {today}"
        return today, last_day, how
    return opens, last_day, f"{how}and {opens} is the day that meets both readings"


def _before_the_end(notice: Duration, last_day: date, also: date | None, law: str | None) -> tuple[date, date, str]:
    """The last safe day for a notice, the latest one under any reading, and the sum."""
    by = last_day_to_give(notice, last_day=last_day, governing_law=law)
    latest = latest_day_to_give(notice, last_day=last_day, governing_law=law)
    renews = renewal_day(last_day)
    if by == (from_end := _back(last_day, notice, by, law)):
        how = f"{_ends(last_day)}; {notice.words()} before that is {by}"
        from_renewal = shift(_back(renews, notice, by, law), -1)
        if from_renewal > by:
            how += f" (counted from the renewal day it would be {from_renewal}: the earlier counts)"
    else:
        how = f"it renews on {renews}; {notice.words()} before that, and one day earlier, is {by}"
        how += f" (counted from the last day of the term it would be {from_end}: the earlier counts)"
    if also and also < last_day and (earlier := last_day_to_give(notice, last_day=also, governing_law=law)) < by:
        how += f"; counted to the same day of the month the term would end {also}, and {earlier} be the last day: the earlier counts"
        by = earlier
    return by, latest, how


def _clear(by: date, latest: date, how: str) -> tuple[date, date, str]:
    """The same for clear days, of which the day of the notice is none."""
    earlier = shift(by, -1)
    return earlier, shift(latest, -1), f"{how}; clear days leave out the day of the notice, so {earlier} is the last"


def _back(day: date, notice: Duration, by: date, law: str | None) -> date:
    """A notice counted back from a day; a notice in hours has its day already."""
    return by if notice.unit in ("hour", "minute", "second") else add(day, notice, -1, governing_law=law)


def _ends(last_day: date) -> str:
    return f"the term ends {last_day}"


def _as_counted(notice: Duration | None, renewal: Renewal) -> Duration | None:
    """The notice in business days, where the clause says so beside it."""
    business = notice is not None and renewal.notice_unit == "business" and notice.unit == "day"
    return replace(notice, business=True) if notice and business else notice
