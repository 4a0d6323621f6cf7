"""The cap on liability: its size, whose it is, what is excluded, and what it does not hold for."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from contractlens.terms.caps import cap_in_words, cap_months
from contractlens.terms.filling import Facts
from contractlens.terms.records import Liability
from contractlens.values import Money

Read = Callable[..., Facts]
AGREEMENT = """HOSTING AGREEMENT

This Agreement is made as of March 1, 2020 between Acme Hosting, Inc. ("Provider") and Beta LLC ("Customer").

1. Services. Provider hosts the website of Customer.

2. Liability. {clause}
"""
CAPS: dict[str, tuple[str, dict[str, Any]]] = {
    "months": ("Provider's total liability shall not exceed the fees paid in the six (6) months before the claim.", {"fee_months": 6, "whose": "vendor"}),
    "months, in front": ("Provider's aggregate liability is limited to twelve months' fees.", {"fee_months": 12, "whose": "vendor"}),
    "a year": ("The liability of either party is capped at the annual fee.", {"fee_months": 12, "whose": "either"}),
    "that year": ("The total liability of each party in a contract year shall not exceed the charges payable in that year.", {"fee_months": 12, "whose": "either"}),
    "per cent": ("Provider's liability in any year is limited to 150 per cent of the charges payable in that year.", {"fee_months": 12, "fee_percent": 150}),
    "twice": ("Provider's maximum liability is twice the annual fees.", {"fee_months": 12, "fee_percent": 200}),
    "times a month": ("Provider's liability shall in no case be more than three times the monthly charge.", {"fee_months": 3}),
    "one month": ("Our liability to you is limited to one month's charges.", {"fee_months": 1, "whose": "vendor"}),
    "an amount": ("In no event will Provider be liable for damages in excess of $25,000.", {"amount": {"amount": "25000", "currency": "USD"}, "whose": "vendor"}),
    "the greater": (
        "Provider's aggregate liability shall not exceed the greater of £100,000 and the fees paid in the preceding 12 months.",
        {"amount": {"amount": "100000", "currency": "GBP"}, "fee_months": 12, "of_several": "greater"},
    ),
    "whichever is less": (
        "The liability of either party will not exceed the fees paid in the last year or $10,000, whichever is less.",
        {"amount": {"amount": "10000", "currency": "USD"}, "fee_months": 12, "of_several": "lesser"},
    ),
    "all fees": ("Neither party's liability shall exceed the amounts paid by Customer under this Agreement.", {"all_fees": True, "whose": "either"}),
    "to recover": ("Customer may recover from Provider only direct damages up to the amount paid for the Services.", {"all_fees": True, "whose": "vendor"}),
    "exceptions in the sentence": ("Each party's liability is limited to the fees paid in the prior 12 months, but not for fraud or a breach of confidentiality.", {"fee_months": 12, "carve_outs": ["confidentiality", "fraud"]}),
    "a label": ("The liability cap is 12 months of fees.", {"fee_months": 12, "whose": "either"}),
    "days": ("Provider's liability is limited to the charges for the ninety (90) days before the event.", {"fee_months": 3}),
}
NONE = {
    "insurance": "Provider shall maintain general liability insurance with limits of not less than $2,000,000 per occurrence.",
    "the customer's alone": "Customer's aggregate liability shall not exceed the fees payable in twelve months.",
    "not limited to": "Customer bears all liability, including but not limited to fees and taxes.",
    "credits": "Service credits shall not exceed the fees paid to Provider for the month.",
    "force majeure": "Provider is not liable for delays due to force majeure that exceed thirty days of paid service.",
    "an audit": "Provider is liable for the cost of the audit if it shows a discrepancy of more than five percent of the fees.",
}


@pytest.mark.parametrize(("clause", "want"), CAPS.values(), ids=CAPS)
def test_a_cap(read: Read, clause: str, want: dict[str, Any]) -> None:
    found = read(AGREEMENT.format(clause=clause)).terms.liability
    assert found
    have = found.model_dump(mode="json")
    assert {name: have[name] for name in want} == want
    size = ("amount", "fee_months", "fee_percent", "of_several")
    assert all(have[name] is None for name in size if name not in want)


@pytest.mark.parametrize("clause", NONE.values(), ids=NONE)
def test_no_cap_of_the_vendors(read: Read, clause: str) -> None:
    assert read(AGREEMENT.format(clause=clause)).terms.liability is None


def test_what_is_excluded_and_for_whom(read: Read) -> None:
    one = read(AGREEMENT.format(clause="Provider shall not be liable for lost profits or any indirect damages.")).terms.liability
    both = read(AGREEMENT.format(clause="Neither party is liable to the other for consequential loss.")).terms.liability
    assert one
    assert both
    assert [(r.excludes_indirect, r.indirect_for, r.whose) for r in (one, both)] == [(True, "vendor", None), (True, "either", None)]


CAP = "Neither party's total liability shall exceed the fees paid in the twelve months before the claim. "
EXCEPT = {
    "does not apply": ("This limit does not apply to a breach of confidentiality or to the indemnities in Section 9.", ("confidentiality", "indemnity"), False),
    "nothing limits": ("Nothing limits liability for death or personal injury or for fraud.", ("fraud", "death_or_injury"), False),
    "unlimited": ("Liability for gross negligence and willful misconduct is unlimited.", ("gross_negligence", "wilful_misconduct"), False),
    "a higher cap": ("For a personal data breach liability is limited to three times that amount.", (), True),
    "of something else": ("Except as required by law, each party keeps the confidential information of the other secret.", (), False),
}


@pytest.mark.parametrize(("clause", "names", "higher"), EXCEPT.values(), ids=EXCEPT)
def test_what_the_cap_does_not_hold_for(read: Read, clause: str, names: tuple[str, ...], higher: bool) -> None:
    found = read(AGREEMENT.format(clause=CAP + clause)).terms.liability
    assert found
    assert (found.carve_outs, found.super_cap) == (names, higher)


def test_a_cap_in_words() -> None:
    amount = Money(Decimal(100), "USD")
    said = [
        (Liability(fee_months=12, fee_percent=125), "125 % of the fees of 12 months", 15.0),
        (Liability(fee_months=1), "the fees of 1 month", 1.0),
        (Liability(amount=amount, fee_months=6, of_several="greater"), "the greater of USD 100.00 and the fees of 6 months", 6.0),
        (Liability(all_fees=True), "the fees paid under the agreement", None),
        (Liability(excludes_indirect=True), None, None),
    ]
    assert [(cap_in_words(cap), cap_months(cap)) for cap, _, _ in said] == [(words, months) for _, words, months in said]
