"""The percentages in a sentence: `99.9 %`, `ninety-nine and one-half percent (99.5%)`, `four nines`."""

from __future__ import annotations

import re
from decimal import Decimal

from contractlens.language.value import Value
from contractlens.numerals import NUMBER_WORD, ONE_VALUES, SMALL_NUMBER, SPELT, spelt_number
from contractlens.values import Percent

_PERCENT = re.compile(
    rf"(?<![\w.])(?:(?P<spelt>{SPELT})(?P<part>(?:\s+and|\s*,)?\s+(?P<top>{SMALL_NUMBER}|a)[\s-](?P<bottom>half|halves|quarters?|thirds?|tenths?|hundredths?|one-hundredths?|thousandths?)|\s+(?:point|decimal)\s+(?P<digits>{NUMBER_WORD}(?:[\s-]+{NUMBER_WORD}){{0,5}}))?"
    rf"(?:\s+of\s+one)?\s*+-?\s*+(?:per\s?cent|percentage|%)?\s*+\(\s*+(?P<bracket>\d{{1,3}}(?:[.,]\d{{1,9}})?)\s*(?:%|per\s?cent)?\s*\)\s*(?P<sign>%|per\s?cent\b)?|(?P<figure>\d{{1,3}}(?:[.,]\d{{1,12}})?)\s*(?:%|\(%\)|per\s?cent\b|\(\s*%\s*\)|percent\b))",
    re.I,
)
_PERCENT_WORDS = re.compile(
    rf"(?<!\w)(?P<spelt>{SPELT})(?P<part>(?:\s+and|\s*,)?\s+(?P<top>{SMALL_NUMBER}|a)[\s-](?P<bottom>half|halves|quarters?|tenths?|hundredths?|one-hundredths?|thousandths?)|\s+(?:point|decimal)\s+(?P<digits>{NUMBER_WORD}(?:[\s-]+{NUMBER_WORD}){{0,5}}))?(?:\s+of\s+one)?\s+(?:per\s?cent|%)(?!\w)",
    re.I,
)
_HALF_PERCENT = re.compile(r"(?<!\w)one[\s-](?P<bottom>half|quarter|tenth)\s+(?:of\s+)?(?:one\s+)?(?:\(1\)\s+)?(?:per\s?cent)(?:\s*\(\s*0?\.\d+\s*%\s*\))?", re.I)
_NINES = re.compile(r"(?<!\w)(?P<count>two|three|four|five|six|seven|\d)\s+(?:9s|9's|nines)(?!\w)", re.I)


def percents(text: str) -> list[Value]:
    """Each percentage, where it may stand more than once."""
    found = []
    for m in _PERCENT.finditer(text):
        written = m.group("bracket") or m.group("figure")
        if m.group("bracket") and not re.search(r"%|per\s?cent", m.group(), re.I):
            continue  # "thirty (30)"
        found.append(Value("percent", m.start(), m.end(), Percent(Decimal(written.replace(",", ".")))))
    for m in _PERCENT_WORDS.finditer(text):
        whole = spelt_number(m.group("spelt"))
        if whole is not None:
            found.append(Value("percent", m.start(), m.end(), Percent(whole + _part(m))))
    for m in _HALF_PERCENT.finditer(text):
        found.append(Value("percent", m.start(), m.end(), Percent({"half": Decimal("0.5"), "quarter": Decimal("0.25"), "tenth": Decimal("0.1")}[m.group("bottom").lower()])))
    for m in _NINES.finditer(text):
        nines = int(m.group("count")) if m.group("count").isdigit() else ONE_VALUES[m.group("count").lower()]
        if nines >= 2:
            found.append(Value("percent", m.start(), m.end(), Percent(100 - Decimal(10) ** (2 - nines))))
    return found


def _part(m: re.Match[str]) -> Decimal:
    """The fraction in words: `and one-half`, `and ninety-five hundredths`, `point nine five`."""
    if not m.group("part"):
        return Decimal(0)
    if m.group("digits"):
        return Decimal("0." + "".join(str(int(spelt_number(w) or 0)) for w in re.findall(r"[a-z]+", m.group("digits").lower())))
    top = Decimal(1) if m.group("top").lower() == "a" else spelt_number(m.group("top")) or Decimal(1)
    bottom = m.group("bottom").lower().removeprefix("one-")
    sizes = (("hal", 2), ("quarter", 4), ("third", 3), ("tenth", 10), ("hundredth", 100), ("thousandth", 1000))
    return top / next(size for name, size in sizes if bottom.startswith(name))
