"""Small agreements, the whole way from a file to dates, findings and JSON."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from contractlens import Review, review
from contractlens.advice.reviewing import review_again
from contractlens.documents import open_document, read_document
from contractlens.documents.document import ReadWarning
from contractlens.exports.outline import label, party_name, why_no_act

TODAY = date(2026, 4, 1)
AGREEMENT = """HOSTING AGREEMENT

{opening}

1. Term. {term} {renewal}

2. Service Level. Provider will make the Service available 99.9% of the time in each calendar month. An outage begins when Customer reports it.

3. Changes. Provider may change these terms at any time by posting them on its website.
"""
OPENING = 'This Agreement is made as of March 1, 2026 (the "Effective Date") between Harbor Hosting, Inc. ("Provider") and Example Ltd. ("Customer").'
NO_DATE = 'This Agreement is made between Harbor Hosting, Inc. ("Provider") and Example Ltd. ("Customer").'
TERM = "The initial term of this Agreement is one (1) year from the Effective Date."
RENEWAL = "This Agreement shall automatically renew for successive periods of one (1) year unless either party gives the other written notice of non-renewal {} the end of the then-current term."
THIRTY = "at least thirty (30) days before"


@pytest.fixture
def file(tmp_path: Path) -> Callable[..., Path]:
    """A small agreement as a text file."""

    def write(*, notice: str = THIRTY, opening: str = OPENING, term: str = TERM) -> Path:
        path = tmp_path / "agreement.txt"
        path.write_text(AGREEMENT.format(opening=opening, term=term, renewal=RENEWAL.format(notice)))
        return path

    return write


def dates(review: Review) -> dict[str, str]:
    return {d.kind: str(d.date) for d in review.deadlines}


COUNTED: dict[str, tuple[str, str | None, str]] = {
    "thirty days": (THIRTY, None, "2027-01-29"),
    "a window of 45 to 30 days": ("not more than forty-five (45) and not less than thirty (30) days before", "2027-01-15", "2027-01-29"),
    "six months": ("at least six (6) months before", None, "2026-08-28"),
    "within 45 days, in both readings": ("within forty-five (45) days before", "2027-01-15", "2027-01-15"),
}


@pytest.mark.parametrize(("notice", "opens", "by"), COUNTED.values(), ids=COUNTED)
def test_the_last_day_for_notice_of_a_year_from_1_march(file: Callable[..., Path], notice: str, opens: str | None, by: str) -> None:
    made = review(file(notice=notice), today=TODAY)
    assert made.terms
    assert made.terms.renewal
    assert (made.terms.expiration_date, str(made.terms.renewal.first_opt_out_by)) == (date(2027, 2, 28), by)
    assert dates(made) == {**({"opt_out_opens": opens} if opens else {}), "opt_out_by": by, "renews_on": "2027-03-01"}


def test_a_window_that_has_closed_binds_until_the_renewal_ends(file: Callable[..., Path]) -> None:
    made = review(file(), today=date(2027, 2, 10))
    assert dates(made) == {"renews_on": "2027-03-01", "opt_out_by": "2028-01-30", "bound_until": "2028-02-29"}
    assert made.terms
    assert made.terms.renewal
    assert made.terms.renewal.first_opt_out_by == date(2027, 1, 29)


def test_each_deadline_says_how_it_was_counted(file: Callable[..., Path]) -> None:
    by = review(file(), today=TODAY).deadline("opt_out_by")
    assert by
    assert by.basis.startswith("the term ends 2027-02-28; 30 days before that is 2027-01-29")
    assert by.evidence


def test_an_effective_date_that_is_given_wins_and_a_warning_says_so(file: Callable[..., Path]) -> None:
    made = review(file(), effective_date=date(2026, 6, 1), today=TODAY)
    assert made.terms
    assert (made.terms.effective_date, dates(made)["renews_on"]) == (date(2026, 6, 1), "2027-06-01")
    assert [w.message for w in made.warnings] == ["The document's effective date is 2026-03-01; the one given, 2026-06-01, is used."]


def test_without_a_date_the_review_asks_for_one_and_with_it_has_the_dates(file: Callable[..., Path]) -> None:
    path = file(opening=NO_DATE, term="The initial term of this Agreement is one (1) year.")
    assert "--effective-date" in {u.needs for u in review(path, today=TODAY).unknown}
    assert review(path, today=TODAY).deadlines == ()
    given = review(path, effective_date=date(2026, 3, 1), today=TODAY)
    assert dates(given) == {"opt_out_by": "2027-01-29", "renews_on": "2027-03-01"}
    assert "--effective-date" not in {u.needs for u in given.unknown}
    assert given.warnings == ()


def test_a_term_that_starts_with_an_event_has_no_dates_until_one_is_given(file: Callable[..., Path]) -> None:
    path = file(opening=OPENING.replace('(the "Effective Date") ', ""), term="The initial term is one (1) year from the date of delivery of the first server.")
    assert review(path, today=TODAY).deadlines == ()
    assert dates(review(path, effective_date=date(2026, 3, 1), today=TODAY))["opt_out_by"] == "2027-01-29"


def test_the_party_that_we_are_is_the_customer(file: Callable[..., Path]) -> None:
    seen, turned = review(file(), today=TODAY), review(file(), we="Harbor", today=TODAY)
    assert [party_name(seen.terms, role) for role in ("vendor", "customer")] == ["Harbor Hosting, Inc.", "Example Ltd."]
    assert [party_name(turned.terms, role) for role in ("vendor", "customer")] == ["Example Ltd.", "Harbor Hosting, Inc."]


def test_a_name_that_no_party_has_is_told_and_changes_nothing(file: Callable[..., Path]) -> None:
    seen, missed = review(file(), today=TODAY), review(file(), we="Harbour", today=TODAY)
    assert [w.message for w in missed.warnings] == ['No party by the name "Harbour" was found; the review is the customer\'s.']
    assert (missed.terms, missed.findings) == (seen.terms, seen.findings)


def test_a_text_that_is_not_english_has_a_warning(tmp_path: Path) -> None:
    german = "Dieser Vertrag wird auf unbestimmte Zeit geschlossen und kann von jeder Partei mit einer Frist von drei Monaten zum Ende eines Kalenderjahres schriftlich gekündigt werden. "
    (tmp_path / "vertrag.txt").write_text(german * 4)
    made = review(tmp_path / "vertrag.txt", today=TODAY)
    assert (made.document.language, [w.kind for w in made.warnings]) == (None, ["language"])


def test_every_quote_is_its_slice_of_the_text(file: Callable[..., Path]) -> None:
    text = open_document(file()).text
    quotes = [*quotes_in(json.loads(review(file(), today=TODAY).to_json()))]
    assert len(quotes) > 10
    assert [q["quote"] for q in quotes] == [text[q["start"] : q["end"]] for q in quotes]


def quotes_in(value: Any) -> list[dict[str, Any]]:
    """All evidence of a review, wherever it stands."""
    if isinstance(value, list):
        return [q for part in value for q in quotes_in(part)]
    if isinstance(value, dict):
        return [value] if {"quote", "start", "end"} <= value.keys() else [q for part in value.values() for q in quotes_in(part)]
    return []


def test_the_same_file_gives_the_same_bytes(file: Callable[..., Path]) -> None:
    assert review(file(), today=TODAY).to_json() == review(file(), today=TODAY).to_json()


@pytest.mark.parametrize("notice", [THIRTY, "at least five (5) business days before", "on or before January 15 of the year that is"])
def test_the_json_is_what_the_schema_says(file: Callable[..., Path], notice: str) -> None:
    made = json.loads(review(file(notice=notice), today=TODAY).to_json())
    jsonschema.Draft202012Validator(Review.model_json_schema(mode="serialization")).validate(made)
    assert made["error"] is None


@pytest.mark.parametrize(("promised", "asked"), [("99.99", "99.99"), ("99.5", "99.9")])
def test_no_less_is_asked_for_than_is_promised(tmp_path: Path, promised: str, asked: str) -> None:
    path = tmp_path / "hosting.txt"
    path.write_text(f"HOSTING AGREEMENT\n\n1. Service Level. Provider guarantees that the service is available {promised}% of the time in each calendar month.\n")
    finding = next(f for f in review(path).findings if f.rule == "uptime/commitment")
    assert f"at least {asked} % of the minutes" in finding.redlines[0].text


PARTLY = """HOSTING AGREEMENT

