"""The amounts in a sentence: durations, percentages, money, numbers.

`thirty (30) days`, `1-year`, `ninety-nine and one-half percent (99.5%)` and `year to year` are each one value. Where
words and figures differ, the figures are taken and `note` says so.
"""

from __future__ import annotations

import re
from collections.abc import Set
from decimal import Decimal
from itertools import pairwise

from contractlens.language.percents import percents
from contractlens.language.value import Taken, Value, disjoint
from contractlens.numerals import NUMBER_WORDS, ORDINAL_VALUES, ORDINALS, SPELT, spelt_number
from contractlens.values import Duration, Money, Unit

ROUNDED_UP = "months and days, in days, at 31 to the month"

# Repetitions have an end, or a page of digits would take forever.
_FIGURE = r"(?:\d{1,3}(?:,\d{3}){1,4}|\d{1,15})(?:\.\d{1,9})?"
_NUMBER = rf"(?:(?P<spelt>{SPELT})(?:\s+and\s+(?:a|one)[\s-]half)?\s*-?\s*(?:\(\s*\"?(?P<bracket>{_FIGURE}|[\dlI]{{1,2}}(?=\s*\)))\"?\s*\)|\[\s*(?P<square>{_FIGURE})\s*\])?|(?P<figure>{_FIGURE})(?:\s*\(\s*(?P<again>{SPELT}|{_FIGURE})\s*\))?)"
_UNITS = {
    "second": "second", "sec": "second", "minute": "minute", "min": "minute", "hour": "hour", "hr": "hour", "h": "hour", "day": "day", "week": "week", "fortnight": "fortnight",
    "month": "month", "mo": "month", "year": "year", "yr": "year", "quarter": "quarter", "annum": "year",
}  # fmt: skip
_DURATION_WORDS = frozenset({*_UNITS, *(f"{u}s" for u in _UNITS), *"annual yearly monthly quarterly semi biennial".split()})  # one is in every duration
_PERCENT_WORDS = frozenset("% percent cent percentage nines".split())
_CURRENCY_WORDS = frozenset("$ \u20ac \u00a3 \u20b9 usd eur gbp cad aud chf inr rs euro euros dollar dollars pound pounds".split())
_UNIT = rf"(?P<unit>{'|'.join(sorted(_UNITS, key=len, reverse=True))})(?:s|\(s\))?(?![a-z])'?(?:s\b)?'?"
_NAMED_YEAR = r"program|programme|licen[cs]e|marketing|maintenance|support|fiscal|financial|crop|agreement|operating|royalty|sponsorship|supply|service|production|growing|academic|policy|lease|subscription|plan"
_KIND = rf"(?:(?P<kind>business|working|banking|trading|calendar|consecutive|full|whole|complete|additional|further|more|successive|contract|(?:{_NAMED_YEAR})(?=\s*-?\s*year)|clock|elapsed|clear|entire|or\s+more|or\s+longer)\s*-?\s*){{0,2}}"

