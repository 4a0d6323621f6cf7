"""Commitments to be available: in sentences, in lists, in tables, as permitted downtime; where none is stated, the top of the credit bands."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal

from contractlens.language.sentences import Sentence
from contractlens.language.value import Value
from contractlens.rulebook import Match, Matches
from contractlens.terms.bands import Band, bands
from contractlens.terms.commitment import LOWEST, Commitment
from contractlens.terms.figures import beside, unsigned
from contractlens.terms.implied_levels import TRIGGER, implied, triggers
from contractlens.terms.leads import introduction, is_item
from contractlens.terms.level_tables import in_tables, period_of_heads
from contractlens.terms.periods import elsewhere, period_in, period_near, says_the_same
from contractlens.terms.permitted import first_shares, permitted_shares, permitted_times
from contractlens.terms.records import Period
from contractlens.terms.tables import grids, says
from contractlens.terms.tiers import RawTiers
from contractlens.terms.weak_levels import period_of_miss, weak_levels
from contractlens.values import Percent

MOST_FIGURES = 50  # of one sentence; the period of each is looked for in all of it
REMEDIES = ("credits/mentioned", "credits/flat", "credits/tier", "credits/prorata", "credits/outage-tiers")
COUNTED = 2  # sentences from what is counted to what the count must come to
FOLLOWING = 2  # sentences after a goal that may say what is given for missing it
FURTHER = 4  # sentences from a commitment to another figure for some of the service
FEW_WORDS = 14  # of a line of a list or a card
TITLE = 7  # words of the line of a card that names its measure
CARD = 6  # lines of a card above a figure that may say what it is about
TABLE = "uptime/figures-in-tables"


def commitments(matches: Matches, raw: RawTiers) -> list[Commitment]:
    """All commitments, each figure once for each service."""
    found = [*_stated(matches, raw), *_named(matches, raw), *_listed(matches, raw), *in_tables(matches, raw)]
    firm = [c.percent for c in found if not c.goal]
    found = [c for c in found if not (c.goal and firm and c.percent > max(firm))]
    shares = first_shares(list(permitted_shares(matches)), raw)
    found += [c for c in shares if all(c.percent != o.percent for o in found)]
    if not found:
        found += weak_levels(matches, raw) or unsigned(matches)
    if not found:
        found += permitted_times(matches)
    if not found:
        found += implied(matches, raw)
    if not found:
        found += triggers(matches, raw)
    kept: dict[tuple[Decimal, str | None], Commitment] = {}
    own = {s.index for c in found for s in c.sentences}
    captions = {s.index: grid for grid in grids(matches) for s in grid.sentences if s}
    for c in found:
        grid = captions.get(c.sentences[0].index)
        c = replace(c, period=c.period or (period_near(matches, grid) or period_of_heads(matches, grid) if grid else None) or elsewhere(matches, c.sentences[0], own) or period_of_miss(matches, c))
        old = kept.get((c.percent, c.service))
        kept[c.percent, c.service] = replace(old, period=old.period or c.period, sentences=(*old.sentences, *c.sentences)) if old else c
    named = {c.percent for c in kept.values() if c.service}
    dated = {(c.percent, s.index) for c in kept.values() if c.period for s in c.sentences}
    kept = {k: c for k, c in kept.items() if c.period or not any((c.percent, s.index) in dated for s in c.sentences)}
    return [c for c in kept.values() if c.service or c.percent not in named or _differs(c, kept.values())]


def _differs(commitment: Commitment, others: Iterable[Commitment]) -> bool:
    """Whether a figure without a service says something that its namesakes with one do not."""
    return all(o is commitment or o.percent != commitment.percent or o.period != commitment.period for o in others)


# ---------------------------------------------------------------- sentences
def _stated(matches: Matches, raw: RawTiers) -> Iterable[Commitment]:
    own: dict[int, list[Band]] = {}
    for tier in (t for g in raw.groups for t in g.tiers):
        own.setdefault(tier.sentence.index, []).append(replace(tier.band, named=True))
    last: Period | None = None
    for match in matches.of("uptime/commitment"):
        sentence = match.sentence
        if sentence.index in raw.claimed or _of_another(matches, sentence):
            continue
        capped = [(b.start, b.end) for b in (*bands(sentence.text), *own.get(sentence.index, ())) if b.below is not None or b.named]
        name, first = _named_by(matches, match)
        for value in beside(matches, sentence, [v for v, _ in match.values(name, in_clause=False)])[:MOST_FIGURES]:
            assert isinstance(value.amount, Percent)
            inside = any(start <= value.start - sentence.start < end for start, end in capped)
            if value.amount.value in raw.floors and sentence.index in raw.defining:
                continue
            if not inside and LOWEST <= value.amount.value <= 100 and not _mere_goal(matches, match, value):
                period = period_in(matches, sentence, value) or _introduced_period(matches, sentence)
                period = period or (period_in(matches, first, None) if first else None) or (last if says_the_same(matches, sentence) else None)
                yield Commitment(value.amount.value, period, None, (sentence,), goal=_aimed(matches, match, value, "aim"))
                last = period or last


def _named_by(matches: Matches, match: Match) -> tuple[str, Sentence | None]:
    """The name under which a sentence keeps its figures, and the sentence before it that it goes on from; "" where it has none."""
    if "uptime" in match.groups:
        return "uptime", None
    if "further" in match.groups and (first := _first_of(matches, match.sentence)):
        return "further", first
    if "follows" in match.groups and (first := _counted_before(matches, match.sentence)):
        return "follows", first
    return "", None


def _counted_before(matches: Matches, sentence: Sentence) -> Sentence | None:
    """The sentence or heading that says what is counted, before one that says what the count must come to."""
    if "other" in matches.ask("uptime/commitment", sentence):
        return None
    for before in reversed(matches.reading.sentences[max(0, sentence.index - COUNTED) : sentence.index]):
        asked = matches.ask("uptime/commitment", before)
        if "counts" in asked and "other" not in asked:
            return before
        if "other" in asked or before.kind == "heading":
            return None
    titles = [s for s in matches.reading.sentences[max(0, sentence.index - CARD) : sentence.index] if len(s.text.split()) <= TITLE and s.text[-1:].isalpha()]
    headings = [*(s.text for s in titles[-1:]), *matches.reading.headings(sentence)[:1]]
    return sentence if any("counts" in matches.ask_text("uptime/commitment", h) for h in headings[:1]) else None


def _first_of(matches: Matches, sentence: Sentence) -> Sentence | None:
    """The commitment after which "for a single circuit the figure is 99.9%" comes, so that it speaks of availability, too."""
    if "other" in matches.ask("uptime/listed", sentence):
        return None
    before = matches.reading.sentences[max(0, sentence.index - FURTHER) : sentence.index]
    return next((s for s in reversed(before) if "uptime" in matches.ask("uptime/commitment", s)), None)


def _introduced_period(matches: Matches, sentence: Sentence) -> Period | None:
    """The period in the line that introduces a list: `The Supplier shall ensure that in each calendar month: (a) ...`."""
    line = introduction(matches.reading, sentence)
    return period_in(matches, line, None) if line and line.kind != "heading" else None


def _named(matches: Matches, raw: RawTiers) -> Iterable[Commitment]:
    """`shall equal or exceed the Threshold`, where a definition says what the Threshold is."""
    for index, text in raw.readings.items():
        sentence = matches.reading.sentences[index]
        for band in bands(text) if index not in raw.claimed else ():
            if band.below is None and band.at_least and LOWEST <= band.at_least <= 100 and "about" in matches.ask_text("uptime/listed", text):
                yield Commitment(band.at_least, period_in(matches, sentence, None), None, (sentence,))


def _mere_goal(matches: Matches, match: Match, value: Value) -> bool:
    """Whether a figure is a goal for which nothing is owed: no credit anywhere, or "this is no commitment" right after it."""
    if not _aimed(matches, match, value):
        return False
    after = matches.reading.sentences[match.sentence.index + 1 : match.sentence.index + 2]
    denied = any("denies" in matches.ask("uptime/commitment", s) for s in after)
    if denied or "target" in match.groups or period_in(matches, match.sentence, value):
        return denied
    return not _owes(matches) and not any("gives" in matches.ask(TRIGGER, s) for s in _following(matches, match.sentence))


def _following(matches: Matches, sentence: Sentence) -> Sequence[Sentence]:
    return matches.reading.sentences[sentence.index : sentence.index + 1 + FOLLOWING]


def _aimed(matches: Matches, match: Match, value: Value, *groups: str) -> bool:
    """Whether a figure is a goal, or what something was built for."""
    place = next((i for i, v in matches.reading.words(match.sentence).values.items() if v == value), -1)
    return any(h.first <= place < h.last for g in groups or ("aim", "target") for h in match.groups.get(g, ()))


def _owes(matches: Matches) -> bool:
    """Whether anything is credited for a missed figure: then a goal is a commitment."""
    return any(m.groups.keys() - {"sign"} for rule in REMEDIES for m in matches.run(rule))  # a sign says only what a paper is about


def _listed(matches: Matches, raw: RawTiers) -> Iterable[Commitment]:
    """`Network: 100%` under a heading, or after a line, about availability."""
    stated = {m.sentence.index for m in matches.of("uptime/commitment") if "uptime" in m}
    lines: set[int] = set()  # of lists that are about availability
    for match in matches.of("uptime/listed"):
        sentence = match.sentence
        if sentence.index in raw.claimed | stated or _other_measure(matches, sentence) or len(sentence.text.split()) > FEW_WORDS or _of_another(matches, sentence):
            continue
        heads = any("about" in matches.ask_text("uptime/listed", h) for h in matches.reading.headings(sentence)[:1])
        after_one = sentence.index - 1 in stated and is_item(sentence) and is_item(matches.reading.sentences[sentence.index - 1])
        if not heads and not after_one and sentence.index - 1 not in lines and not _introduced(matches, sentence):
            continue
        lines.add(sentence.index)
        for value, _ in match.values("figure", in_clause=False):
            assert isinstance(value.amount, Percent)
            if LOWEST <= value.amount.value <= 100:
                label = sentence.text[: value.start - sentence.start].strip(" :-=*\u2022\u00b7|")
                yield Commitment(value.amount.value, period_in(matches, sentence, value) or _introduced_period(matches, sentence), label or None, (sentence,))


def _other_measure(matches: Matches, sentence: Sentence) -> bool:
    """Whether a line names another measure than availability itself: `Packet delivery: at least 99.9% of packets`."""
    asked = matches.ask("uptime/listed", sentence)
    return "other" in asked and "uptime" not in asked


_OPENS_LIST = re.compile(r":-?\s*$|:-?\s*\n")  # a line that ends with a colon, or such a line and the first of its list


def _of_another(matches: Matches, sentence: Sentence) -> bool:
    """Whether a line such as `Measure: at least 98%` stands in a card about another measure: accuracy, repairs."""
    if ":" not in sentence.text or len(sentence.text.split()) > FEW_WORDS or "uptime" in matches.ask("uptime/listed", sentence):
        return False
    for before in reversed(matches.reading.sentences[max(0, sentence.index - CARD) : sentence.index]):
        if ":" not in before.text or before.clause != sentence.clause:
            return False
        asked = matches.ask("uptime/listed", before)
        if "other" in asked or "uptime" in asked:
            return "other" in asked
    return False


def _in_card(matches: Matches, sentence: Sentence) -> bool:
    """Whether a line stands in a card whose title or measure is availability: "KPI 1 - availability" / ... / "Target: 99.9%"."""
    for before in reversed(matches.reading.sentences[max(0, sentence.index - CARD) : sentence.index]):
        asked = matches.ask("uptime/listed", before)
        title = before.kind == "heading" or len(before.text.split()) <= TITLE
        if title and ("other" in asked or "uptime" in asked):
            return "uptime" in asked
        if not title and ":" not in before.text:
            return False
    return False


def _introduced(matches: Matches, sentence: Sentence) -> bool:
    """Whether the nearest line that ends with a colon is about availability, or what follows the list in its clause."""
    above = matches.reading.sentences[sentence.index - 1] if sentence.index else None
    label, colon, _ = sentence.text.partition(":")
    if above and colon and says(matches, TABLE, "expected", label) and _in_card(matches, sentence):
        return True
    for before in reversed(matches.reading.sentences[max(0, sentence.index - 12) : sentence.index]):
        if _OPENS_LIST.search(before.text) or (before.index == sentence.index - 1 and before.text.rstrip().endswith("?")):
            return "about" in matches.ask("uptime/listed", before)
    line = introduction(matches.reading, sentence)
    if line and line.kind == "prose" and is_item(sentence) and "about" in matches.ask("uptime/listed", line):
        return True  # "The mean availability over a year comes to at least / a) 99.9% for the exchange,"
    for after in matches.reading.sentences[sentence.index + 1 : sentence.index + 4]:  # "A: 99%. B: 98%. These uptime figures ..."
        if after.text.rstrip().endswith("?"):
            return False  # it opens another matter
        if after.clause == sentence.clause and "about" in matches.ask("uptime/listed", after):
            return True
    return False
