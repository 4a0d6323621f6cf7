"""Tiers of service credits: from tables, from sentences, and from lines that were a table before a PDF lost its rules."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from contractlens.language.sentences import Sentence
from contractlens.rulebook import Matches
from contractlens.language.amounts import amounts
from contractlens.terms.bands import LOWEST, Band, bands, half_open
from contractlens.terms.credit_amounts import CreditAmount, credit_amount, is_rate
from contractlens.terms.lengths import length
from contractlens.terms.records import CreditTier
from contractlens.terms.tables import Cell, Grid, columns, grids, says
from contractlens.values import Duration, Percent

RULE, LEVELS = "credits/tier-table", "uptime/figures-in-tables"
LEAST = Decimal(70)  # a band of availability in a sentence is no lower; "less than 50 % of the royalties" is another matter
NEAR = 3  # sentences between two lines of one list of tiers
SPARE_WORDS = 6  # words of a line beside its band and its credit


@dataclass(frozen=True)
class RawTier:
    """A band and what is credited for it, as printed."""

    band: Band
    amount: CreditAmount
    sentence: Sentence
    service: str | None = None


@dataclass(frozen=True)
class TierGroup:
    """The tiers of one table or list; bands are joined within it."""

    tiers: tuple[RawTier, ...]
    table: bool


@dataclass
class RawTiers:
    """All tiers as printed, and the rows and sentences that are spoken for."""

    groups: list[TierGroup] = field(default_factory=list)
    claimed: set[int] = field(default_factory=set)  # sentences by index

    @property
    def sentences(self) -> list[Sentence]:
        return [t.sentence for g in self.groups for t in g.tiers]


def raw_tiers(matches: Matches) -> RawTiers:
    """The tiers as printed. What is in a table of credits is no commitment."""
    found = RawTiers()
    for grid in grids(matches):
        groups = _from_grid(matches, grid)
        if groups:
            found.groups += groups
            found.claimed |= {s.index for s in grid.sentences if s}
        else:
            found.groups += _from_card(matches, grid)
    _from_prose(matches, found)
    return found


# ---------------------------------------------------------------- cards
def _from_card(matches: Matches, grid: Grid) -> list[TierGroup]:
    """The flat credits of a card of fields and values: `Availability | 99.95%`, and some rows below `Service credit | 10%`.

    Where both cells name plans ("STANDARD: 10% ENHANCED: 15%"), those of one name belong together.
    """
    levels = [f for row in grid.rows if says(matches, LEVELS, "availability", row[0].text) for cell in row[1:] for f in _labelled(cell.text)]
    made = []
    for row, sentence in zip(grid.rows, grid.sentences, strict=True):
        if not levels or sentence is None or not says(matches, RULE, "credit", row[0].text) or says(matches, RULE, "not_credit", row[0].text):
            continue
        credits = [c for cell in row[1:2] for c in _labelled(cell.text) if not _is_per(cell.text, c)]
        of = lambda credit: [f for f in levels if f[0] and credit[0].endswith(f[0])] or ([] if any_named else levels)  # noqa: E731
        any_named = any(f[0] and c[0].endswith(f[0]) for f in levels for c in credits)
        pairs = {(f[1], credit[0], credit[1]) for credit in credits for f in of(credit)}
        for level, name, percent in sorted(pairs):
            if level >= LOWEST and percent <= 100:
                band = Band(level, None, 0, 0)
                made.append(TierGroup((RawTier(band, CreditAmount(percent=percent), sentence, name or None),), True))
    return made


def _labelled(text: str) -> list[tuple[str, Decimal, int, int]]:
    """The percentages of a cell, each with the name before its colon and its place."""
    found, at = [], 0
    for value in amounts(text):
        if isinstance(value.amount, Percent):
            name = re.search(r"([A-Za-z][\w /&-]{0,40}):\s*$", text[at : value.start])
            found.append((name.group(1).strip().lower() if name else "", value.amount.value, value.start, value.end))
            at = value.end
    return found


def _is_per(text: str, figure: tuple[str, Decimal, int, int]) -> bool:
    """Whether a figure is a rate's ("3% of monthly spend per 5% below") or what it counts in."""
    return is_rate(text[figure[2] : figure[3] + 60].split(";")[0]) or re.search(r"\bper\s*$", text[: figure[2]]) is not None


