"""Tables that are only lines of text: cells with wide gaps between them, as in filed exhibits and plain e-mails."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from contractlens.language.sentences import Sentence
from contractlens.terms.grid import CAPTION, Cell, Grid

_CELL = re.compile(r"[^\s|]+(?:[ \u00a0][^\s|]+)*")  # words with single blanks between them; a bar ends a cell
_RULED = re.compile(r"[\s\-=_+|*.]*")
_NUMBERED = re.compile(r"\(?\w{1,4}[.)]|[\u2022\u00b7*-]|\d+(?:\.\d+){1,3}")
_FIGURE = re.compile(r"\d|(?:none|nil|n/a)$", re.I)
LONGEST = 90  # characters of a cell
HEAD_LINES = 3

Row = tuple[tuple[Cell, ...], Sentence]


def aligned(sentences: Sequence[Sentence]) -> list[Grid]:
    """The tables among sentences whose lines stand in columns."""
    found: list[Grid] = []
    run: list[Row] = []
    for row in _lines(sentences):
        if row is not None:
            run.append(row)
            continue
        found += _grid(run, sentences)
        run = []
    return found + _grid(run, sentences)


def _lines(sentences: Iterable[Sentence]) -> Iterable[Row | None]:
    """Each line's cells; None where a line is no row, and nothing for a line of hyphens."""
    for s in sentences:
        if s.kind != "prose" or not any(gap in s.text for gap in ("  ", "\t", "|")):
            yield None
            continue
        at = s.start
        for line in s.text.split("\n"):
            cells = [Cell(m.group(), at + m.start(), at + m.end()) for m in _CELL.finditer(line)]
            at += len(line) + 1
            if _RULED.fullmatch(line):
                continue
            if cells and _NUMBERED.fullmatch(cells[0].text) and len(cells) > 2:
                cells = cells[1:]
            yield (tuple(cells), s) if len(cells) >= 2 and all(len(c.text) <= LONGEST for c in cells) else None


def _grid(run: Sequence[Row], sentences: Sequence[Sentence]) -> list[Grid]:
    """The table that neighbouring rows make: two or more with figures, all of one width, below the lines of its heads."""
    first = next((i for i, (cells, _) in enumerate(run) if _FIGURE.search(cells[-1].text)), None)
    if first is None:
        return []
    width = len(run[first][0])
    body = [(cells, s) for cells, s in run[first:] if len(cells) == width]
    if len(body) < 2 or "%" not in "".join(c.text for cells, _ in body for c in cells):
        return []
    lines = [(cells, s) for cells, s in run[max(0, first - HEAD_LINES) : first] if len(cells) == width]
    heads = [(_joined([cells for cells, _ in lines]), lines[0][1])] if lines else []
    rows = [*heads, *body]
    index = rows[0][1].index
    caption = tuple(s for s in sentences[max(0, index - CAPTION) : index] if s.kind != "row")
    return [Grid(tuple(cells for cells, _ in rows), tuple(s for _, s in rows), caption)]


def _joined(lines: Sequence[tuple[Cell, ...]]) -> tuple[Cell, ...]:
    """Heads that run over several lines, as one row."""
    return tuple(Cell(" ".join(c.text for c in column), column[0].start, column[-1].end) for column in zip(*lines, strict=True))
