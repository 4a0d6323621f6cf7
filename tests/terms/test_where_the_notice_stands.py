"""The notice that stops a renewal, wherever a document says it: in the clause, in another, behind a name, in a table of key terms."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
import yaml

import contractlens
from contractlens.terms.filling import Facts
from contractlens.values import Duration

HEAD = """SERVICES AGREEMENT

This Services Agreement is made as of March 1, 2020 (the "Effective Date") between Acme Hosting, Inc. ("Provider") and Beta LLC ("Customer").

"""
RENEWS = "This Agreement has an initial term of two years from the Effective Date and is renewed automatically for successive terms of one year"

PLACES = {
    "the next clause": (f"1. Term. {RENEWS}.\n\n2. No renewal shall take place if a party has notified the other at least 75 days prior to the date of renewal.", 75),
    "the termination clause": (
        f"1. Term. {RENEWS}.\n\n2. Insurance. Provider gives 30 days' notice before its policy is cancelled or not renewed.\n\n"
        "3. Breach. A party may terminate for a breach that is not cured within 10 days of notice.\n\n"
        "4. End of a year. Either party may bring this Agreement to a close at the end of any year by written notice given not less than "
        "sixty (60) days before that year ends.",
        60,
    ),
    "two clauses that differ": (
        f"1. Term. {RENEWS}.\n\n2. Non-renewal. A party that elects not to renew this Agreement gives 30 days' notice.\n\n"
        "3. End. To prevent this Agreement from continuing past any term a party shall notify the other in writing ninety (90) days before it ends.",
        90,
    ),
    "a defined name": (
        f'1. "Non-Renewal Notice Date" means the day falling forty-five (45) days before the end of a term.\n\n'
        f"2. Term. {RENEWS}, unless one party has told the other in writing, no later than the Non-Renewal Notice Date, that it does not wish to continue.",
        45,
    ),
    "a table of key terms": (f"1. Term. {RENEWS}, subject to the notice in the key terms.\n\nKey terms\n\nNon-Renewal Notice: 40 days\n\nFees: 100 dollars", 40),
    "or more days": (f"1. Term. {RENEWS}, unless cancelled. Cancellation requires notice in writing, thirty (30) or more days ahead of the term's last day.", 30),
}


@pytest.mark.parametrize(("body", "days"), PLACES.values(), ids=PLACES)
def test_the_notice_is_found(read: Callable[..., Facts], body: str, days: int) -> None:
    renewal = read(HEAD + body).terms.renewal
    assert renewal is not None
    assert (renewal.kind, renewal.notice_min) == ("automatic", Duration(days, "day"))


BY = {
    "only the vendor": ("unless Provider informs Customer thirty days before the end that it will not renew", "vendor"),
    "received by the customer": ("unless notice to the contrary has been received by Customer from Provider thirty days before the end", "vendor"),
    "only the customer": ("unless Customer informs Provider thirty days before the end that it does not wish to renew", "customer"),
    "one or the other": ("unless Provider or Customer gives the other notice of non-renewal thirty days before the end", "either"),
}


@pytest.mark.parametrize(("unless", "by"), BY.values(), ids=BY)
def test_who_may_give_it(read: Callable[..., Facts], unless: str, by: str) -> None:
    renewal = read(f"{HEAD}1. Term. {RENEWS}, {unless}.").terms.renewal
    assert renewal is not None
    assert renewal.notice_by == by


@pytest.mark.parametrize(
    ("clause", "received"),
    [
        ("unless either party has received notice of non-renewal from the other sixty days before the end.", True),
        ("unless either party gives notice of non-renewal sixty days before the end.\n\n2. Notices. All notices shall be in writing and shall be deemed given upon receipt.", True),
        ("unless either party gives notice of non-renewal sixty days before the end.\n\n2. Notices. All notices shall be in writing and shall be deemed given when mailed.", None),
    ],
)
def test_whether_it_must_have_arrived(read: Callable[..., Facts], clause: str, received: bool | None) -> None:
    renewal = read(f"{HEAD}1. Term. {RENEWS}, {clause}").terms.renewal
    assert renewal is not None
    assert renewal.notice_received is received


def test_better_words_take_the_place_of_the_sentence_that_renews_and_not_of_the_definition(tmp_path: Path) -> None:
    path = tmp_path / "agreement.txt"
    path.write_text(HEAD + PLACES["a defined name"][0])
    review = contractlens.review(path, today=date(2026, 11, 21))
    finding = next(f for f in review.findings if f.rule == "renewal/automatic-renewal")
    preferred = finding.redlines[0].replace
    assert preferred is not None
    assert preferred.quote.startswith("This Agreement has an initial term")
    assert [d.kind for d in review.deadlines if str(d.date) == "2027-01-14"] == ["opt_out_by"]


@pytest.mark.parametrize(("day", "by"), [("November 1", "--10-31"), ("March 1", "--02-28"), ("February 29", "--02-28"), ("June 31", "--06-31")])
def test_before_a_day_of_the_year_is_by_the_day_before_it(read: Callable[..., Facts], day: str, by: str) -> None:
    renewal = read(f"{HEAD}1. Term. {RENEWS}, unless either party gives notice of non-renewal prior to {day} of each year.").terms.renewal
    assert renewal is not None
    assert renewal.notice_date == by


def test_a_letter_that_only_the_vendor_may_send_gives_no_day_to_act(tmp_path: Path) -> None:
    path = tmp_path / "agreement.txt"
    path.write_text(f"{HEAD}1. Term. {RENEWS}, {BY['only the vendor'][0]}.")
    review = contractlens.review(path, today=date(2026, 11, 21))
    assert {d.kind for d in review.deadlines} == {"renews_on"}
    assert "only the vendor may stop it" in review.deadlines[0].basis


TRAPS = yaml.safe_load(Path(__file__).with_name("late_traps.yml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("trap", TRAPS, ids=lambda trap: trap["clause"][-60:])
def test_no_day_is_later_than_the_true_one(tmp_path: Path, trap: dict[str, object]) -> None:
    path = tmp_path / "agreement.txt"
    path.write_text(f"{HEAD.replace('2020', '2026')}1. Term. {trap['clause']}\n\n9. Fees. Customer pays each invoice within thirty days.\n")
    renewal = contractlens.review(path, today=date(2026, 3, 2)).terms.renewal
    found = renewal.first_opt_out_by if renewal else None
    if trap["latest"] is None:
        assert found is None
    else:
        assert found == trap["latest"]
