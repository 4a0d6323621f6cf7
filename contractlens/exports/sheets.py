"""A document without pages as sheets to read, with quotes marked; and a sentence with its changes.

All of it is HTML in which the words of the document are escaped.
"""

from __future__ import annotations

import html
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

from contractlens.advice.finding import Finding, Redline
from contractlens.documents import Document, Evidence
from contractlens.documents.document import Paragraph
from contractlens.exports.words import shorten
from contractlens.redlining import Change, change
from contractlens.redlining.difference import difference

FULL = 3_000  # characters on a sheet, about a printed page; a sheet ends with a paragraph


def sheets(document: Document) -> list[tuple[int, int]]:
    """The sheets of a document, each as its first paragraph and the one after its last."""
    made, first, length = [], 0, 0
    for i, paragraph in enumerate(document.paragraphs):
        size = paragraph.end - paragraph.start
        if length and length + size > FULL:
            made.append((first, i))
            first, length = i, 0
        length += size
    return [*made, (first, len(document.paragraphs))]


def sheet_at(document: Document, offset: int) -> int:
    """The number of the sheet, counted from 1, on which the character at `offset` stands."""
    paragraph = document.paragraph_at(offset) or 0
    return bisect_right([first for first, _ in sheets(document)], paragraph)


def as_sheet(document: Document, number: int, lit: Sequence[Evidence] = ()) -> str:
    """Sheet `number` with the quotes marked."""
    first, after = sheets(document)[number - 1]
    parts = []
    for is_table, group in groupby(document.paragraphs[first:after], lambda p: p.kind == "row"):
        if is_table:
            parts.append(f"<table>{''.join(_row(document, p, lit) for p in group)}</table>")
        else:
            parts += [_paragraph(document, p, lit) for p in group]
    return f'<div class="sheet">{"".join(parts)}</div>'


def _paragraph(document: Document, paragraph: Paragraph, lit: Sequence[Evidence]) -> str:
    tag = {"heading": "h4", "running": "small"}.get(paragraph.kind, "p")
    return f"<{tag}>{_marked(document, paragraph.start, paragraph.end, lit)}</{tag}>"


def _row(document: Document, paragraph: Paragraph, lit: Sequence[Evidence]) -> str:
    row = next((r for t in document.tables for r in t.rows if r.start == paragraph.start), None)
    cells = row.cells if row else ((paragraph.start, paragraph.end),)
    return f"<tr>{''.join(f'<td>{_marked(document, start, end, lit)}</td>' for start, end in cells)}</tr>"


def _marked(document: Document, start: int, end: int, lit: Sequence[Evidence]) -> str:
    """The words between two places: quotes in `<mark>`, markup of Markdown left out."""
    edges = {start, end}
    for low, high in (*((e.start, e.end) for e in lit), *_blanks(document, start, end)):
        edges |= {place for place in (low, high) if start < place < end}
    pieces = sorted(edges)
    out = ""
    for is_lit, group in groupby(pairwise(pieces), lambda piece: any(e.start <= piece[0] < e.end for e in lit)):
        words = html.escape("".join(_visible(document, low, high) for low, high in group))
        out += f"<mark>{words}</mark>" if is_lit and words.strip() else words
    return out


def _blanks(document: Document, start: int, end: int) -> Iterator[tuple[int, int]]:
    at = max(bisect_right([low for low, _ in document.blanks], start) - 1, 0)
    for low, high in document.blanks[at:]:
        if low >= end:
            return
        yield low, high


def _visible(document: Document, low: int, high: int) -> str:
    return "" if any(b <= low < e for b, e in _blanks(document, low, high)) else document.text[low:high]


def as_change(finding: Finding, line: Redline) -> str:
    """What a redline does to the agreement: the quote with its changes, or a new paragraph after it."""
    made = change(finding, line)
    new = f"<p><ins>{html.escape(line.text)}</ins></p>"
    if not isinstance(made, Change):
        return new
    return f'<p class="soft">{html.escape(shorten(made.quote))}</p>{new}' if made.added else f"<p>{as_tracked(made.quote, made.text)}</p>"


def as_tracked(old: str, new: str) -> str:
    """A sentence with its changes, as the vendor will see them: what goes is struck out, what comes is underlined.

    >>> as_tracked("at least ninety (90) days", "at least thirty (30) days")
    'at least <del>ninety (90)</del><ins>thirty (30)</ins> days'
    """
    out, at = "", 0
    for edit in difference(old, new):
        out += html.escape(old[at : edit.start])
        out += f"<del>{html.escape(old[edit.start : edit.end])}</del>" if edit.end > edit.start else ""
        out += f"<ins>{html.escape(edit.text)}</ins>" if edit.text else ""
        at = edit.end
    return out + html.escape(old[at:])
