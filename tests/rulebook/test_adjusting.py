"""Rules switched off, and limits of one's own."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from contractlens.advice.finding import Review
from contractlens.advice.reviewing import playbook, review_document
from contractlens.documents import open_document
from contractlens.errors import UsageError
from contractlens.rulebook.adjusting import adjusted, limits_of, read_limit
from contractlens.values import Duration

ROOT = Path(__file__).resolve().parents[2]
HARBOR = open_document(ROOT / "samples" / "harbor-dns.pdf")
TODAY = date(2026, 11, 21)


def test_a_rule_that_is_off_has_no_findings_and_all_dates_stay() -> None:
    ours = playbook()
    full = review_document(HARBOR, ours, today=TODAY)
    for rule in sorted({f.rule for f in full.findings}):
        less = review_document(HARBOR, adjusted(ours, without=[rule]), today=TODAY)
        assert (less.terms, less.deadlines) == (full.terms, full.deadlines), rule
        assert {f.rule for f in full.findings} - {f.rule for f in less.findings} == {rule}
    assert review_document(HARBOR, ours, today=TODAY) == full, "ours are as they were"


def test_a_limit_decides_how_grave_a_finding_is() -> None:
    strict = adjusted(playbook(), limits={"renewal_notice": Duration(10, "day")})
    (renewal,) = [f for f in review_document(HARBOR, strict, today=TODAY).findings if f.rule == "renewal/automatic-renewal"]
    assert renewal.severity == "high"
    assert "your limit is 10 days" in renewal.meaning


def test_a_rule_or_a_limit_that_is_not_there_is_said() -> None:
    with pytest.raises(UsageError, match=r"there is no such rule"):
        adjusted(playbook(), without=["renewal/none"])
    with pytest.raises(UsageError, match="there is no such limit"):
        adjusted(playbook(), limits={"patience": 3.0})


@pytest.mark.parametrize(("text", "like"), [("soon", Duration(1, "day")), ("much", 3.0), ("30 days", 3.0)])
def test_what_is_no_limit_is_refused(text: str, like: Duration | float) -> None:
    with pytest.raises(ValueError, match=r"duration|float"):
        read_limit(text, like)


def printed(*call: str) -> str:
    return subprocess.run([sys.executable, "-m", "contractlens", *call], cwd=ROOT, capture_output=True, text=True, check=True, timeout=120).stdout


def test_a_limit_and_a_rule_that_is_off_on_the_command_line() -> None:
    call = ["review", "samples/harbor-dns.pdf", "--today", "2026-11-21", "--format", "json", "--without", "price/then-current-rates"]
    plain, strict = (printed(*call, *more) for more in ([], ["--limit", "uptime_percent=99.99"]))
    (was,), (now,) = ([f.severity for f in Review.model_validate_json(out).findings if f.rule == "uptime/commitment"] for out in (plain, strict))
    assert (was, now) == ("low", "medium")
    with pytest.raises(UsageError, match=r"no limit[.] Write it like renewal_notice=30 days"):
        limits_of(playbook(), ["renewal_notice=soon"])
    with pytest.raises(UsageError, match="there is no such limit"):
        limits_of(playbook(), ["patience=3"])
