"""Commitments in tables: a column of availability, a row of it, or a table that its caption or what follows it says is about it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from contractlens.language.amounts import amounts
from contractlens.language.sentences import Sentence
from contractlens.language.value import Value
from contractlens.rulebook import Matches
from contractlens.terms.bands import bands
from contractlens.terms.commitment import LOWEST, Commitment
from contractlens.terms.grid import Cell, Grid
from contractlens.terms.periods import period_near, period_of_texts
from contractlens.terms.records import Period
from contractlens.terms.tables import grids, says
from contractlens.terms.tiers import RawTiers
from contractlens.values import Percent

TABLE = "uptime/figures-in-tables"
AFTER = 2  # sentences after a table that may say what its figures are


def in_tables(matches: Matches, raw: RawTiers) -> Iterable[Commitment]:
    for grid in grids(matches):
        if any(s.index in raw.claimed - raw.beside for s in grid.sentences if s):
            continue
        heads = grid.rows[0]
        other = any(_is_other(matches, c.text) and not says(matches, TABLE, "past", c.text) for c in heads)
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
    above = [s.text for s in _paragraph(matches, grid)] + [h for s in grid.sentences[1:2] if s for h in matches.reading.headings(s)[:1]]
    expected = [i for i, c in enumerate(grid.rows[0]) if i and says(matches, TABLE, "expected", c.text) and not says(matches, TABLE, "past", c.text)]
    if any("uptime" in matches.ask_text("uptime/listed", text) and not _is_other(matches, text) for text in above):
        return [len(grid.rows[0]) - 1] if _figures(grid.rows[0][-1].text) else expected  # or it has no heads
    others = any(_is_other(matches, c.text) or says(matches, TABLE, "measure", c.text) for row in grid.rows for c in row)
    if not others and any("about" in matches.ask_text("uptime/listed", text) for text in above):
        return expected
    return expected if _said_after(matches, grid) else []


def _paragraph(matches: Matches, grid: Grid) -> Sequence[Sentence]:
    """The last line above a table, and the one before it in the same paragraph: "Guarantees are given per Window. A Window is a quarter."."""
    plain = matches.reading.document.plain
    together = len(grid.caption) > 1 and "\n" not in plain[grid.caption[-2].end : grid.caption[-1].start]
    return grid.caption[-2 if together else -1 :]


def _said_after(matches: Matches, grid: Grid) -> bool:
    """Whether what follows a table says what its figures are: "these uptime commitments", "is not counted against the availability above"."""
    last = next((s.index for s in reversed(grid.sentences) if s), None)
    if last is None:
        return False
    return any({"uptime", "points_back"} <= matches.ask("uptime/listed", s).groups.keys() for s in matches.reading.sentences[last + 1 : last + 1 + AFTER])


def _is_other(matches: Matches, text: str) -> bool:
    return says(matches, TABLE, "other", text) and not says(matches, TABLE, "names", text)


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


def period_of_heads(matches: Matches, grid: Grid) -> Period | None:
    """The period in the head of a column of service levels: `Monthly target`."""
    return period_of_texts(matches, [c.text for c in grid.rows[0] if says(matches, TABLE, "availability", c.text) or says(matches, TABLE, "expected", c.text)])


def _period_beside(matches: Matches, row: Sequence[Cell]) -> Period | None:
    """The period in a cell of its own: `Availability | monthly | 99.5%`."""
    return period_of_texts(matches, [f"measured {over}{c.text}" for c in row[1:] if len(c.text) <= 30 and not _figures(c.text) for over in ("", "over a ")])


def _label(before: str) -> str | None:
    """The name before a figure in a card's cell: `ESSENTIAL: 99.95% POWER: 99.99%`."""
    words = before.rsplit("%", 1)[-1].strip(" ,;|")
    return words[:-1].strip() if words.endswith(":") and len(words) <= 60 else None


def _figures(text: str) -> list[Value]:
    return [v for v in amounts(text) if isinstance(v.amount, Percent) and LOWEST <= v.amount.value <= 100]
