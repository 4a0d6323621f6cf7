"""A cheap look before any matching: by their words alone, most rules are ruled out for most sentences."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from contractlens.rulebook.phrases import Phrase
from contractlens.rulebook.rule import Rule
from contractlens.rulebook.slots import Slots, rarest


class Gate:
    """Which rules may match a sentence: first by the words that each of a rule's needs asks for, then by the slots that must be filled."""

    def __init__(self, rules: Iterable[Rule], slots: Slots) -> None:
        self._slots: dict[str, list[list[int]]] = {}  # by rule: for each need, for each of its phrases: the slots that must be filled
        self._words: dict[str, list[frozenset[str]]] = {}  # by rule: for each need, words of which a sentence must hold one
        self._rules: list[tuple[Rule, int]] = []  # those that are not deferred, with the bits of their needs
        self._met_by: dict[str, int] = {}  # by word: the bits of the needs that it may meet
        bit = 1
        for rule in rules:
            self._slots[rule.id] = [[slots.needed[phrase.text] for phrase in need] for need in rule.must]
            self._words[rule.id] = [words for words in map(_any_of, rule.must) if "*" not in words]
            needs = 0
            for words in self._words[rule.id]:
                needs |= bit
                for word in words:
                    self._met_by[word] = self._met_by.get(word, 0) | bit
                bit <<= 1
            if rule.must and not rule.spec.deferred:
                self._rules.append((rule, needs))

    def near(self, words: frozenset[str]) -> list[Rule]:
        """The rules that may match a sentence, by its words alone; deferred rules are not among them."""
        met = 0
        for word in self._met_by.keys() & words:
            met |= self._met_by[word]
        return [rule for rule, needs in self._rules if needs & met == needs]

    def is_near(self, rule: Rule, words: frozenset[str]) -> bool:
        """Whether one rule, deferred or not, may match a sentence by its words alone."""
        for needed in self._words[rule.id]:
            if needed.isdisjoint(words):
                return False
        return bool(rule.must)

    def is_open(self, rule: Rule, lacking: int) -> bool:
        """Whether a sentence that lacks these slots may hold all that the rule needs."""
        for need in self._slots[rule.id]:
            for phrase in need:
                if not phrase & lacking:
                    break
            else:
                return False
        return True


def _any_of(phrases: Sequence[Phrase]) -> frozenset[str]:
    """Words of which a sentence must hold one for any of the phrases to match; with `*` where no word is sure."""
    return frozenset[str]().union(*map(rarest, phrases))
