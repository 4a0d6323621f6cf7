"""Numbers that are typed: what a new clause after one with such a number is called."""

from __future__ import annotations

import re
from collections.abc import Iterator
from string import ascii_uppercase

from contractlens.documents.docx import Traced

_TYPED = re.compile(r"(\d{1,3}(?:\.\d{1,3})*)([.)]?[ \t]+)")


def number_after(traced: Traced, offset: int, taken: set[str]) -> str:
    """The number and what parts it from the text: the next one if it is free, else the same with a letter; "" where none is typed.

    Automatic numbers have no part in the text of the file; a list gives the new clause its own.
    """
    document = traced.document
    here = document.paragraph_at(offset)
    start = document.paragraphs[here].start if here is not None else offset
    typed = _TYPED.match(document.text, start)
    clause = document.clause_at(start)
    if not typed or clause is None or document.clauses[clause].number != typed[1] or not traced.trace.between(start, start + 1):
        return ""
    held = taken | {c.number for c in document.clauses if c.number}
    number = next(n for n in _following(typed[1]) if n not in held)
    taken.add(number)
    return number + typed[2]


def _following(number: str) -> Iterator[str]:
    """
    >>> [n for n, _ in zip(_following("14.2"), range(3))]
    ['14.3', '14.2A', '14.2B']
    """
    before, dot, last = number.rpartition(".")
    yield f"{before}{dot}{int(last) + 1}"
    yield from (number + letter for letter in ascii_uppercase)
    yield from (f"{number}A{n}" for n in range(1, 10_000))
