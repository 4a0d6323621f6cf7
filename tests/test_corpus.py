"""Real agreements, where CONTRACTLENS_CORPUS says where a folder of them is: whatever they hold, each gives a review, and no traceback."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from contractlens import Review, scan
from contractlens.documents import open_document
from contractlens.portfolio.scanning import files_in

CORPUS = Path(os.environ.get("CONTRACTLENS_CORPUS", "no corpus"))
FOLDERS = sorted(p for p in CORPUS.iterdir() if p.is_dir() and p.name != "hostile") if CORPUS.is_dir() else []
CANNOT_BE_READ = ("no_text", "encrypted")  # scans and locked files are told; anything else is our fault

pytestmark = [
    pytest.mark.slow,
    pytest.mark.xdist_group("corpus"),
    pytest.mark.skipif(not CORPUS.is_dir(), reason="CONTRACTLENS_CORPUS names no folder of agreements"),
]


@pytest.fixture(scope="module")
def reviews() -> list[Review]:
    return list(scan(FOLDERS, jobs=2, today=date(2026, 11, 21)))


def quotes(found: Any) -> Iterator[dict[str, Any]]:
    """Every quote in a review, wherever it stands."""
    if isinstance(found, dict):
        if {"quote", "start", "end"} <= found.keys():
            yield found
        for value in found.values():
            yield from quotes(value)
    elif isinstance(found, list):
        for value in found:
            yield from quotes(value)


def test_every_file_gives_a_review(reviews: list[Review]) -> None:
    assert len(reviews) == len(files_in(FOLDERS))
    faults = {r.document.path: r.error.message for r in reviews if r.error and r.error.kind not in CANNOT_BE_READ}
    assert faults == {}


def test_hardly_any_file_is_not_read(reviews: list[Review]) -> None:
    assert sum(r.error is not None for r in reviews) <= len(reviews) / 50


def test_every_quote_is_its_slice_of_the_text(reviews: list[Review]) -> None:
    wrong = []
    for review in reviews:
        if review.error:
            continue
        text = open_document(review.document.path).text
        wrong += [(review.document.path, q["quote"][:60]) for q in quotes(review.model_dump(mode="json")) if text[q["start"] : q["end"]] != q["quote"]]
    assert wrong == []


def test_the_day_to_act_by_is_before_the_renewal(reviews: list[Review]) -> None:
    for review in reviews:
        days = {d.kind: d.date for d in review.deadlines}
        if "opt_out_by" in days and "renews_on" in days and "bound_until" not in days:
            assert days["opt_out_by"] < days["renews_on"], review.document.path
