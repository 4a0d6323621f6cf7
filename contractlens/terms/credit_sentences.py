"""Tiers in sentences, and in lines that were a table before a PDF lost its rules."""

from __future__ import annotations

import re
from dataclasses import replace

from contractlens.language.sentences import Sentence
from contractlens.rulebook import Matches
from contractlens.terms.bands import bands
from contractlens.terms.cell_tables import by_cells
from contractlens.terms.credit_amounts import is_rate, part_of
from contractlens.terms.credit_cards import by_heads, from_card, plans, steps
from contractlens.terms.credit_context import further_steps, of_points, plausible, rest_of
from contractlens.terms.credit_steps import OF_FEES, prose_amount, sentence_tiers
from contractlens.terms.credit_tables import CAPTION_END, RULE, from_grid
from contractlens.terms.defined_figures import DefinedFigures
from contractlens.terms.named_bands import named_bands
from contractlens.terms.tables import grids, says
from contractlens.terms.tiers import RawTier, RawTiers, TierGroup

LISTED = "uptime/listed"
BEHIND = 8  # sentences after a step that may say what it is about: "that is all we owe you for downtime"
LIST = 12  # sentences before a line of a list that may say what it is about
NEAR = 3  # sentences between two lines of one list of tiers


def raw_tiers(matches: Matches) -> RawTiers:
    """The tiers as printed. What is in a table of credits is no commitment."""
    names = DefinedFigures(matches)
    found = RawTiers(readings=names.readings(), defining=names.places)
    for grid in grids(matches):
        by_plan = plans(matches, grid)
        groups = [] if by_plan else from_grid(matches, grid) or steps(matches, grid)
        if by_plan:
            found.groups += by_plan
            found.beside |= {t.sentence.index for g in by_plan for t in g.tiers}
            found.claimed |= found.beside
        elif groups:
            found.groups += [replace(g, caption=grid.caption[-1].text if grid.caption else "") for g in groups]
            found.claimed |= {s.index for s in grid.sentences if s}
        else:
            known = by_heads(matches, grid) or from_card(matches, grid)
            told = [] if known else by_cells(matches, grid)
            found.groups += known or told
            found.claimed |= {t.sentence.index for g in told for t in g.tiers}
    _from_prose(matches, found)
    if not found.groups and matches.of("uptime/listed"):
        found.groups += named_bands(matches, found.claimed)
    return found


def _from_prose(matches: Matches, found: RawTiers) -> None:
    """Tiers of sentences, joined in lists: those of one clause, or at most a few sentences apart."""
    made = [*_of_downtime(matches), *of_points(matches, found.claimed)]
    found.claimed_shares |= {t.sentence.index for t in made}
    named = {m.sentence.index for m in matches.of("credits/tier")}
    read = [matches.reading.sentences[i] for i, text in found.readings.items() if i not in named and _states_share(matches.reading.sentences[i].text) and matches.ask_text("credits/tier", text).keys() >= {"credit", "edge"}]
    named |= {s.index for s in read}
    told = [m.sentence for m in (*matches.of("credits/tier"), *matches.of("credits/tier-line"))]
    listed = _listed(matches, named | found.claimed)
    further = further_steps(matches, named | found.claimed | {s.index for s in listed})
    told += [s for s in (*listed, *further) if s.index not in {t.index for t in told}]
    items, near = {s.index for s in listed}, {s.index for s in further}
    only_near = near - {m.sentence.index for m in matches.of("credits/tier-line")}
    for sentence in sorted([*told, *read], key=lambda s: s.index):
        if sentence.index in found.claimed | found.claimed_shares or (made and made[-1].sentence.index == sentence.index):
            continue
        if not _about_service(matches, sentence):
            continue
        item = sentence.index in items
        known = sentence.index not in only_near
        tiers = sentence_tiers(sentence, found.readings.get(sentence.index, sentence.text), line=sentence.index not in named | items, item=item) if known else []
        if not tiers and sentence.index in near:
            tiers = plausible(sentence, sentence_tiers(sentence, sentence.text, line=False, item=True) or rest_of(sentence, made))
        follows = bool(made) and sentence.index - made[-1].sentence.index <= NEAR
        if sentence.index not in named | items | near and not follows and not _about_credits(matches, sentence) and not _tail_credits(matches, sentence, named):
            continue
        made += tiers
    groups: list[list[RawTier]] = []
    for tier in sorted(made, key=lambda t: t.sentence.index):
        last = groups[-1][-1].sentence if groups else None
        if last and (tier.sentence.index - last.index <= NEAR or tier.sentence.clause == last.clause):
            groups[-1].append(tier)
        else:
            groups.append([tier])
    groups = [kept for g in groups for kept in [_closed_above(g)] if kept]
    found.groups += [TierGroup(tuple(g), False) for g in groups]
    made = [t for g in groups for t in g]
    found.claimed |= {t.sentence.index for t in made if t.sentence.index not in named}


