"""Commitments to be available: the ways of wording them, over what time they are measured, and what looks like one and is not."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from contractlens.terms.filling import Facts
from contractlens.terms.permitted import share_of

Read = Callable[..., Facts]
CASES: dict[str, dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "service_levels.yml").read_text(encoding="utf-8"))
STATED = {name: case for name, case in CASES.items() if "uptime" in case}


@pytest.mark.parametrize("name", STATED)
def test_the_figures_and_the_period_are_read(name: str, read: Read) -> None:
    expected = sorted((float(percent), period or "") for percent, period in STATED[name]["uptime"])

    assert expected == sorted((u.percent, u.period or "") for u in read(STATED[name]["text"]).terms.uptime)


NO_COMMITMENT = {
    "the threshold of a credit": "If latency is high, nothing is owed. Packet loss stays below 0.1% in each month.",
    "support targets": "We answer 99% of support calls within one minute, and resolve 95% of tickets of this service level within a day.",
    "durability": "Objects are kept with a durability of 99.999% in our available storage classes.",
    "a denial": "We do not guarantee 100% uptime.",
    "past figures": "Our uptime last year was 99.98%.",
    "another company's figure": "Our suppliers guarantee 99.9% availability, for which we cannot answer.",
    "shares of a price": "A deposit of 90% of the fees is due for services that are available on request.",
    "use of a line": "Where utilisation of the available bandwidth exceeds 95%, Customer shall order more.",
}


@pytest.mark.parametrize("name", NO_COMMITMENT)
def test_what_is_no_commitment_is_not_taken_for_one(name: str, read: Read) -> None:
    assert read(NO_COMMITMENT[name]).terms.uptime == ()


def test_a_figure_that_only_the_bands_show_is_marked_as_implied(read: Read) -> None:
    uptime = read("# Service credits\n\n| Monthly uptime | Service credit |\n|---|---|\n| 99.0% - 99.94% | 10% |\n| below 99.0% | 25% |\n").terms.uptime

    assert [(u.percent, u.period, u.implied) for u in uptime] == [(99.95, "month", True)]


def test_the_plan_or_service_of_a_figure_is_kept(read: Read) -> None:
    uptime = read("# Uptime\n\n| Service | Uptime target (monthly) |\n|---|---|\n| DNS | 100% |\n| Portal | 99.5% |\n").terms.uptime

    assert [(u.service, u.percent) for u in uptime] == [("DNS", 100.0), ("Portal", 99.5)]


def test_the_quote_holds_the_sentence_that_says_it(read: Read) -> None:
    text = "Intro. The servers are available 99.9% of the time in each month. Fees are due monthly."
    (uptime,) = read(text).terms.uptime

    assert uptime.evidence[0].quote == "The servers are available 99.9% of the time in each month."


@pytest.mark.parametrize(
    ("minutes", "period", "percent"),
    [("44", "month", "99.9"), ("432", "month", "99.0"), ("21.9", "month", "99.95"), ("526", "year", "99.9"), ("5.26", "year", "99.999")],
)
def test_a_permitted_time_is_the_roundest_figure_that_it_fits(minutes: str, period: Any, percent: str) -> None:
    assert abs(Decimal(percent) - share_of(Decimal(minutes), period)) <= Decimal("0.0001")