_ANY_UNIT = re.compile("|".join([*sorted({*_UNITS, "annual", "biennial"} - {"h"}, key=len), r"\d[ \u00a0]?h\b"]))
_DURATION = re.compile(rf"(?<![\w.$\u20ac\u00a3])(?:{_NUMBER})(?P<half>\s+and\s+(?:a|one)[\s-]half)?\s*-?\s*{_KIND}{_UNIT}(?P<behind>\s*\(\s*(?P<repeated>\d{{1,3}})\s*\))?", re.I)
_SMALL = re.compile(
    rf"(?<!\w)(?:(?P<half>(?:one[\s-])?half\s+(?:of\s+)?(?:an?|one)|six\s+months?')\s+|an?\s+(?:full\s+|single\s+)?){_UNIT}(?=\s*(?:'|notice|prior|period|term|written|before|preceding|in\s+advance|ahead|to\s+look|beforehand|at\s+a\s+time))",
    re.I,
)
_FOR_A = re.compile(r"(?<=\bfor\s)an?\s+(?:full\s+|whole\s+)?(?P<unit>year|quarter|month|week)(?![\w'-])")
_MORE = ("another", "further", "additional", "successive", "subsequent", "consecutive", "succeeding", "an initial")
_ANOTHER = re.compile(rf"(?<!\w)(?:{'|'.join(_MORE)})\s+(?:(?:contract|calendar|full|whole|{_NAMED_YEAR})\s+(?=year))?(?P<unit>year|month|quarter)s?(?![\w-])")
_AGAIN = ("year", "week", "quarter", "day")
_RECURRING = re.compile(rf"(?<!\w)(?:(?:calendar|contract|{_NAMED_YEAR})\s+(?=year\s+to\s))?(?P<a>{'|'.join(_AGAIN)})\s*-?\s*(?:to|by|on|after|upon)\s*-?\s*(?:(?:calendar|contract|{_NAMED_YEAR}|the\s+next)\s+)?(?P<b>{'|'.join(_AGAIN)})(?:'s)?(?!\w)", re.I)  # month to month is a kind of renewal, not a length
_UNIT_FIRST = re.compile(r"\((?:in\s+|no\.\s+of\s+|number\s+of\s+)?(?P<unit>months|years)\)\s*[:|]?\s+(?P<figure>\d{1,3})(?![\w.,%/-])", re.I)  # "Initial Term (months): 24"
_PERIODIC = re.compile(r"(?<!\w)(?P<word>annual|yearly|monthly|quarterly|semi-annual|biennial)(?=\s+(?:renewal\s+|additional\s+|successive\s+|subscription\s+)?(?:terms?|periods?|renewals?|extensions?|intervals?)\b)", re.I)
_PERIODIC_LENGTH = {"annual": (1, "year"), "yearly": (1, "year"), "monthly": (1, "month"), "quarterly": (3, "month"), "semi-annual": (6, "month"), "biennial": (2, "year")}
_ANNIVERSARY = re.compile(
    rf"(?<!\w)(?:(?P<spelt>{'|'.join(ORDINALS)})\s*(?:\(\s*(?P<bracket>\d{{1,4}})\s*(?:st|nd|rd|th)\s*\))?|(?P<figure>\d{{1,4}})\s*(?:st|nd|rd|th))\s*(?:\([a-z]+\)\s*)?(?:year\s+|annual\s+|yearly\s+)?(?:anniversary|anniversaries)",
    re.I,
)
CONTRACT_YEAR = "a year of the contract"
_NTH_YEAR = re.compile(  # "until the end of the fifth (5th) Contract Year"
    rf"end\s+of\s+the\s+(?:(?P<spelt>{'|'.join(ORDINALS)})\s*(?:\(\s*(?P<bracket>\d{{1,4}})\s*(?:st|nd|rd|th)\s*\))?|(?P<figure>\d{{1,4}})\s*(?:st|nd|rd|th))\s+(?:full\s+)?(?:contract\s+|agreement\s+|licen[cs]e\s+|term\s+)?year\b(?!\s+of\s+(?:each|any))",
    re.I,
)
_CURRENCY = {"$": "USD", "us$": "USD", "usd": "USD", "u.s. dollars": "USD", "dollars": "USD", "\u20ac": "EUR", "eur": "EUR", "euro": "EUR", "euros": "EUR",
             "\u00a3": "GBP", "gbp": "GBP", "pounds": "GBP", "cad": "CAD", "c$": "CAD", "aud": "AUD", "a$": "AUD", "chf": "CHF", "inr": "INR", "rs.": "INR", "\u20b9": "INR"}  # fmt: skip