def _listed(matches: Matches, but: set[int]) -> list[Sentence]:
    """The items of lists whose introduction says what their figures are: `will extend the term by: (a) two days, where it was under 99%`."""
    return [s for s in matches.reading.sentences if s.kind == "prose" and s.index not in but and _states_share(s.text) and bands(s.text) and _led(matches, s)]


def _led(matches: Matches, sentence: Sentence) -> bool:
    """Whether the line that opens the list of a sentence, which may be one with its first item, speaks of credits."""
    for s in reversed(matches.reading.sentences[max(0, sentence.index - LIST) : sentence.index + 1]):
        head, opens, _ = s.text.partition(":\n")
        if opens or (s is not sentence and s.text.rstrip().endswith((":", ":-"))):
            return "lead" in matches.ask_text("credits/tier", head + " :")
        if s.kind == "heading" or not bands(s.text):
            return False
    return False


def _states_share(text: str) -> bool:
    return "%" in text or ("cent" in text.lower() and re.search(r"per\s?cent\b", text, re.I) is not None) or part_of(text) is not None


def _closed_above(group: list[RawTier]) -> list[RawTier]:
    """The tiers without those that say only what is reached and do not end where another begins: "at least 99%" alone is a commitment."""
    uppers = {t.band.below for t in group}
    lowers = [t.band.at_least for t in group if t.band.below is None and t.band.at_least is not None]
    down = len(set(lowers)) > 1 and min(lowers) in uppers  # "down to 99%: 5%; down to 95%: 10%; below 95%: 25%"
    return [t for t in group if t.band.named or t.band.below is not None or down or t.band.at_least in uppers]


def _of_downtime(matches: Matches) -> list[RawTier]:
    """Credits by the share of the time that was lost: `where downtime exceeds 1%, 10% of the fee`."""
    made = []
    for match in matches.of("credits/downtime-tier"):
        text = match.sentence.text
        edges = [b for b in bands(text, down=True) if not OF_FEES.match(text, b.end) and b.below is not None]
        for k, band in enumerate(edges):
            until = edges[k + 1].start if k + 1 < len(edges) else len(text)
            amount = prose_amount(text[band.end : until], False)
            if amount and amount.stated and not amount.rate and not is_rate(text):
                made.append(RawTier(band, amount, match.sentence))
    return made


def _about_service(matches: Matches, sentence: Sentence) -> bool:
    """Whether a sentence, its heading or those before it speak of availability or a service level."""
    near = matches.reading.sentences[max(0, sentence.index - LIST) : sentence.index + 1]
    levels = {m.sentence.index for m in matches.of("uptime/commitment") if "uptime" in m}
    after = matches.reading.sentences[sentence.index + 1 : sentence.index + 1 + BEHIND]
    if any("is_service" in matches.ask(LISTED, s) for s in after if s.clause == sentence.clause or sentence.clause is None or s.kind != "heading"):
        return True
    return any(s.index in levels for s in near) or any("service" in matches.ask(LISTED, s) for s in reversed(near)) or any("service" in matches.ask_text(LISTED, h) for h in matches.reading.headings(sentence))


def _tail_credits(matches: Matches, sentence: Sentence, named: set[int]) -> bool:
    """Whether the last line of the list says what its figures are: "... of the monthly fee will be credited"."""
    after = [s for s in matches.reading.sentences[sentence.index + 1 : sentence.index + 5] if s.clause == sentence.clause]
    return any(s.index in named or (s.text.startswith("(") and says(matches, RULE, "credit_near", s.text)) for s in after)


def _about_credits(matches: Matches, sentence: Sentence) -> bool:
    before = [s.text for s in matches.reading.sentences[max(0, sentence.index - 2) : sentence.index]]
    return any(says(matches, RULE, "credit_near", t[-CAPTION_END:]) for t in (*before, *matches.reading.headings(sentence)[:1]))
