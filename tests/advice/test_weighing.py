"""What is read is held against the rules' lines: the first that holds decides, and what cannot be told is said so."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from contractlens.advice.finding import Finding, Review
from contractlens.advice.reviewing import review
from contractlens.advice.weighing import CHECK_BY_HAND

RULES = {
    "lines": """
clause_kind: renewal
match: {renews: ["automatically renew"]}
needs: [renews]
findings:
  - {when: notice_min is longer than 60 days, severity: high, say: "long: {notice_min}"}
  - {when: notice_min is longer than 20 days, severity: medium, say: "middling: {notice_min}"}
  - {when: anything else, severity: low, say: "the rest"}
""",
    "one-line": """
clause_kind: renewal
match: {renews: ["automatically renew"]}
needs: [renews]
findings:
  - {when: notice_min is longer than 60 days, severity: high, say: "long"}
  - {when: anything else, severity: low, say: "the rest"}
""",
    "no-rest": """
clause_kind: renewal
match: {renews: ["automatically renew"]}
needs: [renews]
findings:
  - {when: notice_min is longer than 60 days, severity: high, say: "long"}
""",
    "options": """
clause_kind: renewal
match: {renews: ["automatically renew"]}
needs: [renews]
applies_when: kind is exactly optional
findings:
  - {when: anything else, severity: low, say: "an option"}
""",
    "unmet": """
clause_kind: renewal
match: {renews: ["by lottery"]}
needs: [renews]
findings:
  - {when: anything else, severity: low, say: "by lottery"}
""",
    "price": """
clause_kind: price_of_its_own
match: {price: ["price of <price: money>"]}
needs: [price]
findings:
  - {when: price is more than 100, severity: high, say: "dear"}
  - {when: anything else, severity: low, say: "fair"}
redlines:
  preferred: {label: x, replaces: sentences, wording: "No price.", tell_the_vendor: "Thanks, {vendor}."}
  fallback: {label: x, replaces: nothing, wording: "A price of {price}.", tell_the_vendor: "Thanks."}
""",
    "escrow": """
clause_kind: escrow
why_it_matters: "It ends with {vendor}."
match: {escrow: ["escrow"]}
needs: [escrow]
missing: {what: an escrow, in_agreements: [hosting], severity: low, say: "Nothing holds the source of {vendor}."}
""",
    "audit": """
clause_kind: audit
match: {audit: ["audit"]}
needs: [audit]
missing: {what: a right to audit}
""",
}
AGREEMENT = """{title}

This Agreement is made as of March 1, 2026 (the "Effective Date") between Harbor, Inc. ("Provider") and Example Ltd. ("Customer").

1. Term. {term}

