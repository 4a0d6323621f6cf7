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

COMMON = frozenset(
    "the a an of to in for on by or and any be is are shall will may not that this with at as such each it its from if has have been all no".split()
)

FREQUENT = frozenset(
    "agreement agreements contract party parties either neither other both notice written writing writing until month months year years day days term terms "
    "period periods service services customer provider date time upon before after prior additional further subject unless if other use right rights "
    "may can you your we our fees fee payment information law section without within during respect applicable provided including under pursuant mutual agree "
    "agreed option consent set forth monthly party's thereof required one two three first percent continue remain up less more than "
    "from which then without after means made s company except accordance".split()
)


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
    """How many sentences hold a word, roughly: the fewer, the more it tells."""
    if word == "*":  # every sentence
        return float("inf")
    return 50.0 if word in COMMON else 25.0 if word.startswith("<") else 12.0 if word in FREQUENT else 1.0 + 6.0 / max(len(word), 1)


def _telling(piece: Piece) -> str:
    """The rarest word of a piece, as sentences list theirs; empty where it has none."""
    if "n't" in piece:
        return "n't"
    words = [w for part in piece if not part.startswith("<") for w in re.findall(r"[a-z]+|[%$]|\d+", part)]
    return min(words, key=commonness, default="")
