"""A cheap look before any matching: by their words alone, most rules are ruled out for most sentences."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from contractlens.rulebook.phrases import Phrase, Slot

COMMON = frozenset(
    "the a an of to in for on by or and any be is are shall will may not that this with at as such each it its from if has have been all no".split()
)

FREQUENT = frozenset(
    "agreement agreements contract party parties either neither other both notice written writing writing until month months year years day days term terms "
    "period periods service services customer provider date time upon before after prior additional further subject unless if other use right rights "
    "may can you your we our fees fee payment information law section without within during respect applicable provided including under pursuant mutual agree "
    "agreed option consent set forth monthly party's thereof required one two three first percent continue remain up less more than".split()
)

VALUE_WORDS = {  # words of which one is in every value of the kind
    "<percent>": frozenset({"%"}),
    "<duration>": frozenset(
        "day days week weeks month months year years yr yrs hour hours hr hrs minute minutes min quarter quarters annum annual yearly monthly "
        "quarterly semi biennial second seconds sec mo".split()
    ),
    "<anniversary>": frozenset({"anniversary", "anniversaries"}),
    "<date>": frozenset({"<date>"}),
}
PERCENT_WORDS = frozenset({"percent", "cent", "percentage", "nines"})  # "99.9 percent" and "four nines" have no sign


@dataclass(frozen=True, slots=True)
class SlotWords:
    """What a sentence must hold for a slot to be filled: one of the words, or all the words of one of the groups."""

    words: frozenset[str]
    groups: tuple[frozenset[str], ...]

    def within(self, words: frozenset[str]) -> bool:
        return not self.words.isdisjoint(words) or any(group <= words for group in self.groups)


@lru_cache(maxsize=8192)
def _slot(words: frozenset[str], groups: tuple[frozenset[str], ...]) -> SlotWords:
    """One object for all slots alike, so that what is found out about one is known of all."""
    return SlotWords(words, groups)


def may_hold(need: Sequence[Sequence[SlotWords]], words: frozenset[str], seen: dict[int, bool]) -> bool:
    """Whether a sentence with these words may hold one of the phrases of a need."""
    for phrase in need:
        for slot in phrase:
            held = seen.get(id(slot))
            if held is None:
                held = seen[id(slot)] = slot.within(words)
            if not held:
                break
        else:
            return True
    return False


def slots_of(phrase: Phrase) -> tuple[SlotWords, ...]:
    """For each slot that must be there, words of which a sentence must hold one; slots that tell nothing are left out."""
    made = []
    for slot in phrase.slots:
        if slot.optional or not _words_of(slot):
            continue
        words: set[str] = set()
        groups = []
        for piece in slot.pieces:
            told = frozenset(w for part in piece for w in re.findall(r"[a-z]{2,}", part))
            if len(piece) > 1 and len(told) > 1 and not any(part.startswith("<") for part in piece):
                groups.append(told)
            else:
                words |= VALUE_WORDS.get(piece[0], frozenset()) if piece[0].startswith("<") and len(piece) == 1 else {_telling(piece)}
        made.append(_slot(frozenset(words | PERCENT_WORDS if "%" in words else words), tuple(groups)))
    return tuple(sorted(made, key=lambda slot: sum(map(_commonness, slot.words)) + 10 * len(slot.groups)))


def _words_of(slot: Slot) -> frozenset[str]:
    """Words of which a sentence must hold one for a slot to be filled; empty where no word is sure."""
    words: set[str] = set()
    for piece in slot.pieces:
        sure = (
            VALUE_WORDS.get(piece[0], frozenset()) if len(piece) == 1 and piece[0].startswith("<") else frozenset({_telling(piece)} - {""})
        )
        if not sure:
            return frozenset()
        words |= sure
    return frozenset(words | PERCENT_WORDS if "%" in words else words)


def gate_of(needs: Sequence[Sequence[Phrase]]) -> frozenset[str]:
    """Of the needed groups, the words of the one that the fewest sentences hold."""
    choices = [frozenset[str]().union(*map(rarest, phrases)) for phrases in needs]
    return min(choices, key=lambda words: sum(map(_commonness, words)))


def rarest(phrase: Phrase) -> frozenset[str]:
    """Words of which a sentence must hold one for the phrase to match: those of its most telling slot."""
    best: frozenset[str] | None = None
    for slot in phrase.slots:
        if slot.optional:
            continue
        words = _words_of(slot)
        if not words:
            continue
        if best is None or sum(map(_commonness, words)) < sum(map(_commonness, best)):
            best = words
    return best if best is not None else frozenset({"*"})


def _telling(piece: tuple[str, ...]) -> str:
    """The rarest word of a piece, as sentences list theirs; empty where it has none (a value)."""
    if "n't" in piece:  # "won't" is two words to the tokenizer, and no such two to a sentence's list
        return ""
    words = [
        w
        for part in piece
        for w in (re.findall(r"[a-z]+|[%$]|\d+", part) if not part.startswith("<") else ["%"] if part == "<percent>" else [])
    ]
    return min(words, key=_commonness, default="")


def _commonness(word: str) -> float:
    if word == "*":  # every sentence
        return float("inf")
    return 50.0 if word in COMMON else 12.0 if word in FREQUENT else 1.0 + 6.0 / max(len(word), 1)
