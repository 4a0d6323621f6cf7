"""A value that a text states, such as an amount, a date or a party, and where it stands."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from itertools import accumulate
from typing import Literal, NamedTuple

from contractlens.values import Duration, Money, Percent

ValueKind = Literal["duration", "percent", "money", "number", "date", "anniversary", "yearday", "vendor", "customer", "agreement"]


class Value(NamedTuple):
    """An amount that the text states, and where: offsets count in the text that was given."""

    kind: ValueKind
    start: int
    end: int
    amount: Duration | Percent | Money | Decimal | date | str
    note: str | None = None
    other: Duration | None = None  # what the words say where the figures differ


class Taken:
    """Ranges of a text that are spoken for."""

    def __init__(self, ranges: Iterable[tuple[int, int]] = ()) -> None:
        ordered = sorted(ranges)
        self._starts = [start for start, _ in ordered]
        self._reach = list(accumulate((end for _, end in ordered), max))  # how far those up to here go

    def touches(self, start: int, end: int) -> bool:
        """Whether one of the ranges shares a character with that from `start` to `end`."""
        i = bisect_left(self._starts, end)
        return i > 0 and self._reach[i - 1] > start


def disjoint(values: list[Value]) -> list[Value]:
    """Of values that overlap, the longest."""
    kept: list[Value] = []
    starts: list[int] = []
    for value in sorted(values, key=lambda v: (v.start - v.end, v.start)):
        i = bisect_left(starts, value.end)
        if i == 0 or kept[i - 1].end <= value.start:
            starts.insert(i, value.start)
            kept.insert(i, value)
    return kept
