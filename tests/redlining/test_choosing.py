"""What is asked for: each thing once, nothing that the paper grants already, and nothing that tears a list or a definition."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

import contractlens
from contractlens.redlining import changes
from contractlens.redlining.changes import numbered
from contractlens.redlining.choosing import Ask, asks

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
TODAY = date(2026, 11, 21)
OPENING = 'This Hosting Agreement is made as of March 1, 2026 between Acme Hosting, Inc. ("Provider") and Example Ltd. ("Customer").\n\n'


def asked(tmp_path: Path, *clauses: str, position: str = "preferred") -> dict[str, Ask]:
    path = tmp_path / "agreement.txt"
    path.write_text(OPENING + "\n\n".join(clauses))
    return {a.finding.rule: a for a in asks(contractlens.review(path, today=TODAY), position)[0]}  # type: ignore[arg-type]


def of_sample(name: str, position: str = "preferred") -> tuple[dict[str, Ask], dict[str, str]]:
    made, left = asks(contractlens.review(SAMPLES / name, today=TODAY), position)  # type: ignore[arg-type]
    return {a.finding.rule: a for a in made}, {r.rule: r.reason for r in left}


def test_what_another_rule_asks_for_is_not_asked_for_again() -> None:
    made, left = of_sample("harbor-dns.pdf")
    assert left["changes/notice-of-change"] == "The words of changes/change-of-terms ask for it, too."
    assert "changes/terms-on-the-web" not in made
    assert "changes/acceptance-by-use" in made


def test_alone_a_rule_asks_for_what_others_would_cover() -> None:
    made, _ = asks(contractlens.review(SAMPLES / "harbor-dns.pdf", today=TODAY), only=["changes/notice-of-change"])
    assert [a.finding.rule for a in made] == ["changes/notice-of-change"]


def test_a_sentence_that_several_rules_ask_for_is_asked_for_once() -> None:
    for sample in SAMPLES.iterdir():
        if sample.suffix in (".pdf", ".docx"):
            made, _ = of_sample(sample.name)
            assert sum("misses the service level" in a.redline.text for a in made.values()) <= 1


def test_no_two_asks_take_the_place_of_the_same_words(tmp_path: Path) -> None:
    made = asked(
        tmp_path,
        "1. Liability. PROVIDER IS NOT LIABLE FOR INDIRECT OR CONSEQUENTIAL DAMAGES, AND ITS TOTAL LIABILITY IS LIMITED TO THE FEES PAID IN THE SIX (6) MONTHS BEFORE THE CLAIM.",
    )
    about = [a for a in made.values() if a.finding.category == "liability"]
    assert len(about) == 2
    assert len([a for a in about if a.redline.replace]) == 1


def test_what_the_paper_grants_already_is_not_asked_for(tmp_path: Path) -> None:
    made = asked(
        tmp_path,
        "1. Service Level. Provider guarantees that the service is available 99.9% of the time in each calendar month.",
        "2. Credits. If Provider misses the service level, Customer receives a service credit of 10% of the monthly fee. An outage begins when the service fails, whether or not Customer "
        "has reported it. Service credits for a month shall not exceed 100% of the monthly fee.",
    )
    assert not {"credits/clock-starts", "credits/cap"} & set(made)


def test_items_of_a_list_and_definitions_stay() -> None:
    made, _ = of_sample("pingwell-monitoring.pdf")
    assert made["credits/clock-starts"].redline.replace is None  # "(b) time before the Customer has reported the interruption;"
    made, _ = of_sample("kestrel-cdn.docx")
    assert made["credits/clock-starts"].place is not None
    assert "two consecutive minutes" in made["credits/clock-starts"].place.quote
    assert made["credits/clock-starts"].redline.replace is None  # "“Downtime” is a period of ..."


def test_a_sentence_that_grants_more_than_what_gives_way_stays(tmp_path: Path) -> None:
    made = asked(
        tmp_path,
        "1. Service Level. Provider guarantees that the service is available 99.9% of the time in each calendar month.",
        "2. Credits. If Provider misses the service level, Customer receives a service credit of 20% of the monthly fee, provided that Customer claims the credit in writing within seven (7) days.",
    )
    assert made["credits/claim-window"].redline.replace is None


def test_the_sentence_that_makes_use_consent_gives_way() -> None:
    made, _ = of_sample("boardloom-terms.docx")
    place = made["changes/acceptance-by-use"].redline.replace
    assert place
    assert place.quote == "By continuing to use the Service after they are posted, you agree to be bound by them."


def test_a_missing_clause_goes_after_its_like() -> None:
    made, _ = of_sample("harbor-dns.pdf")
    after = made["credits/no-way-out"].redline.after
    assert after
    assert after.section == "5.6"


def test_a_missing_clause_without_a_like_ends_the_last_clause_before_the_signatures(tmp_path: Path) -> None:
    made = asked(
        tmp_path,
        "1. Services. Provider hosts the website of Customer on its servers and gives access to a control panel.",
        "2. Law. The laws of the State of New York govern this Agreement and all that follows from it.",
        "IN WITNESS WHEREOF, the parties have signed this Agreement by their duly authorized officers.",
        "By: ____________  Name: ____________  Title: ____________",
    )
    place = made["uptime/no-service-level"].place
    assert place
    assert place.quote.startswith("The laws of the State of New York")


def test_the_number_of_a_clause_stays_where_its_words_change() -> None:
    review = contractlens.review(SAMPLES / "northfield-hosting.pdf", today=TODAY)
    (change,) = (c for c in changes(review)[0] if c.rule == "renewal/automatic-renewal")
    assert change.quote.startswith("On the expiry of the Initial Period")
    place = next(f for f in review.findings if f.rule == change.rule).evidence[0]
    assert place.quote[numbered(place) :] == change.quote


def test_the_quote_of_a_finding_on_credits_is_what_says_it() -> None:
    review = contractlens.review(SAMPLES / "northfield-hosting.pdf", today=TODAY)
    quotes = {f.rule: f.evidence[0].quote for f in review.findings if f.evidence}
    assert quotes["credits/claim-window"].startswith("4.6 The Client shall make its claim for a credit in writing within fourteen days")
    assert quotes["credits/maintenance-excluded"].startswith("(a) planned maintenance")


@pytest.mark.parametrize("position", ["preferred", "fallback"])
def test_nothing_is_left_to_fill_in_but_what_is_open_to_discussion(position: str) -> None:
    for sample in SAMPLES.iterdir():
        if sample.suffix in (".pdf", ".docx"):
            made, _ = of_sample(sample.name, position)
            assert not [a.redline.text for a in made.values() if "{" in a.redline.text or "[____]" in a.redline.text or "  " in a.redline.text]
