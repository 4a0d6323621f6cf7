"""Many files: one review for each path, whatever a file does."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import NoReturn

import pytest

from contractlens.advice.finding import Review
from contractlens.apart import crew
from contractlens.errors import RuleError, UsageError
from contractlens.portfolio import reading
from contractlens.portfolio.scanning import files_in, scan, twins
from tests.portfolio.agreements import AGREEMENT

TODAY = date(2026, 11, 21)


def by_name(reviews: list[Review]) -> dict[str, Review]:
    return {review.document.name: review for review in reviews}


def test_a_folder_gives_the_files_that_can_be_read_in_order(folder: Path) -> None:
    names = [os.path.relpath(file, folder) for file in files_in([folder])]
    assert names == ["a.txt", "broken.pdf", "empty.docx", "2025/b.TXT"]


def test_a_named_file_is_read_whatever_it_is_called(folder: Path) -> None:
    (review,) = scan([folder / "notes.xlsx"])
    assert review.error
    assert review.error.kind == "unsupported"


@pytest.mark.parametrize("jobs", [1, 2])
def test_each_path_gives_one_review_and_a_bad_file_one_with_its_reason(folder: Path, jobs: int) -> None:
    reviews = by_name(list(scan([folder, folder / "missing.pdf"], jobs=jobs, today=TODAY)))
    assert set(reviews) == {"a.txt", "b.TXT", "broken.pdf", "empty.docx", "missing.pdf"}
    assert {name for name, review in reviews.items() if review.error} == {"broken.pdf", "empty.docx", "missing.pdf"}
    for review in reviews.values():
        assert (review.terms is None) == (review.error is not None)
    assert reviews["broken.pdf"].document.sha256 == hashlib.sha256(b"%PDF-1.7 nothing more").hexdigest()
    assert reviews["missing.pdf"].document.sha256 is None


def test_the_path_is_told_as_it_was_given(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    given = ["./a.txt", "2025/../a.txt", "./broken.pdf", "2025//b.TXT"]
    assert sorted(review.document.path for review in scan(given)) == sorted(given)
    assert [review.document.path for review in scan("2025")] == ["2025/b.TXT"]


def test_files_of_the_same_bytes_are_read_once(folder: Path) -> None:
    (folder / "other.txt").write_text(AGREEMENT[::-1])
    files = [str(folder / name) for name in ("a.txt", "other.txt", "2025/b.TXT", "missing.txt", "a.txt")]
    assert twins(files) == [[files[0], files[2], files[4]], [files[1]], [files[3]]]


def test_files_of_the_same_bytes_and_a_path_named_twice_keep_their_lines(folder: Path) -> None:
    (folder / "copy.txt").write_text(AGREEMENT)
    assert len(list(scan([folder / "a.txt", folder / "copy.txt", folder / "a.txt"]))) == 3


def test_a_name_that_is_no_utf_8_can_be_written_as_json(folder: Path) -> None:
    name = os.fsdecode(b"caf\xe9.txt")
    (folder / name).write_text(AGREEMENT)
    (folder / os.fsdecode(b"caf\xe9.pdf")).write_bytes(b"%PDF-")
    for review in scan([folder / name, folder / os.fsdecode(b"caf\xe9.pdf")]):
        assert "caf?" in review.to_json()


def test_one_document_that_stops_the_review_does_not_stop_the_scan(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> NoReturn:
        raise KeyError("x")

    monkeypatch.setattr(reading, "review_document", fail)
    (review,) = scan([folder / "a.txt"], timeout=None, memory=None)
    assert review.error
    assert review.error.kind == "unreadable"
    assert "KeyError" in review.error.message
    assert review.document.media_type == "text/plain"


def test_a_call_that_makes_no_sense_is_an_error_at_once(folder: Path) -> None:
    with pytest.raises(UsageError, match="--jobs"):
        scan([folder], jobs=0)
    with pytest.raises(RuleError):
        scan([folder], rules=folder / "no-such-rules")


@pytest.mark.usefixtures("faulty_workers")
def test_files_that_hang_or_end_their_process_are_the_only_ones_to_fail(folder: Path) -> None:
    for name in ("crash1", "hang", "crash2", "good1", "good2"):
        (folder / f"{name}.txt").write_text(f"{AGREEMENT}{name}")
    reviews = by_name(list(scan(sorted(folder.glob("*.txt")), jobs=2, timeout=3)))
    errors = {name: review.error.kind for name, review in reviews.items() if review.error}
    assert errors == {"crash1.txt": "unreadable", "crash2.txt": "unreadable", "hang.txt": "timed_out"}
    assert len(reviews) == 6
    assert "ended the process" in reviews["crash1.txt"].error.message  # type: ignore[union-attr]
    assert "3 seconds" in reviews["hang.txt"].error.message  # type: ignore[union-attr]


def test_where_no_process_can_be_started_the_files_are_read_here(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crew, "START", "raise SystemExit(1)")
    reviews = list(scan([folder / "a.txt", folder / "2025" / "b.TXT"], jobs=2))
    assert [review.error for review in reviews] == [None, None]


@pytest.mark.parametrize("stdin", [False, True], ids=["a-file", "standard-input"])
def test_a_script_without_a_main_guard_can_use_several_processes(folder: Path, stdin: bool) -> None:
    script = f"import contractlens\nprint('started')\nprint(len(list(contractlens.scan([{str(folder)!r}], jobs=2))))\n"
    (folder / "script.py").write_text(script)
    call = [sys.executable, "-" if stdin else str(folder / "script.py")]
    done = subprocess.run(call, input=script, capture_output=True, text=True, timeout=120)
    assert done.stdout.split() == ["started", "4"], done.stderr
    assert done.stderr == ""


@pytest.mark.usefixtures("faulty_workers")
def test_a_reader_that_stops_early_ends_the_workers(folder: Path) -> None:
    (folder / "hang.txt").write_text(AGREEMENT + "1")
    reviews = scan([folder / "a.txt", folder / "hang.txt"], jobs=2)
    next(reviews)
    working = [*crew._busy, *(w for waiting in crew._waiting.values() for w in waiting)]
    reviews.close()  # type: ignore[attr-defined]
    assert working
    for each in working:
        each.process.wait(20)
