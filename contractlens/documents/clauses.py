"""Headings and numbering become clauses, so that a finding can say "§ 12.2"."""

from __future__ import annotations

import re

from contractlens.documents.document import Clause, Document, Paragraph

_NUMBER = re.compile(
    r"(?P<named>(?:ARTICLE|SECTION|EXHIBIT|SCHEDULE|APPENDIX|ANNEX|ATTACHMENT|ADDENDUM|PART|CLAUSE)\s+"
    r"(?:[A-Z]{1,2}-?\d{0,2}|\d{1,3}(?:\.\d{1,3})*|[IVXLC]{1,6}))(?![\w'])[.:)]?"
    r"|(?:§\s*)?(?P<dotted>\d{1,3}(?:\.\d{1,3}){1,4})(?!\s*%)\.?(?=\s*[A-Z\"“(\[]|\s+[a-z]|$)"
    r"|(?:§\s*)?(?P<plain>\d{1,3})[.)](?=\s*[A-Z\"“(\[]|\s+[a-z]|$)"
    r"|§+\s*(?P<sign>\d{1,3})(?=\s)"
    r"|(?P<bare>\d{1,2})(?=\s+[A-Z][A-Za-z]+)"
    r"|\((?P<item>[a-z]{1,2}|[ivx]{1,5}|[A-Z]|\d{1,2})\)(?=\s|[A-Z\"“])"
    r"|(?P<letter>[A-Z])\.(?=\s+[A-Z\"“])|(?P<low>[a-z]|[ivx]{1,4})[.)](?=\s+\S)",
    re.I,
)
_UNIT_AFTER = re.compile(r"\s*(?:%|per ?cent|days?|months?|years?|hours?|weeks?|minutes?|business|calendar|working|st|nd|rd|th)\b", re.I)
_SHORTENED = re.compile(r"\b(?:Inc|Ltd|Pte|Pty|Corp|Co|No|St|Dr|Mr|Messrs)$")  # "13.1 Acme Pte. Ltd. may": no heading
_RUN_IN = re.compile(r"\s*(?P<heading>[A-Z\"“][^.:;\n]{1,70}?)(?:[.:]|\s[-–—])(?:\s|$)")
_NAMED = re.compile(r"(?i:article|section|exhibit|schedule|appendix|annex|attachment|addendum|part|clause)\b")
_MONTHS = re.compile(r"(?:January|February|March|April|May|June|July|August|September|October|November|December)\b")
_TITLE_WORD = re.compile(r"[A-Z0-9(&\"“'‘]|of$|and$|or$|to$|for$|the$|in$|by$|on$|with$|a$|an$|&$|-$|from$|without$|upon$|not$|as$|at$|its$")
_RECITALS = re.compile(r"(?:the\s+)?(?:recitals?|background|whereas|witnesseth|preliminary\s+statements?|preambles?|premises)(?:\s+of\s+facts?)?", re.I)
_RECITALS_END = re.compile(r"\bnow,?\s+therefore\b|\bagree(?:s|d)?\s+(?:\w+\s+){0,4}as\s+follows\b|\bhereby\s+(?:covenant\s+and\s+|mutually\s+)?agree\b", re.I)
_SENTENCE = re.compile(r"\s*[A-Z\"(]")
LETTER_LEVEL = 40  # A., B.
LIST_LEVEL = 45  # 1., 2., 3. inside a clause
ITEM_LEVEL = 50  # (a), (b); (i), (ii) one deeper
LONGEST_HEADING = 90
LONGEST_RUN_IN = 7  # words
SHORTEST_TEXT = 30  # characters behind a heading that runs in


def find_clauses(document: Document) -> tuple[Clause, ...]:
    """The document's clauses in reading order, each to where the next one starts."""
    starts = _starts(document)
    clauses: list[Clause] = []
    open_at: list[int] = []
    top = 0  # the number of the last clause of the first order: what follows it in order is one, a list inside a clause is not
    item_before = ""
    for i, (start, number, heading, level) in enumerate(starts):
        end = starts[i + 1][0] if i + 1 < len(starts) else len(document.text)
        if number and number.isdigit() and level == 1:
            if (int(number) == 1 and not top) or 1 <= int(number) - top <= 2 or (int(number) == 1 and heading) or (not top and heading):
                top = int(number)
            else:
                level = LIST_LEVEL
        elif number and level == 0:
            top = 0
        elif number and level > 1 and number[0].isdigit():
            top = max(top, int(number.split(".")[0]))
        if level == ITEM_LEVEL:
            assert number is not None
            level += _is_roman(number, item_before)
            item_before = number
        while open_at and clauses[open_at[-1]].level >= level:
            open_at.pop()
        if number and level >= LIST_LEVEL:
            outer = next((clauses[k].number for k in reversed(open_at) if clauses[k].number), None)
            number = f"{outer}({number})" if outer else f"({number})"
        elif number and level == LETTER_LEVEL:
            outer = next((clauses[k].number for k in reversed(open_at) if clauses[k].level < LETTER_LEVEL and clauses[k].number), None)
            number = f"{outer}.{number}" if outer and outer[0].isdigit() else number
        clauses.append(Clause(number, heading, start, end, level, tuple(open_at)))
        open_at.append(len(clauses) - 1)
    return tuple(clauses)


