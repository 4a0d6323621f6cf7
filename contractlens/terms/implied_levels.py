"""Service levels to which no sentence commits: the top of the credit bands, a figure below which something is given back."""

from __future__ import annotations

from decimal import Decimal

from contractlens.rulebook import Matches
from contractlens.terms.bands import half_open
from contractlens.terms.commitment import LOWEST, Commitment
from contractlens.terms.periods import period_in
from contractlens.terms.tiers import RawTiers
from contractlens.values import Percent

TRIGGER = "uptime/credited-below"
MOST_LOST = Decimal(20)  # per cent of the time; more is a share of the time in which the service works


def implied(matches: Matches, raw: RawTiers) -> list[Commitment]:
    """The top edge of each table of bands: no sentence commits to it, but credits begin there."""
    made = []
    for group in raw.groups:
        joined = half_open([t.band for t in group.tiers])
        edges = [b.below for t, b in zip(group.tiers, joined, strict=True) if b.below is not None and t.amount.percent != 0 and not t.points]
        if edges:
            top = max(edges)
            tier = next(t for t, b in zip(group.tiers, joined, strict=True) if b.below == top)
            made.append(Commitment(top, period_in(matches, tier.sentence, None), tier.service, (tier.sentence,), implied=True))
    return made


def triggers(matches: Matches, raw: RawTiers) -> list[Commitment]:
    """The highest figure below which something is given back: "if your site was up for less than 99.5%, the month is free"."""
    made = []
    for match in matches.run(TRIGGER):
        sentence = match.sentence
        after = matches.reading.sentences[sentence.index : sentence.index + 2]
        if sentence.index in raw.claimed or not any("gives" in matches.ask(TRIGGER, s) for s in after):
            continue
        for value, _ in (*match.values("trigger", in_clause=False), *match.values("share", in_clause=False)):
            assert isinstance(value.amount, Percent)
            percent = value.amount.value if value.amount.value > MOST_LOST else 100 - value.amount.value
            if LOWEST <= percent < 100:
                made.append(Commitment(percent, period_in(matches, sentence, value), None, (sentence,), implied=True))
    return sorted(made, key=lambda c: -c.percent)[:1]
