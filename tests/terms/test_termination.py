"""Who may end the agreement: whose right, on what ground, with what notice and time to cure, and at what cost."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from contractlens.terms.filling import Facts

Read = Callable[..., Facts]
AGREEMENT = """HOSTING AGREEMENT

This Agreement is made as of March 1, 2020 between Acme Hosting, Inc. ("Provider") and Beta LLC ("Customer").

1. Services. Provider hosts the website of Customer.

2. Ending. {clause}

3. Fees. Customer pays each invoice within thirty (30) days.
"""

# by, ground, notice, cure
RIGHTS = {
    "either, at any time": ("Either party may terminate this Agreement at any time upon sixty (60) days' written notice.", [("either", "convenience", "P60D", None)]),
    "either, passive": ("This Agreement may be terminated for convenience by either party on not less than three months' notice.", [("either", "convenience", "P3M", None)]),
    "customer, whenever it likes": ("Customer may cancel the Services whenever it wishes by giving Provider one month's notice.", [("customer", "convenience", "P1M", None)]),
    "vendor, at its discretion": ("Provider may, in its sole discretion and without liability, terminate this Agreement.", [("vendor", "convenience", None, None)]),
    "vendor, notice behind": ("Provider is entitled to end this Agreement without giving any reason if it notifies Customer 45 days in advance.", [("vendor", "convenience", "P45D", None)]),
    "the nearest of two": ("If Provider gives notice, Customer may at any time terminate this Agreement on ten days' notice for any reason.", [("customer", "convenience", "P10D", None)]),
    "a pair of names": ("Provider or Customer may terminate this Agreement without cause upon thirty (30) days' prior notice.", [("either", "convenience", "P30D", None)]),
    "breach": ("Either party may terminate this Agreement if the other materially breaches it and fails to cure the breach within 20 days after notice.", [("either", "breach", None, "P20D")]),
    "breach, cure after": ("Customer may terminate this Agreement upon a material default by Provider. A default that is cured within fifteen (15) days gives no such right.", [("customer", "breach", None, "P15D")]),
    "not paid": ("Provider may terminate this Agreement where an invoice remains unpaid for thirty days.", [("vendor", "breach", None, "P30D")]),
    "the longer of two times to cure": ("A party may terminate this Agreement if the other fails to pay within ten (10) days, or fails to cure any other default within forty (40) days after notice.", [("either", "breach", None, "P40D")]),
    "overdue": ("Provider may terminate the Services if Customer is more than 15 days overdue with a payment.", [("vendor", "breach", None, "P15D")]),
    "by itself": ("This Agreement shall terminate automatically if either party is adjudged bankrupt.", [("either", "insolvency", None, None)]),
    "the other": ("If a party materially breaches this Agreement and does not remedy it within 21 days of a notice, the other may end this Agreement.", [("either", "breach", None, "P21D")]),
    "no object": ("Customer may cancel at any time.", [("customer", "convenience", None, None)]),
    "providing": ("Provider may discontinue providing the Services for any reason upon 60 days' notice.", [("vendor", "convenience", "P60D", None)]),
    "insolvency": ("Either party may terminate this Agreement forthwith if the other is unable to pay its debts or enters liquidation.", [("either", "insolvency", None, None)]),
    "two grounds": ("Customer may terminate this Agreement if Provider is in breach of it or becomes insolvent.", [("customer", "breach", None, None), ("customer", "insolvency", None, None)]),
    "a list": (
        "Either party may terminate this Agreement by notice if the other party:\n\n(a) commits a material breach that is not remedied within 25 days of notice;\n\n(b) becomes insolvent; or\n\n(c) undergoes a change of control.",
        [("either", "breach", None, "P25D"), ("either", "change_of_control", None, None), ("either", "insolvency", None, None)],
    ),
    "change of control": ("Provider may terminate this Agreement upon a change of control of Customer.", [("vendor", "change_of_control", None, None)]),
    "another ground": ("If the data center is damaged, either party may terminate this Agreement.", [("either", "other", None, None)]),
    "each side on its own": (
        "Customer may terminate this Agreement at any time on 30 days' notice. Provider may terminate this Agreement at any time on 90 days' notice.",
        [("customer", "convenience", "P30D", None), ("vendor", "convenience", "P90D", None)],
    ),
    "nobody": ("Neither party may terminate this Agreement before the end of the term.", []),
    "barred": ("Provider may not terminate this Agreement for convenience.", []),
    "at the end of the term": ("Either party may terminate this Agreement at the end of the Initial Term by giving sixty days' notice.", []),
    "what survives": ("Upon any ending that a party may declare to terminate this Agreement, Section 5 survives.", []),
    "an employment": ("Provider may terminate the employment of its engineers at any time.", []),
    "a change of the service": ("Provider may modify, suspend or discontinue the Services at any time.", []),
    "an order of goods": ("Customer may cancel a purchase order at any time under this Agreement.", []),
}


@pytest.mark.parametrize(("clause", "rights"), RIGHTS.values(), ids=RIGHTS)
def test_who_may_end_it(read: Read, clause: str, rights: list[tuple[str, str, str | None, str | None]]) -> None:
    found = read(AGREEMENT.format(clause=clause)).terms.termination
    assert sorted((t.by, t.ground, t.notice and str(t.notice), t.cure and str(t.cure)) for t in found) == sorted(rights)


LEAVE = "Customer may terminate this Agreement at any time on thirty days' notice. "
COSTS = {
    "rest of the term": "If Customer terminates, it shall pay the fees for the remainder of the term.",
    "a fee": "An early termination fee of $500 applies if Customer cancels.",
    "a share": "Upon cancellation by Customer, fifty percent of the remaining charges become due.",
    "accelerated": "In the event of termination by Customer, all remaining fees are immediately due and payable.",
    "until the end": "After termination the monthly fees remain payable by Customer until the end of the term.",
    "the balance": "Should Customer cancel, the balance of the contract will be invoiced.",
    "liquidated": "On termination Customer owes as liquidated damages eighty percent (80%) of the fees left.",
    "other than for breach": "If Customer terminates for any reason other than Provider's breach, it is liable for the unexpired portion of the term.",
}
FREE = {
    "no fee": "No early termination fee applies if Customer cancels.",
    "refund": "Upon termination by Customer, Provider shall refund the fees paid ahead for the remainder of the term.",
    "what is owed anyway": "Upon termination Customer shall pay all charges incurred prior to termination.",
    "only for a breach": "If Provider terminates for Customer's breach, the remaining fees become due.",
    "a sublicence": "Customer pays no termination charge for a port.",
}


@pytest.mark.parametrize("clause", COSTS.values(), ids=COSTS)
def test_leaving_that_costs(read: Read, clause: str) -> None:
    terms = read(AGREEMENT.format(clause=LEAVE + clause)).terms
    assert [(t.by, t.ground, t.fee_due) for t in terms.termination if t.ground == "convenience"] == [("customer", "convenience", True)]


@pytest.mark.parametrize("clause", FREE.values(), ids=FREE)
def test_leaving_that_costs_nothing(read: Read, clause: str) -> None:
    terms = read(AGREEMENT.format(clause=LEAVE + clause)).terms
    assert [t.fee_due for t in terms.termination if t.ground == "convenience"] == [False]


def test_what_leaving_costs_is_told_where_no_right_to_leave_is_stated(read: Read) -> None:
    (right,) = read(AGREEMENT.format(clause=COSTS["rest of the term"])).terms.termination
    assert (right.by, right.ground, right.fee_due) == ("customer", "other", True)


def test_the_notice_against_a_renewal_is_no_notice_to_leave(read: Read) -> None:
    clause = "This Agreement has a term of one year and continues from month to month until terminated by either party upon thirty (30) days' notice."
    terms = read(AGREEMENT.format(clause=clause)).terms
    assert terms.renewal
    assert terms.termination == ()
