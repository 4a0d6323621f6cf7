"""Steps of credits that only the sentences beside them show to be such: `Beneath 98.8% it becomes 35%.`, `Anything lower, fifteen days.`"""

from __future__ import annotations

import re
from collections.abc import Sequence

from contractlens.language.sentences import Sentence
from contractlens.rulebook import Matches
from contractlens.terms.bands import Band, bands, in_points
from contractlens.terms.credit_amounts import is_rate
from contractlens.terms.credit_steps import LEAST, OF_FEES, REST, WHOLE, prose_amount, short_amount
from contractlens.terms.tiers import RawTier

RULE, TIER, RATE = "credits/tier-near", "credits/tier", "credits/prorata"
BEFORE, AFTER = 2, 1  # sentences beside a step that may speak of credits
WORDS = 45  # of a step
POINTS = "credits/points-tier"
LINES = 5  # of a list of steps by the points missed, after its first
_POINT = re.compile(r"\bpoints?\b", re.I)


def further_steps(matches: Matches, but: set[int]) -> list[Sentence]:
    """The sentences with a band, or the rest of all bands, that stand beside one about credits."""
    if not matches.of(TIER) and not _spoken_of(matches):
        return []
    found = [m for m in matches.run(RULE) if m.sentence.index not in but and len(m.sentence.text.split()) <= WORDS]
    return [m.sentence for m in found if ("rest" in m or _has_band(m.sentence)) and _beside_credits(matches, m.sentence)]


def _spoken_of(matches: Matches) -> bool:
    return any("credits" in m or "sign" in m or "failure" in m for m in matches.of("credits/mentioned"))


def _has_band(sentence: Sentence) -> bool:
    return any(b.named or max(b.below or 0, b.at_least or 0) >= LEAST for b in bands(sentence.text))


def _beside_credits(matches: Matches, sentence: Sentence) -> bool:
    """Whether a sentence close by says how much is credited, or the heading is about credits; a credit by the time down is no step."""
    if is_rate(sentence.text) or "rate" in matches.ask(RATE, sentence):
        return False
    first, last = max(0, sentence.index - BEFORE), sentence.index + AFTER + 1
    near = [s for s in matches.reading.sentences[first:last] if s is not sentence and (s.clause == sentence.clause or s.index == sentence.index - 1)]
    told = [s for s in near if s.kind != "heading" and "worth" in matches.ask(RULE, s) and "credit" in matches.ask(TIER, s)]
    return bool(told) or any("lead" in matches.ask_text(TIER, h) for h in matches.reading.headings(sentence)[:1])


def rest_of(sentence: Sentence, made: Sequence[RawTier]) -> list[RawTier]:
    """The last step, where it is all that is below those before it: `Anything lower, fifteen days.`"""
    if not made or sentence.index - made[-1].sentence.index > 1 or bands(sentence.text):
        return []
    group = [t for t in made if made[-1].sentence.index - t.sentence.index <= BEFORE]
    edges = [e for t in group for e in (t.band.at_least, t.band.below) if e is not None]
    rest = REST.search(sentence.text)
    amount = (prose_amount(sentence.text[rest.end() :], True) or short_amount(sentence.text[rest.end() :])) if rest else None
    if rest is None or not edges or amount is None or not amount.stated or amount.rate:
        return []
    points = made[-1].points
    return [RawTier(Band(min(edges), None, rest.start(), rest.end()), amount, sentence, points=points)]


def plausible(sentence: Sentence, tiers: Sequence[RawTier]) -> list[RawTier]:
    """The steps that credit no more than the fee, and no less than a day; "a month" alone is a time of something else."""
    most = 100 if WHOLE.search(sentence.text) else 99
    return [t for t in tiers if (t.amount.percent is None or t.amount.percent <= most) and (t.amount.days is None or t.amount.days >= 1)]


def of_points(matches: Matches, claimed: set[int]) -> list[RawTier]:
    """Credits by the points that were missed: `short by up to 0.5 percentage points, 5%; by more than that ...`, and the lines that go on."""
    made: list[RawTier] = []
    sentences = matches.reading.sentences
    for match in (m for m in matches.of(POINTS) if m.sentence.index not in claimed):
        at = match.sentence.index
        if made and at <= made[-1].sentence.index:
            continue
        made += _points_of(match.sentence)
        for s in sentences[at + 1 : at + 1 + LINES]:
            further = (_points_of(s) if "points" in matches.ask(POINTS, s) else []) or rest_of(s, made)
            if not further or is_rate(s.text):
                break
            made += further
    return made


def _points_of(sentence: Sentence) -> list[RawTier]:
    made = []
    text = in_points(sentence.text, bare=_POINT.search(sentence.text) is not None and "%" in sentence.text)
    edges = [b for b in bands(text, down=True) if not OF_FEES.match(text, b.end) and text[b.end :].strip()]
    for k, band in enumerate(edges):
        until = edges[k + 1].start if k + 1 < len(edges) else len(text)
        amount = prose_amount(text[band.end : until], False)
        if amount and amount.stated and not amount.rate and not is_rate(text):
            made.append(RawTier(band, amount, sentence, points=True))
    return made