This Agreement is made as of March 1, 2026 (the "Effective Date") between Harbor Hosting, Inc. ("Provider") and Example Ltd. ("Customer").

1. Term. The term of this Agreement is one (1) year from the Effective Date. This Agreement does not renew.

2. Service Level. Provider will make the Service available 99.9% of the time in each calendar month. For each month in which the Service is
less available, Customer receives a credit of 10% of the monthly fee. The credits are Customer's sole and exclusive remedy.

3. Termination. Provider may terminate this Agreement for convenience upon thirty (30) days' written notice to Customer.
"""


def test_what_no_other_clause_says_is_said_with_care_where_a_page_was_not_read() -> None:
    whole = read_document(PARTLY.encode(), "terms.txt")
    part = replace(whole, warnings=(ReadWarning("page_not_read", "page 2 is a picture", 2),))
    reviews = {"whole": review_again(whole, today=TODAY), "part": review_again(part, today=TODAY)}
    told = {key: " ".join(f.meaning for f in found.findings) for key, found in reviews.items()}
    assert all("You may not." in words for words in told.values())
    assert "Nothing lets you leave" in told["whole"] or "nothing lets you leave" in told["whole"]
    assert "Nothing lets you leave" not in told["part"]
    assert "You may not. But page 2 was not read, and may say otherwise." in told["part"]
    assert "But page 2" not in told["whole"]
    assert not reviews["part"].not_found
    assert [label(found, found.deadlines[-1]) for found in reviews.values()] == ["Ends, and does not renew", "Ends"]
    assert reviews["part"].deadlines[-1].basis.endswith("page 2 was not read, and may say that it renews")
    assert why_no_act(reviews["part"], TODAY) == "it ends on 28 Feb 2027 and nothing on the pages that were read renews it"
