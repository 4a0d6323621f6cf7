"""The dates in a sentence: found by pattern, read by dateparser, never guessed.

A blank (`20__`, `___ day of`) or a redaction (`[***]`) is no date. A numeric date with two readings is flagged, and the
earlier reading is taken, since it never makes a deadline late.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from difflib import get_close_matches
from functools import cache, lru_cache
from typing import Any

from contractlens.language.amounts import narrowed
from contractlens.language.value import Taken, Value
from contractlens.numerals import ORDINAL_VALUES, ORDINALS, spelt_number

_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_MONTH_NAMES = _MONTHS.lower().split("|")
_TORN = "|".join(rf"{m[0]}\s{m[1:]}|{m[:-1]}\s{m[-1]}" for m in _MONTHS.split("|"))  # "Januar y", as PDFs break it
_MONTH = rf"(?:{_MONTHS}|{_TORN}|Jan\.?|Feb\.?|Mar\.?|Apr\.?|Jun\.?|Jul\.?|Aug\.?|Sept?\.?|Oct\.?|Nov\.?|Dec\.?|[A-Z][a-z]{{4,9}})"  # the last for slips and bad scans: "Februaxy"
_SPELT_YEAR = r"(?:two\s+thousand|nineteen\s+(?:hundred\s+(?:and\s+)?)?ninety|twenty)(?:(?:\s+and\s+|\s+|-)(?:ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty(?:[ -](?:one|two|three|four|five|six|seven|eight|nine))?|one|two|three|four|five|six|seven|eight|nine))?"
_YEAR = rf"(?:(?:19|20)\d{{2}}(?![\d_])|(?:19|20)\d\s\d(?![\d_])|(?:19|20)\s\d\d(?![\d_%]|\s*-?\s*(?:days?|months?|years?|per)\b)|(?<=,\s)'\d\d(?!\d)|{_SPELT_YEAR}\b(?:\s*\(\s*(?:19|20)\d\d\s*\))?)"  # "199 8", as PDFs break it
_SUFFIX = r"(?:\s?(?:st|nd|rd|t\s?h)\b\.?|\s?\(\s?(?:st|nd|rd|th)\s?\))?"
_WORDS = "|".join(sorted([*ORDINALS, *(f"twenty[ -]{w}" for w in ORDINALS[:9]), "thirtieth", "thirty[ -]first"], key=len, reverse=True))
_BEFORE = r"(?<![\w*_\]/.-])"
_OF = r"(?:of\s+)?(?:the\s+month\s+of\s+)?"
_BEHIND = r"(?:of\s+|in\s+the\s+year\s+(?:of\s+our\s+lord\s+)?|A\.?\s?D\.?,?\s+)?"
_NOISE = r"[-\u2013\u2014\s]*"  # dashes that fill a line: "this 1st day of --- November, 2003"

_PATTERNS = (
    # a date written on the line left for it counts: "as of ___March 5, 2020"
    re.compile(rf"{_BEFORE}_{{0,40}}(?P<month>{_MONTH})\s*,?\s*(?P<day>\d{{1,2}}|l\d?|\dl|[123]\s\d(?=\s*,)){_SUFFIX}\s*,?\s*(?:[,.]|of|(?<=\s))\s*(?P<year>{_YEAR})", re.I),
    re.compile(rf"{_BEFORE}(?P<day>\d{{1,2}}|lst){_SUFFIX}\s*(?:\(\s*\d{{1,2}}(?:st|nd|rd|th)?\s*\)\s*)?(?:day\s*)?,?\s*{_OF}{_NOISE}(?P<month>{_MONTH})[\s-]*,?\s*{_BEHIND}(?P<year>{_YEAR}|(?<=-)\d\d(?![\d,:/%_]))", re.I),
    re.compile(rf"{_BEFORE}(?P<words>{_WORDS})\s*(?:\(\s*(?P<day>\d{{1,2}})\s*(?:st|nd|rd|th)?\s*\)\s*)?(?:day\s+)?{_OF}(?P<month>{_MONTH})\s*,?\s*{_BEHIND}(?P<year>{_YEAR})", re.I),
    re.compile(r"(?<![\d/.-])(?P<year>(?:19|20)\d{2})(?P<sep>[-/.])(?P<month>\d{1,2})(?P=sep)(?P<day>\d{1,2})(?![\d/-])"),
)
_NUMERIC = re.compile(r"(?<![\d/.$-])(?P<a>\d{1,2})(?P<sep>[/.-])(?P<b>\d{1,2})(?P=sep)'?(?P<year>(?:19|20)\d{2}|\d{2})(?![\d/-]|\.\d)")
_YEARLY = re.compile(
    rf"{_BEFORE}(?:(?P<month>{_MONTHS})\s+(?P<day>\d{{1,2}}){_SUFFIX}|(?P<day2>\d{{1,2}}){_SUFFIX}\s+(?:day\s+)?(?:of\s+)?(?P<month2>{_MONTHS}))\b"
    rf"(?!\s*,?\s*(?:\d|_|of\s+\d|\[))(?P<each>\s*,?\s*(?:of|in)\s+(?:each|every|any|a\s+given|the\s+(?:then|applicable)[\w -]{{0,20}}?)\s+(?:calendar\s+|contract\s+)?year)?",
    re.I,
)
# the line on which a part of a date was written: "this __5th__ day of _March_, 2009", and neither "20__" nor "199_", which are left open
_FILLED_IN = re.compile(r"_+(?=[A-Za-z\d])|(?<=[A-Za-z])_+|(?<=[\s_/][1-9])_+|(?<=[\s_/][0-3]\d)(?<![\s_/]19)(?<![\s_/]20)_+|(?<=\d\d\d\d)_+")
_WEEKDAY = re.compile(r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s+$", re.I)
_HINT = re.compile(r"(?:19|20)\s?\d\s?\d|,\s'\d\d|\d[/.-]\d{1,2}[/.-]'?\d\d|\d-\d|\d[ -](?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)|two\s+thousand|nineteen|A\.D", re.I)


def dates(text: str, order: Callable[[], str] = str) -> list[Value]:
    """The dates of a sentence.

    `order` is asked where a date has two readings: it gives `MDY` or `DMY` where other dates of the document settle it, and `MDY?`
    where it is an American document: the date is then read so, and still flagged.
    """
    text = _FILLED_IN.sub(lambda m: " " * len(m.group()), narrowed(text)) if "_" in text else narrowed(text)
    found: list[Value] = []
    if _HINT.search(text):
        for pattern in _PATTERNS:
            for m in pattern.finditer(text):
                day = _day(m)
                if day and not _blank_near(text, m):
                    found.append(Value("date", _with_weekday(text, m.start()), m.end(), day))
        found += _numeric(text, order)
    taken, low = Taken((v.start, v.end) for v in found), text.lower()
    for m in _YEARLY.finditer(text) if any(month in low for month in _MONTH_NAMES) else ():
        month = _month(m.group("month") or m.group("month2"))
        number = int(m.group("day") or m.group("day2"))
        if month and 1 <= number <= 31 and not taken.touches(m.start(), m.end()):
            found.append(Value("yearday", m.start(), m.end(), f"--{month:02d}-{number:02d}", "each year" if m.group("each") else None))
    return found


def _with_weekday(text: str, start: int) -> int:
    """Where a date begins whose day of the week is named: "Monday, May 4, 2009"."""
    named = _WEEKDAY.search(text, max(0, start - len("wednesday, ")), start)
    return named.start() if named else start


def numeric_order(text: str) -> str:
    """`DMY` or `MDY` where a numeric date in the text has one reading only; empty where none has."""
    for m in _NUMERIC.finditer(text):
        a, b = int(m.group("a")), int(m.group("b"))
        if 12 < a <= 31 and 1 <= b <= 12:
            return "DMY"
        if 12 < b <= 31 and 1 <= a <= 12 and m.group("sep") == "/":
            return "MDY"
    return ""


def _day(m: re.Match[str]) -> date | None:
    groups = m.groupdict()
    number = "1" if groups.get("day") == "lst" else re.sub(r"\s", "", groups.get("day") or "").replace("l", "1")  # as scans have it
    if not number and groups.get("words"):
        number = str(_spelt_day(groups["words"]))
    year = _year(groups["year"])
    if groups["month"].isdigit():
        return _read(f"{year}-{int(groups['month']):02d}-{int(number or 0):02d}")
    month = _nearest_month(groups["month"])
    return _read(f"{number} {month} {year}") if month else None


@lru_cache(maxsize=512)
def _nearest_month(word: str) -> str | None:
    """The month that a word names, slips of the pen and of a scanner's eye allowed: "Febuary", "Februaxy"."""
    word = re.sub(r"\s", "", word)
    if len(word) <= 4 or word.endswith("."):
        return word
    near = get_close_matches(word.capitalize(), _MONTHS.split("|"), n=1, cutoff=0.8)
    return near[0] if near else None


