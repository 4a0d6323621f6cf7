"""Bands with a name of their own, whose credit stands elsewhere: `Band A: 99.0% to 99.5%` … `Band A earns a credit of 5%`."""

from __future__ import annotations

import re
from collections.abc import Iterable

from contractlens.language.sentences import Sentence
from contractlens.rulebook import Matches
from contractlens.terms.bands import Band, bands
from contractlens.terms.credit_amounts import CreditAmount, credit_amount, is_rate
from contractlens.terms.tiers import RawTier, TierGroup

LEAST = 70  # a named band of availability is no lower
_FIGURE = re.compile(r"\d")
_LABEL = re.compile(r"\b(?P<label>(?:band|level|tier|category|class|grade|step|zone|range|stage)\s+(?:[A-H]|\d{1,2}|[IVX]{1,4}))\b", re.I)
_QUOTED = re.compile(r"\"(?P<name>[A-Z][^\"\n]{2,60}?)[,.]?\"")


def named_bands(matches: Matches, taken: set[int]) -> list[TierGroup]:
    """The tiers that two places make together. `taken` are the sentences whose tiers have been read."""
    free = [s for s in matches.reading.sentences if s.index not in taken and _FIGURE.search(s.text)]
    places = {label: band for s in free for label, band in _bands_of(s)}
    if not places:
        return []
    names = re.compile(r"(?<!\w)(?:" + "|".join(re.escape(n) for n in sorted(places, key=len, reverse=True)) + r")(?!\w)", re.I)
    made: dict[str, RawTier] = {}
    for s in free:
        for label, amount in _credits_of(s, names):
            made.setdefault(label, RawTier(places[label], amount, s))
    return [TierGroup(tuple(made.values()), False)] if made else []


def _bands_of(sentence: Sentence) -> Iterable[tuple[str, Band]]:
    """Each band of a sentence with the name beside it: the one before it where a name comes first, else the one behind."""
    if "<percent>" not in sentence.words:
        return
    text = sentence.text
    labels = sorted((m.start(), m.end(), m.group(1).lower()) for m in (*_LABEL.finditer(text), *_QUOTED.finditer(text)))
    found = [b for b in bands(text) if max(b.below or 0, b.at_least or 0) >= LEAST] if labels else []
    if not found:
        return
    leads = labels[0][0] < found[0].start
    for band in found:
        beside = [n for a, b, n in labels if (b <= band.start if leads else a >= band.end)]
        if beside:
            yield (beside[-1] if leads else beside[0]), band


def _credits_of(sentence: Sentence, names: re.Pattern[str]) -> Iterable[tuple[str, CreditAmount]]:
    """Each name in a sentence without bands, with the credit behind it, or before it where a credit comes first."""
    text = sentence.text
    hits = list(names.finditer(text))
    if not hits or bands(text) or is_rate(text):
        return
    starts, ends = [m.start() for m in hits], [m.end() for m in hits]
    behind = [text[a:b] for a, b in zip(ends, [*starts[1:], len(text)], strict=True)]
    before = [text[a:b] for a, b in zip([0, *ends[:-1]], starts, strict=True)]
    pieces = before if "%" in before[0] else behind
    for m, piece in zip(hits, pieces, strict=True):
        amount = credit_amount(piece) if re.search(r"%|per\s?cent|\bdays?\b|\bweeks?\b", piece, re.I) else None
        if amount and amount.stated and not amount.rate:
            yield m.group().lower(), amount
