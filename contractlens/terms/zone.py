"""Where a document speaks of service levels: what is said of claims, remedies and leaving counts only there.

A short document with a service level is about it from end to end; of a long one it is the parts near a sign of it: a
commitment, a tier, credits. Elsewhere the same words speak of warranties, indemnities and payment.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable

from contractlens.language.sentences import Sentence
from contractlens.rulebook import Match, Matches

MENTIONED = "credits/mentioned"
REACH = 25  # sentences on either side of a sign
SHORT = 130  # sentences
STRONG = ("credits", "level")


class Zone:
    """The parts of a document that are about service levels; false where there are none. `credits`: whether any are spoken of."""

    def __init__(self, matches: Matches, signs: Iterable[Sentence]) -> None:
        known = {s.index for s in signs}
        mentioned = matches.of(MENTIONED)
        strong = {m.sentence.index for m in mentioned if any(g in m for g in STRONG)}
        weak = {m.sentence.index for m in mentioned} - strong
        self.whole = len(matches.reading.sentences) <= SHORT
        self._signs = sorted(known | strong | weak) if known or strong or (self.whole and weak) else []
        self.credits = any("credits" in m or "failure" in m for m in mentioned)

    def __bool__(self) -> bool:
        return bool(self._signs)

    def __contains__(self, sentence: Sentence) -> bool:
        if not self._signs or self.whole:
            return bool(self._signs)
        at = bisect_left(self._signs, sentence.index)
        return any(abs(sign - sentence.index) <= REACH for sign in self._signs[max(0, at - 1) : at + 1])

    def near(self, sentence: Sentence, back: int, ahead: int = 0) -> bool:
        """Whether a sign of it stands among so many sentences before and behind a sentence."""
        at = bisect_left(self._signs, sentence.index - back)
        return at < len(self._signs) and self._signs[at] <= sentence.index + ahead

    def of(self, found: Iterable[Match]) -> list[Match]:
        """The matches that stand in it."""
        return [m for m in found if m.sentence in self]
