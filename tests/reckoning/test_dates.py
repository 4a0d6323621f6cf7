"""The conventions of counting: terms, notices, windows, working days."""

import doctest
from datetime import date, timedelta
from decimal import Decimal
from importlib import import_module

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from contractlens.reckoning import expiration, workdays
from contractlens.reckoning.dates import add, last_day_to_give, latest_day_to_give, renewal_day, window_opens, yearly_day
from contractlens.reckoning.reach import CannotReckon
from contractlens.reckoning.workdays import calendars, count_working_days, is_working_day, working_day_before
from contractlens.values import Duration, compare

ONE_DAY = timedelta(days=1)
LEAP_DAY = date(2024, 2, 29)

days = st.dates(date(1900, 1, 1), date(2200, 12, 31))
notices = st.one_of(
    st.integers(0, 800).map(lambda n: Duration(n, "day")),
    st.integers(0, 100).map(lambda n: Duration(n, "week")),
    st.integers(0, 60).map(lambda n: Duration(n, "month")),
    st.integers(0, 10).map(lambda n: Duration(n, "year")),
)
terms = notices.filter(lambda term: term.count > 0)


@pytest.mark.parametrize("module", ["dates", "deadlines", "downtime", "reach", "rolling", "windows", "workdays"])
def test_the_examples_in_the_docstrings_hold(module: str) -> None:
    assert doctest.testmod(import_module(f"contractlens.reckoning.{module}")).failed == 0


# ---------------------------------------------------------------- adding
@pytest.mark.parametrize(
    ("anchor", "duration", "times", "expected"),
    [
        pytest.param("2026-01-31", "P1M", 1, "2026-02-28", id="clamped"),
        pytest.param("2026-01-31", "P1M", 2, "2026-03-31", id="from-the-anchor-not-step-by-step"),
        pytest.param("2026-05-31", "P3M", -1, "2026-02-28", id="back-to-february"),
        pytest.param("2024-02-29", "P1Y", 1, "2025-02-28", id="leap-day-next-year"),
        pytest.param("2024-02-29", "P1Y", 4, "2028-02-29", id="leap-day-comes-back"),
        pytest.param("2024-02-29", "P12M", 1, "2025-02-28", id="twelve-months-as-a-year"),
        pytest.param("2027-03-01", "P2W", -1, "2027-02-15", id="weeks"),
        pytest.param("2026-12-31", "P60D", 1, "2027-03-01", id="days"),
        pytest.param("2026-12-31", "PT72H", -1, "2026-12-28", id="hours-of-whole-days"),
        pytest.param("2026-03-01", "P0D", 1, "2026-03-01", id="nothing"),
    ],
)
def test_a_duration_is_added_to_its_anchor(anchor: str, duration: str, times: int, expected: str) -> None:
    assert add(date.fromisoformat(anchor), Duration.parse(duration), times) == date.fromisoformat(expected)


@pytest.mark.parametrize(
    "duration",
    [
        pytest.param(Duration(9000, "year"), id="past-9999"),
        pytest.param(Duration(10**30, "month"), id="absurd-months"),
        pytest.param(Duration(10**30, "day"), id="absurd-days"),
        pytest.param(Duration(10**30, "day", business=True), id="absurd-business-days"),
        pytest.param(Duration(Decimal("1.5"), "month"), id="half-a-month"),
        pytest.param(Duration(36, "hour"), id="half-a-day"),
        pytest.param(Duration(8, "hour", business=True), id="business-hours"),
    ],
)
@pytest.mark.parametrize("times", [1, -1], ids=["after", "before"])
def test_a_sum_with_no_day_for_an_answer_says_so(duration: Duration, times: int) -> None:
    with pytest.raises(CannotReckon):
        add(date(2026, 3, 1), duration, times)


@given(days, notices, st.integers(-20, 20))
def test_a_duration_taken_many_times_never_runs_backwards(anchor: date, duration: Duration, times: int) -> None:
    assert add(anchor, duration, times) <= add(anchor, duration, times + 1)


# ---------------------------------------------------------------- the end of a term
@pytest.mark.parametrize(
    ("start", "term", "expected"),
    [
        pytest.param("2026-03-01", "P1Y", "2027-02-28", id="interface"),
        pytest.param("2025-03-01", "P12M", "2026-02-28", id="a-twelve-month-term-from-1-march-ends-on-28-february"),
        pytest.param("2027-03-01", "P1Y", "2028-02-29", id="into-a-leap-year"),
        pytest.param("2024-02-29", "P1Y", "2025-02-27", id="from-a-leap-day-the-earlier-reading"),
        pytest.param("2024-02-29", "P4Y", "2028-02-28", id="from-leap-day-to-leap-day"),
        pytest.param("2026-08-31", "P6M", "2027-02-27", id="clamped-the-earlier-reading"),
        pytest.param("2026-03-01", "P36M", "2029-02-28", id="thirty-six-months"),
        pytest.param("2026-03-01", "P30D", "2026-03-30", id="thirty-days-with-the-first"),
    ],
)
def test_a_term_ends_the_day_before_the_same_day_of_the_month(start: str, term: str, expected: str) -> None:
    assert expiration(date.fromisoformat(start), Duration.parse(term)) == date.fromisoformat(expected)


