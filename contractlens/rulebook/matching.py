"""Phrases meet sentences: the pieces of a slot are found by their first words, then joined in order.

For each slot of a phrase a set of reachable positions is kept, never a list of paths, so the work is the number of
pieces found times the width of a gap: linear in the sentence. `Joiner.steps` counts it.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

from contractlens.language.marking import Words
from contractlens.language.sentences import Bag
from contractlens.language.value import Value
from contractlens.rulebook.phrases import WIDEST_GAP, Phrase, Slot
from contractlens.rulebook.phrases import Words as Piece
from contractlens.rulebook.slots import Slots

WIDEST_SLACK = 2 * WIDEST_GAP  # what optional words that are left out may add to a gap


class Hit(NamedTuple):
    """Where a phrase met a sentence: its first and last word (`last` excluded), and the values it kept."""

    phrase: str
    first: int
    last: int
    values: tuple[tuple[str, Value], ...] = ()

    def value(self, name: str) -> Value | None:
        return next((v for n, v in self.values if n == name), None)


class _State(NamedTuple):
    """A reachable end of a phrase's beginning: where it began, what gap is left over, and the values so far."""

    first: int
    slack: int
    values: tuple[tuple[str, Value], ...]
    after_value: str | None = None


class Joiner:
    """All phrases of a rulebook."""

    def __init__(self, phrases: Iterable[Phrase]) -> None:
        self.slots = Slots(phrases)
        self.steps = 0

    def found(self, words: Callable[[], Words], bag: Bag | None = None) -> Found:
        """What stands in a sentence. Its words are asked for once a phrase may stand there, by what its bag says that it may hold."""
        return Found(self, words, bag)

    def may_hold(self, phrases: Iterable[Phrase], found: Found) -> bool:
        """Whether any of the phrases may stand there, by the words alone."""
        return any(not self.slots.needed[phrase.text] & found.lacking for phrase in phrases)

    def join_any(self, phrases: Iterable[Phrase], found: Found) -> list[Hit]:
        """Where any of the phrases stands."""
        needed = self.slots.needed
        return [hit for phrase in phrases if not needed[phrase.text] & found.unfilled for hit in self.join(phrase, found)]

    def join(self, phrase: Phrase, found: Found) -> list[Hit]:
        """Where the phrase stands in the sentence: at most one hit for each of its ends, the tightest."""
        for slot in phrase.slots:
            if not slot.optional and not found.spots(slot):
                return []
        states: dict[int, _State] = {}
        open_start = True
        for slot in phrase.slots:
            spots = found.spots(slot)
            reached: dict[int, _State] = {}
            ends = sorted(states)
            for start, end in spots:
                state = self._before(start, slot, states, ends, found)
                if state is None and open_start:
                    state = _State(start, 0, ())
                if state is None:
                    continue
                values = state.values
                if slot.name:
                    values = (*values, (slot.name, found.words.values[start]))
                old = reached.get(end)
                if old is None or (state.first < old.first if not states else old.first < state.first):  # "letter of credit" rather than "credit"
                    reached[end] = _State(state.first, 0, values, slot.kind)
            if slot.optional:
                for end, state in states.items():
                    reached.setdefault(end, _State(state.first, state.slack + slot.gap, state.values, state.after_value))
            else:
                open_start = False
                if not reached:
                    return []
            states = reached
        return [Hit(phrase.text, s.first, end, s.values) for end, s in sorted(states.items())]

    def _before(self, start: int, slot: Slot, states: Mapping[int, _State], ends: Sequence[int], found: Found) -> _State | None:
        """The nearest reached end that the slot may follow. No gap runs across a value of the kind that it ends at."""
        for i in range(bisect_right(ends, start) - 1, -1, -1):
            self.steps += 1
            end = ends[i]
            state = states[end]
            if start - end <= slot.gap + state.slack:
                crossed = any(kind and found.between(kind, end, start) for kind in (slot.kind, state.after_value))
                if not crossed:
                    return state
            elif start - end > slot.gap + WIDEST_SLACK:
                break
        return None


class Found:
    """What stands in one sentence: its words, the pieces of phrases, and its values. It is tokenised when first looked into."""

    def __init__(self, joiner: Joiner, words: Callable[[], Words], bag: Bag | None) -> None:
        self._joiner = joiner
        self._make = words
        self._bag = bag
        self._places: dict[int, list[tuple[int, int]]] = {}
        self._spots: dict[frozenset[Piece], list[tuple[int, int]]] = {}

    @cached_property
    def lacking(self) -> int:
        """The slots that nothing fills, by the sentence's bag alone."""
        return 0 if self._bag is None else self._joiner.slots.lacking(self._bag)

    @cached_property
    def unfilled(self) -> int:
        """Those, and the slots that were looked for and not found."""
        return self.lacking

    @cached_property
    def words(self) -> Words:
        return self._make()

    @cached_property
    def _at(self) -> dict[str, list[int]]:
        """Where each word stands."""
        at: dict[str, list[int]] = {}
        for i, token in enumerate(self.words.tokens):
            at.setdefault(token, []).append(i)
        return at

    @cached_property
    def kinds(self) -> dict[str, list[int]]:
        """Where the values of each kind stand."""
        kinds: dict[str, list[int]] = {}
        for i, value in self.words.values.items():
            kinds.setdefault(value.kind, []).append(i)
        return kinds

    def spots(self, slot: Slot) -> list[tuple[int, int]]:
        """Where a slot's pieces stand."""
        spots = self._spots.get(slot.pieces)
        if spots is None:
            spots = self._spots[slot.pieces] = sorted(self._stand(self._joiner.slots.starts[slot.pieces]))
            if not spots:
                self.unfilled |= self._joiner.slots.bits[slot.pieces]
        return spots

    def _stand(self, starts: Mapping[str, list[list[str]]]) -> Iterator[tuple[int, int]]:
        """Where pieces stand that are given by their first words, each with the words that must follow it."""
        tokens = self.words.tokens
        for word in starts.keys() & self._at.keys():
            for rest in starts[word]:
                for first in self._at[word]:
                    last = first + 1 + len(rest)
                    if tokens[first + 1 : last] == rest:
                        yield first, last

    def places(self, phrases: tuple[Phrase, ...]) -> list[tuple[int, int]]:
        """Where any of a rule's phrases stand, in order: first word, and last (excluded)."""
        made = self._places.get(id(phrases))  # they live as long as their rule, and their hash takes longer than the search
        if made is None:
            made = self._places[id(phrases)] = sorted({(h.first, h.last) for h in self._joiner.join_any(phrases, self)})
        return made

    def between(self, kind: str, start: int, end: int) -> bool:
        """Whether a value of the kind stands between two positions."""
        kinds = ("vendor", "customer") if kind == "party" else (kind,)
        return any(bisect_left(places, start) < bisect_left(places, end) for k in kinds if (places := self.kinds.get(k)))
