"""Tiers in tables: a column of bands and one of credits, a card of fields and values, a table of lengths of outages."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from contractlens.language.sentences import Sentence
from contractlens.rulebook import Matches
from contractlens.terms.bands import Band, bands, in_points
from contractlens.terms.credit_amounts import CreditAmount, credit_amount, is_rate
from contractlens.terms.grid import Cell, Grid
from contractlens.terms.lengths import length
from contractlens.terms.tables import columns, grids, says
from contractlens.terms.tiers import RawTier, TierGroup
from contractlens.values import Duration

RULE = "credits/tier-table"
LEAST = Decimal(70)  # where heads do not say so, a band of availability is no lower
CAPTION_END = 150  # characters of a caption, which may be a long sentence


@dataclass(frozen=True)
class Heads:
    """A table's heads, and which columns hold the credits and the bands."""

    cells: tuple[Cell, ...] = ()
    credit: tuple[int, ...] = ()
    levels: tuple[int, ...] = ()
    down: bool = False  # the bands are of downtime
    points: bool = False  # they are points below the service level

    @property
    def found(self) -> bool:
        return bool(self.credit and self.levels)

    def text(self, i: int) -> str:
        return self.cells[i].text if i < len(self.cells) else ""


def from_grid(matches: Matches, grid: Grid) -> list[TierGroup]:
    """The groups of a table: one for each column of credits, or of bands, where it has several."""
    rows = list(zip(grid.rows, grid.sentences, strict=True))
    if len(rows) >= 2 and len(grid.rows[0]) >= 3 and _runs_across(matches, grid):
        turned = grid.turned()
        rows = list(zip(turned.rows, turned.sentences, strict=True))
    heads = Heads()
    near = _near(matches, grid)
    open_groups: dict[tuple[int, int], list[RawTier]] = {}
    done: list[TierGroup] = []

    def close() -> None:
        done.extend(TierGroup(tuple(tiers), True) for tiers in open_groups.values() if tiers)
        open_groups.clear()

    for k, (cells, sentence) in enumerate(rows):
        here = _heads(matches, cells, [r for r, _ in rows[k + 1 : k + 4]])
        if here:
            close()
            heads = here
            continue
        if sentence is None:
            continue
        for (i, j), tier in _row(_rest(cells, heads, open_groups.values()), sentence, heads, near):
            open_groups.setdefault((i, j), []).append(tier)
    close()
    return [g for g in done if any(t.band.below is not None or t.band.named or len(g.tiers) > 1 for t in g.tiers)]


_REST = re.compile(r"(?:(?:anything|everything|all|any(?:\s+(?:other|figure))?)\s+)?(?:less|lower|below|under|worse|beneath)(?:\s+(?:than\s+)?(?:that|this|it))?\W*|otherwise\W*", re.I)


def _rest(cells: tuple[Cell, ...], heads: Heads, above: Iterable[Sequence[RawTier]]) -> tuple[Cell, ...]:
    """The cells of a row, where "anything less" stands for what is below the rows above it."""
    edges = [e for tiers in above for t in tiers for e in (t.band.at_least, t.band.below) if e is not None]
    if not edges or heads.down:
        return cells
    return tuple(replace(c, text=f"below {min(edges)}%") if i in heads.levels and _REST.fullmatch(c.text) else c for i, c in enumerate(cells))


def _near(matches: Matches, grid: Grid) -> bool:
    """Whether the words above a table, or the names of its rows, make it one of credits."""
    above = [s.text[-CAPTION_END:] for s in grid.caption] + [h for s in grid.sentences[1:2] if s for h in matches.reading.headings(s)[:1]]
    named = [row[0].text for row in grid.rows if says(matches, RULE, "credit", row[0].text) and _bands(row[0], False)]
    return bool(named) or any(says(matches, RULE, "credit_near", text) for text in above)


