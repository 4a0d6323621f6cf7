"""Defined terms: where "Initial Term" or "Effective Date" is said to stand for something, wherever that is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from contractlens.documents.document import Document
from contractlens.language.days import dates
from contractlens.language.sentences import Sentence

_MEANS = re.compile(
    r"\"(?P<name>[A-Z][^\"]{1,60}?),?\"\s*+(?:\([^)]{0,60}\)\s*+)?(?:,?\s*+(?:as\s+used\s+(?:in\s+this\s+\w+|herein),?\s*+)?(?:shall\s+|will\s+)?(?:mean(?:s|ing)?\b|refers?\b|(?:have|has)\s+the\s+meaning|be\s+deemed|be\b|is\b|includes?\b))"
)
_UNQUOTED = re.compile(r"\s*(?:[\d.()a-z]{1,6}\s+)?(?P<name>[A-Z][A-Za-z]+(?:\s[A-Z][A-Za-z]+){1,4})\s+(?:shall\s+|will\s+)?(?:means?|has\s+the\s+meaning)\b")
_BRACKET = re.compile(r"\((?:[^()\"]{0,60}?)\"(?P<name>[A-Z][^\"]{1,60}?)[,.]?\"(?:[^()]{0,80})\)")
_TIMES = "Date|Terms?|Periods?|Start|Commencement|End|Expiration|Expiry|Duration"  # the last word of a name for a day or a length of time
_BARE_BRACKET = re.compile(rf"\((?:(?:the|this|an?|each|such|hereinafter|hereafter|collectively|initial|initially|respectively|called|referred\s+to\s+as),?\s+){{0,4}}(?P<name>(?:[A-Z][A-Za-z-]+\s+){{0,3}}(?:{_TIMES}))\)")
_LABEL = re.compile(r"\s*+(?:[\d.()a-z]{0,6}\s+)?[\"*]*(?P<name>[A-Z][A-Za-z/&' -]{2,48}?)[\"*]*(?:\s\([^()\n]{1,60}\))?\s*(?::|\s-\s)\s*(?=\S)")
_APART = re.compile(
    rf"^[ \t]*(?:\(?\w{{1,3}}[.)]\s+)?(?P<name>[A-Z][A-Za-z/&' -]{{2,48}}?\b(?:{_TIMES}))(?:\s\([^()\n]{{1,60}}\))?:?(?:[ ]{{3,}}|[ ]*\t\s*)(?P<rest>\S[^\n]*)", re.M
)
_LINE = re.compile(rf"(?:^[ \t]*|(?<=[ ]{{3}})|(?<=\t))(?P<name>[A-Z][A-Za-z/&' -]{{0,48}}?\b(?:{_TIMES}|date|term|period|commitment))[ \t]*:[ \t]*(?P<rest>\S(?:[^\n ]|[ ](?![ ]{{2}}))*)", re.M)
LONGEST_TITLE = 40  # characters
_DATE_TITLE = re.compile(r"(?:the\s+)?(?:\w+\s+){0,3}date\s*:?", re.I)
_BEFORE_A_DAY = re.compile(r"\b(?:as|of|from|on|the|this|dated)\b", re.I)
_BARRED = re.compile(r"^[ \t]*(?P<name>[A-Z][A-Za-z0-9/&' -]{2,48}?)[ \t]*\|[ \t]*(?P<rest>\S[^\n]*)", re.M)


@dataclass(frozen=True, slots=True)
class Definition:
    """What a defined term stands for: the words from `start` to `end`, in the sentence of that index.

    `how` is `means` ("X" means …), `bracket` (… (the "X")) or `label` (a key-term table's row, or a line `X: …`).
    """

    name: str
    sentence: int
    start: int
    end: int
    how: str


def definitions(document: Document, sentences: Sequence[Sentence]) -> dict[str, list[Definition]]:
    """All definitions by the term in lower case, in reading order."""
    rows = {row.start: row for table in document.tables for row in table.rows}
    found: dict[str, list[Definition]] = {}

    def add(name: str, sentence: int, start: int, end: int, how: str) -> None:
        name = " ".join(name.split()).strip(" ,.:*")
        made = found.get(name.lower(), [])
        if 2 < len(name) <= 60 and end > start and not any((d.start, d.how) == (start, how) for d in made):
            found[name.lower()] = [*made, Definition(name, sentence, start, end, how)]

    for title, s in pairwise(sentences):  # of a cover: "EFFECTIVE DATE", and the day in the line below
        if len(title.text) < LONGEST_TITLE and _DATE_TITLE.fullmatch(title.text) and _is_a_day(s.text):
            add(title.text.rstrip(" :"), s.index, s.start, s.end, "label")
    for s in sentences:
        if s.kind == "row":
            row = rows.get(s.start)
            if row and len(row.cells) >= 2:
                (a, b), rest = row.cells[0], row.cells[1:]
                name = document.plain[a:b].strip()
                if 0 < len(name.split()) <= 7:
                    add(name.rstrip(":"), s.index, rest[0][0], rest[-1][1], "label")
                inside = _LABEL.match(document.plain, rest[0][0], rest[0][1])  # "Item 2 | Commencement Date: 1 September 2009"
                if inside:
                    add(inside.group("name"), s.index, inside.end(), rest[0][1], "label")
            continue
        if "mean" in s.text and (unquoted := _UNQUOTED.match(s.text)):
            add(unquoted.group("name"), s.index, s.start + unquoted.end(), s.end, "means")
        if '"' in s.text:
            for m in _MEANS.finditer(s.text):
                add(m.group("name"), s.index, s.start + m.end(), s.end, "means")
            at = 0
            for m in _BRACKET.finditer(s.text):
                add(m.group("name"), s.index, s.start + at, s.start + m.start(), "bracket")
                at = m.end()
        elif "(" in s.text:  # without the quotation marks, which were lost
            for m in _BARE_BRACKET.finditer(s.text):
                add(m.group("name"), s.index, s.start, s.start + m.start(), "bracket")
        for line in _BARRED.finditer(s.text) if "|" in s.text else ():  # a table typed with bars: "Item 2 | Commencement Date: 1 September 2009"
            add(line.group("name"), s.index, s.start + line.start("rest"), s.start + line.end(), "label")
            if inside := _LABEL.match(line.group("rest")):
                add(inside.group("name"), s.index, s.start + line.start("rest") + inside.end(), s.start + line.end(), "label")
        for line in _APART.finditer(s.text) if "   " in s.text or "\t" in s.text else ():  # a line of key terms: "1. Commencement Date        October 1, 2001"
            add(line.group("name"), s.index, s.start + line.start("rest"), s.start + line.end(), "label")
        for line in _LINE.finditer(s.text) if ":" in s.text and ("\n" in s.text or "   " in s.text) else ():  # key terms that run on from one line to the next
            add(line.group("name"), s.index, s.start + line.start("rest"), s.start + line.end(), "label")
        if (":" in s.text or "-" in s.text) and (label := _LABEL.match(s.text)):
            add(label.group("name"), s.index, s.start + label.end(), s.end, "label")
    return found


def _is_a_day(text: str) -> bool:
    """Whether a line holds a date and no more: "as of June 1st, 1998", "01-Jun-1998"."""
    found = dates(text) if len(text) < LONGEST_TITLE else []
    rest = text[: found[0].start] + text[found[0].end :] if len(found) == 1 else text
    return not any(c.isalnum() for c in _BEFORE_A_DAY.sub("", rest))