def _year(text: str) -> str:
    """A year in four figures: "199 8", "Two Thousand and Four (2004)", "04"."""
    figures = re.search(r"(?:19|20)\s?\d\s?\d", text)
    if figures:
        return re.sub(r"\s", "", figures.group())
    text = text.removeprefix("'")
    if text.isdigit():
        return str(int(text) + (2000 if int(text) < 70 else 1900))
    low = re.sub(r"\band\b", " ", text.lower())
    century, rest = (2000, low.removeprefix("two thousand")) if low.startswith("two") else (1900, low.removeprefix("nineteen")) if low.startswith("nineteen") else (2000, low.removeprefix("twenty"))
    number = spelt_number(rest.replace("hundred", " ").replace("-", " ").strip()) or 0
    return str(century + int(number))


def _spelt_day(words: str) -> int:
    parts = re.findall(r"[a-z]+", words.lower())
    tens = {"twenty": 20, "thirty": 30, "thirtieth": 30, "twentieth": 20}
    return sum(tens.get(p) or ORDINAL_VALUES.get(p, 0) for p in parts)


@cache
def _parser() -> Any:
    from dateparser.date import DateDataParser

    settings = {"STRICT_PARSING": True, "REQUIRE_PARTS": ["day", "month", "year"], "PARSERS": ["absolute-time"], "DATE_ORDER": "DMY", "PREFER_LOCALE_DATE_ORDER": False}
    return DateDataParser(languages=["en"], settings=settings)


