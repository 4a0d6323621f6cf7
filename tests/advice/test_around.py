"""Findings that need more than one clause, and those around them: price, ways to end it, liability. And whose review it is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from contractlens import Review, review
from contractlens.exports.outline import facts

TODAY = date(2026, 4, 1)
AGREEMENT = """{title}

This Agreement is made as of March 1, 2026 (the "Effective Date") between Harbor Hosting, Inc. ("Provider") and Example Ltd. ("Customer").

{clauses}
"""
LEVEL = "Provider will make the Service available 99.9% of the time in each calendar month."
RENEWS = "The initial term is one (1) year. This Agreement renews automatically for terms of one (1) year unless Customer gives notice sixty (60) days before the end of the term."
TIERS = "If availability in a month is below 99.9%, the credit is 10% of the monthly fee; if it is below 99.0%, the credit is 25% of the monthly fee."
ONLY = "Service credits are the sole and exclusive remedy for a failure to meet the service level."
POSTING = "Provider may change these terms at any time by posting them on its website."
LEAVE = "Customer may terminate this Agreement at any time upon thirty (30) days' notice."

Read = Callable[..., Review]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """The review of an agreement with these clauses."""

    def reading(*clauses: str, title: str = "HOSTING AGREEMENT", we: str | None = None) -> Review:
        path = tmp_path / "a.txt"
        path.write_text(AGREEMENT.format(title=title, clauses="\n\n".join(f"{n}. Clause. {c}" for n, c in enumerate(clauses, 1))))
        return review(path, today=TODAY, we=we)

    return reading


def told(made: Review, rule: str) -> list[tuple[str, str]]:
    return [(f.severity, f.meaning) for f in made.findings if f.rule == rule]


def severity(made: Review, rule: str) -> list[str]:
    return [s for s, _ in told(made, rule)]


def test_credits_are_the_only_remedy_and_nothing_lets_you_leave(read: Read) -> None:
    bound, free = read(LEVEL, TIERS, ONLY), read(LEVEL, TIERS, ONLY, LEAVE)
    assert severity(bound, "credits/only-remedy") == ["high"]
    assert severity(bound, "credits/no-way-out") == ["high"]
    assert severity(free, "credits/only-remedy") == ["medium"]
    assert severity(free, "credits/no-way-out") == []
    assert "credits/no-way-out" in {n.rule for n in free.not_found}


def test_a_right_to_leave_that_costs_the_rest_of_the_term_is_none(read: Read) -> None:
    made = read(LEVEL, TIERS, ONLY, LEAVE + " If Customer terminates, it shall pay the fees for the remainder of the term.")
    assert severity(made, "credits/only-remedy") == ["high"]
    assert severity(made, "termination/leaving-early-costs") == ["medium"]


def test_the_clock_starts_with_the_report_and_the_credit_lapses(read: Read) -> None:
    made = read(LEVEL, TIERS, "An outage begins when Customer reports it.", "Credits must be claimed within ten (10) days of the outage or are forfeited.")
    ((grave, meaning),) = told(made, "credits/clock-starts")
    assert (grave, "within 10 days" in meaning) == ("high", True)


def test_new_terms_on_a_page_can_lower_the_service_level_and_lift_the_price_limit(read: Read) -> None:
    limit = "Provider may not increase the fees by more than 3% in any year."
    assert told(read(LEVEL, POSTING), "changes/promises-by-posting") == [("high", "By putting up new terms Provider can lower the service level of 99.9 %.")]
    ((_, both),) = told(read(LEVEL, POSTING, limit), "changes/promises-by-posting")
    assert "99.9 %" in both
    assert "limit of 3 %" in both
    assert severity(read(limit, POSTING, title="SUPPLY AGREEMENT"), "changes/promises-by-posting") == ["high"]
    assert severity(read(POSTING), "changes/promises-by-posting") == []
    assert severity(read(LEVEL, "The parties may change these terms by a signed amendment."), "changes/promises-by-posting") == []


def test_the_price_of_the_renewal_comes_after_the_last_day_to_leave(read: Read) -> None:
    rise = "The fees for a renewal term rise in line with the Consumer Price Index; Provider states the new fees by notice {} before the renewal."
    ((grave, meaning),) = told(read(RENEWS, rise.format("thirty (30) days")), "price/notice-too-late")
    assert (grave, "60 days ahead" in meaning, "30 days ahead" in meaning, "31 December 2026" in meaning or "30 December 2026" in meaning) == ("high", True, True, True)
    assert severity(read(RENEWS, rise.format("ninety (90) days")), "price/notice-too-late") == []
    assert severity(read(rise.format("thirty (30) days")), "price/notice-too-late") == []
    vendor = "Provider may increase the fees for a renewal term by thirty (30) days' notice."
    assert severity(read(RENEWS, vendor), "changes/price-notice-too-late") == ["high"]


def test_a_renewal_at_then_current_rates(read: Read) -> None:
    rates = "Each renewal term is charged at Provider's then-current rates."
    assert severity(read(RENEWS, rates), "price/then-current-rates") == ["high"]
    assert severity(read(rates), "price/then-current-rates") == ["medium"]


def test_the_largest_credit_stands_beside_the_fee(read: Read) -> None:
    assert told(read(LEVEL, TIERS, "The monthly fee is $400."), "credits/largest-credit") == [
        ("medium", "In a month in which nothing works you get USD 100.00 back of USD 400.00: 25 % of the fee. The rest stays due, and the loss is yours.")
    ]
    assert told(read(LEVEL, TIERS), "credits/largest-credit") == [
        ("medium", "In a month in which nothing works you get 25 % of its fee back. The rest stays due, and the loss is yours.")
    ]
    assert told(read(LEVEL), "credits/largest-credit") == []


@pytest.mark.parametrize("title", ["SUPPLY AGREEMENT", "RESELLER AGREEMENT", "SPONSORSHIP AGREEMENT", "CO-BRANDING AGREEMENT", "SOFTWARE LICENSE AGREEMENT"])
def test_no_service_level_is_missed_where_nothing_is_hosted(read: Read, title: str) -> None:
    made = read("The parties work together.", title=title)
    assert severity(made, "uptime/no-service-level") == severity(made, "credits/no-way-out") == []
    assert severity(read("Provider hosts the site."), "uptime/no-service-level") == ["high"]


def test_price_leaving_and_liability_are_told_in_a_line_each(read: Read) -> None:
    made = read("On each anniversary the fees rise by four percent (4%).", LEAVE, "Provider's total liability shall not exceed the fees paid in the six months before the claim.")
    said = dict(facts(made))
    assert said["Prices"] == "rise by 4 % during the term"
    assert said["May be ended"] == "by you without a reason, notice 30 days"
    assert said["Liability"] == "the vendor's capped at the fees of 6 months"
    assert told(made, "liability/cap") == [("high", "The cap on liability is the fees of 6 months; our limit is 12 months of fees.")]
    assert told(made, "price/rise") == [("high", "Prices rise by 4 %; our limit is 3 %.")]


def test_each_finding_offers_a_preferred_and_a_fallback_wording_with_the_names_of_the_parties(read: Read) -> None:
    made = read(
        RENEWS,
        "Each renewal term is charged at Provider's then-current rates.",
        "On each anniversary the fees rise by four percent (4%).",
        "The discount applies only to the first term and ends upon renewal.",
        "Provider may terminate this Agreement at any time.",
        "Provider may terminate this Agreement if Customer becomes insolvent, upon a change of control of Customer or for breach.",
        "If Customer terminates early, it pays the fees for the remainder of the term.",
        "Provider's liability is limited to one month's fees. Provider is not liable for lost profits.",
    )
    around = [f for f in made.findings if f.rule.split("/")[0] in ("price", "termination", "liability")]
    assert len({f.rule for f in around}) == 10
    for finding in around:
        assert [r.position for r in finding.redlines] == ["preferred", "fallback"]
        assert not any("{" in r.text or "[____]" in r.text for r in finding.redlines)


# ---------------------------------------------------------------- whose review it is
RIGHTS = ("Provider may terminate this Agreement at any time upon ten (10) days' notice.", "Provider's total liability shall not exceed the fees paid in six months.")


@pytest.mark.parametrize("we", [None, "customer", "Customer", "Example", "example ltd."])
def test_the_customer_is_warned_of_a_vendor_that_may_leave(read: Read, we: str | None) -> None:
    made = read(*RIGHTS, we=we)
    assert severity(made, "termination/for-convenience") == ["high"]
    assert severity(made, "liability/cap") == ["high"]
    assert made.warnings == ()


@pytest.mark.parametrize("we", ["vendor", "Provider", "provider", "Harbor", "HARBOR HOSTING"])
def test_the_vendor_is_told_of_its_own_right(read: Read, we: str) -> None:
    made = read(*RIGHTS, we=we)
    assert told(made, "termination/for-convenience") == [("low", "You may leave without a reason. The notice is 10 days.")]
    assert severity(made, "liability/cap") == []
    assert made.terms
    assert [(p.role, p.called) for p in made.terms.parties] == [("customer", "Provider"), ("vendor", "Customer")]
    assert made.warnings == ()
