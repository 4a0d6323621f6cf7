"""What stands between two pages that were saved as text: their numbers, and the lines that each of them ends or begins with."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise

OFTEN = 3  # times that a line stands alone beside a page's number to be the foot or the head of pages
LONGEST = 100  # characters
_LINE = re.compile(r"[^\n\f]+")
NUMBER = re.compile(r"(?:page\s+)?(?:[A-Z]{1,3}\s?-\s?)?[-\u2013\u2014]?\s?(\d{1,3})\s?[-\u2013\u2014]?(?:\s+of\s+\d{1,3})?", re.I)
_FILED = re.compile(r"Source: .{5,120}, \d{1,2}/\d{1,2}/\d{4}")  # of a filing, as archives print it on each page


def page_ends(text: str) -> list[tuple[int, int]]:
    """The lines that are no part of the agreement: numbers that count up and, next to them, lines that come again and again.

    A number in a list, or in a table, is none: there has to be an empty line or a page's break on both of its sides.
    """
    lines = [(m.start(), m.end(), " ".join(m.group().split())) for m in _LINE.finditer(text) if not m.group().isspace()]
    said = Counter(line for _, _, line in lines)
    numbers = {i: int(n.group(1)) for i, (_, _, line) in enumerate(lines) if len(line) < 20 and (n := NUMBER.fullmatch(line))}
    found = {i for (a, first), (b, second) in pairwise(numbers.items()) if second == first + 1 for i in (a, b)}
    for i in sorted(found):
        found |= {k for k in (i - 2, i - 1, i + 1, i + 2) if 0 <= k < len(lines) and said[lines[k][2]] >= OFTEN and len(lines[k][2]) < LONGEST}
    found |= {i for i, (_, _, line) in enumerate(lines) if said[line] >= OFTEN and _FILED.fullmatch(line)}
    return [lines[i][:2] for i in sorted(_apart(text, lines, found))]


def _apart(text: str, lines: list[tuple[int, int, str]], found: set[int]) -> set[int]:
    """Those lines that have an empty line, a page's break or the edge of the text above them and below them, or above and below others like them."""
    between = (text[a[1] : b[0]] for a, b in pairwise(lines))
    parted = [True, *(gap.count("\n") > 1 or "\f" in gap for gap in between), True]  # above each line, and below the last
    above: set[int] = set()
    for i in sorted(found):
        if parted[i] or i - 1 in above:
            above.add(i)
    apart: set[int] = set()
    for i in sorted(found, reverse=True):
        if parted[i + 1] or i + 1 in apart:
            apart.add(i)
    return above & apart
