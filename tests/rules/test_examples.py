"""Every rule's own examples: what `contractlens rules test` runs."""

from __future__ import annotations

import pytest

from contractlens.rulebook import load_rules
from contractlens.rulebook.proving import explain, prove
from contractlens.rulebook.rule import Rule


@pytest.mark.parametrize("rule_id", sorted(load_rules().rules))
def test_a_rule_proves_itself(rule_id: str) -> None:
    failing = [f"{'should' if p.should_match else 'should not'} match: {' '.join(p.text.split())}\n    found: {p.found}" for p in prove(load_rules(), rule_id) if not p.holds]
    assert not failing, "\n".join(failing)


FAMILIES = [rule for rule in load_rules().rules.values() if rule.id.split("/")[0] in ("uptime", "credits", "changes") and (rule.groups or rule.roles)]


@pytest.mark.parametrize("rule", FAMILIES, ids=lambda rule: rule.id)
def test_a_family_of_wordings_has_enough_members_and_near_misses(rule: Rule) -> None:
    proofs = prove(load_rules(), rule.id)

    assert sum(p.should_match for p in proofs) >= 8
    assert sum(not p.should_match for p in proofs) >= 4


def test_what_a_rule_saw_is_told() -> None:
    looked = {one.rule: one for one in explain(load_rules(), "The Service will be available 99.9% of the time in each calendar month.")}
    uptime = looked["uptime/commitment"]
    assert uptime.matched
    assert uptime.values == {"uptime": ("99.9 %",)}
    assert any("99.9%" in words for words in uptime.groups["uptime"])


def test_a_near_miss_says_what_kept_it_from_matching() -> None:
    looked = {one.rule: one for one in explain(load_rules(), "This Agreement shall not automatically renew.")}
    renewal = looked["renewal/automatic-renewal"]
    assert not renewal.matched
    assert renewal.why_not.startswith("unless: ")
    assert "shall not automatically renew" in renewal.why_not


def test_the_four_slots_of_a_right_are_told() -> None:
    looked = explain(load_rules(), "Provider may amend these Terms at any time.")
    (terms,) = [one for one in looked if one.rule == "changes/change-of-terms"]
    (slots,) = terms.slots
    assert terms.matched
    assert (slots.who, slots.may, slots.does) == ("Provider", "may", "amend")
    missed = [one for one in explain(load_rules(), "Customer may amend these Terms at any time.") if one.rule == "changes/change-of-terms"]
    assert [one.matched for one in missed] == [False]
    assert "Customer" in missed[0].why_not