@pytest.mark.parametrize("term", ["P9000Y", "P0D", "P1.5M"])
def test_a_term_with_no_last_day_has_none(term: str) -> None:
    assert expiration(date(2026, 3, 1), Duration.parse(term)) is None


@given(days, terms)
@example(LEAP_DAY, Duration(1, "year"))
def test_the_renewal_day_is_a_term_after_the_start(start: date, term: Duration) -> None:
    last_day = expiration(start, term)
    assert last_day is not None
    assert renewal_day(last_day) == add(start, term)
    assert last_day >= start


# ---------------------------------------------------------------- notice
@pytest.mark.parametrize(
    ("notice", "last_day", "expected"),
    [
        pytest.param("P30D", "2027-02-28", "2027-01-29", id="interface-30-days"),
        pytest.param("P6M", "2027-02-28", "2026-08-28", id="interface-six-months-not-31-august"),
        pytest.param("P90D", "2026-02-28", "2025-11-30", id="style-90-days"),
        pytest.param("P6M", "2026-08-30", "2026-02-27", id="the-renewal-day-gives-the-earlier"),
        pytest.param("P1Y", "2028-02-29", "2027-02-28", id="a-year-back-from-a-leap-day"),
        pytest.param("P1Y", "2025-02-28", "2024-02-28", id="a-year-back-into-a-leap-year"),
        pytest.param("P2W", "2027-02-28", "2027-02-14", id="weeks"),
        pytest.param("PT36H", "2027-02-28", "2027-02-26", id="part-of-a-day-is-a-day"),
        pytest.param("P0D", "2027-02-28", "2027-02-28", id="no-notice"),
    ],
)
def test_the_last_day_for_notice_is_the_earlier_of_two_readings(notice: str, last_day: str, expected: str) -> None:
    assert last_day_to_give(Duration.parse(notice), last_day=date.fromisoformat(last_day)) == date.fromisoformat(expected)


@pytest.mark.parametrize(
    ("notice", "last_day", "expected"),
    [
        pytest.param("P45D", "2027-02-28", "2027-01-15", id="interface-45-days"),
        pytest.param("P3M", "2027-02-28", "2026-12-01", id="months-from-the-renewal-day"),
        pytest.param("P0D", "2027-02-28", "2027-02-28", id="never-after-the-last-day"),
    ],
)
def test_a_window_opens_on_the_later_of_two_readings(notice: str, last_day: str, expected: str) -> None:
    assert window_opens(Duration.parse(notice), last_day=date.fromisoformat(last_day)) == date.fromisoformat(expected)


@given(days, notices)
@example(LEAP_DAY, Duration(1, "month"))
def test_notice_is_never_due_after_the_term(last_day: date, notice: Duration) -> None:
    safe, latest = last_day_to_give(notice, last_day=last_day), latest_day_to_give(notice, last_day=last_day)
    assert safe <= latest <= last_day < renewal_day(last_day)
    assert safe <= window_opens(notice, last_day=last_day) <= last_day


@given(days, notices, notices)
@example(date(2027, 3, 30), Duration(1, "month"), Duration(32, "day"))
def test_a_longer_notice_never_gives_a_later_day(last_day: date, one: Duration, other: Duration) -> None:
    order = compare(one, other)
    assume(order is not None)
    shorter, longer = (one, other) if order == -1 else (other, one)
    assert last_day_to_give(longer, last_day=last_day) <= last_day_to_give(shorter, last_day=last_day)


@given(days, st.integers(0, 40))
def test_business_days_are_never_fewer_than_days(last_day: date, count: int) -> None:
    business = Duration(count, "day", business=True)
    weekends_only = last_day_to_give(business, last_day=last_day)
    assert weekends_only <= last_day_to_give(Duration(count, "day"), last_day=last_day)
    assert last_day_to_give(business, last_day=last_day, governing_law="New York") <= weekends_only


