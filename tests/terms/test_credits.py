"""Service credits: bands, rates, caps, claims, clocks, remedies, ways out; and what looks like them and is not."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from contractlens.terms.filling import Facts
from contractlens.terms.records import ServiceCredits
from contractlens.values import Duration

Read = Callable[..., Facts]
CASES: dict[str, dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "service_levels.yml").read_text(encoding="utf-8"))
MAINTENANCE = ("excludes_scheduled_maintenance", "maintenance_allowed", "maintenance_notice")


def text_of(value: Duration | None) -> str | None:
    return None if value is None else str(value)


def said(credits: ServiceCredits | None) -> dict[str, Any]:
    """The record in the shape of the cases: lists and texts."""
    c = credits or ServiceCredits()
    return {
        "tiers": sorted([[t.below, t.at_least, t.credit_percent, t.credit_days] for t in c.tiers], key=str),
        "outage_tiers": [[text_of(t.over), text_of(t.up_to), t.credit_percent] for t in c.outage_tiers],
        "prorata": c.prorata,
        "cap_percent": c.cap_percent,
        "cap_days": c.cap_days,
        "claim_window": text_of(c.claim_window),
        "outage_start": c.outage_start,
        "exclusive_remedy": c.exclusive_remedy,
        "termination_right": [c.termination_right.failures, text_of(c.termination_right.within)] if c.termination_right else None,
        "excludes_scheduled_maintenance": c.excludes_scheduled_maintenance,
        "maintenance_allowed": text_of(c.maintenance.allowed) if c.maintenance else None,
        "maintenance_notice": text_of(c.maintenance.notice) if c.maintenance else None,
    }


@pytest.mark.parametrize("name", CASES)
def test_each_field_is_read_and_no_other(name: str, read: Read) -> None:
    case, got = CASES[name], said(read(CASES[name]["text"]).terms.service_credits)
    fields = [f for f in got if f in case or f not in (*MAINTENANCE, "tiers", "outage_tiers")]
    empty = {"prorata": False, "exclusive_remedy": False}
    expected = {f: case.get(f, empty.get(f)) for f in fields}
    if "tiers" in expected:
        expected["tiers"] = sorted([[None if v is None else float(v) for v in row] for row in expected["tiers"]], key=str)

    assert expected == {f: got[f] for f in fields}


@pytest.mark.parametrize("name", ["no service level", "a warranty", "other percentages", "past uptime, trade credit", "as available"])
def test_an_agreement_without_a_service_level_has_no_credits(name: str, read: Read) -> None:
    assert read(CASES[name]["text"]).terms.service_credits is None


def test_business_days_are_kept_apart_from_calendar_days(read: Read) -> None:
    credits = read("Uptime: 99.9% per month. Claims for credits must be received within ten (10) business days of the end of the month.").terms.service_credits

    assert credits is not None
    assert (credits.claim_window_unit, str(credits.claim_window)) == ("business", "P10D")


def test_the_time_the_vendor_takes_is_no_time_to_claim(read: Read) -> None:
    credits = read("Uptime: 99.9% per month. Service credits will be applied within sixty (60) days after they were requested.").terms.service_credits

    assert credits is None or credits.claim_window is None


def test_two_services_in_one_card_keep_their_credits(read: Read) -> None:
    card = "| Field | Value |\n|---|---|\n| Availability commitment | BASIC: 99.5% PLUS: 99.9% |\n| Service credit | BASIC: 5% of the fee PLUS: 15% of the fee |\n"
    credits = read(f"# Storage\n\n{card}\n\nMeasured per month.\n").terms.service_credits

    assert credits is not None
    assert {(99.5, 5.0), (99.9, 15.0)} == {(t.below, t.credit_percent) for t in credits.tiers}


def test_a_band_below_the_sla_stands_for_each_commitment(read: Read) -> None:
    text = "# Credits\n\nUptime is 99.9% a month.\n\n| Monthly uptime | Service credit |\n|---|---|\n| < SLA and >= 99.0% | 5% |\n| < 99.0% | 10% |\n"
    credits = read(text).terms.service_credits

    assert credits is not None
    assert [(t.below, t.at_least, t.credit_percent) for t in credits.tiers] == [(99.9, 99.0, 5.0), (99.0, None, 10.0)]
