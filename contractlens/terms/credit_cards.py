"""Flat credits in tables: a card of fields and values, a row for each service, a column for each plan."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from itertools import pairwise

from contractlens.language.amounts import amounts
from contractlens.language.sentences import Sentence
from contractlens.rulebook import Matches
from contractlens.terms.bands import LOWEST, Band, bands
from contractlens.terms.credit_amounts import CreditAmount, is_rate
from contractlens.terms.credit_tables import RULE, amount_of
from contractlens.terms.grid import Cell, Grid
from contractlens.terms.tables import columns, says
from contractlens.terms.tiers import RawTier, TierGroup
from contractlens.values import Percent

LEVELS = "uptime/figures-in-tables"
LEAST = Decimal(80)  # a service level is no lower
_STEP = re.compile(r"(?:level|tier|band|step|stage|grade)\b|\W*\d*\W*$", re.I)  # a row's name that says nothing of a service


def from_card(matches: Matches, grid: Grid) -> list[TierGroup]:
    """The flat credits of a table whose figures are service levels; they are commitments, too."""
    return [*_fields(matches, grid), *_services(matches, grid)]


def steps(matches: Matches, grid: Grid) -> list[TierGroup]:
    """Steps that are told by one figure each, without a sign: credits that rise as the figures fall."""
    rows = [r for r in _levels(matches, grid) if _STEP.match(r[0])]
    if len(rows) < 2 or not all(a[1] > b[1] and a[2].percent is not None and b[2].percent is not None and a[2].percent < b[2].percent for a, b in pairwise(rows)):
        return []
    nothing = rows[0][2].percent == 0  # "99.9 none, 99.0 10 %": each figure is the lower edge of its row
    made = [RawTier(Band(None, level, 0, 0) if nothing else Band(level, None, 0, 0), amount, sentence) for _, level, amount, sentence in rows]
    return [TierGroup(tuple(made), True)]


def _levels(matches: Matches, grid: Grid) -> list[tuple[str, Decimal, CreditAmount, Sentence]]:
    """The rows of a table with a column of service levels and one of credits: name, level, credit."""
    known = columns(matches, RULE, ("credit", "availability"), grid.rows[0])
    expected = columns(matches, RULE, ("expected",), grid.rows[0])["expected"]
    at = known["availability"]
    if len(at) == 1 and at[0] not in expected and len(expected) == 1 and expected[0] not in known["credit"] and not any(_level(r[at[0]]) for r in grid.rows[1:] if at[0] < len(r)):
        at = []  # "Service Level | Expected | Credit": the first names what is measured
    by_row = not at and len(expected) == 1
    at = expected if by_row else at
    if len(known["credit"]) != 1 or len(at) != 1 or is_rate(grid.rows[0][known["credit"][0]].text):
        return []
    i, j = at[0], known["credit"][0]
    found = []
    for cells, sentence in zip(grid.rows[1:], grid.sentences[1:], strict=True):
        if sentence is None or max(i, j) >= len(cells):
            continue
        name = next((c.text for c in cells[:i] if says(matches, LEVELS, "availability", c.text)), "" if by_row or i == 0 else cells[0].text)
        if by_row and not name:
            continue
        level, amount = _level(cells[i]), amount_of(cells[j], grid.rows[0][j].text)
        if level is not None and amount and amount.stated:
            found.append((name, level, amount, sentence))
    return found


def _level(cell: Cell) -> Decimal | None:
    """The service level of a cell that states one and no band below it."""
    figures = [v.amount.value for v in amounts(cell.text) if isinstance(v.amount, Percent)]
    banded = any(b.below is not None for b in bands(cell.text))
    return figures[0] if len(figures) == 1 and LEAST <= figures[0] <= 100 and not banded else None


def _services(matches: Matches, grid: Grid) -> Iterable[TierGroup]:
    """A row for each service, with its level and the credit if it is missed."""
    for name, level, amount, sentence in _levels(matches, grid):
        if not _STEP.match(name) and amount.percent != 0:
            yield TierGroup((RawTier(Band(level, None, 0, 0), amount, sentence, name),), True)


def plans(matches: Matches, grid: Grid) -> list[TierGroup]:
    """A column for each plan, with a row of levels and rows of credits: for any failure, and below bands of their own."""
    heads = grid.rows[0]
    levels: dict[int, Decimal] = {}
    for row in grid.rows[1:]:
        if len(row) > 2 and says(matches, LEVELS, "availability", row[0].text) and not says(matches, LEVELS, "other", row[0].text) and not levels:
            levels = {i: level for i, c in enumerate(row) if i for level in [_level(c)] if level is not None}
    made: dict[int, list[RawTier]] = {}
    for row, sentence in zip(grid.rows, grid.sentences, strict=True):
        name = row[0].text
        if len(row) < 3 or sentence is None or not _is_credit(matches, name):
            continue
        below = next((b for b in bands(name) if b.below is not None), None)
        for i, level in levels.items():
            amount = amount_of(row[i], name) if i < len(row) else None
            if amount and amount.percent != 0 and amount.stated:
                made.setdefault(i, []).append(RawTier(below or Band(level, None, 0, 0), amount, sentence, heads[i].text or None))
    return [TierGroup(tuple(tiers), True) for tiers in made.values()]


def by_heads(matches: Matches, grid: Grid) -> list[TierGroup]:
    """A row for each plan, and a column for each band: `Service | SLA | Credit below SLA | Credit below 99%`."""
    return plans(matches, grid.turned()) if any(bands(c.text) for c in grid.rows[0]) else []


def _is_credit(matches: Matches, name: str) -> bool:
    """Whether a row of that name says what is credited for any failure, and no rate, cap or time to claim."""
    return says(matches, RULE, "credit", name) and not says(matches, RULE, "not_credit", name) and not is_rate(name)


def _fields(matches: Matches, grid: Grid) -> Iterable[TierGroup]:
    """A card of fields and values: `Availability | 99.95%`, and some rows below `Service credit | 10%`.

    Where both cells name plans ("STANDARD: 10% ENHANCED: 15%"), those of one name belong together.
    """
    rows = [(row, s) for row, s in zip(grid.rows, grid.sentences, strict=True) if len(row) == 2]
    levels = [f for row, _ in rows if says(matches, LEVELS, "availability", row[0].text) for f in _labelled(row[1].text)]
    for row, sentence in rows:
        if not levels or sentence is None or not _is_credit(matches, row[0].text) or bands(row[0].text) or _banded(row[1].text):
            continue
        credits = [c for c in _labelled(row[1].text) if not _is_per(row[1].text, c)]
        named = {(f[1], c[0], c[1]) for c in credits for f in levels if f[0] and c[0].endswith(f[0])}
        pairs = named or {(f[1], c[0], c[1]) for c in credits for f in levels}
        for level, name, percent in sorted(pairs):
            if level >= LOWEST and percent <= 100:
                yield TierGroup((RawTier(Band(level, None, 0, 0), CreditAmount(percent=percent), sentence, name or None),), True)


def _banded(text: str) -> bool:
    """Whether a value states bands, which are read as such, and no rate."""
    return not is_rate(text) and any(b.below is not None and b.below >= LEAST for b in bands(text))


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