# ---------------------------------------------------------------- a day of each year
@pytest.mark.parametrize(
    ("notice_date", "last_day", "expected"),
    [
        pytest.param("--11-01", "2026-12-31", "2026-11-01", id="same-year"),
        pytest.param("--11-01", "2027-02-28", "2026-11-01", id="year-before"),
        pytest.param("--11-01", "2026-11-01", "2026-11-01", id="on-the-last-day"),
        pytest.param("--11-01", "2026-10-31", "2025-11-01", id="on-the-renewal-day-means-a-year-earlier"),
        pytest.param("--02-29", "2027-12-31", "2027-02-28", id="leap-day-in-other-years"),
        pytest.param("--1101", "2026-12-31", "2026-11-01", id="without-a-hyphen"),
    ],
)
def test_a_day_of_each_year_is_the_last_before_the_renewal(notice_date: str, last_day: str, expected: str) -> None:
    assert yearly_day(notice_date, last_day=date.fromisoformat(last_day)) == date.fromisoformat(expected)


@pytest.mark.parametrize("notice_date", ["--13-01", "--00-01", "--11-31", "--02-30", "2026-11-01", "November 1", ""])
def test_what_is_no_day_of_a_year_is_refused(notice_date: str) -> None:
    with pytest.raises(CannotReckon):
        yearly_day(notice_date, last_day=date(2026, 12, 31))


def test_a_day_of_each_year_is_refused_before_the_first_year() -> None:
    with pytest.raises(CannotReckon):
        yearly_day("--11-01", last_day=date(1, 5, 1))


# ---------------------------------------------------------------- working days
@pytest.mark.parametrize(
    ("law", "expected"),
    [
        pytest.param("New York", ("US-NY",), id="state"),
        pytest.param("State of Delaware", ("US-DE",), id="state-of"),
        pytest.param("England and Wales", ("GB-ENG", "GB-WLS"), id="two-nations"),
        pytest.param("Germany", ("DE",), id="country"),
        pytest.param("Ontario", ("CA-ON",), id="province"),
        pytest.param("the laws of the province of ONTARIO, Canada", ("CA-ON",), id="the-narrower-one"),
        pytest.param("West Virginia", ("US-WV",), id="not-virginia"),
        pytest.param("Northern Ireland", ("GB-NIR",), id="not-ireland"),
        pytest.param("New Mexico", ("US-NM",), id="not-mexico"),
        pytest.param("Washington, D.C.", ("US-DC",), id="not-washington-state"),
        pytest.param("Illinois; New York", ("US-IL", "US-NY"), id="two-states"),
        pytest.param("Texas; Singapore; Belgium", ("US-TX", "SG", "BE"), id="three-laws"),
        pytest.param("People's Republic of China", ("CN",), id="people's-republic"),
        pytest.param("Atlantis", (), id="unknown"),
        pytest.param("", (), id="empty"),
        pytest.param(None, (), id="none"),
    ],
)
def test_a_governing_law_names_its_holidays(law: str | None, expected: tuple[str, ...]) -> None:
    assert calendars(law) == expected


@pytest.mark.parametrize("code", sorted(set(workdays._CODES.values())))
def test_every_calendar_is_known_to_the_holidays_library(code: str) -> None:
    assert len(workdays._days_off(code, 2026)) > 52
    assert workdays._days_off(code, 1) is not None
    assert workdays._days_off(code, 9999) is not None


@pytest.mark.parametrize(
    ("day", "law", "expected"),
    [
        pytest.param("2026-11-26", "New York", False, id="thanksgiving"),
        pytest.param("2026-11-26", "England", True, id="thanksgiving-in-england"),
        pytest.param("2026-11-26", None, True, id="thanksgiving-with-no-law"),
        pytest.param("2026-12-28", "England", False, id="boxing-day-observed"),
        pytest.param("2027-12-31", "Delaware", False, id="next-new-year-observed-in-this-one"),
        pytest.param("2026-10-03", "Germany", False, id="german-unity-day-on-a-saturday"),
        pytest.param("2026-11-21", None, False, id="saturday"),
    ],
)
def test_working_days_follow_the_law(day: str, law: str | None, expected: bool) -> None:
    assert is_working_day(date.fromisoformat(day), law) is expected


def test_the_working_day_before_a_holiday_weekend_skips_all_of_it() -> None:
    assert working_day_before(date(2026, 12, 28), "England") == date(2026, 12, 24)


@given(days, st.integers(-60, 60))
def test_as_many_working_days_lie_between_as_were_counted(anchor: date, count: int) -> None:
    day = count_working_days(anchor, count)
    first, last = sorted((anchor, day))
    between = [first + n * ONE_DAY for n in range((last - first).days + 1)]
    assert sum(is_working_day(d) for d in between if d != anchor) == abs(count)


@pytest.mark.parametrize("day", [date.min, date.max], ids=["first", "last"])
def test_counting_stops_at_the_edge_of_the_calendar(day: date) -> None:
    with pytest.raises(CannotReckon):
        count_working_days(day, 1 if day == date.max else -1, "New York")
