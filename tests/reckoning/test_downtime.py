"""A percentage as time."""

from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contractlens.errors import UsageError
from contractlens.reckoning import allowed_downtime
from contractlens.reckoning.downtime import (
    AVERAGE,
    combined,
    downtime,
    effective_availability,
    in_real_months,
    iso,
    longest_outage,
    words,
)
from contractlens.terms.records import AllowedDowntime, Period
from contractlens.values import Duration

SECOND = timedelta(seconds=1)
percents = st.decimals(0, 100, places=4)
spans = st.integers(0, 400 * 86400).map(lambda n: timedelta(seconds=n))


@pytest.mark.parametrize(
    ("percent", "period", "expected"),
    [
        pytest.param(99.9, "month", {"month": "PT43M49S", "quarter": "PT2H11M29S", "year": "PT8H45M57S"}, id="interface"),
        pytest.param(
            99.9,
            None,
            {"day": "PT1M26S", "week": "PT10M4S", "month": "PT43M49S", "quarter": "PT2H11M29S", "year": "PT8H45M57S"},
            id="no-period-gives-all",
        ),
        pytest.param(99.9, "year", {"year": "PT8H45M57S"}, id="a-year-says-nothing-of-one-day"),
        pytest.param(99.999, "month", {"month": "PT26S", "quarter": "PT1M18S", "year": "PT5M15S"}, id="five-nines"),
        pytest.param(95, "quarter", {"quarter": "PT109H34M30S", "year": "PT438H18M"}, id="many-days-in-hours"),
        pytest.param(95, "month", {"month": "PT36H31M30S", "quarter": "PT109H34M30S", "year": "PT438H18M"}, id="days-in-hours"),
        pytest.param(100, "month", {"month": "PT0S", "quarter": "PT0S", "year": "PT0S"}, id="no-downtime-at-all"),
        pytest.param(0, "year", {"year": "PT8766H"}, id="all-of-it"),
        pytest.param(Decimal("99.95"), "year", {"year": "PT4H22M58S"}, id="decimal"),
        pytest.param(110, "month", {}, id="no-percentage"),
        pytest.param(float("nan"), "month", {}, id="no-number"),
    ],
)
def test_a_percentage_as_the_longest_outage_over_each_span(percent: float, period: Period | None, expected: dict[str, str]) -> None:
    assert allowed_downtime(percent, period) == AllowedDowntime(**expected)


@pytest.mark.parametrize(
    ("percent", "days", "expected"),
    [
        pytest.param(99.9, 28, "40 min 19 s", id="february"),
        pytest.param(99.9, 30, "43 min 12 s", id="thirty-days"),
        pytest.param(99.9, 31, "44 min 38 s", id="thirty-one-days"),
        pytest.param(99.9, 365, "8 h 45 min 36 s", id="a-year-of-365-days"),
    ],
)
def test_the_figures_of_real_spans(percent: float, days: int, expected: str) -> None:
    assert words(downtime(percent, timedelta(days=days))) == expected


def test_real_months_have_28_to_31_days() -> None:
    assert {days: words(time) for days, time in in_real_months(99.9).items()} == {
        28: "40 min 19 s",
        29: "41 min 45 s",
        30: "43 min 12 s",
        31: "44 min 38 s",
    }


def test_three_vendors_in_a_row_allow_three_times_the_outage() -> None:
    availability = combined([99.9, 99.9, 99.9])
    assert round(availability, 1) == Decimal("99.7")
    assert words(downtime(availability, timedelta(days=30))) == "2 h 9 min 28 s"


@pytest.mark.parametrize(
    ("maintenance", "expected"),
    [
        pytest.param("PT8H", "98.86", id="eight-hours-a-month"),
        pytest.param("PT480M", "98.86", id="in-minutes"),
        pytest.param("PT0S", "99.95", id="none"),
        pytest.param("P400D", "0.00", id="longer-than-the-month"),
    ],
)
def test_maintenance_lowers_what_the_percentage_promises(maintenance: str, expected: str) -> None:
    assert round(effective_availability(99.95, Duration.parse(maintenance)), 2) == Decimal(expected)


def test_maintenance_with_no_fixed_length_is_refused() -> None:
    with pytest.raises(UsageError, match="1 month"):
        effective_availability(99.95, Duration(1, "month"))


@pytest.mark.parametrize("percent", [-1, 100.1, float("inf"), float("nan")])
def test_what_is_no_percentage_gets_a_sentence(percent: float) -> None:
    with pytest.raises(UsageError, match="from 0 to 100"):
        downtime(percent, timedelta(days=30))


def test_the_longest_outage_is_all_the_downtime_of_the_longest_period() -> None:
    assert longest_outage(99.9, "month") == downtime(99.9, timedelta(days=31))


@pytest.mark.parametrize(
    ("seconds", "in_words", "in_iso"),
    [
        pytest.param(2592, "43 min 12 s", "PT43M12S", id="minutes"),
        pytest.param(31536, "8 h 45 min 36 s", "PT8H45M36S", id="hours"),
        pytest.param(131490, "36 h 31 min 30 s", "PT36H31M30S", id="days-in-hours"),
        pytest.param(7200, "2 h", "PT2H", id="whole-hours"),
        pytest.param(3605, "1 h 5 s", "PT1H5S", id="no-minutes"),
        pytest.param(0, "0 s", "PT0S", id="none"),
        pytest.param(0.9, "0 s", "PT0S", id="part-of-a-second"),
    ],
)
def test_a_time_is_written_in_hours_minutes_and_seconds(seconds: float, in_words: str, in_iso: str) -> None:
    time = timedelta(seconds=seconds)
    assert (words(time), iso(time)) == (in_words, in_iso)


@given(percents, spans)
def test_downtime_and_uptime_make_up_the_period(percent: Decimal, span: timedelta) -> None:
    down, up = downtime(percent, span), downtime(100 - percent, span)
    assert timedelta(0) <= down <= span
    assert timedelta(0) <= span - (down + up) <= SECOND  # each is rounded down


@given(percents, percents, spans)
def test_a_higher_percentage_never_allows_more(one: Decimal, other: Decimal, span: timedelta) -> None:
    assert downtime(max(one, other), span) <= downtime(min(one, other), span)


@given(st.lists(percents, min_size=1, max_size=6))
def test_vendors_in_a_row_are_never_better_than_the_worst(availabilities: list[Decimal]) -> None:
    assert 0 <= combined(availabilities) <= min(availabilities)


@given(percents, st.integers(0, 2000))
def test_maintenance_never_betters_the_percentage(percent: Decimal, hours: int) -> None:
    assert 0 <= effective_availability(percent, Duration(hours, "hour")) <= percent


@given(percents)
def test_an_outage_called_allowed_meets_the_figure(percent: Decimal) -> None:
    for span in AVERAGE.values():
        down = downtime(percent, span)
        assert Decimal((span - down) // timedelta(microseconds=1)) * 100 >= percent * (span // timedelta(microseconds=1))
