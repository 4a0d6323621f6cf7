"""Numbers in English words, both ways."""

from __future__ import annotations

import re
from decimal import Decimal

ONES = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen",
    "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
ORDINALS = (
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth", "thirteenth",
    "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth", "twentieth",
)  # fmt: skip
ONE_VALUES = {word: value for value, word in enumerate(ONES)}
TEN_VALUES = {word: 10 * value for value, word in enumerate(TENS, 2)} | {"fourty": 40}
ORDINAL_VALUES = {word: value for value, word in enumerate(ORDINALS, 1)}

NUMBER_WORDS = frozenset({*ONE_VALUES, *TEN_VALUES, "hundred", "thousand"})

# Patterns of numbers in words: of one word, below a hundred, and whole
NUMBER_WORD = rf"(?:{'|'.join(sorted(NUMBER_WORDS, key=lambda w: (-len(w), w)))})"
_TEN = "|".join(sorted(TEN_VALUES, key=len, reverse=True))
SMALL_NUMBER = rf"(?:(?:{_TEN})(?:(?:\s*-\s*|\s+)(?:one|two|three|four|five|six|seven|eight|nine))?|{'|'.join(sorted(ONES, key=len, reverse=True))})"
_HUNDRED = rf"hundred(?:\s*-?\s*(?:and\s+)?{SMALL_NUMBER})?"
_HUNDREDS = rf"(?:{SMALL_NUMBER}(?:(?:\s*-\s*|\s+){_HUNDRED})?|{_HUNDRED})"
SPELT = rf"(?:{_HUNDREDS}(?:\s+thousand(?:\s+(?:and\s+)?{_HUNDREDS})?)?|thousand)"  # but not "two three-year terms", "sixty and thirty days"


def spelt(number: int) -> str | None:
    """A number from nought to below a thousand in words; None for any other.

    >>> spelt(45), spelt(230)
    ('forty-five', 'two hundred thirty')
    """
    if number < 0 or number >= 1000:
        return None
    if number < 20:
        return ONES[number]
    if number < 100:
        tens, ones = divmod(number, 10)
        return TENS[tens - 2] + (f"-{ONES[ones]}" if ones else "")
    hundreds, rest = divmod(number, 100)
    return f"{ONES[hundreds]} hundred" + (f" {spelt(rest)}" if rest else "")


_IN_BRACKETS = re.compile(r"\s*\(\s*(\d{1,3})\s*\)")


def goes_on_in_figures(before: str, after: str) -> bool:
    """Whether a text ends with a number in words, and the next begins with the same in brackets.

    >>> goes_on_in_figures("in any period of six", "(6) consecutive months"), goes_on_in_figures("as follows:", "(6) the sixth item")
    (True, False)
    """
    figures = _IN_BRACKETS.match(after)
    words = spelt(int(figures.group(1))) if figures else None
    return words is not None and before.rstrip().lower().replace(" ", "-").endswith(words.replace(" ", "-"))


def ordinal(number: int) -> str | None:
    """A number from one to below a hundred as an ordinal in words: 21 as `twenty-first`; None for any other."""
    words = spelt(number) if 0 < number < 100 else None
    if words is None:
        return None
    if number <= 20:
        return ORDINALS[number - 1]
    tens, _, ones = words.partition("-")
    return f"{tens}-{ORDINALS[ONE_VALUES[ones] - 1]}" if ones else tens[:-1] + "ieth"


def spelt_number(words: str | None) -> Decimal | None:
    """The number that words say; None where they are no number.

    >>> spelt_number("one hundred and eighty")
    Decimal('180')
    """
    total, current, seen = 0, 0, False
    for word in re.findall(r"[a-z]+", (words or "").lower()):
        if word in ONE_VALUES:
            current, seen = current + ONE_VALUES[word], True
        elif word in TEN_VALUES:
            current, seen = current + TEN_VALUES[word], True
        elif word == "hundred":
            current, seen = (current or 1) * 100, True
        elif word == "thousand":
            total, current, seen = total + (current or 1) * 1000, 0, True
        elif word not in ("and", "a"):
            return None
    return Decimal(total + current) if seen else None
