"""The slots of all phrases as bits: what a sentence may hold is one number, and most phrases are ruled out by one AND.

That is told by the bag of a sentence's words alone, before it is tokenised at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from itertools import pairwise

from contractlens.language.sentences import Bag, bag_of
from contractlens.rulebook.phrases import Phrase, Slot
from contractlens.rulebook.phrases import Words as Piece

# How many of a hundred sentences of agreements hold a word, or may hold a value, roughly: the fewer, the more it tells.
_COUNTED = {
    50: "the", 45: "to of", 40: "and <vendor> <number> <yearday>", 30: "or in <customer>", 25: "a", 20: "any for by be",
    15: "you that with shall this agreement not as will is", 10: "such other may your s on", 9: "all use services if are", 8: "1 terms from",
    7: "party at its 2 service", 6: "under have including which an <duration> section", 5: "3 we information applicable parties",
    4: "time our it provided no customer 5 4 these company account each b without content provide rights agree right products third",
    3: "has set product notice law data otherwise date us within 6 subject business written i payment upon forth means than access prior event days 7 order required",
    2: "c term obligations reasonable respect must can 10 following fees termination available through conditions after accordance but except between during "
    "connection only do out one 8 made period make 9 limited been unless their when <date> does part amount apply either <percent> 12 into pursuant writing due "
    "used form effective",
    1: "permitted agrees breach then so pay herein whether credit action consent necessary where also more % claims end own new change based month failure full "
    "contract take changes certain agreed act immediately made",
}
_SHARE = {word: float(percent) for percent, words in _COUNTED.items() for word in words.split()}


class Slots:
    """Each different slot of the phrases, and what fills it."""

    def __init__(self, phrases: Iterable[Phrase]) -> None:
        self.bits: dict[frozenset[Piece], int] = {}
        self.starts: dict[frozenset[Piece], dict[str, list[list[str]]]] = {}  # by slot and the first word of a piece: the words that must follow it
        self._words: dict[str, int] = {}  # the slots that a word may fill
        self._pairs: dict[str, int] = {}  # the slots that two words fill, one after the other
        self._runs: dict[str, dict[str, int]] = {}  # by the rarest two of them: more words that fill slots one after the other
        self._unsure = 0  # the slots of which no word is sure
        self.needed = {phrase.text: self._needed(phrase) for phrase in phrases}  # the slots of a phrase that must be filled
        self._all = (1 << len(self.bits)) - 1

    def lacking(self, bag: Bag) -> int:
        """The slots that nothing fills in a sentence that may hold this."""
        filled = self._unsure
        for word in self._words.keys() & bag.words:
            filled |= self._words[word]
        pairs = bag.pairs()
        for pair in self._pairs.keys() & pairs:
            filled |= self._pairs[pair]
        for pair in self._runs.keys() & pairs:
            for run, bits in self._runs[pair].items():
                if run in bag.line:
                    filled |= bits
        return self._all ^ filled

    def _needed(self, phrase: Phrase) -> int:
        needed = 0
        for slot in phrase.slots:
            bit = self.bits.get(slot.pieces) or self._new(slot)
            needed |= 0 if slot.optional else bit
        return needed

    def _new(self, slot: Slot) -> int:
        bit = self.bits[slot.pieces] = 1 << len(self.bits)
        starts = self.starts[slot.pieces] = {}
        for piece in slot.pieces:
            starts.setdefault(piece[0], []).append(list(piece[1:]))
        if not words_of(slot.pieces):
            self._unsure |= bit
            return bit
        for piece in slot.pieces:
            told = bag_of(" ".join(piece))
            words = told.line.split()
            if len(piece) > 1 and len(words) > 1 and not any(part == "n't" or part.startswith("<") for part in piece):
                pair = " ".join(min(pairwise(words), key=lambda pair: sum(map(commonness, pair))))
                runs, run = (self._pairs, pair) if len(words) == 2 else (self._runs.setdefault(pair, {}), told.line)
                runs[run] = runs.get(run, 0) | bit
            else:
                for word in _sure(piece):
                    self._words[word] = self._words.get(word, 0) | bit
        return bit


@lru_cache(maxsize=1 << 14)
def words_of(pieces: frozenset[Piece]) -> frozenset[str]:
    """Words of which a sentence must hold one for one of these pieces to stand in it; empty where no word is sure."""
    sure = [_sure(piece) for piece in pieces]
    return frozenset().union(*sure) if all(sure) else frozenset()


@lru_cache(maxsize=1 << 15)
def _sure(piece: Piece) -> frozenset[str]:
    """Words of which one is in every sentence that holds the piece, a value as the bag has it; none where no word is sure."""
    is_value = len(piece) == 1 and piece[0].startswith("<")
    return frozenset({piece[0] if is_value else _telling(piece)} - {""})


def rarest(phrase: Phrase) -> frozenset[str]:
    """Words of which a sentence must hold one for the phrase to match: those of its most telling slot."""
    choices = [words for slot in phrase.slots if not slot.optional and (words := words_of(slot.pieces))]
    return min(choices, key=lambda words: sum(map(commonness, words)), default=frozenset({"*"}))


def commonness(word: str) -> float:
    """How many of a hundred sentences hold a word, roughly; short words that were not counted are in more of them than long ones."""
    return float("inf") if word == "*" else _SHARE.get(word) or 1.5 / max(len(word), 1)


def _telling(piece: Piece) -> str:
    """The rarest word of a piece, as sentences list theirs; empty where it has none."""
    if "n't" in piece:
        return "n't"
    words = [w for part in piece if not part.startswith("<") for w in re.findall(r"[a-z]+|[%$]|\d+", part)]
    return min(words, key=commonness, default="")