_MONEY_SIGNS = ("$", "\u20ac", "\u00a3", "\u20b9", "usd", "eur", "gbp", "cad", "aud", "chf", "inr", "rs.", "dollars", "pounds")  # one is in every amount
_MONEY = re.compile(
    rf"(?<![\w.])(?:(?P<before>US\s?\$|C\s?\$|A\s?\$|\$|\u20ac|\u00a3|\u20b9|USD|EUR|GBP|CAD|AUD|CHF|INR|Rs\.)\s*(?P<a>{_FIGURE})(?!\d)(?P<scale>\s*(?:million|billion|thousand|[kKmM]\b))?"
    rf"|(?P<b>{_FIGURE})\s*(?P<after>USD|EUR|GBP|CAD|AUD|CHF|\u20ac|\u00a3|euros?\b|dollars\b|pounds\b))",
    re.I,
)
_COUNT = re.compile(rf"(?<!\d:)(?<![\w.,$%/(\[-])(?:(?P<spelt>{SPELT})\s*\(\s*(?P<bracket>\d{{1,9}})\s*\)|(?P<figure>\d{{1,4}})(?![\w%]|[.,:/-]\d)|(?P<word>two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|forty-five|sixty|ninety)(?![\w-]))", re.I)
_PAIRED = re.compile(
    r"\s*,?\s*(?:and|nor|or|but|to|-)\s*,?\s*(?:(?:not|no|at)\s+)?(?:(?:less|more|later|earlier|fewer|greater|sooner)\s+than|least|most)?\s*|\s*\)?\s*(?:and|nor|or|but)\s+(?:not|no)\s+(?:less|more)\s+than\s+", re.I
)
_COMPOUND = re.compile(r"\s*(?:,|,?\s*(?:and|plus))\s*", re.I)
_RESPECTIVELY = re.compile(r"[^.;]{0,80}\brespectively\b", re.I)
_REFERENCE = re.compile(r"(?:sections?|articles?|clauses?|exhibits?|schedules?|paragraphs?|no|nos|annex|appendix|part|page|version|rule|form)\.?\s*$", re.I)


_UNNUMBERED = re.compile("|".join(re.sub(r"\?P<\w+>", "?:", p.pattern) for p in (_SMALL, _FOR_A, _ANOTHER, _RECURRING, _PERIODIC)))  # lengths without a number


def kinds_in(words: Set[str], low: str) -> set[str]:
    """The kinds of amounts that a text in lower case with these words may hold: cheap to tell, and never too few."""
    kinds = set()
    numbered = not words.isdisjoint(NUMBER_WORDS) or any(map(str.isdecimal, words))
    if numbered:
        kinds |= {"<number>", "<date>", "<yearday>"} if words.isdisjoint(_CURRENCY_WORDS) else {"<number>", "<money>", "<date>", "<yearday>"}
    if not words.isdisjoint(_DURATION_WORDS) and (numbered or _UNNUMBERED.search(low)):
        kinds.add("<duration>")
    if not words.isdisjoint(_PERCENT_WORDS):
        kinds.add("<percent>")
    if "annivers" in low or ("end" in words and "year" in words):
        kinds.add("<anniversary>")
    return kinds


_GAP = 40  # characters: no value stands on both sides of more white space
_WIDE_GAP = re.compile(rf"\s{{{_GAP},}}")


def narrowed(text: str) -> str:
    """The text with what is wider than a gap made no space at all, one for one: a page of blanks must not cost its length squared."""
    return _WIDE_GAP.sub(lambda m: m.group()[:_GAP] + "\0" * (len(m.group()) - _GAP), text)


