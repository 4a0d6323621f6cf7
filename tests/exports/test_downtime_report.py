"""A percentage told as time."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest

from contractlens.errors import UsageError
from contractlens.exports.downtime import as_json, as_text
from contractlens.values import Duration


def test_a_percentage_is_told_for_each_real_month() -> None:
    lines = as_text([Decimal("99.9")]).splitlines()
    assert lines[0] == "99.9 %"
    assert [" ".join(line.split()) for line in lines[2:6]] == [
        "28 days (February) 40 min 19 s", "29 days (leap February) 41 min 45 s", "30 days 43 min 12 s", "31 days 44 min 38 s",
    ]  # fmt: skip


def test_vendors_in_a_row_multiply() -> None:
    told = json.loads(as_json([Decimal("99.9")] * 3))
    assert told["combined_percent"] == 99.7003
    assert told["allowed_downtime"]["30_days"] == "PT2H9M28S"


def test_maintenance_comes_on_top() -> None:
    told = json.loads(as_json([Decimal("99.95")], Duration(8, "hour")))
    assert told["with_maintenance"]["30_days"] == "PT8H21M21S"  # 0.05 % of 712 hours, and the 8
    assert told["allowed_downtime"]["30_days"] == "PT21M21S"
    assert "8 h 21 min 21 s with maintenance" in as_text([Decimal("99.95")], Duration(8, "hour"))


def test_maintenance_without_a_fixed_length_is_refused() -> None:
    with pytest.raises(UsageError, match="PT8H"):
        as_text([Decimal("99.9")], Duration(1, "month"))
