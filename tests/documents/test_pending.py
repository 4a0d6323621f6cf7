"""Tracked changes that are pending: whose they are, and the text before them."""

from __future__ import annotations

import json
import os
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

import contractlens
from contractlens.cli import app
from contractlens.documents import open_document
from contractlens.documents.document import Source
from contractlens.documents.docx import read
from tests.redlining.building import par, run, word

BY = 'w:author="{}" w:date="2026-01-05T00:00:00Z"'
TODAY = date(2026, 11, 21)


def changed(tag: str, content: str, author: str) -> str:
    return f"<w:{tag} w:id='1' {BY.format(author)}>{content}</w:{tag}>"


def deleted(text: str, author: str = "Bo") -> str:
    return changed("del", run(text).replace("w:t", "w:delText").replace("w:delText ", "w:delText "), author)


def inserted(text: str, author: str = "Ann") -> str:
    return changed("ins", run(text), author)


MARK = f"<w:rPr><w:ins w:id='9' {BY.format('Ann')}/></w:rPr>"
AGREEMENT = word(
    par('This Hosting Agreement is made as of March 1, 2026 between Acme Hosting, Inc. ("Provider") and Example Ltd. ("Customer").')
    + par(
        "1. Term. The initial term is one (1) year. This Agreement renews automatically for successive terms of one (1) year unless Customer gives ",
        deleted("thirty (30)"),
        inserted("ninety (90)"),
        " days' written notice before the end of the term.",
    )
    + par(inserted("2. Fees. Fees rise by 5% at each renewal."), properties=MARK)
    + par("3. Law. The laws of the State of New York govern this Agreement.")
)


@pytest.fixture(autouse=True)
def in_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(os, "fork", raising=False)  # where what commands print is seen


@pytest.fixture
def tracked(tmp_path: Path) -> Path:
    path = tmp_path / "tracked.docx"
    path.write_bytes(AGREEMENT)
    return path


def message(body: str) -> str:
    (warning,) = read(word(body), Source("a.docx", "a.docx", "", "")).warnings
    return warning.message


def test_the_review_says_what_is_pending_and_whose(tracked: Path) -> None:
    (warning,) = (w for w in contractlens.review(tracked, today=TODAY).warnings if w.kind == "tracked_changes")
    assert warning.message.startswith("Changes are pending: 2 insertions by Ann; 1 deletion by Bo. The text was read as if all were accepted")
    (warning,) = (w for w in contractlens.review(tracked, today=TODAY, view="original").warnings if w.kind == "tracked_changes")
    assert warning.message.endswith("by Bo. The text was read as it was before them.")


def test_each_view_has_its_own_terms_and_dates(tracked: Path) -> None:
    dates = [contractlens.review(tracked, today=TODAY, view=view).deadline("opt_out_by") for view in ("accepted", "original")]  # type: ignore[arg-type]
    assert [d and d.date for d in dates] == [date(2026, 11, 30), date(2027, 1, 29)]


def test_offsets_and_quotes_are_those_of_the_text_in_that_view(tracked: Path) -> None:
    for view in ("accepted", "original"):
        text = CliRunner().invoke(app, ["text", str(tracked), "--view", view]).stdout
        review = CliRunner().invoke(app, ["review", str(tracked), "--view", view, "--format", "json"]).stdout
        quotes = [e for f in json.loads(review)["findings"] for e in f["evidence"]]
        assert quotes
        assert all(text[e["start"] : e["end"]] == e["quote"] for e in quotes)
        assert ("Fees rise" in text) == (view == "accepted")


def test_a_scan_reads_in_the_view_that_was_asked_for(tracked: Path) -> None:
    for view, notice in (("accepted", "P90D"), ("original", "P30D")):
        done = CliRunner().invoke(app, ["scan", str(tracked), "--format", "jsonl", "--view", view])
        assert json.loads(done.stdout)["terms"]["renewal"]["notice_min"] == notice


def test_runs_of_one_insertion_and_the_end_of_its_paragraph_count_once() -> None:
    assert message(par(inserted("One "), inserted("clause."), properties=MARK) + par("It stays.")).startswith("Changes are pending: 1 insertion by Ann.")


def test_what_is_moved_counts_once_and_goes_back() -> None:
    body = par(changed("moveFrom", run("Moved."), "Ann"), "Stays.") + par("Then. ", changed("moveTo", run("Moved."), "Ann"))
    assert "Changes are pending: 1 move by Ann." in message(body)
    source = Source("a.docx", "a.docx", "", "")
    assert read(word(body), source).text == "Stays.\n\nThen. Moved."
    assert read(word(body), source, view="original").text == "Moved.Stays.\n\nThen."


def test_many_authors_are_counted_and_not_all_named() -> None:
    body = par(*(inserted(f"{n} ", f"Author {n}") for n in range(7)))
    assert "1 insertion by Author 0;" in message(body)
    assert "2 insertions by 2 more." in message(body)


def test_words_that_were_hidden_before_are_not_in_the_original() -> None:
    shown = f'<w:r><w:rPr><w:rPrChange w:id="1" {BY.format("Ann")}><w:rPr><w:vanish/></w:rPr></w:rPrChange></w:rPr><w:t>Hidden once. </w:t></w:r>'
    body = par(shown, "Seen. ", inserted("New."))
    source = Source("a.docx", "a.docx", "", "")
    assert (read(word(body), source).text, read(word(body), source, view="original").text) == ("Hidden once. Seen. New.", "Seen.")


def test_files_without_tracked_changes_are_the_same_in_both_views(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("1. Term. It ends.")
    assert open_document(path, view="original").text == open_document(path).text