def amounts(text: str, numbered: bool = True) -> list[Value]:
    """The amounts of a sentence in order; where two overlap, the one that says more wins.

    `numbered` is False where no number, in figures or words, stands in it: "a month before", "year to year" are still found.
    """
    text = narrowed(text)
    low = text.lower()
    found: list[Value] = []
    if numbered and ("%" in low or "cent" in low or "9s" in low or "9's" in low or "nines" in low):
        found += percents(text)
    if numbered and any(sign in low for sign in _MONEY_SIGNS):
        found += _monies(text)
    if _ANY_UNIT.search(low):
        found += _durations(text, low, numbered)
    if "annivers" in low:
        found += [Value("anniversary", m.start(), m.end(), Duration(_ordinal(m), "year")) for m in _ANNIVERSARY.finditer(text)]
    if "end" in low and "year" in low:
        found += [Value("anniversary", max(m.start("spelt"), m.start("figure")), m.end(), Duration(_ordinal(m), "year"), CONTRACT_YEAR) for m in _NTH_YEAR.finditer(text)]
    found = _compound(disjoint(found), text)
    if not numbered:
        return found
    taken = Taken((v.start, v.end) for v in found)
    for m in _COUNT.finditer(text):
        if taken.touches(m.start(), m.end()) or _REFERENCE.search(text[max(0, m.start() - 14) : m.start()]):
            continue
        count = m.group("bracket") or m.group("figure")
        number = Decimal(count) if count else spelt_number(m.group("word") or m.group("spelt"))
        if number is not None and not 1900 <= number <= 2100:
            found.append(Value("number", m.start(), m.end(), number))
    return _shared_units(sorted(found, key=lambda v: v.start), text)


def _shared_units(values: list[Value], text: str) -> list[Value]:
    """Give a number the unit of the duration that it is paired with: `not less than thirty (30) nor more than 60 days`."""
    made = list(values)
    for i, (number, duration) in enumerate(pairwise(values)):
        if number.kind != "number" or duration.kind != "duration" or not isinstance(duration.amount, Duration):
            continue
        if _PAIRED.fullmatch(text[number.end : duration.start]) and number.amount == int(str(number.amount)):
            unit = Duration(int(str(number.amount)), duration.amount.unit, duration.amount.business)
            made[i] = Value("duration", number.start, number.end, unit)
    return made


def _compound(values: list[Value], text: str) -> list[Value]:
    """Join the parts of one length: `one year and six months` is 18 months, `two weeks and three days` 17 days.

    Three months and fifteen days are no number of either: they become 108 days, which as a notice is never late, and `note` says so.
    """
    made: list[Value] = []
    for value in sorted(values, key=lambda v: v.start):
        last = made[-1] if made else None
        if last and isinstance(last.amount, Duration) and isinstance(value.amount, Duration) and _COMPOUND.fullmatch(text[last.end : value.start]):
            joined = _sum(last.amount, value.amount)
            if joined and not (last.note or value.note or _RESPECTIVELY.match(text, value.end)):
                note = ROUNDED_UP if (last.amount.unit, value.amount.unit) == ("month", "day") else None
                made[-1] = Value("duration", last.start, value.end, joined, note)
                continue
        made.append(value)
    return made


def _sum(longer: Duration, shorter: Duration) -> Duration | None:
    if (longer.unit, shorter.unit) == ("year", "month") and shorter.count < 12:
        return Duration(longer.count * 12 + shorter.count, "month")
    each = {("month", "day"): 31, ("week", "day"): 7, ("day", "hour"): 24, ("hour", "minute"): 60}.get((longer.unit, shorter.unit))
    if each is None or longer.business or shorter.business or shorter.count >= each:
        return None
    return Duration(longer.count * each + shorter.count, shorter.unit)


