"""Paragraphs and table rows as a reader meets them, before they are written in a Draft.

A table that only lays prose out on the page is read as paragraphs; one that holds data is read as rows.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from contractlens.documents.document import Draft, ParagraphKind, Piece

MOST_COLUMNS = 63  # as many as Word has
LONG_CELL, MANY_PARAGRAPHS, SENTENCES = 1_500, 6, 200
_CLAUSE_NUMBER = re.compile(r"\s*(?:\d{1,3}\.(?:\d{1,3}\.?)*|\([a-zA-Z]{1,4}\))\s*")
_SENTENCE_INSIDE = re.compile(r"[a-z)\"\u201d][.:;] +\S+ \S+")
_WORD = re.compile(r"[A-Za-z][\w'\u2019-]*")
_SMALL_WORDS = frozenset(("a", "an", "and", "as", "at", "by", "for", "from", "in", "its", "of", "on", "or", "the", "to", "with", "without"))
HEADING_LENGTH = 120


@dataclass(slots=True)
class Para:
    """A paragraph, a heading or a running line."""

    pieces: list[Piece]
    kind: ParagraphKind = "prose"
    level: int | None = None

    @property
    def text(self) -> str:
        return "".join(p.text for p in self.pieces)


@dataclass(slots=True)
class Rows:
    """A table of data: rows of cells of pieces."""

    rows: list[list[list[Piece]]]


Block = Para | Rows


@dataclass(slots=True)
class Cell:
    """A cell while it is read; `span` counts the columns it takes, `continued` says that it belongs to the cell above."""

    blocks: list[Block] = field(default_factory=list)
    span: int = 1
    continued: bool = False

    @property
    def paragraphs(self) -> list[Para]:
        return [b for b in self.blocks if isinstance(b, Para) and b.text.strip()]

    @property
    def length(self) -> int:
        return sum(len(p.text) for p in self.paragraphs)

    @property
    def holds_table(self) -> bool:
        return any(isinstance(b, Rows) for b in self.blocks)


def settle(rows: Sequence[Sequence[Cell]]) -> list[Block]:
    """The blocks of a table: data rows, and between them the paragraphs of rows that hold prose.

    >>> cell = lambda text: Cell([Para([Piece(text)])])
    >>> [[p.text for p in c] for c in settle([[cell("Fee"), cell("$5")]])[0].rows[0]]
    [['Fee'], ['$5']]
    """
    one_column = all(len(_filled(row)) <= 1 for row in rows)
    out: list[Block] = []
    table: Rows | None = None
    for row in rows:
        filled = _filled(row)
        if len(filled) == 2 and _is_numbered_clause(filled):
            table = None
            out += _joined(*filled)
        elif one_column or _is_prose(filled):
            table = None
            out += [b for cell in filled for b in cell.blocks]
        elif filled:
            if table is None:
                table = Rows([])
                out.append(table)
            table.rows.append(_cells(row, alone=len(filled) == 1))
    return out


def _filled(row: Sequence[Cell]) -> list[Cell]:
    return [c for c in row if not c.continued and (c.length or c.holds_table)]


def _is_prose(filled: Sequence[Cell]) -> bool:
    if any(c.holds_table or c.length > LONG_CELL or len(c.paragraphs) > MANY_PARAGRAPHS for c in filled):
        return True
    return len(filled) == 1 and filled[0].length > SENTENCES


def _is_numbered_clause(filled: Sequence[Cell]) -> bool:
    """Agreements set in two columns: the number at the left, the clause at the right."""
    first, second = filled
    return len(first.paragraphs) == 1 and bool(_CLAUSE_NUMBER.fullmatch(first.paragraphs[0].text)) and second.length > 100


def _joined(number: Cell, clause: Cell) -> list[Block]:
    first = number.paragraphs[0].pieces
    at = clause.blocks.index(clause.paragraphs[0])
    rest = clause.paragraphs[0]
    return [*clause.blocks[:at], Para([*first, Piece(" ", first[-1].page), *rest.pieces]), *clause.blocks[at + 1 :]]


def _cells(row: Sequence[Cell], alone: bool) -> list[list[Piece]]:
    """The cells' pieces; empty ones stand for the other columns of wide cells and for cells merged with those above."""
    out: list[list[Piece]] = []
    for cell in row:
        pieces: list[Piece] = []
        for paragraph in () if cell.continued else cell.paragraphs:
            pieces += [Piece("\n", pieces[-1].page), *paragraph.pieces] if pieces else paragraph.pieces
        out.append(pieces)
        if not alone:
            out += [[] for _ in range(min(cell.span, MOST_COLUMNS - len(out)) - 1)]
    while out and not out[-1]:
        out.pop()
    return out


def is_heading(text: str) -> bool:
    """Whether a paragraph that is styled as a heading reads like one: short, and no sentence.

    >>> is_heading("Term and Termination."), is_heading("Fees. All fees are due within thirty days.")
    (True, False)
    """
    text = text.strip()
    if len(text) >= HEADING_LENGTH or _SENTENCE_INSIDE.search(text):
        return False
    words = _WORD.findall(text)
    titled = sum(w[0].isupper() or w in _SMALL_WORDS for w in words)
    return not text.endswith((".", ";", ",", ":")) or len(words) <= 3 or titled == len(words)


def write(blocks: Iterable[Block], draft: Draft, paged: bool = True) -> None:
    """Write the blocks in the draft; without `paged`, no page is claimed for them."""
    for block in blocks:
        if isinstance(block, Para):
            draft.paragraph(_trimmed(block.pieces, paged), block.kind, block.level)
        else:
            draft.table([[_trimmed(cell, paged) for cell in row] for row in block.rows])


def _trimmed(pieces: Sequence[Piece], paged: bool) -> list[Piece]:
    out = [p if paged else Piece(p.text, None, p.source) for p in pieces]
    while out and not out[0].text.strip():
        out.pop(0)
    while out and not out[-1].text.strip():
        out.pop()
    if out:
        first = out[0].text.lstrip()
        out[0] = Piece(first, out[0].page, None if out[0].source is None else out[0].source + len(out[0].text) - len(first))
        out[-1] = Piece(out[-1].text.rstrip(), out[-1].page, out[-1].source)
    return out
