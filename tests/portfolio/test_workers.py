"""One document in a process of its own: what it does there costs nothing but its own review."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from contractlens.apart import crew
from contractlens.errors import RuleError, UsageError
from contractlens.portfolio import workers
from contractlens.portfolio.workers import Options, review_apart

OPTIONS = Options(date(2026, 11, 21), timeout=60)


@pytest.fixture(autouse=True)
def _no_worker_stays() -> Iterator[None]:
    yield
    crew.end_all()


def test_the_review_is_the_one_that_would_be_made_here(folder: Path) -> None:
    path = str(folder / "a.txt")
    assert review_apart(path, OPTIONS) == workers.review_here(path, OPTIONS)
    assert review_apart(path, OPTIONS, name="upload.txt").document.name == "upload.txt"


@pytest.mark.usefixtures("faulty_workers")
def test_a_worker_is_used_again_and_one_that_has_ended_is_replaced(folder: Path) -> None:
    path = folder / "a.txt"
    review_apart(path, OPTIONS)
    (first,) = crew._waiting[OPTIONS.crew]
    review_apart(path, OPTIONS)
    assert crew._waiting[OPTIONS.crew] == [first]
    first.process.kill()
    first.process.wait()
    assert review_apart(path, OPTIONS).error is None


@pytest.mark.usefixtures("faulty_workers")
@pytest.mark.parametrize(
    ("name", "kind", "said"),
    [("hang.txt", "timed_out", "--timeout"), ("crash.txt", "unreadable", "ended the process"), ("greedy.txt", "too_large", "--memory")],
)
def test_a_document_that_does_harm_has_its_reason_and_the_next_one_is_read(folder: Path, name: str, kind: str, said: str) -> None:
    (folder / name).write_bytes((folder / "a.txt").read_bytes())
    options = replace(OPTIONS, timeout=3, memory=400)
    error = review_apart(folder / name, options).error
    assert error
    assert error.kind == kind
    assert said in error.message
    assert name in error.message
    assert review_apart(folder / "a.txt", replace(options, timeout=60)).error is None


def test_a_small_limit_of_memory_ends_a_review_and_not_the_caller(folder: Path) -> None:
    (folder / "long.txt").write_text((folder / "a.txt").read_text() * 2000)
    error = review_apart(folder / "long.txt", replace(OPTIONS, memory=20)).error
    assert error
    assert error.kind in ("too_large", "unreadable")


def test_faulty_rules_and_odd_limits_are_told_at_once(folder: Path) -> None:
    with pytest.raises(RuleError, match="no such folder"):
        workers.start(replace(OPTIONS, rules=str(folder / "none")))
    with pytest.raises(UsageError, match="--timeout"):
        replace(OPTIONS, timeout=0)
    with pytest.raises(UsageError, match="--memory"):
        replace(OPTIONS, memory=0)
