"""A cheap look before any matching: by their words alone, most rules are ruled out for most sentences."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from contractlens.rulebook.phrases import Phrase
from contractlens.rulebook.rule import Rule
from contractlens.rulebook.slots import Slots, commonness, rarest


class Gate:
    """Which rules may match a sentence, by the words that each rule needs."""

    def __init__(self, rules: Iterable[Rule], slots: Slots) -> None:
        self._needs: dict[str, list[list[int]]] = {}  # by rule: for each need, for each of its phrases: the slots that must be filled
        self._words: dict[str, frozenset[str]] = {}
        self._by_word: dict[str, list[Rule]] = {}
        for rule in rules:
            self._needs[rule.id] = [[slots.needed[phrase.text] for phrase in need] for need in rule.must]
            self._words[rule.id] = _words(rule)
            needed = self._words[rule.id]
            for word in () if rule.spec.deferred else {"*"} if "*" in needed else needed:
                self._by_word.setdefault(word, []).append(rule)

    def open_to(self, words: frozenset[str], lacking: int) -> list[Rule]:
        """The rules that may match a sentence with these words, which lacks these slots; deferred rules are not among them."""
        near = {rule.id: rule for word in self._by_word.keys() & words for rule in self._by_word[word]}
        return [rule for rule in (*near.values(), *self._by_word.get("*", ())) if self._may_match(rule, lacking)]

    def possible(self, rule: Rule, words: frozenset[str], lacking: int) -> bool:
        """Whether a sentence with these words, which lacks these slots, may hold all that the rule needs."""
        needed = self._words[rule.id]
        return ("*" in needed or not needed.isdisjoint(words)) and self._may_match(rule, lacking)

    def _may_match(self, rule: Rule, lacking: int) -> bool:
        for need in self._needs[rule.id]:
            for phrase in need:
                if not phrase & lacking:
                    break
            else:
                return False
        return True


def _words(rule: Rule) -> frozenset[str]:
    """Words of which a sentence must hold one: of the needed groups, those of the one that the fewest sentences hold."""
    if rule.roles:
        return _any_of(rule.roles.does)
    return min(map(_any_of, rule.must), key=lambda words: sum(map(commonness, words)), default=frozenset())


def _any_of(phrases: Sequence[Phrase]) -> frozenset[str]:
    return frozenset[str]().union(*map(rarest, phrases))
