"""Which of several service levels a sentence speaks of, by the names beside their figures: `Gold: 99.9%` ... `if Gold misses its figure`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from contractlens.language.amounts import amounts
from contractlens.language.sentences import Sentence
from contractlens.rulebook import Matches
from contractlens.terms.commitment import Commitment
from contractlens.terms.credit_amounts import CreditAmount, credit_amount
from contractlens.values import Percent

COMMON = "level_words"  # words that name no service
REACH = 80  # characters beside a figure in which its service is named
WORDS = 12  # before a figure, of which some name its service
_WORD = re.compile(r"[A-Za-z][A-Za-z0-9+-]{1,}")
_BEHIND = re.compile(r"[^.;,]{0,50}?\b(?:for|on)\s+(?!the\s+(?:time|minutes|hours)|each|any|every|all|a\s|scheduled|planned)", re.I)


class NamedLevels:
    """The words by which each of a document's service levels can be told from the others."""

    def __init__(self, matches: Matches, levels: Sequence[Commitment]) -> None:
        self.levels = levels
        self._common = matches.listed(COMMON)
        told = [self._words(self._beside(matches, c)) for c in levels]
        self.names = [words - set().union(*(o for k, o in enumerate(told) if k != i)) for i, words in enumerate(told)]

    def hits(self, text: str) -> list[tuple[int, int, Commitment]]:
        """Where the text names which service level, each once, in order."""
        found: dict[int, tuple[int, int]] = {}
        for m in _WORD.finditer(text):
            word = _single(m.group())
            for i, words in enumerate(self.names):
                if word in words:
                    start, end = found.get(i, (m.start(), m.end()))
                    found[i] = (start, m.end() if m.start() - end < 12 else end)
        return sorted(((a, b, self.levels[i]) for i, (a, b) in found.items()), key=lambda h: h[0])

    def credits(self, text: str) -> list[tuple[Commitment, CreditAmount]]:
        """Each service level that a text names with a credit of its own: `10% (Basic) or 20% (Max)`."""
        hits = self.hits(text)
        if len(hits) < 2:
            return []
        spans = [(0, 0), *((a, b) for a, b, _ in hits), (len(text), len(text))]
        pieces = [_amount(text[a[1] : b[0]]) for a, b in pairwise(spans)]
        for told in (pieces[:-1], pieces[1:]):
            if all(told):
                return [(c, amount) for (_, _, c), amount in zip(hits, told, strict=True) if amount]
        return []

    def _words(self, text: str) -> set[str]:
        return {w for m in _WORD.finditer(text) if (w := _single(m.group())) not in self._common and m.group().lower() not in self._common}

    def _beside(self, matches: Matches, level: Commitment) -> str:
        """The words in which a figure's service is named: its label, else those before the figure on its line, or right behind it."""
        if level.service:
            return level.service
        return _stretch(matches, level.sentences[0], level)


def _stretch(matches: Matches, sentence: Sentence, level: Commitment) -> str:
    text = sentence.text
    figures = [v for v in amounts(text) if isinstance(v.amount, Percent)]
    k = next((i for i, v in enumerate(figures) if isinstance(v.amount, Percent) and v.amount.value == level.percent), None)
    if k is None:
        return ""
    until = figures[k + 1].start if k + 1 < len(figures) else len(text)
    behind = text[figures[k].end : until]
    if _BEHIND.match(behind):
        return behind[:REACH]
    if k:
        return _last(text[figures[k - 1].end : figures[k].start])
    plain = matches.reading.document.plain
    line = max(plain.rfind("\n", 0, sentence.start), sentence.start - REACH) + 1  # "API availability. 99.9% per month."
    before = matches.reading.sentences[sentence.index - 1] if sentence.index else None
    start = max(line, before.start) if before and before.end > line and len(before.text.split()) <= 6 and "%" not in before.text else sentence.start
    return _last(plain[start : sentence.start + figures[k].start])


def _last(text: str) -> str:
    """The words right before a figure."""
    return " ".join(text.split()[-WORDS:])


def _single(word: str) -> str:
    word = word.lower()
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


def _amount(piece: str) -> CreditAmount | None:
    amount = credit_amount(piece)
    return amount if amount and amount.stated and not amount.rate else None
