"""Service levels and credits in many forms: prose, lists, tables, cards, bands, words, permitted downtime."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from contractlens.terms.filling import Facts
from contractlens.terms.records import ServiceCredits

Read = Callable[..., Facts]
FILES = ("service_level_forms.yml", "joined_tier_forms.yml", "laid_out_forms.yml", "composed_credit_forms.yml")
FORMS: list[dict[str, Any]] = [form for name in FILES for form in yaml.safe_load((Path(__file__).parent / name).read_text(encoding="utf-8"))]


def title(form: dict[str, Any]) -> str:
    return " ".join(form["text"].split()[-12:])


@pytest.mark.parametrize("form", FORMS, ids=title)
def test_the_figures_periods_and_tiers_are_read(form: dict[str, Any], read: Read) -> None:
    terms = read(form["text"]).terms
    credits = terms.service_credits or ServiceCredits()

    assert sorted([u.percent, u.period or ""] for u in terms.uptime) == sorted([float(p), period or ""] for p, period in form["uptime"])
    if "tiers" in form:
        expected = [[None if v is None else float(v) for v in row] for row in form["tiers"]]
        assert sorted([[t.below, t.at_least, t.credit_percent, t.credit_days] for t in credits.tiers], key=str) == sorted(expected, key=str)
    if "prorata" in form:
        assert credits.prorata is form["prorata"]