# ---------------------------------------------------------------- tables
def _from_grid(matches: Matches, grid: Grid) -> list[TierGroup]:
    """The groups of a table: one for each column of credits, or of bands, where it has several."""
    rows = list(zip(grid.rows, grid.sentences, strict=True))
    if len(rows) >= 2 and len(grid.rows[0]) >= 3 and _runs_across(matches, grid):
        turned = grid.turned()
        rows = list(zip(turned.rows, turned.sentences, strict=True))
    heads: tuple[Cell, ...] = ()
    near = any(says(matches, RULE, "credit_near", _end(s.text)) for s in grid.caption) or any(
        says(matches, RULE, "credit_near", h) for s in rows[0][1:2] if s for h in matches.reading.headings(s)[:1]
    )
    open_groups: dict[tuple[int, int], list[RawTier]] = {}
    done: list[TierGroup] = []

    def close() -> None:
        done.extend(TierGroup(tuple(tiers), True) for tiers in open_groups.values() if tiers)
        open_groups.clear()

    for cells, sentence in rows:
        known = columns(matches, RULE, ("credit", "availability"), cells)
        if known["credit"] and known["availability"] and not any(_bands(c, True) for c in cells):
            close()
            heads = cells
            continue
        if sentence is None:
            continue
        for (i, j), tier in _row(matches, cells, sentence, heads, near):
            open_groups.setdefault((i, j), []).append(tier)
    close()
    return [g for g in done if any(t.band.below is not None or t.band.named or len(g.tiers) > 1 for t in g.tiers)]


def _runs_across(matches: Matches, grid: Grid) -> bool:
    first, second = grid.rows[0], grid.rows[1]
    return (
        says(matches, RULE, "availability", first[0].text)
        and says(matches, RULE, "credit", second[0].text)
        and sum(bool(_bands(c, True)) for c in first[1:]) >= 2
    )


def _row(matches: Matches, cells: Sequence[Cell], sentence: Sentence, heads: Sequence[Cell], near: bool) -> Iterable[tuple[tuple[int, int], RawTier]]:
    """The tiers of a row: each cell with a band, with each cell with a credit."""
    known = columns(matches, RULE, ("credit", "availability"), heads) if heads else {"credit": [], "availability": []}
    in_head = bool(known["credit"] and known["availability"])
    if not in_head and not near:
        return
    banded = {i: b for i, c in enumerate(cells) for b in [_bands(c, in_head and i in known["availability"] or near)] if b}
    if in_head and any(i in known["availability"] for i in banded):
        banded = {i: b for i, b in banded.items() if i in known["availability"]}
    amounts = {i: a for i, c in enumerate(cells) if i not in banded for a in [_amount(c, heads, i)] if a and a.stated}
    if in_head and any(i in known["credit"] for i in amounts):
        wanted = set(known["credit"])
        if len(wanted) == 1 and len(known["availability"]) == 1 and len(heads) > 2:  # "Uptime | Service credit | |": plans stand below one head
            wanted |= {i for i in amounts if i > min(wanted) and i < len(heads) and not heads[i].text}
        amounts = {i: a for i, a in amounts.items() if i in wanted}
    several_bands, several_amounts = len(banded) > 1, len(amounts) > 1
    for i, band in banded.items():
        for j, amount in amounts.items():
            at = j if several_amounts else i if several_bands else None
            service = heads[at].text if at is not None and at < len(heads) else None
            yield (i, j), RawTier(band, amount, sentence, service or None)


def _bands(cell: Cell, bare: bool) -> Band | None:
    if len(cell.text) > 160 or is_rate(cell.text):
        return None
    found = bands(cell.text, bare=bare)
    return found[0] if found else None


def _amount(cell: Cell, heads: Sequence[Cell], i: int) -> CreditAmount | None:
    """What a cell credits; a bare number counts as per cent where the head says so."""
    if len(cell.text) > 200 or not cell.text:
        return None
    amount = credit_amount(cell.text)
    number = re.fullmatch(r"\s*(\d{1,3}(?:[.,]\d+)?)\s*", cell.text)
    head = heads[i].text if i < len(heads) else ""
    if number and re.search(r"%|per\s?cent", head, re.I):
        return CreditAmount(percent=Decimal(number.group(1).replace(",", ".")))
    if number and re.search(r"\bdays?\b", head, re.I):
        return CreditAmount(days=Decimal(number.group(1)))
    return None if amount is None or amount.rate else amount


def length_rows(matches: Matches) -> Iterable[tuple[Duration | None, Duration | None, CreditAmount, Sentence]]:
    """The rows of tables that credit by the length of an outage: over, up to, the credit."""
    for grid in grids(matches):
        heads = columns(matches, RULE, ("credit", "length"), grid.rows[0])
        if not heads["credit"] or not heads["length"]:
            continue
        for cells, sentence in zip(grid.rows[1:], grid.sentences[1:], strict=True):
            i, j = heads["length"][0], heads["credit"][0]
            if sentence is None or max(i, j) >= len(cells):
                continue
            band, amount = length(cells[i].text), _amount(cells[j], grid.rows[0], j)
            if band and amount and amount.stated:
                yield band.over, band.up_to, amount, sentence


def _end(text: str) -> str:
    """The last words of a caption, short enough for a head."""
    return text[-150:]