def _durations(text: str, low: str, numbered: bool) -> list[Value]:
    found = []
    for m in _DURATION.finditer(text) if numbered else ():
        made = _duration(m, text)
        if made:
            found.append(made)
    for m in _UNIT_FIRST.finditer(text) if numbered and "(" in low else ():
        found.append(Value("duration", m.start(), m.end(), Duration(int(m.group("figure")), "month" if m.group("unit").lower() == "months" else "year")))
    for m in _SMALL.finditer(text):
        unit, count = _unit(m.group("unit")), Decimal(1)
        if m.group("half"):
            unit, count = ("month", Decimal(6)) if unit == ("year", 1) else (unit, Decimal("0.5"))  # type: ignore[assignment]
        name, factor = unit if isinstance(unit, tuple) else (unit, 1)
        if count == count.to_integral_value():
            found.append(Value("duration", m.start(), m.end(), Duration(int(count) * factor, name)))
    for m in _FOR_A.finditer(low) if "for a" in low else ():
        name, factor = _unit(m.group("unit"))
        found.append(Value("duration", m.start(), m.end(), Duration(factor, name)))
    for m in _ANOTHER.finditer(low) if any(word in low for word in _MORE) else ():
        name, factor = _unit(m.group("unit"))
        found.append(Value("duration", m.start("unit"), m.end("unit"), Duration(factor, name)))
    for m in _RECURRING.finditer(low) if any(low.count(unit) > 1 for unit in _AGAIN) else ():
        if m.group("a") == m.group("b"):
            name, factor = _unit(m.group("a"))
            found.append(Value("duration", m.start(), m.end(), Duration(factor, name), "recurring"))
    for m in _PERIODIC.finditer(low) if any(word in low for word in _PERIODIC_LENGTH) else ():
        count_, unit_ = _PERIODIC_LENGTH[m.group("word")]
        found.append(Value("duration", m.start(), m.end(), Duration(count_, unit_), "recurring"))  # type: ignore[arg-type]
    return found


def _duration(m: re.Match[str], text: str) -> Value | None:
    spelt = spelt_number(m.group("spelt"))
    written = m.group("bracket") or m.group("square") or m.group("figure")
    written = re.sub("[lLiI]", "1", written) if written and len(written) <= 2 else written  # "one (l) year", "ten (l0) days", as scans have it
    count = Decimal(written.replace(",", "")) if written else spelt
    if count is None:
        return None
    note = None
    again = m.group("again")
    if m.group("figure") and again and not again[0].isdigit():
        spelt = spelt_number(again)
    if "half" in m.group().lower() and (not written or "." not in written):
        count += Decimal("0.5")
    elif written and spelt is not None and spelt != count:
        note = f"the words say {spelt}, the figures {count}"
    if m.group("unit").lower() == "h" and not (m.group("figure") or "").isdigit():
        return None  # "from 20.00 h" is a time of the day
    name, factor = _unit(m.group("unit"))
    count *= factor
    if count != count.to_integral_value():
        if name == "year" and count * 12 == (count * 12).to_integral_value():
            count, name = count * 12, "month"
        elif name in ("month", "year", "day"):
            return None
    if count <= 0 or (name == "year" and count > 999):
        return None
    business = (m.group("kind") or "").lower() in ("business", "working", "banking", "trading") and name == "day"
    whole = int(count) if count == count.to_integral_value() else count
    repeats = m.group("repeated") and spelt == int(m.group("repeated"))  # "six months (6)"
    end = m.end() if repeats or not m.group("behind") else m.start("behind")
    end -= len(m.string[m.start() : end]) - len(m.string[m.start() : end].rstrip())
    other = Duration(int(spelt * factor), name, business) if note and spelt else None
    return Value("duration", m.start(), end, Duration(whole, name, business), note, other)


def _unit(word: str) -> tuple[Unit, int]:
    unit = _UNITS[word.lower()]
    return {"quarter": ("month", 3), "fortnight": ("day", 14)}.get(unit, (unit, 1))  # type: ignore[return-value]


def _ordinal(m: re.Match[str]) -> int:
    written = m.group("bracket") or m.group("figure")
    return int(written) if written else ORDINAL_VALUES[m.group("spelt").lower()]


def _monies(text: str) -> list[Value]:
    found = []
    for m in _MONEY.finditer(text):
        mark = (m.group("before") or m.group("after")).lower().replace(" ", "")
        amount = Decimal((m.group("a") or m.group("b")).replace(",", ""))
        scale = (m.group("scale") or "").strip().lower()
        amount *= {"": 1, "thousand": 1000, "k": 1000, "million": 10**6, "m": 10**6, "billion": 10**9}[scale]
        found.append(Value("money", m.start(), m.end(), Money(amount, _CURRENCY.get(mark))))
    return found
