"""From a review to a file to send: what is asked for, the memo, the e-mail, the command."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner

import contractlens
from contractlens.cli import app
from contractlens.documents import open_document
from contractlens.redlining import Change, ask, change, changes, mark
from contractlens.redlining.changes import undefined
from contractlens.redlining.difference import difference
from tests.redlining.building import faults, parts

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
KESTREL, HARBOR, BOARDLOOM = (SAMPLES / name for name in ("kestrel-cdn.docx", "harbor-dns.pdf", "boardloom-terms.docx"))
TODAY = date(2026, 11, 21)
WHEN = datetime(2026, 11, 21, tzinfo=UTC)
RENEWAL = "renewal/automatic-renewal"


@pytest.fixture(scope="module")
def kestrel() -> contractlens.Review:
    return contractlens.review(KESTREL, today=TODAY)


@pytest.fixture(scope="module")
def harbor() -> contractlens.Review:
    return contractlens.review(HARBOR, today=TODAY)


def redline(*arguments: object) -> tuple[int, str]:
    done = CliRunner().invoke(app, ["redline", *map(str, arguments), "--today", "2026-11-21"])
    if isinstance(done.exception, contractlens.ContractLensError):
        return -1, str(done.exception)
    return done.exit_code, done.output


def test_preferred_words_replace_and_fallback_words_follow(kestrel: contractlens.Review) -> None:
    (preferred,), _ = changes(kestrel, only=[RENEWAL])
    (fallback,), _ = changes(kestrel, "fallback", only=[RENEWAL])
    assert (preferred.added, fallback.added) == (False, True)
    assert preferred.why == "We are glad to go on after the first term. We ask not to be bound for another whole term without deciding on it."


def test_what_has_no_wording_is_told(harbor: contractlens.Review) -> None:
    _, refused = changes(harbor, "fallback")
    reasons = {r.rule: r.reason for r in refused}
    assert reasons["changes/terms-on-the-web"] == "The rule has no fallback wording."
    assert "credits/no-way-out" not in reasons  # a clause that is missing has its place, after its like


def test_the_same_words_are_asked_for_once_and_at_the_clause() -> None:
    review = contractlens.review(BOARDLOOM, today=TODAY)
    made, refused = changes(review, only=["changes/change-of-terms"])
    assert [c.quote[:20] for c in made] == ["We may revise these "]
    assert [r.quote[:20] for r in refused] == ["• Please read Sectio"]


def test_edited_wording_is_marked_word_by_word(kestrel: contractlens.Review) -> None:
    finding = next(f for f in kestrel.findings if f.rule == RENEWAL)
    wanted = change(finding, finding.redlines[0], finding.evidence[0].quote.replace("sixty (60) days", "ten (10) days"))
    assert isinstance(wanted, Change)
    done = mark(KESTREL.read_bytes(), KESTREL.name, [wanted], when=WHEN, author="Fernhill")
    main = parts(done.data)["word/document.xml"].decode()
    assert "<w:delText>sixty (60)</w:delText>" in main
    assert "<w:t>ten (10)</w:t>" in main
    assert main.count('w:author="Fernhill"') == 2


def test_the_memo_quotes_each_clause_and_tracks_the_changes_in_it(harbor: contractlens.Review, tmp_path: Path) -> None:
    asked = ask(harbor, HARBOR.read_bytes(), when=WHEN)
    memo = tmp_path / "memo.docx"
    memo.write_bytes(asked.data)
    assert list(faults(asked.data)) == []
    document = open_document(memo)
    assert document.text.startswith("Proposed changes to the agreement between Harbor DNS, Inc. and Fernhill Analytics, Inc.\n\n21 November 2026")
    assert "Section 14.2, page 6\n\nAfter the initial term this Agreement continues from month to month" in document.text
    assert "At the end of the Initial Term, this Agreement will renew" in str(document.original)
    assert "Why we ask: We are glad to go on after the first term." in document.text
    assert "\n\n14.3" not in document.text  # the memo does not hold the clauses whose numbers are taken
    assert asked.count + len(asked.left_out) == sum(bool(f.redlines) for f in harbor.findings)


def test_the_email_holds_all_asks_in_plain_text(harbor: contractlens.Review) -> None:
    text = ask(harbor, b"", when=WHEN, format="email").data.decode()
    assert text.startswith("Subject: Proposed changes to the agreement between Harbor DNS, Inc. and Fernhill Analytics, Inc.\n\n")
    assert all(len(line) <= 76 for line in text.split("\n")[1:])
    flat = " ".join(text.split())
    assert "Section 14.2, page 6 It says: “At the end of the Initial Term" in flat
    assert "We ask for, in its place: “After the initial term this Agreement continues" in flat
    assert "We ask to add after it: “If Harbor misses the service level" in flat


def test_the_command_writes_the_file_and_tells_what_it_left_out(tmp_path: Path) -> None:
    output = tmp_path / "out.docx"
    code, said = redline(BOARDLOOM, "--output", output, "--author", "Fernhill Legal", "--no-comments")
    assert code == 0
    assert "boardloom-terms.docx: 7 changes are asked for.\nNo name for the customer was found, so the words say Customer." in said
    assert b"the agreement under these Terms continues from month to month" in parts(output.read_bytes())["word/document.xml"]
    assert "Left out: changes/change-of-terms, “• Please read Section 12 with care: these Terms may change.” The same words are asked for at" in said
    assert "word/comments.xml" not in parts(output.read_bytes())
    assert b'w:author="Fernhill Legal" w:date="2026-11-21T00:00:00Z"' in parts(output.read_bytes())["word/document.xml"]


def test_a_file_with_macros_keeps_its_ending(tmp_path: Path) -> None:
    macros = tmp_path / "a.docm"
    macros.write_bytes(KESTREL.read_bytes())
    assert "ends in .docm" in redline(macros, "--output", tmp_path / "b.docx")[1]
    assert redline(macros, "--output", tmp_path / "b.docm")[0] == 0


def test_wrong_usage_and_unreadable_files_are_told_in_a_sentence(tmp_path: Path) -> None:
    assert "--output" in redline(KESTREL)[1]
    assert "Did you mean renewal/automatic-renewal" in redline(KESTREL, "--output", tmp_path / "a.docx", "--only", "renewal/automatic")[1]
    assert "the agreement itself" in redline(KESTREL, "--output", KESTREL)[1]
    assert "cannot be opened" in redline(tmp_path / "none.docx", "--output", tmp_path / "a.docx")[1]
    assert redline(KESTREL, "--position", "best")[0] == 2
    assert not (tmp_path / "a.docx").exists()


@pytest.mark.parametrize(
    ("old", "new", "edits"),
    [
        pytest.param("at least ninety (90) days", "at least thirty (30) days", [("ninety (90)", "thirty (30)")], id="figure and words together"),
        pytest.param("a fee of $5,000 a year", "a fee of $4,500 a year", [("$5,000", "$4,500")], id="amount"),
        pytest.param("Client may end it.", "Client may not end it.", [("", " not")], id="a word put in"),
        pytest.param("It’s the “Term”.", "It's the \"Term\".", [], id="another kind of quotation marks"),
        pytest.param("It renews for a year.", "Either party may leave at any time.", [("It renews for a year.", "Either party may leave at any time.")], id="anew"),
        pytest.param("It renews.", "", [("It renews.", "")], id="struck out"),
    ],
)
def test_the_smallest_sensible_difference(old: str, new: str, edits: list[tuple[str, str]]) -> None:
    assert [(old[e.start : e.end], e.text) for e in difference(old, new)] == edits


def test_very_long_wording_is_compared_in_little_time() -> None:
    old = "word and " * 20_000
    assert difference(old, old.replace("word", "term", 1)) != []


def test_names_that_the_words_that_go_define_are_told() -> None:
    change = Change(0, 9, "It renews for a year (a “Renewal Term”; all of it is the “Term”).", "It ends with the “Term”.", rule="renewal/a")
    assert undefined([change]) == ("renewal/a: the words that go define “Renewal Term”. Where the agreement uses it elsewhere, define it anew.",)
    assert undefined([replace(change, added=True), replace(change, quote="It renews.")]) == ()


def test_edits_are_asked_for_by_the_command_as_in_the_app(tmp_path: Path) -> None:
    edits = tmp_path / "kestrel-cdn.edits.json"
    edits.write_text('{"renewal/automatic-renewal": {"position": "preferred", "text": "It ends with the Initial Term."}}', encoding="utf-8")
    code, told = redline(KESTREL, "--edits", edits, "--only", RENEWAL, "--format", "email")
    assert code == 0
    assert "It ends with the Initial Term." in " ".join(told.split())
    edits.write_text('{"renewal/automatic-renewal": {"position": "none"}}', encoding="utf-8")
    assert "no change is asked for" in redline(KESTREL, "--edits", edits, "--only", RENEWAL, "--format", "email")[1]
    assert redline(KESTREL, "--edits", edits, "--position", "fallback", "--format", "email")[1].startswith("--edits says which words")