# ---------------------------------------------------------------- sentences
def _from_prose(matches: Matches, found: RawTiers) -> None:
    """Tiers of sentences, joined in lists: those of one clause, or at most a few sentences apart."""
    made: list[RawTier] = []
    named = {m.sentence.index for m in matches.of("credits/tier")}
    for match in sorted((*matches.of("credits/tier"), *matches.of("credits/tier-line")), key=lambda m: m.sentence.index):
        sentence = match.sentence
        if sentence.index in found.claimed or (made and made[-1].sentence.index == sentence.index):
            continue
        tiers = sentence_tiers(sentence, line=sentence.index not in named)
        follows = bool(made) and sentence.index - made[-1].sentence.index <= NEAR
        if sentence.index not in named and not follows and not _about_credits(matches, sentence):
            continue
        made += tiers
    groups: list[list[RawTier]] = []
    for tier in made:
        last = groups[-1][-1].sentence if groups else None
        if last and (tier.sentence.index - last.index <= NEAR or tier.sentence.clause == last.clause):
            groups[-1].append(tier)
        else:
            groups.append([tier])
    found.groups += [TierGroup(tuple(g), False) for g in groups]
    found.claimed |= {t.sentence.index for t in made if t.sentence.index not in named}


def _about_credits(matches: Matches, sentence: Sentence) -> bool:
    before = [s.text for s in matches.reading.sentences[max(0, sentence.index - 2) : sentence.index]]
    return any(says(matches, RULE, "credit_near", _end(t)) for t in (*before, *matches.reading.headings(sentence)[:1]))


def sentence_tiers(sentence: Sentence, *, line: bool) -> list[RawTier]:
    """The tiers of one sentence: each band with the credit that follows it, or, where credits come first, precedes it.

    A `line` holds little beside the two.
    """
    text = sentence.text
    edges = [b for b in bands(text) if b.named or (b.below is not None and b.below >= LEAST)]
    if not edges or is_rate(text) and not line:
        return []
    taken = [(b.start, b.end) for b in bands(text)]
    if line:
        rest = text[: edges[0].start] + text[edges[-1].end :]
        if len(edges) != 1 or len(rest.split()) > SPARE_WORDS:
            return []
    pieces = _between(text, taken)
    amounts = [(start, a) for start, piece in pieces for a in [_prose_amount(piece, line)] if a and a.stated and not a.rate]
    first = amounts[0][0] if amounts else None
    leads = first is not None and first < edges[0].start
    tiers = []
    for k, band in enumerate(edges):
        until = edges[k + 1].start if k + 1 < len(edges) else len(text)
        after = edges[k - 1].end if k else 0
        nearby = [a for at, a in amounts if (after <= at < band.start if leads else band.end <= at < until)]
        if nearby:
            tiers.append(RawTier(band, nearby[-1] if leads else nearby[0], sentence))
    return tiers


def _between(text: str, taken: Sequence[tuple[int, int]]) -> list[tuple[int, str]]:
    pieces, at = [], 0
    for start, end in (*taken, (len(text), len(text))):
        pieces.append((at, text[at:start]))
        at = max(at, end)
    return pieces


_CAPPED = re.compile(r"\b(?:maximum|not\s+exceed|up\s+to|at\s+most|capped)\b.*", re.I | re.S)
_NOT_MONEY = re.compile(r"\bwithin\b.{0,40}|\b(?:month|monthly|calendar|billing)\s+(?:uptime|availability|cycle|period)\b|\bone\s*\(1\)\s*calendar\s+month\b|\bin\s+(?:any|a|the|that|each)\s+\w*\s*month\b", re.I | re.S)


def _prose_amount(piece: str, line: bool) -> CreditAmount | None:
    """The credit in the words beside a band; a percentage before any time."""
    plain = _CAPPED.sub("", piece)
    percents = re.search(r"%|per\s?cent", plain, re.I)
    if not percents:
        plain = _NOT_MONEY.sub(" ", plain)
        if not line and not re.search(r"credit|refund|free|waive|fee|charge|rent|service|hosting|compensat|rebate", plain, re.I):
            return None
    amount = credit_amount(plain)
    if amount and amount.percent == 0 and not percents:
        return None
    return amount


# ---------------------------------------------------------------- settled
def settle(raw: RawTiers, tops: Sequence[tuple[Decimal, str | None]]) -> list[CreditTier]:
    """The tiers as half-open bands. `tops` are the commitments, which open closed edges and stand for "the SLA"."""
    figures = sorted({p for p, _ in tops}, reverse=True)
    out: list[CreditTier] = []
    for group in raw.groups:
        joined = half_open([t.band for t in group.tiers], figures)
        made: list[CreditTier] = []
        for tier, band in zip(group.tiers, joined, strict=True):
            for below in [t for t in figures if band.at_least is None or t > band.at_least] if band.named else [band.below]:
                if below is not None:
                    made.append(_tier(replace(band, below=below), tier))
        made = [t for k, t in enumerate(made) if t not in made[:k]]
        out += made if group.table else [t for t in made if not any(_same(t, o) for o in out)]
    return out


def _tier(band: Band, tier: RawTier) -> CreditTier:
    number = lambda v: None if v is None else float(v)  # noqa: E731
    return CreditTier(
        below=number(band.below),
        at_least=number(band.at_least),
        credit_percent=number(tier.amount.percent),
        credit_days=number(tier.amount.days),
        service=tier.service,
    )


def _same(a: CreditTier, b: CreditTier) -> bool:
    return (a.below, a.credit_percent, a.credit_days) == (b.below, b.credit_percent, b.credit_days)
