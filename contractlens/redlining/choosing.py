"""Which of a review's redlines are asked for: each thing once, nothing twice in one place."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from contractlens.advice.finding import Finding, Redline, Review
from contractlens.documents.place import Evidence
from contractlens.redlining.refusing import Refusal

Position = Literal["preferred", "fallback"]
ALIKE = 8  # words: sentences that begin with as many of the same ask for the same
SHORT = 14  # words: what is no longer and has no stop at its end is a heading or a line of a list
_SENTENCE = re.compile(r"(?<=[a-z)\]]{2}[.)]) +(?=[A-Z])")
_LEANS = re.compile(r"(?:Without|They|It|Until|A change without|Otherwise)\b")  # a sentence that leans on the one before it stays with it
_DEFINES = re.compile(r"[\d.]*\s*[\"“][^\"”]{2,60}[\"”]\s+(?:is|are|means|mean|shall mean|refers)\b")
_ITEM = re.compile(r"\(\w{1,4}\)\s+|[•·▪–-]\s+")


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

    def reworded(self, **update: object) -> Ask:
        return replace(self, redline=self.redline.model_copy(update=update))


def asks(review: Review, position: Position = "preferred", only: Collection[str] = ()) -> tuple[list[Ask], list[Refusal]]:
    """What a review asks for, in the order of the document, and what is left out; `only` these rules, where it names some. Drafts are left out."""
    wanted, refused = _at_the_clause(review, *_worded(review, position, only))
    asked = {ask.finding.rule for ask in wanted}
    kept = []
    for ask in wanted:
        by = next((rule for rule in ask.redline.covered_by if rule in asked), None)
        if by is None:
            kept.append(ask)
        else:
            refused.append(_left(ask, f"The words of {by} ask for it, too."))
    kept, repeated = _once(_side_by_side(kept))
    return sorted(kept, key=lambda ask: (ask.start is None, ask.start or 0)), [*refused, *repeated]


def grouped(asked: Sequence[Ask]) -> list[list[Ask]]:
    """Asks about the same words together, what comes in their place first; those for a new clause each alone."""
    groups: dict[tuple[int, int] | str, list[Ask]] = {}
    for ask in asked:
        place = ask.place
        groups.setdefault((place.start, place.end) if place else ask.redline.text, []).append(ask)
    return [sorted(group, key=lambda ask: ask.redline.replace is None) for group in groups.values()]


def _worded(review: Review, position: Position, only: Collection[str]) -> tuple[list[Ask], list[Refusal]]:
    """The redline of each finding that has one in that position."""
    made, refused = [], []
    for finding in review.findings:
        if finding.status == "draft" or (only and finding.rule not in only) or not finding.redlines:
            continue
        redline = next((r for r in finding.redlines if r.position == position), None)
        if redline is None:
            refused.append(Refusal(finding.rule, "", f"The rule has no {position} wording."))
        else:
            made.append(Ask(finding, redline))
    return made, refused


def _at_the_clause(review: Review, wanted: Sequence[Ask], refused: list[Refusal]) -> tuple[list[Ask], list[Refusal]]:
    """The same words once. A summary at the top says what the clause says: the words go to the clause, where other findings are, too."""
    found: dict[tuple[str, str], list[Ask]] = {}
    for ask in wanted:
        found.setdefault((ask.finding.rule, ask.redline.text), []).append(ask)
    cited = Counter(e.start for f in review.findings for e in f.evidence)
    kept = []
    for same in found.values():
        chosen = max(same, key=lambda ask: cited[ask.start or 0])
        kept.append(chosen)
        where = chosen.place.where() if chosen.place else ""
        refused += [_left(ask, f"The same words are asked for at {where or 'another place'}.") for ask in same if ask is not chosen]
    return kept, refused


def _side_by_side(wanted: Sequence[Ask]) -> list[Ask]:
    """Words in place of others only where these can go: not twice, not an item of a list nor the words ahead of one. Elsewhere they are added."""
    gone: list[Evidence] = []
    made = []
    for ask in wanted:  # the most urgent first
        place = ask.redline.replace
        if place and (_stays(place.quote) or any(place.start < other.end and other.start < place.end for other in gone)):
            ask = ask.reworded(replace=None, after=place)
        elif place:
            gone.append(place)
        made.append(ask)
    return made


def _stays(quote: str) -> bool:
    """Whether the words are a row of a table, an item of a list, lead up to one, are a heading, or say what a name means."""
    item = _ITEM.match(quote)
    text = quote[item.end() :] if item else quote
    goes_on = text.rstrip().endswith((";", ",", "; and", "; or", ", and", ", or"))
    defines = _DEFINES.match(text)
    heading = text[-1:].isalnum() and len(text.split()) < SHORT
    return defines is not None or heading or quote.rstrip().endswith(":") or " | " in quote or goes_on or (item is not None and text[:1].islower())


def _once(wanted: Sequence[Ask]) -> tuple[list[Ask], list[Refusal]]:
    """Each sentence once: where several asks hold one that begins alike, the one that says most keeps it."""
    best: dict[str, tuple[int, int]] = {}
    for n, ask in enumerate(wanted):
        for sentence in _sentences(ask.redline.text):
            key = _key(sentence)
            if key and len(sentence) > best.get(key, (0, 0))[0]:
                best[key] = (len(sentence), n)
    kept, refused = [], []
    for n, ask in enumerate(wanted):
        sentences, dropped = _sentences(ask.redline.text), False
        out: list[str] = []
        for sentence in sentences:
            key = _key(sentence)
            dropped = best[key][1] != n if key else dropped and not out
            if not dropped:
                out.append(sentence)
        if out and (len(out) == len(sentences) or ask.finding.severity != "low"):  # of a clause that is fine, the rest would only repeat it
            kept.append(ask if len(out) == len(sentences) else ask.reworded(text=" ".join(out)))
        else:
            refused.append(_left(ask, "The same is asked for elsewhere."))
    return kept, refused


def _sentences(text: str) -> list[str]:
    return _SENTENCE.split(text)


def _key(sentence: str) -> str:
    """What a sentence begins with; nothing of one that leans on the sentence before it, or is short."""
    words = re.findall(r"\w+", sentence.lower())
    return "" if _LEANS.match(sentence) or len(words) < ALIKE else " ".join(words[:ALIKE])


def _left(ask: Ask, reason: str) -> Refusal:
    return Refusal(ask.finding.rule, ask.place.quote if ask.place else "", reason)
