"""What to change in a file, and why: a review's redlines, or wording that a person has edited."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from contractlens.advice.finding import Finding, Redline, Review
from contractlens.documents.place import Evidence
from contractlens.redlining.choosing import Ask, Position, asks
from contractlens.redlining.refusing import Refusal

_DEFINED = re.compile(r"[“\"]([A-Z][^“”\"\n]{1,40}?)[,.]?[”\"]")
_NUMBER = re.compile(r"(\(?[\w.]{1,10}[.)]?)\s+")


@dataclass(frozen=True, slots=True)
class Change:
    """`text` in place of the document's characters from `start` to `end`, or, `added`, as a new paragraph after theirs.

    `quote` is what stands there, by which it is checked that the offsets are those of this file; `why` becomes the comment.
    """

    start: int
    end: int
    quote: str
    text: str
    added: bool = False
    why: str = ""
    rule: str = ""


def change(finding: Finding, redline: Redline, text: str | None = None) -> Change | Refusal:
    """The change for a redline, in its own words or in `text`, the words as a person has edited them."""
    words = redline.text if text is None else text
    place = redline.replace or redline.after
    if place is None:
        return Refusal(finding.rule, "", f"The document has no clause to change. Add where it fits: “{words}”")
    number = numbered(place) if redline.replace and not words.startswith(place.quote[: numbered(place)]) else 0
    why = Ask(finding, redline).why
    return Change(place.start + number, place.end, place.quote[number:], words, redline.replace is None, why, finding.rule)


def numbered(place: Evidence) -> int:
    """How many characters of the quote are the number of its clause, which stays where the words change.

    >>> numbered(Evidence(quote="14.2 It renews.", page=1, section="14.2", start=0, end=15))
    5
    """
    typed = _NUMBER.match(place.quote)
    bare = (typed[1].strip("().") if typed else "").lower()
    return typed.end() if typed and place.section and bare and place.section.rstrip(".)").lower().endswith(bare) else 0


def undefined(made: Iterable[Change]) -> tuple[str, ...]:
    """A sentence for each change whose words that go define a name, which the agreement may use elsewhere."""
    told = []
    for one in made:
        names = () if one.added else dict.fromkeys(name for name in _DEFINED.findall(one.quote) if name not in _DEFINED.findall(one.text))
        if names:
            listed = " and ".join(f"“{name}”" for name in names)
            told.append(f"{one.rule}: the words that go define {listed}. Where the agreement uses {'it' if len(names) == 1 else 'them'} elsewhere, define {'it' if len(names) == 1 else 'them'} anew.")
    return tuple(told)


def changes(review: Review, position: Position = "preferred", only: Collection[str] = ()) -> tuple[list[Change], list[Refusal]]:
    """The changes that a review suggests, and what is left out."""
    asked, refused = asks(review, position, only)
    made = [change(ask.finding, ask.redline) for ask in asked]
    return [c for c in made if isinstance(c, Change)], [*refused, *(c for c in made if isinstance(c, Refusal))]
