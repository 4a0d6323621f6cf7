"""Tiers in tables: a column of bands and one of credits, a card of fields and values, a table of lengths of outages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal

from contractlens.language.amounts import amounts
from contractlens.language.sentences import Sentence
from contractlens.rulebook import Matches
from contractlens.terms.bands import LOWEST, Band, bands
from contractlens.terms.credit_amounts import CreditAmount, credit_amount, is_rate
from contractlens.terms.grid import Cell, Grid
from contractlens.terms.lengths import length
from contractlens.terms.tables import columns, grids, says
from contractlens.terms.tiers import RawTier, TierGroup
from contractlens.values import Duration, Percent

RULE, LEVELS = "credits/tier-table", "uptime/figures-in-tables"
CAPTION_END = 150  # characters of a caption, which may be a long sentence


def from_grid(matches: Matches, grid: Grid) -> list[TierGroup]:
    """The groups of a table: one for each column of credits, or of bands, where it has several."""
    rows = list(zip(grid.rows, grid.sentences, strict=True))
    if len(rows) >= 2 and len(grid.rows[0]) >= 3 and _runs_across(matches, grid):
        turned = grid.turned()
        rows = list(zip(turned.rows, turned.sentences, strict=True))
    heads: tuple[Cell, ...] = ()
    near = any(says(matches, RULE, "credit_near", s.text[-CAPTION_END:]) for s in grid.caption) or any(
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
    banded = {i: b for i, c in enumerate(cells) for b in [_bands(c, (in_head and i in known["availability"]) or near)] if b}
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


def from_card(matches: Matches, grid: Grid) -> list[TierGroup]:
    """The flat credits of a card of fields and values: `Availability | 99.95%`, and some rows below `Service credit | 10%`.

    Where both cells name plans ("STANDARD: 10% ENHANCED: 15%"), those of one name belong together.
    """
    levels = [f for row in grid.rows if says(matches, LEVELS, "availability", row[0].text) for cell in row[1:] for f in _labelled(cell.text)]
    made = []
    for row, sentence in zip(grid.rows, grid.sentences, strict=True):
        if not levels or sentence is None or not says(matches, RULE, "credit", row[0].text) or says(matches, RULE, "not_credit", row[0].text):
            continue
        credits = [c for cell in row[1:2] for c in _labelled(cell.text) if not _is_per(cell.text, c)]
        named = {(f[1], c[0], c[1]) for c in credits for f in levels if f[0] and c[0].endswith(f[0])}
        pairs = named or {(f[1], c[0], c[1]) for c in credits for f in levels}
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
