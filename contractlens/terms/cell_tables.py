"""Tables of credits told by their cells, whatever their heads say: one column of bands that fall, one of credits that rise."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise

from contractlens.language.sentences import Sentence
from contractlens.rulebook import Matches
from contractlens.terms.bands import Band, bands
from contractlens.terms.credit_amounts import CreditAmount, is_rate
from contractlens.terms.credit_steps import LEAST, sentence_tiers
from contractlens.terms.credit_tables import CAPTION_END, RULE, amount_of
from contractlens.terms.grid import Cell, Grid
from contractlens.terms.tables import says
from contractlens.terms.tiers import RawTier, TierGroup

LISTED = "uptime/listed"
AFTER = 3  # sentences behind a table that may say what it is about
_FIGURE = re.compile(r"\d{1,3}(?:[.,]\d+)?")
_PER_CENT = re.compile(r"%|\bper\s?cent|\bpercentages?\b", re.I)
_EMPTY = re.compile(r"[-\u2013\u2014.\s]*|n/?a|none|0(?:[.,]0+)?\s*%?", re.I)

Row = tuple[Sequence[Cell], Sentence]


def by_cells(matches: Matches, grid: Grid) -> list[TierGroup]:
    """The tiers of a table whose cells alone show which column is which; it must stand where service levels or credits are spoken of."""
    texts = _around(matches, grid)
    heads = grid.rows[0]
    if not any(_about(matches, t) for t in texts) and not any(says(matches, RULE, "credit", c.text) for c in heads):
        return []
    if own := _with_own_credits(grid):
        return own
    signed = any(_PER_CENT.search(t) for t in (*texts, *(c.text for c in heads)))
    rows = [(row, s) for row, s in zip(grid.rows, grid.sentences, strict=True) if s is not None and any(c.text[:1].isdigit() or bands(c.text) for c in row)]
    width = min((len(row) for row, _ in rows), default=0)
    if len(rows) < 2 or width < 2:
        return []
    banded = [_column(rows, i, heads, signed) for i in range(width)]
    for j in range(width - 1, -1, -1):
        amounts = [amount_of(row[j], _head(heads, j) + " %" * signed) for row, _ in rows]
        levels = _joined([b for i, b in enumerate(banded) if i != j and b is not None])
        if levels and all(a and a.stated and not a.rate for a in amounts) and _falls(levels, amounts):
            return [TierGroup(tuple(RawTier(b, a, s, none=a.percent == 0) for b, a, (_, s) in zip(levels, amounts, rows, strict=True) if a), True)]
    return []


def _about(matches: Matches, text: str) -> bool:
    """Whether a text is about credits or a service level, be it only a figure over a time: "Mail: 99.9% a month"."""
    return says(matches, RULE, "credit_near", text[-CAPTION_END:]) or not {"service", "level"}.isdisjoint(matches.ask_text(LISTED, text))


def _around(matches: Matches, grid: Grid) -> list[str]:
    """The heads of a table, and what stands above and behind it."""
    last = next((s.index for s in reversed(grid.sentences) if s), None)
    first = next((s for s in grid.sentences if s), None)
    behind = matches.reading.sentences[last + 1 : last + 1 + AFTER] if last is not None else []
    above = matches.reading.headings(first)[:1] if first else []
    return [*(c.text for c in grid.rows[0]), *(s.text for s in grid.caption), *above, *(s.text for s in behind if s.kind == "prose")]


def _head(heads: Sequence[Cell], i: int) -> str:
    return heads[i].text if i < len(heads) else ""


def _column(rows: Sequence[Row], i: int, heads: Sequence[Cell], signed: bool) -> list[Band | None] | None:
    """The bands of a column, or None where it holds none; a bare figure is an edge on the side that its head names: "Below", "Not below"."""
    found = [_band(row[i].text, _head(heads, i), signed) for row, _ in rows]
    edges = [e for b in found if b for e in (b.below, b.at_least) if e is not None]
    blank = all(b is not None or _EMPTY.fullmatch(row[i].text) for b, (row, _) in zip(found, rows, strict=True))
    return found if edges and blank and min(edges) >= LEAST and sum(b is not None for b in found) * 2 > len(found) else None


def _band(cell: str, head: str, signed: bool) -> Band | None:
    if len(cell) > 160 or is_rate(cell):
        return None
    found = bands(cell, bare=signed)
    if not found and head and _FIGURE.search(cell):
        sign = "at least" if _FROM.fullmatch(head) else "at most" if _UP.fullmatch(head) else head.strip(" ():")
        found = bands(f"{sign} {cell}", bare=signed)
    return found[0] if found else None


_FROM = re.compile(r"\W*(?:from|lower\s+(?:edge|end|limit|bound)|min(?:imum)?\.?)\W*", re.I)
_UP = re.compile(r"\W*(?:(?:up\s+)?to|upper\s+(?:edge|end|limit|bound)|max(?:imum)?\.?)\W*", re.I)


def _joined(columns: Sequence[list[Band | None]]) -> list[Band] | None:
    """The bands of one column, or of two that hold an edge each."""
    if not columns or len(columns) > 2:
        return None
    made = []
    for pair in zip(*columns, strict=True):
        below = next((b.below for b in pair if b and b.below is not None), None)
        at_least = next((b.at_least for b in pair if b and b.at_least is not None), None)
        closed = any(b.closed for b in pair if b)
        decimals = max((b.decimals for b in pair if b), default=0)
        made.append(Band(below, at_least, 0, 0, closed=closed, named=any(b.named for b in pair if b), decimals=decimals))
    return made


def _falls(levels: Sequence[Band], amounts: Sequence[CreditAmount | None]) -> bool:
    """Whether credits rise as bands fall; this is what makes two columns of figures a table of credits."""
    edges = [b.at_least if b.at_least is not None else b.below - Decimal("0.001") if b.below is not None else None for b in levels]
    sizes = [(a.percent if a.percent is not None else a.days) if a else None for a in amounts]
    kinds = {a.percent is None for a in amounts if a and a.percent != 0}
    if len(kinds) != 1 or any(v is None for v in (*edges, *sizes)) or not any(b.below is not None for b in levels):
        return False
    order = sorted(zip(edges, sizes, strict=True), key=lambda p: -(p[0] or 0))
    return all(a[0] != b[0] and (a[1] or 0) < (b[1] or 0) for a, b in pairwise(order))


def _with_own_credits(grid: Grid) -> list[TierGroup]:
    """A row for each plan, each of whose cells tells a step in full: `below 99.9%: 10%`."""
    made = []
    for row, sentence in zip(grid.rows, grid.sentences, strict=True):
        tiers = [t for c in row if sentence and len(c.text) <= 160 and not is_rate(c.text) for t in sentence_tiers(sentence, c.text, line=False, item=True)]
        name = row[0].text if not any(ch.isdigit() for ch in row[0].text) else None
        if tiers:
            made.append(TierGroup(tuple(RawTier(t.band, t.amount, t.sentence, name) for t in tiers), True))
    return made if len(made) > 1 or any(len(g.tiers) > 1 for g in made) else []
