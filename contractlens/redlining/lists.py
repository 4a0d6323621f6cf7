"""Lists and tables: a new clause goes after the whole of one, and looks like the words that lead up to it."""

from __future__ import annotations

from dataclasses import dataclass

from contractlens.documents.clauses import LIST_LEVEL
from contractlens.documents.document import Document, Paragraph

BULLETS = ("•", "·", "▪", "◦", "–", "-")
LONG_CELL = 15  # words: a cell that holds a clause takes another one


@dataclass(frozen=True, slots=True)
class Listed:
    """The paragraph that leads up to a list or a table, and the last one that belongs to it."""

    lead: Paragraph
    last: Paragraph


def list_around(document: Document, offset: int) -> Listed | None:
    """The list or table that the paragraph at `offset` is part of, or leads up to; None where a new paragraph may follow it at once."""
    here = document.paragraph_at(offset)
    if here is None:
        return None
    paragraphs = document.paragraphs
    of_table = paragraphs[here].kind == "row" and not _holds_clause(document, offset)
    leads = paragraphs[here].kind != "row" and _text(document, here).endswith(":")
    if not of_table and not leads and not _fragment(document, here):
        return None
    lead = here
    while lead > 0 and not leads and (paragraphs[lead].kind == "row" if of_table else _is_item(document, lead)):
        lead -= 1
    last = here
    while last + 1 < len(paragraphs) and (paragraphs[last + 1].kind == "row" if of_table else _belongs(document, last + 1, leads)):
        last += 1
    if paragraphs[lead].kind != "prose" or lead == here == last:
        return None
    return Listed(paragraphs[lead], paragraphs[last])


def _belongs(document: Document, index: int, leads: bool) -> bool:
    return _is_item(document, index) or (leads and document.paragraphs[index].kind == "row")


def _is_item(document: Document, index: int) -> bool:
    """Whether a paragraph is an item: a bullet, a letter or a number below that of a clause."""
    paragraph = document.paragraphs[index]
    if paragraph.kind != "prose":
        return False
    clause = document.clause_at(paragraph.start)
    held = None if clause is None else document.clauses[clause]
    begins = held is not None and paragraph.start <= held.start <= paragraph.start + 2
    return _text(document, index).startswith(BULLETS) or (begins and held is not None and held.level >= LIST_LEVEL)


def _fragment(document: Document, index: int) -> bool:
    """Whether a paragraph is an item that is no sentence of its own."""
    if not _is_item(document, index):
        return False
    text = _text(document, index)
    words = text.split(maxsplit=1)
    return text.startswith(BULLETS) or text.endswith((";", ",", "; and", "; or", ", and", ", or")) or (len(words) > 1 and words[1][:1].islower())


def _holds_clause(document: Document, offset: int) -> bool:
    cells = [(a, b) for table in document.tables for row in table.rows for a, b in row.cells if a <= offset <= b]
    return any(len(document.text[a:b].split()) >= LONG_CELL for a, b in cells)


def _text(document: Document, index: int) -> str:
    paragraph = document.paragraphs[index]
    return document.text[paragraph.start : paragraph.end].strip()