def _heads(matches: Matches, cells: tuple[Cell, ...], below: Sequence[Sequence[Cell]]) -> Heads | None:
    """The heads that a row is, if it is one; a column without a known head counts where bands stand in it."""
    known = columns(matches, RULE, ("credit", "availability"), cells)
    if not known["credit"] or any(_bands(c, True) and not says(matches, RULE, "shortfall", c.text) for c in cells):
        return None
    levels = [i for i in known["availability"] if not says(matches, RULE, "shortfall", cells[i].text)]
    if not levels and any("uptime" in m or "further" in m for m in matches.of("uptime/commitment")):
        levels = [i for i in range(len(cells)) if i not in known["credit"] and any(i < len(r) and _is_band(r[i], cells[i].text) for r in below)]
    sides = [i for i, c in enumerate(cells) if i not in known["credit"] and (_LOWER.search(c.text) or _UPPER.search(c.text))]
    if not levels and len(sides) == 2 and any("uptime" in m or "further" in m for m in matches.of("uptime/commitment")) and any(credit_amount(r[i].text) is None for r in below for i in sides if i < len(r)):
        levels = sides[:1]  # "From | To | Credit"
    if levels:
        return Heads(cells, tuple(known["credit"]), tuple(levels))
    short = columns(matches, RULE, ("shortfall",), cells)["shortfall"]
    short = [i for i in short if i not in known["credit"] and any(i < len(r) and bands(in_points(r[i].text), down=True) for r in below)]
    if short:
        return Heads(cells, tuple(known["credit"]), tuple(short), True, True)
    down = [i for i, c in enumerate(cells) if says(matches, RULE, "length", c.text) and any(i < len(r) and bands(r[i].text, down=True) for r in below)]
    return Heads(cells, tuple(known["credit"]), tuple(down), True) if down else None


def _is_band(cell: Cell, head: str) -> bool:
    band = _bands(cell, False, head)
    return band is not None and max(band.below or 0, band.at_least or 0) >= LEAST


def _runs_across(matches: Matches, grid: Grid) -> bool:
    first, second = grid.rows[0], grid.rows[1]
    return (
        says(matches, RULE, "availability", first[0].text)
        and says(matches, RULE, "credit", second[0].text)
        and sum(bool(_bands(c, True)) for c in first[1:]) >= 2
    )


def _row(cells: Sequence[Cell], sentence: Sentence, heads: Heads, near: bool) -> Iterable[tuple[tuple[int, int], RawTier]]:
    """The tiers of a row: each cell with a band, with each cell with a credit."""
    if not heads.found and not near:
        return
    banded = {i: b for i, c in enumerate(cells) for b in [_bands(c, i in heads.levels or near, heads.text(i))] if b}
    if heads.down:
        banded = {i: b[0] for i in heads.levels if i < len(cells) for b in [bands(in_points(cells[i].text) if heads.points else cells[i].text, down=True)] if b}
    if any(i in heads.levels for i in banded):
        banded = {i: b for i, b in banded.items() if i in heads.levels}
    edges = _two_edges(cells, heads)
    if edges:
        banded = {edges[0]: edges[1]}
    unsigned = heads.found and banded and not any("%" in c.text or "cent" in c.text.lower() for c in cells)  # "99.0 - 99.9 | 5"
    amounts = {i: a for i, c in enumerate(cells) if i not in banded for a in [amount_of(c, heads.text(i) + " %" * bool(unsigned and i in heads.credit and not _COUNTS.search(heads.text(i))))] if a and a.stated}
    if any(i in heads.credit for i in amounts):
        wanted = set(heads.credit)
        if len(wanted) == 1 and len(heads.levels) == 1 and len(heads.cells) > 2:  # "Uptime | Service credit | |": plans stand below one head
            wanted |= {i for i in amounts if i > min(wanted) and i < len(heads.cells) and not heads.text(i)}
        amounts = {i: a for i, a in amounts.items() if i in wanted}
    paired = _in_pairs(banded, amounts)
    for i, j in paired:
        service = cells[0].text if 0 not in (*banded, *amounts) else None
        yield (sentence.index, -1), RawTier(banded[i], amounts[j], sentence, service, none=_none_in_words(cells[j], amounts[j]))
    if paired:
        return
    several_bands, several_amounts = len(banded) > 1, len(amounts) > 1
    for i, band in banded.items():
        for j, amount in amounts.items():
            at = j if several_amounts else i if several_bands else None
            service = heads.text(at) or None if at is not None else None
            above_all = bool(unsigned) and amount.percent == 0 and band.below == 100  # "99.99 - 100 | 0"
            yield (i, j), RawTier(band, amount, sentence, service, none=above_all or _none_in_words(cells[j], amount), points=heads.points)


