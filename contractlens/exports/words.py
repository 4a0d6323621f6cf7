"""Words and days as reports print them.

Whatever comes from a document passes through `clean`, so that nothing in it can steer a terminal or hide itself.
"""

from __future__ import annotations

import unicodedata
from datetime import date

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def clean(text: str) -> str:
    """The text on one line, without the characters that steer a terminal or reorder what is read.

    >>> clean("due \\x1b[2Jnow\\nor never")
    'due [2Jnow or never'
    """
    kept = (c if unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Co", "Cn") else _stand_in(c) for c in text)
    return " ".join("".join(kept).split())


def _stand_in(character: str) -> str:
    if character in "\t\n\v\f\r\x85\x1c\x1d\x1e\x1f":
        return " "
    return "\ufffd" if unicodedata.category(character) == "Cs" else ""


def shorten(text: str, most: int = 240) -> str:
    """The text on one line, cut between words where it is longer than `most` characters."""
    text = clean(text)
    return text if len(text) <= most else text[:most].rsplit(" ", 1)[0].rstrip(" ,;:") + " …"


def day(d: date, *, weekday: bool = False) -> str:
    """`29 Jan 2027`, or `Fri 29 Jan 2027`, whatever the machine's language."""
    words = f"{d.day} {_MONTHS[d.month - 1]} {d.year}"
    return f"{_DAYS[d.weekday()]} {words}" if weekday else words


def in_days(d: date, today: date) -> str:
    n = (d - today).days
    if n in (-1, 0, 1):
        return ("yesterday", "today", "tomorrow")[n + 1]
    return f"in {n} days" if n > 0 else f"{-n} days ago"
