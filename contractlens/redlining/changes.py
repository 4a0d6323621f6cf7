"""What to ask for, where, and why: a review's redlines, or wording that a person has edited."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Literal

from contractlens.advice.finding import Finding, Redline, Review
from contractlens.documents.place import Evidence
from contractlens.redlining.refusing import Refusal

Position = Literal["preferred", "fallback"]


@dataclass(frozen=True, slots=True)
class Ask:
    """A finding, and the redline that is asked for it."""

    finding: Finding
    redline: Redline

    @property
    def place(self) -> Evidence | None:
        return self.redline.replace or self.redline.after

    @property
    def start(self) -> int | None:
        return self.place.start if self.place else None

    @property
    def why(self) -> str:
        return self.redline.note or self.finding.why


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


def asks(review: Review, position: Position = "preferred", only: Collection[str] = ()) -> tuple[list[Ask], list[Refusal]]:
    """What a review asks for, in the order of the document, and what is left out; `only` these rules, where it names some. Drafts are left out."""
    found: dict[tuple[str, str], list[Ask]] = {}
    refused: list[Refusal] = []
    for finding in review.findings:
        if finding.status == "draft" or (only and finding.rule not in only) or not finding.redlines:
            continue
        redline = next((r for r in finding.redlines if r.position == position), None)
        if redline is None:
            refused.append(Refusal(finding.rule, "", f"The rule has no {position} wording."))
        else:
            found.setdefault((finding.rule, redline.text), []).append(Ask(finding, redline))
    cited = Counter(e.start for f in review.findings for e in f.evidence)
    made = []
    for same in found.values():
        # a summary at the top says what the clause says: the words go to the clause, where other findings are, too
        chosen = max(same, key=lambda ask: cited[ask.start or 0])
        made.append(chosen)
        refused += [_again(ask, chosen) for ask in same if ask is not chosen]
    return sorted(made, key=lambda ask: (ask.start is None, ask.start or 0)), refused


def grouped(asked: Sequence[Ask]) -> list[list[Ask]]:
    """Asks about the same words together, what comes in their place first; those for a new clause each alone."""
    groups: dict[tuple[int, int] | str, list[Ask]] = {}
    for ask in asked:
        place = ask.place
        groups.setdefault((place.start, place.end) if place else ask.redline.text, []).append(ask)
    return [sorted(group, key=lambda ask: ask.redline.replace is None) for group in groups.values()]


def change(finding: Finding, redline: Redline, text: str | None = None) -> Change | Refusal:
    """The change for a redline, in its own words or in `text`, the words as a person has edited them."""
    words = redline.text if text is None else text
    place = redline.replace or redline.after
    if place is None:
        return Refusal(finding.rule, "", f"The document has no clause to change. Add where it fits: “{words}”")
    return Change(place.start, place.end, place.quote, words, redline.replace is None, Ask(finding, redline).why, finding.rule)


def changes(review: Review, position: Position = "preferred", only: Collection[str] = ()) -> tuple[list[Change], list[Refusal]]:
    """The changes that a review suggests, and what is left out."""
    asked, refused = asks(review, position, only)
    made = [change(ask.finding, ask.redline) for ask in asked]
    return [c for c in made if isinstance(c, Change)], [*refused, *(c for c in made if isinstance(c, Refusal))]


def _again(ask: Ask, chosen: Ask) -> Refusal:
    where = chosen.place.where() if chosen.place else ""
    return Refusal(ask.finding.rule, ask.place.quote if ask.place else "", f"The same words are asked for at {where or 'another place'}.")