def _starts(document: Document) -> list[tuple[int, str | None, str | None, int]]:
    """Where clauses start. What the parties agree ends the recitals; words that head a paragraph count where no clause has a number yet."""
    starts: list[tuple[int, str | None, str | None, int]] = []
    recitals: int | None = None  # their level, while they last
    numbered = False
    for paragraph in document.paragraphs:
        if paragraph.kind not in ("prose", "heading"):
            continue
        found = _start(document, paragraph)
        if found is None and recitals is not None and _RECITALS_END.search(document.plain, paragraph.start, paragraph.end):
            found = paragraph.start, None, None, recitals
        elif found is None and not numbered and (heading := _runs_in(document.plain[paragraph.start : paragraph.end])):
            found = paragraph.start, None, heading, 1
        if found:
            starts.append(found)
            numbered = numbered or found[1] is not None
            recitals = found[3] if _RECITALS.fullmatch(found[2] or "") else None if found[3] <= (recitals or 0) else recitals
    return starts


def _runs_in(text: str) -> str | None:
    """The heading that a paragraph begins with: "Governing Law. This Agreement is governed by"."""
    found = _RUN_IN.match(text)
    if found is None or not _SENTENCE.match(text, found.end()) or _SHORTENED.search(found.group("heading")):
        return None
    heading = found.group("heading").strip(" *_\"\u201c\u201d")
    if len(text) - found.end() < SHORTEST_TEXT and not (heading.isupper() and len(heading) > 2):
        return None  # "LAW. Texas." is one, "Dear Sir: Thank you." is none
    return heading if _title(heading) and len(heading.split()) <= LONGEST_RUN_IN else None


def _start(document: Document, paragraph: Paragraph) -> tuple[int, str | None, str | None, int] | None:
    """Where a clause starts with this paragraph: offset, number, heading and depth; None where none does."""
    text = document.plain[paragraph.start : paragraph.end]
    lead = len(text) - len(text.lstrip(" #*_>-"))
    body = text[lead:]
    start = paragraph.start + lead
    match = _NUMBER.match(body)
    if match and (_UNIT_AFTER.match(body[match.end() :]) or (match.group("bare") and not _title(body[match.end() :]))):
        match = None
    if match and _MONTHS.match(body[match.end() :].strip()):
        match = None
    if match is None:
        if paragraph.kind != "heading" and not _alone(body):
            return None
        heading = body.strip(" *_#:")
        return (start, None, heading, 1 if paragraph.level is None else paragraph.level) if heading else None
    number, level = _numbered(match)
    return start, number, _heading(body[match.end() :], paragraph), level


def _numbered(match: re.Match[str]) -> tuple[str, int]:
    if named := match.group("named"):
        if cited := re.fullmatch(r"(?i:section|clause)\s+(\d[\d.]*)", named):
            return cited.group(1), 1 + cited.group(1).count(".")
        return " ".join(named.split()), 0 if re.match(r"(?i)exhibit|schedule|appendix|annex|attachment|addendum|part", named) else 1
    if dotted := match.group("dotted"):
        return dotted, 1 + dotted.count(".")
    if plain := match.group("plain") or match.group("bare") or match.group("sign"):
        return plain, 1
    if letter := match.group("letter"):
        return letter, LETTER_LEVEL
    item = match.group("item") or match.group("low")
    return item, ITEM_LEVEL


def _is_roman(item: str, before: str) -> bool:
    """Whether `(i)`, `(v)` or `(ii)` counts in Roman numerals: not where the letter before it has just been used."""
    if not re.fullmatch(r"[ivx]+", item):
        return False
    return len(item) > 1 or not (len(before) == 1 and ord(before) + 1 == ord(item))


def _heading(rest: str, paragraph: Paragraph) -> str | None:
    """The words after the number, where they are a heading: all of a short paragraph, or its first words up to a stop."""
    rest = rest.strip(" *_#-–—.:")
    if not rest:
        return None
    if len(rest) <= LONGEST_HEADING and (paragraph.kind == "heading" or _title(rest) or rest.isupper()):
        return rest
    run_in = _RUN_IN.match(rest)
    if run_in and _title(run_in.group("heading")) and not _SHORTENED.search(run_in.group("heading")):
        return run_in.group("heading").strip(" *_\"“”")
    return None


def _title(text: str) -> bool:
    words = text.strip().split()
    return 0 < len(words) <= 12 and sum(bool(_TITLE_WORD.match(w)) for w in words) >= len(words) * 0.75 and not text.strip().endswith((".", ";", ","))


def _alone(text: str) -> bool:
    """A short line in capitals, which stands for a heading where the format marks none."""
    text = text.strip(" *_#")
    return 3 < len(text) <= LONGEST_HEADING and text.isupper() and any(c.isalpha() for c in text) and not text.endswith((";", ",")) and "|" not in text
