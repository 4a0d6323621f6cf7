"""Names in rules that stand for nothing are told before the first review."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from contractlens.advice.naming import RECKONED, check_names
from contractlens.advice.reviewing import _extras, playbook
from contractlens.errors import RuleError
from contractlens.rulebook import load_rules
from contractlens.terms.records import Record, Renewal, Terms, Uptime

RULE = """id: renewal/mine
title: {title}
clause_kind: renewal
category: renewal
status: draft
why_it_matters: {why}
applies_when: {applies_when}
match:
  renews: ["renews <how_long: duration>"]
needs: [renews]
findings:
  - when: {when}
    severity: low
    say: "{say}"
redlines:
  preferred: {{label: x, wording: "{wording}", tell_the_vendor: "{tell}"}}
missing: {{what: a renewal, severity: low, say: "{missing}"}}
"""
GOOD = {
    "title": "It renews",
    "why": "It costs.",
    "applies_when": "kind is exactly automatic",
    "when": "notice_min is longer than limits.renewal_notice",
    "say": "{{notice}} before {{opt_out_by}}, for {{how_long}}.",
    "wording": "{{customer}} may leave under {{governing_law}}.",
    "tell": "{{vendor}}.",
    "missing": "{{kind_of_agreement}}.",
}


@pytest.fixture
def rules(tmp_path: Path) -> Callable[..., Path]:
    """A playbook with one rule, good but for the parts that are given."""

    def write(**parts: str) -> Path:
        (tmp_path / "renewal").mkdir()
        (tmp_path / "renewal" / "mine.yml").write_text(RULE.format(**{k: v.replace("{{", "{").replace("}}", "}") for k, v in (GOOD | parts).items()}))
        return tmp_path

    return write


def test_the_rules_that_come_along_name_nothing_unknown() -> None:
    check_names(load_rules())


def test_a_rule_may_name_its_record_its_own_values_the_terms_the_dates_and_the_limits(rules: Callable[..., Path]) -> None:
    assert "renewal/mine" in playbook(rules()).rules


@pytest.mark.parametrize(
    ("part", "text", "meant"),
    [
        ("when", "notice_mim is missing", "notice_min"),
        ("when", "notice_min is longer than limits.renewal_notise", "limits.renewal_notice"),
        ("applies_when", "kinds is exactly automatic", "kind"),
        ("say", "Act by {{opt_out_bye}}.", "opt_out_by"),
        ("say", "For {{how_longg}}.", "how_long"),
        ("wording", "{{costumer}} may leave.", "customer"),
        ("tell", "{{vender}} loses nothing.", "vendor"),
        ("title", "Renews for {{renewal_tern}}", "renewal_term"),
        ("why", "It costs {{initial_tern}}.", "initial_term"),
        ("missing", "{{kind_of_agrement}}.", "kind_of_agreement"),
    ],
    ids=lambda value: value if value in GOOD else None,
)
def test_a_name_that_stands_for_nothing_is_an_error_that_says_what_was_meant(
    rules: Callable[..., Path], part: str, text: str, meant: str
) -> None:
    with pytest.raises(RuleError, match=rf'renewal/mine\.yml, line \d+: .* stands for nothing here\. Did you mean "{meant}"\?'):
        playbook(rules(**{part: text}))


def test_where_nothing_is_near_all_names_are_listed(rules: Callable[..., Path]) -> None:
    with pytest.raises(RuleError, match=r'"zzzzzzzz" stands for nothing here\. There are: agreement_date, '):
        playbook(rules(say="{{zzzzzzzz}}"))


@pytest.mark.parametrize("record", [Renewal(kind="automatic"), Uptime(percent=99.9)], ids=["renewal", "uptime"])
def test_the_names_that_are_reckoned_are_those_that_a_review_reckons(record: Record) -> None:
    kind = type(record).__name__.lower()
    assert {*RECKONED[kind]} == {*_extras(record, Terms(), playbook())} - {*type(record).model_fields}
