"""Service levels in few words, where credits for missing them stand beside: `Promise 99.8% a quarter. Refund: 8% under that mark.`"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from contractlens.language.sentences import Sentence
from contractlens.rulebook import Matches
from contractlens.terms.bands import bands, half_open
from contractlens.terms.commitment import Commitment
from contractlens.terms.periods import period_in
from contractlens.terms.records import Period
from contractlens.terms.tiers import RawTiers
from contractlens.values import Percent

RULE, MEASURES = "uptime/listed", "uptime/commitment"
LEAST = Decimal(90)  # per cent; of a level that no noun names
MISS = 2  # sentences from a level to a miss in a month
AFTER = 3  # sentences from a level to the credit for missing it
GIVES = ("credits/tier", "credits/points-tier", "credits/flat")


def weak_levels(matches: Matches, raw: RawTiers) -> list[Commitment]:
    """Figures that their words make a promise, and the credits beside them one of availability."""
    if not raw.groups and not matches.of("credits/mentioned") and not any(matches.of(r) for r in GIVES[:2]):
        return []
    tops = _tops(raw)
    found = []
    for sentence in matches.reading.sentences:
        if sentence.kind == "row" or sentence.index in raw.claimed or "<percent>" not in sentence.words:
            continue
        asked = matches.kept(RULE, sentence)
        if "level" not in asked.groups or "other" in matches.ask(MEASURES, sentence):
            continue
        capped = [(b.start, b.end) for b in bands(sentence.text) if b.below is not None]
        for value, _ in asked.values("level", in_clause=False):
            inside = any(a <= value.start - sentence.start < b for a, b in capped)
            if isinstance(value.amount, Percent) and LEAST <= value.amount.value <= 100 and not inside and (value.amount.value in tops or (_owed(matches, sentence) and not tops)):
                found.append(Commitment(value.amount.value, period_in(matches, sentence, value), None, (sentence,)))
    return found


def _tops(raw: RawTiers) -> set[Decimal]:
    """The upper edges of the first step of each table or list of credits."""
    tops = set()
    for group in raw.groups:
        edges = [b.below for t, b in zip(group.tiers, half_open([t.band for t in group.tiers]), strict=True) if b.below is not None and not t.points and not t.band.named]
        if edges and not any(t.band.named for t in group.tiers):
            tops |= {max(edges), max(b.below for t in group.tiers for b in [t.band] if b.below is not None)}
    return tops


def _owed(matches: Matches, sentence: Sentence) -> bool:
    """Whether a sentence right after it says what is given for missing it."""
    after: Iterable[Sentence] = matches.reading.sentences[sentence.index : sentence.index + 1 + AFTER]
    return any({"short", "back"} <= matches.ask(GIVES[2], s).groups.keys() or "points" in matches.ask(GIVES[1], s) or _below_it(matches, s) for s in after)


def _below_it(matches: Matches, sentence: Sentence) -> bool:
    return "credit" in matches.ask(GIVES[0], sentence) and any(b.named for b in bands(sentence.text))


def period_of_miss(matches: Matches, level: Commitment) -> Period | None:
    """The time in which it is missed, where the sentence right after says so: `If in any given month we do not hit that, 10% is yours.`"""
    last = level.sentences[0].index
    for s in matches.reading.sentences[last + 1 : last + 1 + MISS]:
        asked = matches.ask(GIVES[2], s)
        if "back" in asked.groups and asked.groups.keys() & {"short", "failure", "not_so"} and (period := period_in(matches, s, None)):
            return period
    return None
