"""Numbers and dates as the reader writes them: by the browser's language, or as chosen at the foot of a page.

The package writes 12,000.00 and 99.9 %, in documents and on the command line; here its own words are shown in the reader's way. What stands
in a document is never changed: quotes, names and the words to ask for do not pass through `written`.
"""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

import streamlit as st

from contractlens.exports.words import day


class Signs(NamedTuple):
    """What stands between thousands, and before the decimals."""

    thousands: str
    decimals: str

    @property
    def example(self) -> str:
        return f"12{self.thousands}000{self.decimals}00"


OURS = Signs(",", ".")
POINTS, SPACES, TICKS = Signs(".", ","), Signs("\u202f", ","), Signs("\u2019", ".")  # the space is narrow, and breaks no line
NUMBERS = (OURS, POINTS, SPACES, TICKS)
BY_LANGUAGE = {
    **dict.fromkeys(("da", "de", "el", "es", "hr", "id", "is", "it", "nl", "pt", "ro", "sl", "sr", "tr", "vi"), POINTS),
    **dict.fromkeys(("bg", "cs", "et", "fi", "fr", "hu", "lt", "lv", "nb", "nn", "no", "pl", "ru", "sk", "sv", "uk"), SPACES),
    **dict.fromkeys(("de-CH", "it-CH", "de-LI"), TICKS),
    **dict.fromkeys(("de-AT", "pt-PT", "fr-CH", "en-ZA"), SPACES),
    **dict.fromkeys(("es-MX", "es-US", "es-PR", "es-GT", "es-PE", "es-DO"), OURS),
}  # as the Unicode CLDR has them; the others write as we do

DATES = ("YYYY-MM-DD", "DD.MM.YYYY", "DD/MM/YYYY", "MM/DD/YYYY", "DD-MM-YYYY")
BY_COUNTRY = {
    **dict.fromkeys(("AT", "CH", "CZ", "DE", "DK", "EE", "FI", "HR", "LV", "NO", "PL", "RO", "SK", "TR", "UA"), "DD.MM.YYYY"),
    **dict.fromkeys(("AU", "BE", "BR", "ES", "FR", "GB", "GR", "IE", "IN", "IT", "MX", "NZ", "PT", "SG"), "DD/MM/YYYY"),
    **dict.fromkeys(("NL",), "DD-MM-YYYY"),
    **dict.fromkeys(("US", "PH"), "MM/DD/YYYY"),
}
COUNTRY_OF = {"en": "US", "cs": "CZ", "da": "DK", "el": "GR", "et": "EE", "nb": "NO", "no": "NO", "uk": "UA"}  # of a language told without one; else its own letters

NUMBERS_FIELD, DATES_FIELD = "how numbers are written", "how dates are written"

_UNIT = r"(?=\s?(?:%|×|→|(?:per cent|points?|h|min|s|hours?|minutes?|seconds?|days?|weeks?|months?|years?|business|EUR|USD|GBP)\b))"
_PLACE = r"(?<!§ )(?<!§)(?<!ection )(?<!lause )(?<!rticle )(?<!ersion )"
_NUMBER = re.compile(
    rf"{_PLACE}(?<![\w.,:/\u2019-])(?:(?P<groups>\d{{1,3}}(?:,\d{{3}})+)(?:\.(?P<more>\d+))?|(?P<whole>\d+)\.(?:(?P<cents>\d\d)|(?P<part>\d+){_UNIT}))(?!\w|[.,:/-]\d)"
)
_DAY = re.compile(r"(?<![\w.:/-])(?:19|20)\d\d-\d\d-\d\d(?![\w:/-]|\.\w)")


def signs() -> Signs:
    """How the reader writes numbers."""
    return st.session_state.get(NUMBERS_FIELD) or by_locale(st.context.locale)


def by_locale(locale: str | None) -> Signs:
    """How numbers are written where the browser's language is spoken."""
    language = (locale or "").partition("-")[0].lower()
    return BY_LANGUAGE.get(locale or "") or BY_LANGUAGE.get(language, OURS)


def written(text: str) -> str:
    """Words of ours with their numbers in the reader's way, and their days as all of the app has them; numbers of sections and versions stay."""
    return _DAY.sub(_in_words, rewritten(text, signs()))


def _in_words(found: re.Match[str]) -> str:
    try:
        return day(date.fromisoformat(found[0]))
    except ValueError:
        return found[0]


def rewritten(text: str, signs: Signs) -> str:
    """
    >>> rewritten("USD 12,000.00 at 99.95 %, § 12.10, in 5,210 words", POINTS)
    'USD 12.000,00 at 99,95 %, § 12.10, in 5.210 words'
    """
    if signs == OURS:
        return text

    def turned(number: re.Match[str]) -> str:
        whole = (number["groups"] or number["whole"]).replace(",", signs.thousands)
        part = number["more"] or number["cents"] or number["part"]
        return f"{whole}{signs.decimals}{part}" if part else whole

    return _NUMBER.sub(turned, text)


def number(figure: float) -> str:
    """A figure without a unit, such as a limit."""
    return f"{figure:g}".replace(".", signs().decimals)


def ours(text: str) -> str:
    """What the reader typed, as the package reads numbers: `1.200,50 EUR` becomes `1200.50 EUR`, as `1,200.50 EUR` stays."""
    return as_ours(text, signs())


def as_ours(text: str, signs: Signs) -> str:
    """
    >>> as_ours("1.200,50 EUR", POINTS), as_ours("1 200,50", SPACES), as_ours("1,200.50", POINTS), as_ours("1200.50", POINTS)
    ('1200.50 EUR', '1200.50', '1,200.50', '1200.50')
    """
    gap = r"[ \u00a0\u202f]" if signs == SPACES else "['\u2019]" if signs == TICKS else re.escape(signs.thousands)
    number = re.compile(rf"(?<![\d.,])(?:\d{{1,3}}(?:{gap}\d{{3}})+|\d+)(?:{re.escape(signs.decimals)}(?:\d\d?|\d{{4}}))?(?![\d.,])")  # three digits behind a sign are thousands, to whomever
    return text if signs == OURS else number.sub(lambda found: re.sub(gap, "", found[0]).replace(signs.decimals, "."), text)


def date_format() -> str:
    """How the reader writes a date in a field."""
    language, _, country = (st.context.locale or "").partition("-")
    return st.session_state.get(DATES_FIELD) or BY_COUNTRY.get(country.upper() or COUNTRY_OF.get(language, language.upper()), DATES[0])


def column_format() -> str:
    """The same for the cells of a table, which know the browser's language themselves."""
    return st.session_state.get(DATES_FIELD) or "localized"


def of_charts() -> dict[str, object]:
    """The same for the axes of a chart."""
    return {"number": {"decimal": signs().decimals, "thousands": signs().thousands, "grouping": [3], "currency": ["", ""]}}


def choice() -> None:
    """The fields in which the reader chooses, where the browser's language is not the reader's."""
    st.selectbox(
        "Numbers", NUMBERS, index=None, format_func=lambda signs: signs.example, key=NUMBERS_FIELD, persist_state="session",
        placeholder=f"As your browser: {by_locale(st.context.locale).example}",
    )  # fmt: skip
    st.selectbox("Dates in fields and tables", DATES, index=None, key=DATES_FIELD, persist_state="session", placeholder="As your browser")