def _in_pairs(banded: Collection[int], amounts: Collection[int]) -> list[tuple[int, int]]:
    """The columns of bands each with that of its credit, where they take turns: `first band | credit | second band | credit`."""
    turns = sorted([*banded, *amounts])
    pairs = list(zip(turns[::2], turns[1::2], strict=False))
    return pairs if len(banded) > 1 and len(banded) == len(amounts) and all(i in banded and j in amounts for i, j in pairs) else []


def _two_edges(cells: Sequence[Cell], heads: Heads) -> tuple[int, Band] | None:
    """The band of a row whose edges stand in two columns, headed "from" and "to", or "at least" and "below"."""
    figures = {i: f for i, c in enumerate(cells) if i not in heads.credit and len(f := re.findall(r"\d{2,3}(?:[.,]\d+)?", c.text)) == 1 and len(c.text) < 16}
    blank = next((i for i, c in enumerate(cells) if _BLANK.fullmatch(c.text) and i not in heads.credit), None)
    if blank is not None and len(figures) == 1:
        i, text = next((i, f[0]) for i, f in figures.items())
        if _LOWER.search(heads.text(blank)) and _UPPER.search(heads.text(i)):
            sign = "at most" if re.search(r"\bto\b|max|upper", heads.text(i), re.I) else "below"
            return blank, bands(f"{sign} {text}%")[0]
    lower = next((i for i in figures if _LOWER.search(heads.text(i))), None)
    upper = next((i for i in figures if _UPPER.search(heads.text(i)) and i != lower), None)
    if lower is None or upper is None:
        return None
    sign = "" if re.search(r"\bto\b|max|upper", heads.text(upper), re.I) else "< "
    found = bands(f"{figures[lower][0]}% to {sign}{figures[upper][0]}%")
    return (lower, found[0]) if found else None


def _bands(cell: Cell, bare: bool, head: str = "") -> Band | None:
    """The band of a cell; where it holds a figure alone, its head may say on which side of it: "Availability below"."""
    if len(cell.text) > 160 or is_rate(cell.text):
        return None
    found = bands(cell.text, bare=bare)
    if not found and head and not _LEVEL.search(head):
        found = bands(f"{head.strip(' ():')} {cell.text}", bare=bare)
    return found[0] if found else None


_COUNTS = re.compile(r"%|per\s?cent|\bdays?\b|\bhours?\b|\bweeks?\b|\bmonths?\b|\bpoints?\b|[$\u20ac\u00a3]|\b(?:USD|EUR|GBP|amount)\b", re.I)  # what the figures of a column count
_BLANK = re.compile(r"[-\u2013\u2014.\s]*|n/?a|none|0(?:[.,]0+)?\s*%?", re.I)
_LOWER = re.compile(r"\b(?:from|min|minimum|lower|at\s+least|above|over)\b|>", re.I)
_UPPER = re.compile(r"\b(?:to|max|maximum|upper|below|under|less\s+than)\b|<", re.I)
_LEVEL = re.compile(r"guarant|commit|target|minimum|\d", re.I)  # such a head names the service level, and no side of it


def _none_in_words(cell: Cell, amount: CreditAmount) -> bool:
    """Whether a cell says "none": no credit, where a printed 0 % is a credit of nothing."""
    return amount.percent == 0 and not any(c.isdigit() for c in cell.text)


_PER_EVENT = re.compile(r"\b(?:per|for\s+(?:each|every)|each|every)\s+(?:single\s+|such\s+)?(?:interruption|outage|event|incident|failure|occurrence)\b", re.I)  # counted, not measured


def amount_of(cell: Cell, head: str) -> CreditAmount | None:
    """What a cell credits; a bare number counts as per cent where the head says so."""
    if len(cell.text) > 200 or not cell.text:
        return None
    amount = credit_amount(cell.text)
    number = re.fullmatch(r"\s*(\d{1,3}(?:[.,]\d+)?)\s*", cell.text)
    if number and re.search(r"%|per\s?cent", head, re.I):
        return CreditAmount(percent=Decimal(number.group(1).replace(",", ".")))
    if number and re.search(r"\bdays?\b", head, re.I):
        return CreditAmount(days=Decimal(number.group(1)))
    return None if amount is None or amount.rate or _PER_EVENT.search(cell.text) else amount


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
            band, amount = length(cells[i].text), amount_of(cells[j], grid.rows[0][j].text)
            if band and amount and amount.stated:
                yield band.over, band.up_to, amount, sentence
