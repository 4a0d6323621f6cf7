"""Commitments to be available: in sentences, in lists, in tables, as permitted downtime; where none is stated, the top of the credit bands."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal

from contractlens.language.amounts import amounts
from contractlens.language.sentences import Sentence
from contractlens.language.value import Value
from contractlens.rulebook import Match, Matches
from contractlens.terms.bands import Band, bands, half_open
from contractlens.terms.commitment import LOWEST, Commitment
from contractlens.terms.grid import Cell, Grid
from contractlens.terms.leads import introduction
from contractlens.terms.periods import elsewhere, period_in, period_near, period_of_texts, says_the_same
from contractlens.terms.permitted import first_shares, permitted_shares, permitted_times
from contractlens.terms.records import Period
from contractlens.terms.tables import grids, says
from contractlens.terms.tiers import RawTiers
from contractlens.values import Percent

MOST_FIGURES = 50  # of one sentence; the period of each is looked for in all of it
REMEDIES = ("credits/mentioned", "credits/flat", "credits/tier", "credits/prorata", "credits/outage-tiers")
COUNTED = 2  # sentences from what is counted to what the count must come to
FURTHER = 4  # sentences from a commitment to another figure for some of the service
FEW_WORDS = 14  # of a line of a list or a card
TITLE = 7  # words of the line of a card that names its measure
CARD = 5  # lines of a card above a figure that may say what it is about
TABLE = "uptime/figures-in-tables"
TRIGGER = "uptime/credited-below"


def commitments(matches: Matches, raw: RawTiers) -> list[Commitment]:
    """All commitments, each figure once for each service."""
    found = [*_stated(matches, raw), *_named(matches, raw), *_listed(matches, raw), *_in_tables(matches, raw)]
    firm = [c.percent for c in found if not c.goal]
    found = [c for c in found if not (c.goal and firm and c.percent > max(firm))]
    shares = first_shares(list(permitted_shares(matches)), raw)
    found += [c for c in shares if all(c.percent != o.percent for o in found)]
    if not found:
        found += permitted_times(matches)
    if not found:
        found += _implied(matches, raw)
    if not found:
        found += _triggers(matches, raw)
    kept: dict[tuple[Decimal, str | None], Commitment] = {}
    own = {s.index for c in found for s in c.sentences}
    captions = {s.index: grid for grid in grids(matches) for s in grid.sentences if s}
    for c in found:
        grid = captions.get(c.sentences[0].index)
        c = replace(c, period=c.period or (period_near(matches, grid) if grid else None) or elsewhere(matches, c.sentences[0], own))
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
        for value, _ in match.values(name, in_clause=False)[:MOST_FIGURES]:
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
        if "other" in asked:
            return None
        if "counts" in asked:
            return before
    return None


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
    return denied or ("target" not in match.groups and not _owes(matches))


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
        if sentence.index in raw.claimed | stated or len(sentence.text.split()) > FEW_WORDS or _of_another(matches, sentence):
            continue
        heads = any("about" in matches.ask_text("uptime/listed", h) for h in matches.reading.headings(sentence)[:1])
        if not heads and sentence.index - 1 not in lines and not _introduced(matches, sentence):
            continue
        lines.add(sentence.index)
        for value, _ in match.values("figure", in_clause=False):
            assert isinstance(value.amount, Percent)
            if LOWEST <= value.amount.value <= 100:
                label = sentence.text[: value.start - sentence.start].strip(" :-=*\u2022\u00b7|")
                yield Commitment(value.amount.value, period_in(matches, sentence, value), label or None, (sentence,))


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


def _introduced(matches: Matches, sentence: Sentence) -> bool:
    """Whether the nearest line that ends with a colon is about availability, or what follows the list in its clause."""
    above = matches.reading.sentences[sentence.index - 1] if sentence.index else None
    label, colon, _ = sentence.text.partition(":")
    if above and colon and len(above.text.split()) <= TITLE and says(matches, TABLE, "expected", label) and "uptime" in matches.ask("uptime/listed", above):
        return True  # "Service level 1: availability" / "Target: 99.9%"
    for before in reversed(matches.reading.sentences[max(0, sentence.index - 12) : sentence.index]):
        if _OPENS_LIST.search(before.text) or (before.index == sentence.index - 1 and before.text.rstrip().endswith("?")):
            return "about" in matches.ask("uptime/listed", before)
    for after in matches.reading.sentences[sentence.index + 1 : sentence.index + 4]:  # "A: 99%. B: 98%. These uptime figures ..."
        if after.text.rstrip().endswith("?"):
            return False  # it opens another matter
        if after.clause == sentence.clause and "about" in matches.ask("uptime/listed", after):
            return True
    return False


# ---------------------------------------------------------------- tables
def _in_tables(matches: Matches, raw: RawTiers) -> Iterable[Commitment]:
    for grid in grids(matches):
        if any(s.index in raw.claimed - raw.beside for s in grid.sentences if s):
            continue
        heads = grid.rows[0]
        other = any(_is_other(matches, c.text) for c in heads)
        about = [i for i, c in enumerate(heads) if says(matches, TABLE, "availability", c.text) and not _is_other(matches, c.text)]
        about = about or ([] if other else _about_by_caption(matches, grid))
        for row, sentence in zip(grid.rows, grid.sentences, strict=True):
            if sentence is None or sentence.index in raw.beside:
                continue
            labelled = says(matches, TABLE, "availability", row[0].text) and not _is_other(matches, row[0].text)
            if labelled:
                yield from _cells(matches, grid, row, sentence, range(1, len(row)), by_head=len(row) > 2)
            elif about and (row is not heads or _figures(row[-1].text)) and row[0].text and not _figures(row[0].text) and not _is_other(matches, row[0].text) and not says(matches, TABLE, "measure", row[0].text):
                yield from _cells(matches, grid, row, sentence, [i for i in about if 0 < i < len(row)], by_head=False)


def _about_by_caption(matches: Matches, grid: Grid) -> list[int]:
    """The columns of service levels in a table that its caption says is about availability: `Availability per month / Service | Target`."""
    above = [s.text for s in grid.caption[-1:]] + [h for s in grid.sentences[1:2] if s for h in matches.reading.headings(s)[:1]]
    if not any("uptime" in matches.ask_text("uptime/listed", text) and not _is_other(matches, text) for text in above):
        return []
    if _figures(grid.rows[0][-1].text):  # it has no heads
        return [len(grid.rows[0]) - 1]
    return [i for i, c in enumerate(grid.rows[0]) if i and says(matches, TABLE, "expected", c.text)]


def _is_other(matches: Matches, text: str) -> bool:
    return says(matches, TABLE, "other", text)


_BARE = re.compile(r"\d{2,3}(?:[.,]\d{1,5})?")
_PER_CENT = re.compile(r"%|\bper\s?cent", re.I)  # in a head, of the figures below it


def _cells(matches: Matches, grid: Grid, row: Sequence[Cell], sentence: Sentence, at: Iterable[int], *, by_head: bool) -> Iterable[Commitment]:
    heads = grid.rows[0]
    for i in at:
        capped = [(b.start, b.end) for b in bands(row[i].text) if b.below is not None]
        head = heads[i].text if i < len(heads) and row is not heads else ""
        bare = _BARE.fullmatch(row[i].text) and any(_PER_CENT.search(t) for t in (head, row[0].text))
        for value in _figures(row[i].text + "%" * bool(bare)):
            if any(start <= value.start < end for start, end in capped) or len(row[i].text) > 300 or says(matches, TABLE, "measure", row[i].text):
                continue
            assert isinstance(value.amount, Percent)
            service = head if by_head else row[0].text if head else _label(row[i].text[: value.start])
            period = period_of_texts(matches, (row[i].text, row[0].text, head)) or _period_beside(matches, row) or period_near(matches, grid)
            yield Commitment(value.amount.value, period, service or None, (sentence,))


def _period_beside(matches: Matches, row: Sequence[Cell]) -> Period | None:
    """The period in a cell of its own: `Availability | monthly | 99.5%`."""
    return period_of_texts(matches, [f"measured {over}{c.text}" for c in row[1:] if len(c.text) <= 30 and not _figures(c.text) for over in ("", "over a ")])


def _label(before: str) -> str | None:
    """The name before a figure in a card's cell: `ESSENTIAL: 99.95% POWER: 99.99%`."""
    words = before.rsplit("%", 1)[-1].strip(" ,;|")
    return words[:-1].strip() if words.endswith(":") and len(words) <= 60 else None


def _figures(text: str) -> list[Value]:
    return [v for v in amounts(text) if isinstance(v.amount, Percent) and LOWEST <= v.amount.value <= 100]


# ---------------------------------------------------------------- implied
def _implied(matches: Matches, raw: RawTiers) -> list[Commitment]:
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


def _triggers(matches: Matches, raw: RawTiers) -> list[Commitment]:
    """The highest figure below which something is given back: "if your site was up for less than 99.5%, the month is free"."""
    made = []
    for match in matches.run(TRIGGER):
        sentence = match.sentence
        after = matches.reading.sentences[sentence.index : sentence.index + 2]
        if sentence.index in raw.claimed or not any("gives" in matches.ask(TRIGGER, s) for s in after):
            continue
        for value, _ in match.values("trigger", in_clause=False):
            assert isinstance(value.amount, Percent)
            if LOWEST <= value.amount.value < 100:
                made.append(Commitment(value.amount.value, period_in(matches, sentence, value), None, (sentence,), implied=True))
    return sorted(made, key=lambda c: -c.percent)[:1]