@lru_cache(maxsize=4096)
def _read(text: str) -> date | None:
    """A date that names day, month and year, read by dateparser; None where there is no such day."""
    if re.match(r"\d{4}-", text):
        try:
            return date.fromisoformat(text)
        except ValueError:
            return None
    found = _parser().get_date_data(re.sub(r"\bSept\b", "Sep", text.replace(".", ""), flags=re.I)).date_obj
    return found.date() if found else None


@lru_cache(maxsize=64)
def _month(name: str) -> int | None:
    found = _read(f"1 {name} 2000")
    return found.month if found else None


def _blank_near(text: str, m: re.Match[str]) -> bool:
    """Whether a blank or a redaction touches it: `__ May 2020`, `May 1, 20__`."""
    return text[m.end() : m.end() + 1] in ("_", "*", "[") or text[max(0, m.start() - 2) : m.start()].strip().endswith(("_", "*", "]"))


def _numeric(text: str, ordered: Callable[[], str]) -> list[Value]:
    found = []
    for m in _NUMERIC.finditer(text):
        a, b, year = int(m.group("a")), int(m.group("b")), int(m.group("year"))
        year += 2000 if year < 70 else 1900 if year < 100 else 0
        if m.group("sep") == "." and len(m.group("year")) == 2:
            continue  # 4.2.10 is a clause
        order = ordered()
        readings = [d for d in (_made(year, a, b) if order != "DMY" else None, _made(year, b, a) if order != "MDY" else None) if d]
        if not readings:
            continue
        note = f"{m.group()} may be {readings[0]:%-d %B %Y} or {readings[1]:%-d %B %Y}" if len(set(readings)) == 2 else None
        found.append(Value("date", m.start(), m.end(), readings[0] if order == "MDY?" and m.group("sep") != "." else min(readings), note))
    return found


def _made(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
