"""A date with its sentence, and what a blank looks like where a date should stand."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from contractlens.language.sentences import Sentence
from contractlens.language.value import Value

BLANK = re.compile(r"_{3,}|\[\s*[*●•]|\[_+\]|\b(?:19|20)__|\*{3}|\[\s*(?:date|insert)", re.I)


@dataclass(frozen=True)
class Dated:
    """A date of the agreement: the day, or why there is none."""

    day: date | None
    sentence: Sentence
    why: str | None = None
    note: str | None = None
    certain: bool = True  # defined as this date, or said so of this agreement
    earliest: date | None = None  # of the signatures, where it is their date


def dated(value: Value, sentence: Sentence, certain: bool = True) -> Dated:
    assert isinstance(value.amount, date)
    return Dated(value.amount, sentence, None, value.note, certain)
