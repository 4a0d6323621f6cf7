"""What a person chose to ask for, in their words, and as a file."""

from __future__ import annotations

import io
import re
from datetime import UTC, datetime
from pathlib import Path

import docx
import pytest

import contractlens
from contractlens.errors import UsageError
from contractlens.redlining import Choice, ask, choices_to_json, chosen, key_of, read_choices

SAMPLE = Path(__file__).resolve().parents[2] / "samples" / "kestrel-cdn.docx"
WHEN = datetime(2026, 11, 21, tzinfo=UTC)


def test_only_what_was_chosen_is_asked_for_and_in_the_words_that_were_written() -> None:
    review = contractlens.review(SAMPLE)
    finding = next(f for f in review.findings if f.category == "renewal" and f.redlines)
    other = next(f for f in review.findings if len(f.redlines) == 2 and f.category == "price")
    choices = {key_of(f): Choice("none") for f in review.findings}
    choices |= {key_of(finding): Choice("preferred", "It ends with the Initial Term."), key_of(other): Choice("fallback")}
    asked = ask(chosen(review, choices), SAMPLE.read_bytes(), when=WHEN, format="email")
    mail = " ".join(asked.data.decode().split())
    assert asked.count == 2
    assert "It ends with the Initial Term." in mail
    assert " ".join(other.redlines[1].text.split())[:60] in mail
    assert not asked.left_out


def test_what_is_not_chosen_keeps_its_preferred_words_and_blank_words_are_none() -> None:
    review = contractlens.review(SAMPLE)
    assert ask(chosen(review, {}), SAMPLE.read_bytes(), when=WHEN) == ask(review, SAMPLE.read_bytes(), when=WHEN)
    finding = next(f for f in review.findings if f.redlines)
    (same,) = [f for f in chosen(review, {key_of(finding): Choice("preferred", "  ")}).findings if key_of(f) == key_of(finding)]
    assert same.redlines[0].text == finding.redlines[0].text


def test_findings_are_known_apart() -> None:
    for sample in SAMPLE.parent.glob("*.docx"):
        findings = contractlens.review(sample).findings
        assert len({key_of(f) for f in findings}) == len(findings), sample.name


def test_a_word_agreement_gives_a_memo_where_one_is_asked_for() -> None:
    review = contractlens.review(SAMPLE)
    asked = ask(review, SAMPLE.read_bytes(), when=WHEN, format="memo")
    paragraphs = [p.text for p in docx.Document(io.BytesIO(asked.data)).paragraphs]
    assert paragraphs[0].startswith("Proposed changes to the agreement between")


def test_choices_are_saved_and_read_again(tmp_path: Path) -> None:
    review = contractlens.review(SAMPLE)
    one, other = [f for f in review.findings if len(f.redlines) == 2][:2]
    choices = {key_of(one): Choice("fallback"), key_of(other): Choice("preferred", "Naïve “words”:\nours.")}
    file = tmp_path / "edits.json"
    file.write_text(choices_to_json(choices), encoding="utf-8")
    assert read_choices(file, review) == choices


def test_a_rule_stands_for_all_its_findings_and_a_finding_before_its_rule(tmp_path: Path) -> None:
    review = contractlens.review(SAMPLE)
    first = next(f for f in review.findings if f.redlines)
    file = tmp_path / "edits.yml"
    file.write_text(f"{key_of(first)}: {{text: Ours.}}\n{first.rule}: {{position: none}}\n", encoding="utf-8")
    of_the_rule = {key_of(f) for f in review.findings if f.rule == first.rule}
    assert read_choices(file, review) == {key: Choice("none") for key in of_the_rule} | {key_of(first): Choice("preferred", "Ours.")}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("renewal/automatic-renewals: {}", "is no finding of this agreement. Did you mean renewal/automatic-renewal"),
        ("renewal/automatic-renewal: {position: best}", "this is no file of edits"),
        ("renewal/automatic-renewal: {wording: Ours.}", "this is no file of edits"),
        ("[1, 2", "this is no file of edits"),
    ],
)
def test_edits_that_fit_nothing_are_one_sentence(tmp_path: Path, text: str, told: str) -> None:
    file = tmp_path / "edits.yml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match=re.escape(told)) as failed:
        read_choices(file, contractlens.review(SAMPLE))
    assert "\n" not in str(failed.value)
