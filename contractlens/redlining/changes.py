"""What to change, and why: a review's redlines, or wording that a person has edited."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

from contractlens.advice.finding import Finding, Redline, Review
from contractlens.redlining.refusing import Refusal

Position = Literal["preferred", "fallback"]


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
    return Change(place.start, place.end, place.quote, words, redline.replace is None, redline.note or finding.why, finding.rule)


def changes(review: Review, position: Position = "preferred", only: Collection[str] = ()) -> tuple[list[Change], list[Refusal]]:
    """The changes that a review suggests, and those that have no place; `only` these rules, where it names some. Drafts are left out."""
    made: dict[tuple[str, str], Change] = {}
    refused: list[Refusal] = []
    for finding in review.findings:
        if finding.status == "draft" or (only and finding.rule not in only) or not finding.redlines:
            continue
        redline = next((r for r in finding.redlines if r.position == position), None)
        if redline is None:
            refused.append(Refusal(finding.rule, "", f"The rule has no {position} wording."))
            continue
        found = change(finding, redline)
        if isinstance(found, Refusal):
            refused.append(found)
        elif (found.rule, found.text) in made:
            refused.append(Refusal(found.rule, found.quote, "The same words are asked for at another place."))
        else:
            made[found.rule, found.text] = found
    return list(made.values()), refused
