"""`notice_min is longer than limits.renewal_notice`: yes, no, or cannot tell.

A closed list of comparisons, no `and`, no code. Two conditions are a list, and all must hold.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from contractlens.values import Duration, Money, compare

COMPARISONS = ("missing", "present", "true", "false", "exactly", "longer than", "shorter than", "more than", "less than", "before", "after")
_NEEDS_VALUE = COMPARISONS[4:]
_CONDITION = re.compile(r"(?P<name>[\w.]+)\s+(?:is|are)\s+(?P<rest>.+)")

_DAY = re.compile(r"\d{4}-\d\d-\d\d")

Lookup = Callable[[str], Any]


@dataclass(frozen=True, slots=True)
class Condition:
    """A line under `when`; `comparison` is empty for `anything else`."""

    text: str
    name: str = ""
    comparison: str = ""
    value: str = ""


def parse_condition(text: str) -> Condition:
    """Read a condition; raises ValueError, which says what may have been meant."""
    text = " ".join(text.split())
    if text == "anything else":
        return Condition(text)
    match = _CONDITION.fullmatch(text)
    if not match:
        raise ValueError(f'"{text}" is no condition. Write  <name> is <comparison> [<value>],  or  anything else')
    rest = match.group("rest")
    for comparison in sorted(COMPARISONS, key=len, reverse=True):
        if rest == comparison or rest.startswith(comparison + " "):
            value = rest[len(comparison) :].strip()
            if (comparison in _NEEDS_VALUE) != bool(value):
                raise ValueError(f'"{text}": "{comparison}" {"needs" if not value else "takes no"} value')
            if _DAY.fullmatch(value):
                date.fromisoformat(value)  # 2027-13-01 is told now, not in the first review
            return Condition(text, match.group("name"), comparison, value)
    near = difflib.get_close_matches(" ".join(rest.split()[:2]), COMPARISONS, 1, 0.5)
    hint = f' Did you mean "is {near[0]}"?' if near else ""
    raise ValueError(f'"{text}": "is {rest}" is not a comparison.{hint} There are: {", ".join(COMPARISONS)}')


def holds(conditions: Sequence[Condition], lookup: Lookup) -> bool | None:
    """Whether all hold; None where one cannot be told and none fails."""
    results = [_holds(c, lookup) for c in conditions]
    return False if False in results else None if None in results else True


def _holds(condition: Condition, lookup: Lookup) -> bool | None:
    if not condition.comparison:
        return True
    have = lookup(condition.name)
    match condition.comparison:
        case "missing":
            return have is None or have == () or have == ""
        case "present":
            return not (have is None or have == () or have == "")
        case "true":
            return have is True
        case "false":
            return have is False
    if have is None:
        return False
    want = _value(condition.value, lookup)
    if condition.comparison == "exactly":
        return str(have) == str(want) or have == want
    order = _order(have, want)
    if order is None:
        return None
    return order > 0 if condition.comparison in ("longer than", "more than", "after") else order < 0


def _value(text: str, lookup: Lookup) -> Any:
    if text.startswith("limits."):
        return lookup(text)
    match = re.fullmatch(r"(\d+)\s+(business\s+)?(second|minute|hour|day|week|month|year)s?", text)
    if match:
        return Duration(int(match.group(1)), match.group(3), bool(match.group(2)))  # type: ignore[arg-type]
    if _DAY.fullmatch(text):
        return date.fromisoformat(text)
    try:
        return float(text)
    except ValueError:
        return lookup(text) if re.fullmatch(r"[a-z_]+(?:\.[a-z_]+)+", text) else text


def _order(have: Any, want: Any) -> int | None:
    if isinstance(have, Duration) and isinstance(want, Duration):
        return compare(have, want)
    if isinstance(have, date) and isinstance(want, date):
        return (have > want) - (have < want)
    try:
        a, b = (float(side.amount if isinstance(side, Money) else side) for side in (have, want))
    except (TypeError, ValueError):
        return None
    return (a > b) - (a < b)
