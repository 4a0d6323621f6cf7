"""The smallest sensible replacement: which words of a sentence go, and which come in their place."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

_TOKEN = re.compile(r"\(\w+\)|[$\u20ac\u00a3]?\w+(?:[.,'\u2019]\w+)*%?|\s+|.", re.S)
_ALIKE = str.maketrans({"\u2018": "'", "\u2019": "'", "\u201c": '"', "\u201d": '"', "\u00a0": " ", "\u2011": "-"})
KEPT = 0.35  # of the shorter of the two; where less would stay, the sentence is replaced as a whole
MOST_TOKENS = 4_000  # beyond it the comparison takes too long, and only what is alike at both ends is kept


@dataclass(frozen=True, slots=True)
class Edit:
    """The characters from `start` to `end` of the old words give way to `text`; one of the two may be empty."""

    start: int
    end: int
    text: str


def difference(old: str, new: str) -> list[Edit]:
    """The edits that make `new` of `old`, whole words at a time, in their order.

    Words that stay are kept only where they are more than what changes on one of their sides: a sentence that is
    worded anew is replaced as a whole, and not turned into a riddle of single words.

    >>> difference("at least ninety (90) days' notice", "at least thirty (30) days' notice")
    [Edit(start=9, end=20, text='thirty (30)')]
    >>> difference("It renews.", "It renews.")
    []
    """
    before, after = _TOKEN.findall(old), _TOKEN.findall(new)
    blocks = [b for b in _alike(before, after) if b[2]]
    starts_old, starts_new = _starts(before), _starts(after)
    edits, i, j = [], 0, 0
    for a, b, size in [*_sensible(blocks, starts_old, starts_new), (len(before), len(after), 0)]:
        if i < a or j < b:
            edits.append(Edit(starts_old[i], starts_old[a], new[starts_new[j] : starts_new[b]]))
        i, j = a + size, b + size
    return edits


def _starts(tokens: Sequence[str]) -> list[int]:
    starts = [0]
    for token in tokens:
        starts.append(starts[-1] + len(token))
    return starts


def _alike(before: Sequence[str], after: Sequence[str]) -> list[tuple[int, int, int]]:
    """Stretches that both have. Curly quotes and straight ones are alike: nobody asks for another kind of quote."""
    old, new = [t.translate(_ALIKE) for t in before], [t.translate(_ALIKE) for t in after]
    if len(old) + len(new) <= MOST_TOKENS:
        return [(m.a, m.b, m.size) for m in SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks()]
    shorter = min(len(old), len(new))
    head = next((i for i in range(shorter) if old[i] != new[i]), shorter)
    tail = next((i for i in range(shorter - head) if old[-1 - i] != new[-1 - i]), shorter - head)
    return [(0, 0, head), (len(old) - tail, len(new) - tail, tail)]


def _sensible(blocks: list[tuple[int, int, int]], old: list[int], new: list[int]) -> list[tuple[int, int, int]]:
    """The stretches worth keeping: at an end of the sentence, or longer than one of the changes beside them."""
    kept = list(blocks)
    while True:
        spans = [(0, 0, 0), *kept, (len(old) - 1, len(new) - 1, 0)]
        weak = None
        for k in range(1, len(spans) - 1):
            a, _, size = spans[k]
            alike = old[a + size] - old[a]
            sides = [_changed(spans[k - 1], spans[k], old, new), _changed(spans[k], spans[k + 1], old, new)]
            at_an_end = not all(sides)
            if (alike <= min(sides) and not at_an_end) and (weak is None or alike < weak[0]):
                weak = (alike, k - 1)
        if weak is None:
            alike = sum(old[a + size] - old[a] for a, _, size in kept)
            return kept if alike >= KEPT * min(old[-1], new[-1]) else []
        del kept[weak[1]]


def _changed(left: tuple[int, int, int], right: tuple[int, int, int], old: list[int], new: list[int]) -> int:
    """How much is replaced between two stretches, in characters."""
    return max(old[right[0]] - old[left[0] + left[2]], new[right[1]] - new[left[1] + left[2]])
