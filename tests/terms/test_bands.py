"""Bands of availability and amounts of credit: one grammar for cells and sentences."""

from __future__ import annotations

import itertools
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contractlens.terms.bands import Band, bands, half_open
from contractlens.terms.credit_amounts import credit_amount
from contractlens.terms.lengths import length

FORMS = {
    "less than": ("Less than 99.9%", ("99.9", None)),
    "signs": ("< 99.9% but ≥ 99.0%", ("99.9", "99.0")),
    "escaped signs": (r"\>= 99.0% and \< 99.9%", ("99.9", "99.0")),
    "words": ("Below 99.9% but at or above 99.0%", ("99.9", "99.0")),
    "long words": ("greater than or equal to 95% and less than 97%", ("97", "95")),
    "a missing to": ("less than 99.9% Uptime, but equal or greater than 99.0% Uptime", ("99.9", "99.0")),
    "suffix": ("99% or less", ("99", None)),
    "floor": ("99.9% or greater", (None, "99.9")),
    "plus sign": ("99.0%+", (None, "99.0")),
    "half-open range": ("99.00% to < 99.99%", ("99.99", "99.00")),
    "up to but not": ("from 98.5 % up to but not including 99.5 %", ("99.5", "98.5")),
    "between": ("between 99% and 99.9%", ("99.9", "99")),
    "falling": ("99.89% - 99.0%", ("99.89", "99.0")),
    "a chain of signs": ("98.5% ≤ x < 99.5%", ("99.5", "98.5")),
    "no sign of per cent": ("Equal to or greater than 99.0 but less than 99.99", ("99.99", "99.0")),
    "a denied less": ("must not be lower than 99.3%", (None, "99.3")),
    "comma decimals": ("lower than 99,9 % and greater than or equal to 99,0 %", ("99.9", "99.0")),
    "figures in words": ("ninety-nine percent (99%) or above but below ninety-nine and one half percent (99.5%)", ("99.5", "99")),
}


@pytest.mark.parametrize("name", FORMS)
def test_a_band_is_read_in_each_form(name: str) -> None:
    text, (below, at_least) = FORMS[name]
    (band,) = bands(text, bare=True)

    assert (below and Decimal(below), at_least and Decimal(at_least)) == (band.below, band.at_least)


def test_two_figures_beside_each_other_are_no_band() -> None:
    assert bands("an uptime of 99% and 99.9%") == []


def rows(*texts: str, tops: tuple[str, ...] = ()) -> list[tuple[Decimal | None, Decimal | None]]:
    made = half_open([bands(t, bare=True)[0] for t in texts], [Decimal(t) for t in tops])
    return [(b.below, b.at_least) for b in made]


def d(value: str | None) -> Decimal | None:
    return None if value is None else Decimal(value)


def test_closed_bands_join_their_neighbours_where_one_unit_parts_them() -> None:
    expected = [(d(None), d("99.9")), (d("99.9"), d("90.0")), (d("90.0"), None)]

    assert expected == rows("99.9% or greater", "90.00% - 99.89%", "under 90.00%")


def test_shared_edges_stay_as_printed() -> None:
    assert [(d("99.9"), d("99.5")), (d("99.5"), d("99"))] == rows("99.5% - 99.9%", "99% - 99.5%", tops=("99.9",))


def test_cumulative_rows_end_where_the_next_begins() -> None:
    assert [(d("99.9"), d("99.5")), (d("99.5"), None)] == rows("less than 99.9%", "less than 99.5%")


def test_rows_of_floors_are_topped_by_the_floor_above() -> None:
    assert [(None, d("99.9")), (d("99.9"), d("99.0")), (d("99.0"), None)] == rows(">= 99.9", ">= 99.0", "< 99.0")


edges = st.lists(st.integers(9000, 9999), min_size=2, max_size=6, unique=True).map(lambda n: sorted((Decimal(i) / 100 for i in n), reverse=True))
SPEECH = st.sampled_from(["less than {0}% but at least {1}%", "< {0}% and >= {1}%", "{1}% to < {0}%", ">= {1}% and < {0}%", "below {0}% but not below {1}%"])


@given(edges, SPEECH)
def test_a_table_of_half_open_bands_comes_back_as_it_was(figures: list[Decimal], speech: str) -> None:
    texts = [speech.format(a, b) for a, b in itertools.pairwise(figures)]
    expected = list(itertools.pairwise(figures))

    assert expected == [(b.below, b.at_least) for t in texts for b in bands(t)]
    assert expected == [(b.below, b.at_least) for b in half_open([bands(t)[0] for t in texts])]


@given(edges)
def test_half_open_bands_never_overlap_and_leave_no_gap(figures: list[Decimal]) -> None:
    made = half_open([Band(f, None, 0, 0) for f in figures])

    assert [b.at_least for b in made[:-1]] == [b.below for b in made[1:]]
    assert made[-1].at_least is None


@given(st.lists(st.integers(900, 998), min_size=1, max_size=5, unique=True))
def test_bands_printed_closed_are_as_wide_as_those_printed_open(tenths: list[int]) -> None:
    floors = sorted(tenths, reverse=True)
    tops = [Decimal("99.9"), *(Decimal(f) / 10 for f in floors[:-1])]
    texts = [f"{Decimal(f) / 10:.2f}% - {top - Decimal('0.01'):.2f}%" for f, top in zip(floors, tops, strict=True) if Decimal(f) / 10 < top - Decimal("0.01")]
    made = half_open([bands(t)[0] for t in texts], [Decimal("99.9")])

    assert tops == [b.below for b in made]


AMOUNTS = {
    "10% of the monthly fee": ("10", None, False),
    "[00%] of monthly fee": ("0", None, False),
    "No Service Credit": ("0", None, False),
    "one month's fee": ("100", None, False),
    "one half of one month": ("50", None, False),
    "a full week's cost": (None, "7", False),
    "3 days of service": (None, "3", False),
    "ten percent (10%)": ("10", None, False),
    "5% for each 30 minutes": ("5", None, True),
    "3% of monthly spend per 5% below the target": ("3", None, True),
    "one day's fee for each hour": (None, "1", True),
}


@pytest.mark.parametrize("text", AMOUNTS)
def test_a_credit_is_per_cent_or_days_and_a_rate_is_marked(text: str) -> None:
    percent, days, rate = AMOUNTS[text]
    amount = credit_amount(text)

    assert amount is not None
    assert (d(percent), d(days), rate) == (amount.percent, amount.days, amount.rate)


@pytest.mark.parametrize(
    ("text", "over", "up_to"),
    [("4 to 8 hours", "PT4H", "PT8H"), ("more than 8 hours", "PT8H", None), ("30 - 60 minutes", "PT30M", "PT60M"), ("up to one hour", None, "PT1H"), ("12+ hours", "PT12H", None)],
)
def test_a_band_of_time_is_read(text: str, over: str | None, up_to: str | None) -> None:
    band = length(text)

    assert (over, up_to) == ((str(band.over) if band and band.over else None), (str(band.up_to) if band and band.up_to else None))