2. Fees. {fees}
"""
RENEWS = (
    "The initial term is one (1) year. This Agreement shall automatically renew for successive periods of one (1) year unless "
    "either party gives notice of non-renewal at least {} before the end of the term."
)


@pytest.fixture(scope="module")
def rules(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("rules")
    (folder / "trial").mkdir()
    for name, text in RULES.items():
        (folder / "trial" / f"{name}.yml").write_text(f"id: trial/{name}\ntitle: A trial\ncategory: price\nstatus: draft\n{text}")
    return folder


@pytest.fixture
def read(rules: Path, tmp_path: Path) -> Callable[..., Review]:
    """The review of a small agreement."""

    def reading(*, notice: str = "30 days", fees: str = "None.", title: str = "HOSTING AGREEMENT") -> Review:
        (tmp_path / "a.txt").write_text(AGREEMENT.format(title=title, term=RENEWS.format(notice), fees=fees))
        return review(tmp_path / "a.txt", rules=rules, today=date(2026, 11, 21))

    return reading


def found(review: Review, rule: str) -> list[Finding]:
    return [f for f in review.findings if f.rule == f"trial/{rule}"]


def told(review: Review, rule: str) -> list[tuple[str, str]]:
    return [(f.severity, f.meaning) for f in found(review, rule)]


@pytest.mark.parametrize(
    ("notice", "expected"),
    [("90 days", ("high", "long: 90 days")), ("30 days", ("medium", "middling: 30 days")), ("10 days", ("low", "the rest"))],
    ids=["the first", "the second", "none but the rest"],
)
def test_the_first_line_that_holds_decides(read: Callable[..., Review], notice: str, expected: tuple[str, str]) -> None:
    assert told(read(notice=notice), "lines") == [expected]


def test_two_months_cannot_be_told_from_60_days_and_are_to_be_checked_by_hand(read: Callable[..., Review]) -> None:
    assert told(read(notice="two (2) months"), "one-line") == [("medium", CHECK_BY_HAND)]


def test_a_later_line_that_holds_beyond_doubt_decides_after_one_that_cannot_be_told(read: Callable[..., Review]) -> None:
    assert told(read(notice="two (2) months"), "lines") == [("medium", "middling: 2 months")]


def test_where_no_line_holds_nothing_is_said(read: Callable[..., Review]) -> None:
    assert told(read(notice="10 days"), "no-rest") == []


def test_a_rule_has_no_finding_about_a_record_to_which_it_does_not_apply(read: Callable[..., Review]) -> None:
    assert told(read(), "options") == []


def test_a_rule_that_met_nothing_has_no_finding_about_a_record_of_its_kind(read: Callable[..., Review]) -> None:
    assert told(read(), "unmet") == []


def test_the_evidence_is_the_sentence_that_the_rule_met(read: Callable[..., Review]) -> None:
    (finding,) = found(read(), "lines")
    assert [e.quote for e in finding.evidence] == [RENEWS.format("30 days").split(". ", 1)[1]]


def test_matches_of_which_a_rule_says_the_same_are_one_finding_with_the_evidence_of_both(read: Callable[..., Review]) -> None:
    review = read(fees="There is a price of $50. The lamp has a price of $60. The rack has a price of $500.")
    assert [(f.meaning, len(f.evidence)) for f in found(review, "price")] == [("dear", 1), ("fair", 2)]


def test_wording_takes_the_place_of_the_sentence_or_stands_after_it(read: Callable[..., Review]) -> None:
    (finding,) = found(read(fees="There is a price of $50."), "price")
    preferred, fallback = finding.redlines
    assert (preferred.text, preferred.note, preferred.replace, preferred.after) == ("No price.", "Thanks, Provider.", finding.evidence[0], None)
    assert (fallback.text, fallback.replace, fallback.after) == ("A price of USD 50.00.", None, finding.evidence[0])


def test_what_is_missing_is_told_only_in_the_kinds_of_agreement_that_should_have_it(read: Callable[..., Review]) -> None:
    hosting, supply = read(), read(title="SUPPLY AGREEMENT")
    assert {"trial/escrow", "trial/audit"} <= {n.rule for n in hosting.not_found}
    assert (hosting.terms and hosting.terms.kind_of_agreement, supply.terms and supply.terms.kind_of_agreement) == ("hosting", "supply")
    assert {n.rule for n in supply.not_found} & {"trial/escrow", "trial/audit"} == {"trial/audit"}
    assert told(supply, "escrow") == []


def test_what_is_missing_is_a_finding_where_the_rule_says_how_grave_it_is(read: Callable[..., Review]) -> None:
    (finding,) = found(read(), "escrow")
    assert (finding.title, finding.meaning, finding.why) == ("An escrow: not found", "Nothing holds the source of Provider.", "It ends with Provider.")
    assert found(read(), "audit") == []


def test_what_is_there_is_not_missing(read: Callable[..., Review]) -> None:
    review = read(fees="The source stays in escrow.")
    assert "trial/escrow" not in {n.rule for n in review.not_found}


def test_findings_come_with_the_severest_first_and_in_reading_order(read: Callable[..., Review]) -> None:
    order = [("high", "medium", "low").index(f.severity) for f in read(fees="It has a price of $500 and a lamp.").findings]
    assert order == sorted(order)
