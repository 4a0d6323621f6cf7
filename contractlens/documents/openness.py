"""Whether a line leaves something open that the next one takes up, though a gap, a page's end or a capital parts them."""

from __future__ import annotations

import re

from contractlens.numerals import goes_on_in_figures

ENOUGH = 30  # characters of a line that is no title: "between" alone on a cover leaves nothing open
_MONTH = r"\b(?:January|February|March|April|May|June|July|August|September|October|November|December|JANUARY|FEBRUARY|MARCH|APRIL|MAY|JUNE|JULY|AUGUST|SEPTEMBER|OCTOBER|NOVEMBER|DECEMBER)"
_BEFORE_THE_DAY = re.compile(rf"{_MONTH}\s*$")
_BEFORE_THE_YEAR = re.compile(rf"{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?\s*,?\s*$|\b(?:of|day\s+of)\s+{_MONTH}\s*,\s*$")
_DAY = re.compile(r"\s*\d{1,2}(?:st|nd|rd|th)?\s*,")
_YEAR = re.compile(r"\s*,?\s*(?:19|20)\d\d\b")
_OPEN_WORDS = frozenset("of the and or by between to for in with as a an this that on from under upon its their such any each".split())
_TEXT = re.compile(r"\s*[\"'\u201c\u2018]?[A-Za-z]{2,}[\w'\u2019-]*(?=[\s,;]|$)")  # and no number or letter of an item


def goes_on(before: str, after: str) -> bool:
    """Whether a date, a number that is said twice or a phrase is cut in two: "as of March" / "5, 2004", "six" / "(6) months", "laws of the" / "State of".

    >>> goes_on("is made as of March", "5, 2004 by Acme"), goes_on("is made as of March 5,", "2004"), goes_on("governed by the laws of the State of", "New York")
    (True, True, True)
    >>> goes_on("The term ends in March", "5. Fees"), goes_on("BETWEEN", "ACME")
    (False, False)
    """
    first = after.lstrip()[:1]
    if first == "(":
        return goes_on_in_figures(before, after)
    if first.isdigit() or first == ",":
        end = before[-ENOUGH:]
        return bool((_BEFORE_THE_DAY.search(end) and _DAY.match(after)) or (_BEFORE_THE_YEAR.search(end) and _YEAR.match(after)))
    last = before.rstrip().rsplit("\n", 1)[-1]
    return len(last) >= ENOUGH and last.rsplit(None, 1)[-1] in _OPEN_WORDS and bool(_TEXT.match(after))
