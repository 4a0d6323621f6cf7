"""Other words and other forms for the same agreement, under which its facts must stay what they are."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable

Rewording = Callable[[str], str]

MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")
_DATE = re.compile(rf"\b({'|'.join(MONTHS)})\s+(\d{{1,2}}),?\s+(\d{{4}})\b|\b(\d{{1,2}})\s+({'|'.join(MONTHS)})\s+(\d{{4}})\b")
_LENGTH = re.compile(r"\b([A-Za-z-]+)\s+\((\d+)\)\s+(years?|months?|days?)\b")
_BETWEEN_PARAGRAPHS = re.compile(r"\n\s*\n|\f")


def words(**others: str) -> Rewording:
    """One word for another, in the case of the first: `agreement="contract"`; `_` stands for a blank."""
    pairs = [(re.compile(r"\b" + one.replace("_", r"\s+") + r"\b", re.I), other) for one, other in others.items()]

    def cased(said: str, other: str) -> str:
        return other.upper() if said.isupper() else other.title() if said.istitle() else other.capitalize() if said[0].isupper() else other

    def reword(text: str) -> str:
        for pattern, other in pairs:
            text = pattern.sub(lambda m, other=other: cased(m.group(), other), text)
        return text

    return reword


def dates(form: Callable[[str, int, int], str]) -> Rewording:
    """Every date that names its month, written as `form` has it."""

    def written(m: re.Match[str]) -> str:
        month, day, year = (m[1], m[2], m[3]) if m[1] else (m[5], m[4], m[6])
        return form(month, int(day), int(year))

    return lambda text: _DATE.sub(written, text)


def lengths(form: Callable[[str, str, str], str]) -> Rewording:
    """Every length such as "thirty (30) days", written as `form` has it."""
    return lambda text: _LENGTH.sub(lambda m: form(m[1], m[2], m[3]), text)


def wrapped(width: int, between: str = "\n") -> Rewording:
    """Lines of so many characters, with `between` two of them; paragraphs and the rows of tables stay apart."""

    def lines_of(paragraph: str) -> list[str]:
        return paragraph.splitlines() if " | " in paragraph else textwrap.wrap(" ".join(paragraph.split()), width, break_long_words=False)

    def reword(text: str) -> str:
        paragraphs = map(lines_of, _BETWEEN_PARAGRAPHS.split(text))
        return f"{between}\n".join(between.join(lines) for lines in paragraphs if lines)

    return reword


def paged(lines: int, *foot: str) -> Rewording:
    """Pages of so many lines, with a foot on each; sentences run on from one to the next."""

    def reword(text: str) -> str:
        whole = wrapped(95)(text).split("\n")
        pages = [[*whole[i : i + lines], "", *(line.format(page=i // lines + 1) for line in foot)] for i in range(0, len(whole), lines)]
        return "\f\n".join("\n".join(page) for page in pages)

    return reword


def ordinal(day: int) -> str:
    return f"{day}{'th' if 10 <= day <= 20 else {1: 'st', 2: 'nd', 3: 'rd'}.get(day % 10, 'th')}"


REWORDINGS: dict[str, Rewording] = {
    "an agreement is a contract": words(agreements="contracts", agreement="contract"),
    "shall is will": words(shall="will"),
    "prior to is before": words(prior_to="before"),
    "prior to is in advance of": words(prior_to="in advance of"),
    "at least is not less than": words(at_least="not less than"),
    "at least is no fewer than": words(at_least="no fewer than"),
    "either party is any party": words(either_party="any party"),
    "either party is either party hereto": words(either_party="either party hereto"),
    "successive is consecutive": words(successive="consecutive", additional="further"),
    "the effective date is the commencement date": words(effective_date="commencement date"),
    "to give is to serve": words(given="served", gives="serves", giving="serving"),
    "lengths in figures": lengths(lambda word, figure, unit: f"{figure} {unit}"),
    "lengths in words": lengths(lambda word, figure, unit: f"{word} {unit}"),
    "lengths with the figures behind": lengths(lambda word, figure, unit: f"{word} {unit} ({figure})"),
    "lengths that a scanner read": lengths(lambda word, figure, unit: f"{word} ({figure.replace('1', 'l')}) {unit}"),
    "dates as Europe writes them": dates(lambda month, day, year: f"{day} {month} {year}"),
    "dates by their ordinals": dates(lambda month, day, year: f"{month} {ordinal(day)}, {year}"),
    "dates as deeds write them": dates(lambda month, day, year: f"the {ordinal(day)} day of {month}, {year}"),
    "dates in figures": dates(lambda month, day, year: f"{year}-{MONTHS.index(month) + 1:02d}-{day:02d}"),
    "dates with their weekday": dates(lambda month, day, year: f"Monday, {month} {day}, {year}"),
    "dates on a line to fill in": dates(lambda month, day, year: f"{month} __{day}__, {year}"),
    "dates cut in two by a gap": dates(lambda month, day, year: f"{month}\n\n{day}, {year}"),
    "curly quotation marks": lambda text: re.sub(r"\"([^\"\n]{1,60})\"", "\u201c\\1\u201d", text),
    "typed quotation marks": lambda text: re.sub("[\u201c\u201d\"]", "''", text),
    "no quotation marks": lambda text: re.sub("[\u201c\u201d\"]", "", text),
    "blanks that do not break": lambda text: text.replace(" ", "\u00a0"),
    "two blanks for one": lambda text: text.replace(" ", "  "),
    "lines of 55 characters": wrapped(55),
    "lines of 72 characters": wrapped(72),
    "a line for a paragraph": wrapped(100_000),
    "double spacing": wrapped(90, "\n\n"),
    "pages with a number": paged(41, "- {page} -"),
    "pages with their source": paged(33, "Source: EXAMPLE CORP, 8-K, 2/17/2009"),
}
