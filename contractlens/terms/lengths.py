"""Bands of time, in a table's cell: `4 to 8 hours`, `more than 8 hours`, `up to one hour`."""

from __future__ import annotations

import re
from dataclasses import dataclass

from contractlens.language.amounts import amounts
from contractlens.language.value import Value
from contractlens.values import Duration

_RANGE = re.compile(r"(?<![\w.])(\d+(?:\.\d+)?)\s*(?:-+|to|and)\s*(?=\d+(?:\.\d+)?\s*-?\s*(minute|min|hour|hr|day)s?\b)", re.I)
_PLUS = re.compile(r"(?<![\w.])(\d+(?:\.\d+)?)\s*\+\s*(?=(?:minute|min|hour|hr|day))", re.I)
_OVER = re.compile(r"(?:more|longer|greater)\s+than|over|above|exceed(?:s|ing)?|in\s+excess\s+of|>=?|at\s+least|from|between|\u2265", re.I)
_UP_TO = re.compile(r"(?:less|fewer|shorter)\s+than|not\s+more\s+than|no\s+more\s+than|up\s+to|under|below|<=?|at\s+most|\u2264|to|and|-", re.I)
_SUFFIX = re.compile(r"\s*(?:\+|(?:or|and)\s+(?:more|longer|over|above))", re.I)


@dataclass(frozen=True, slots=True)
class Length:
    """A band of time: longer than `over`, and no longer than `up_to`."""

    over: Duration | None
    up_to: Duration | None


def length(text: str) -> Length | None:
    """The band of time that a cell states.

    >>> length("4 to 8 hours"), length("more than 8 hours").over
    (Length(over=Duration(count=4, unit='hour', business=False), up_to=Duration(count=8, unit='hour', business=False)), Duration(count=8, unit='hour', business=False))
    """
    filled = _PLUS.sub(r"more than \1 ", text)
    filled = _RANGE.sub(lambda m: f"{m.group(1)} {m.group(2)}s - ", filled)
    values = [v for v in amounts(filled) if isinstance(v.amount, Duration) and v.amount.unit in ("minute", "hour", "day")]
    if len(values) >= 2:
        return Length(_time(values[0]), _time(values[1]))
    if len(values) == 1:
        before = filled[: values[0].start]
        if (_OVER.search(before) and not re.search(r"\b(?:no|not)\s+(?:more|longer)", before, re.I)) or _SUFFIX.match(filled[values[0].end :]):
            return Length(_time(values[0]), None)
        if _UP_TO.search(before):
            return Length(None, _time(values[0]))
    return None


def _time(value: Value) -> Duration:
    assert isinstance(value.amount, Duration)
    return value.amount
