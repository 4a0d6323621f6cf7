"""Words with blanks become words that fit this contract: its names, its numbers."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from contractlens.numerals import spelt
from contractlens.values import Duration, Money, Percent

Lookup = Callable[[str], Any]
_BLANK = re.compile(r"\{([\w.]+)\}")
SENTENCE = re.compile(r"(?<=[.;])\s+")


def explain(template: str, lookup: Lookup) -> str:
    """A text about the contract. A sentence with a blank that the contract does not fill is left out."""
    kept = []
    for sentence in SENTENCE.split(" ".join(template.split())):
        if all(lookup(name) is not None for name in _BLANK.findall(sentence)):
            kept.append(_BLANK.sub(lambda m: humanised(lookup(m.group(1))), sentence))
    return " ".join(kept)


def wording(template: str, lookup: Lookup) -> str:
    """Words to put into the contract. What it does not say becomes a blank for a person to fill: `[____]`."""

    def filled(m: re.Match[str]) -> str:
        value = lookup(m.group(1))
        if isinstance(value, Duration):
            return formal(value)
        return "[____]" if value is None else humanised(value)

    text = _BLANK.sub(filled, " ".join(template.split()))
    return re.sub(r"(?:^|(?<=[a-z)\]]{2}[.)] ))[a-z]", lambda m: m.group().upper(), text)  # a name such as "you" may begin a sentence; "1 a.m. and" does not


def humanised(value: Any) -> str:
    """A value as a person writes it: `30 days`, `29 January 2027`, `99.9`."""
    if isinstance(value, Duration | Money | Percent):
        return value.words()
    if isinstance(value, date):
        return f"{value.day} {value:%B %Y}"
    if isinstance(value, float | Decimal):
        return f"{value:f}".rstrip("0").rstrip(".") if "." in f"{value:f}" else f"{value:f}"
    return str(value).replace("_", " ")


def formal(duration: Duration) -> str:
    """As contracts write it: `thirty (30) days`, `twelve (12) months`."""
    words = spelt(int(duration.count)) if duration.count == int(duration.count) else None
    business = "business " if duration.business else ""
    unit = f"{business}{duration.unit}{'' if duration.count == 1 else 's'}"
    return f"{words} ({duration.count}) {unit}" if words else f"{duration.count} {unit}"
