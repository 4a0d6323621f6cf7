"""A table as the terms read it: rows of cells, the sentence of each row, and what stands just above."""

from __future__ import annotations

from dataclasses import dataclass

from contractlens.language.sentences import Sentence

CAPTION = 3  # sentences above a table that may say what it is about


@dataclass(frozen=True, slots=True)
class Cell:
    text: str
    start: int
    end: int


@dataclass(frozen=True)
class Grid:
    """A table's cells, and the sentences of its rows."""

    rows: tuple[tuple[Cell, ...], ...]
    sentences: tuple[Sentence | None, ...]
    caption: tuple[Sentence, ...]

    def turned(self) -> Grid:
        """Rows as columns: a table that runs from left to right."""
        width = max(len(row) for row in self.rows)
        blank = Cell("", self.rows[0][0].start, self.rows[0][0].start)
        rows = tuple(tuple(row[i] if i < len(row) else blank for row in self.rows) for i in range(width))
        return Grid(rows, tuple(self.sentences[0] for _ in rows), self.caption)
