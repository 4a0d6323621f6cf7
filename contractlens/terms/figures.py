"""Figures of availability that no words of their own lead up to: in a row with others, or without a per cent sign."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Sequence

from contractlens.language.amounts import amounts
from contractlens.language.sentences import Sentence
from contractlens.language.value import Value
from contractlens.rulebook import Matches
from contractlens.terms.bands import bands
from contractlens.terms.commitment import LOWEST, Commitment
from contractlens.terms.periods import period_in
from contractlens.values import Percent

RULE = "uptime/commitment"
COUNTED = 3  # sentences from a formula to its figure
_JOINS = re.compile(r"\s*(?:\([^()]{0,40}\)\s*)?(?:[,;/]|and\b|&)\s*(?:(?:and|for|on|with|in|the|our|its|to|a|an|those|all)\s+){0,4}(?:[\w-]+\s+){0,4}(?:(?:is|of|at|gets?|has|have|are)\s+|:\s*|\(\s*)?")
_LESS = re.compile(r"\b(?:below|under|less|lower|than|least|loss|error|credit\w*|refund\w*|discount|reduc\w+|fees?|to)\b", re.I)
_UNSIGNED = re.compile(r"(?<![\w.,$%\u20ac\u00a3:/+-])(9\d[.,]\d{1,5})(?![\w%]|[.,]\d|\s*(?:%|per\s?cent|percent|points?|hours?|minutes?|days?|euros?|dollars?|pounds?|kg|km|mbps|mm)\b|\s*[%\u20ac\u00b0])", re.I)


_SIGNED = re.compile(r"9\d[.,]\d{1,5}%")  # what becomes of them


def beside(matches: Matches, sentence: Sentence, found: Sequence[Value]) -> list[Value]:
    """The figures, and those in one row with them: the first two of "Gold 99.99%, Silver 99.9%, Bronze 99.5% uptime"."""
    if not found:
        return []
    values = [v for v in matches.reading.words(sentence).values.values() if isinstance(v.amount, Percent)]
    values.sort(key=lambda v: v.start)
    kept = {v.start: v for v in found}
    vetoed = {v.start for h in matches.ask(RULE, sentence).groups.get("uptime", []) for _, v in h.values} - kept.keys()
    for order in (values, values[::-1]):
        for here, there in itertools.pairwise(order):
            between = sentence.text[min(here.end, there.end) - sentence.start : max(here.start, there.start) - sentence.start]
            if here.start in kept and there.start not in kept.keys() | vetoed and _is_level(there) and _joined(matches, between):
                kept[there.start] = there
    return [kept[start] for start in sorted(kept)]


def _is_level(value: Value) -> bool:
    return isinstance(value.amount, Percent) and LOWEST <= value.amount.value <= 100


def _joined(matches: Matches, between: str) -> bool:
    """Whether only the name of another part of the service stands between two figures."""
    if not _JOINS.fullmatch(between) or _LESS.search(between):
        return False
    return "other" not in matches.ask_text(RULE, between)


def unsigned(matches: Matches) -> list[Commitment]:
    """`Our monthly uptime goal is 99.99`, `A shall not be lower than 99.9`: the figures of such sentences are per cent."""
    made = []
    for sentence in matches.reading.sentences:
        text = _UNSIGNED.sub(r"\1%", sentence.text) if sentence.kind == "prose" else sentence.text
        if text == sentence.text:
            continue
        groups = matches.ask_text(RULE, text)
        hits = groups.get("uptime") or (groups.get("follows") if _counted(matches, sentence) else None) or []
        capped = [(b.start, b.end) for b in bands(text) if b.below is not None]
        for start in sorted({v.start for h in hits for _, v in h.values}):
            value = next(v for v in amounts(text) if v.start == start)
            if _is_level(value) and _SIGNED.fullmatch(text, value.start, value.end) and not any(a <= start < b for a, b in capped) and isinstance(value.amount, Percent):
                made.append(Commitment(value.amount.value, period_in(matches, sentence, None), None, (sentence,)))
    return made


def _counted(matches: Matches, sentence: Sentence) -> bool:
    """Whether a sentence just before it, or itself, says what is counted."""
    near: Iterable[Sentence] = matches.reading.sentences[max(0, sentence.index - COUNTED) : sentence.index + 1]
    return any("counts" in matches.ask(RULE, s) for s in near) and not any("other" in matches.ask(RULE, s) for s in near)
