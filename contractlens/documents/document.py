"""A document: text that remembers where each part of it came from.

`text` is what `contractlens text` prints and what all offsets count in. `plain` has the same length, character for
character, and is what rules read: curly quotes are straight, no-break spaces are spaces, Markdown marks are blanks.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal, NamedTuple

from contractlens.documents.place import Evidence

ParagraphKind = Literal["prose", "heading", "row", "running"]
TextSource = Literal["text", "ocr", "mixed", "none"]
View = Literal["accepted", "original"]  # of a Word file with tracked changes

# One character for one character, so that offsets hold. U+FFFE and U+0002 are what PDFs leave of a line-end hyphen,
# U+037E (the Greek question mark) stands for a semicolon in many filings.
TIDY = {
    **dict.fromkeys("\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000\t\x0b\x0c\x1f", " "),
    **dict.fromkeys("\u2018\u2019\u201a\u201b\u2032\u00b4\u0092\u0091", "'"),
    **dict.fromkeys("\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb\u0093\u0094", '"'),
    **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufffe\u0002\u0096\u0097", "-"),
    "\u037e": ";",
    "\u200b": " ",
    "\ufeff": " ",
    "\u00ad": "-",
}

_TYPED_QUOTE = re.compile(r"(?P<open>(?<![\w'`])(?:''|``)(?=\w))|(?<=[\w.,!?)])(?:''|``)(?![\w'])")  # ``Term'', ''Term''
_BRITISH_QUOTE = re.compile(r"(?<=[\s(])'([A-Z][^'\n]{1,48}[\w.,)])'(?=[\s,.;:)])")  # the 'Term'


def exchanged(text: str, table: Mapping[str, str]) -> str:
    """The text with the characters of the table exchanged: where only few are, in a twentieth of the time that str.translate takes."""
    for char, other in table.items():
        text = text.replace(char, other)
    return text


def _with_usual_quotes(plain: str) -> str:
    """The text, of the same length, with a term's quotation marks as one kind of character.

    >>> print(_with_usual_quotes("(the ``Term'') and the 'Effective Date' of the parties' contract"))
    (the  "Term" ) and the "Effective Date" of the parties' contract
    """
    if "''" in plain or "``" in plain:
        plain = _TYPED_QUOTE.sub(lambda m: ' "' if m.group("open") else '" ', plain)
    return _BRITISH_QUOTE.sub(r'"\1"', plain) if "'" in plain else plain


@dataclass(frozen=True, slots=True)
class Seen:
    """A word that was recognised on a page: its box in the page's own points, and how sure the recognition is, from 0 to 1."""

    box: tuple[float, float, float, float]  # left, bottom, right, top
    confidence: float


class Stretch(NamedTuple):
    """A piece of the text that came from one place: a page and, in a PDF, the index of its first character there, or where it was seen."""

    start: int
    end: int
    page: int | None = None
    source: int | None = None
    seen: Seen | None = None


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph, a heading, a table's row, or a line that runs along the tops or bottoms of pages."""

    start: int
    end: int
    kind: ParagraphKind = "prose"
    level: int | None = None  # of a heading, where the format says so


@dataclass(frozen=True, slots=True)
class Row:
    """A table's row; `cells` are the ranges of its cells."""

    start: int
    end: int
    cells: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table of at least one row. The first row is its head where the table has one; the reader need not know."""

    start: int
    end: int
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Clause:
    """A numbered or headed part; it ends where the next one starts. `path` names the clauses around it, outermost first."""

    number: str | None
    heading: str | None
    start: int
    end: int
    level: int
    path: tuple[int, ...] = ()

    @property
    def label(self) -> str | None:
        """What a reader calls it: its number, else its heading."""
        return self.number or self.heading


@dataclass(frozen=True, slots=True)
class ReadWarning:
    """Something the reader should know about how the document was read."""

    kind: str
    message: str
    page: int | None = None


@dataclass(frozen=True)
class Source:
    """The file as it came."""

    name: str
    path: str
    sha256: str
    media_type: str


@dataclass(frozen=True)
class Document:
    """A file that we have read."""

    source: Source
    text: str
    paragraphs: tuple[Paragraph, ...]
    tables: tuple[Table, ...] = ()
    clauses: tuple[Clause, ...] = ()
    stretches: tuple[Stretch, ...] = ()
    pages: int | None = None
    text_source: TextSource = "text"
    warnings: tuple[ReadWarning, ...] = ()
    blanks: tuple[tuple[int, int], ...] = ()  # markup, which rules do not read
    original: str | None = field(default=None, repr=False)  # the text before tracked changes, where there are any

    @cached_property
    def plain(self) -> str:
        plain = _with_usual_quotes(exchanged(self.text, TIDY))
        if not self.blanks:
            return plain
        parts, at = [], 0
        for start, end in self.blanks:
            parts += [plain[at:start], " " * (end - start)]
            at = end
        return "".join([*parts, plain[at:]])

    @cached_property
    def _stretch_starts(self) -> list[int]:
        return [s.start for s in self.stretches]

    @cached_property
    def _clause_starts(self) -> list[int]:
        return [c.start for c in self.clauses]

    @cached_property
    def _paragraph_starts(self) -> list[int]:
        return [p.start for p in self.paragraphs]

    def page_at(self, offset: int) -> int | None:
        """The page on which the character at `offset` stands."""
        i = bisect_right(self._stretch_starts, offset) - 1
        return self.stretches[max(i, 0)].page if self.stretches else None

    def clause_at(self, offset: int) -> int | None:
        """The index of the innermost clause that holds the character at `offset`."""
        i = bisect_right(self._clause_starts, offset) - 1
        return i if i >= 0 else None

    def paragraph_at(self, offset: int) -> int | None:
        i = bisect_right(self._paragraph_starts, offset) - 1
        return i if i >= 0 and offset <= self.paragraphs[i].end else None

    def stretches_between(self, start: int, end: int) -> list[Stretch]:
        """The stretches that the range touches, cut to it: where to light the clause on the page."""
        out = []
        for i in range(max(bisect_right(self._stretch_starts, start) - 1, 0), len(self.stretches)):
            s = self.stretches[i]
            if s.start >= end:
                break
            low, high = max(s.start, start), min(s.end, end)
            if low < high:
                source = None if s.source is None else s.source + low - s.start
                out.append(Stretch(low, high, s.page, source, s.seen))
        return out

    def confidence(self, start: int, end: int) -> float | None:
        """How sure the recognition is of these words, from 0 to 1; None where the file itself holds them as text."""
        seen = [(s.end - s.start, s.seen.confidence) for s in self.stretches_between(start, end) if s.seen]
        return sum(n * sure for n, sure in seen) / sum(n for n, _ in seen) if seen else None

    @property
    def pages_not_read(self) -> tuple[int, ...]:
        return tuple(w.page for w in self.warnings if w.kind == "page_not_read" and w.page is not None)

    def section_at(self, offset: int) -> str | None:
        i = self.clause_at(offset)
        return None if i is None else self.clauses[i].label

    def evidence(self, start: int, end: int) -> Evidence:
        """The quote from `start` to `end`, without white space at its ends."""
        quote = self.text[start:end]
        start += len(quote) - len(quote.lstrip())
        quote = quote.strip()
        return Evidence(quote=quote, page=self.page_at(start), section=self.section_at(start), start=start, end=start + len(quote))


class Piece(NamedTuple):
    """Some characters and where they came from; what readers hand to `Draft`."""

    text: str
    page: int | None = None
    source: int | None = None
    seen: Seen | None = None


_UNPRINTABLE = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff]")


class Draft:
    """Collects paragraphs and tables in reading order, and keeps count of offsets.

    Paragraphs are parted by a blank line, a table's rows by a line break, its cells by ` | `.
    """

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.length = 0
        self.stretches: list[Stretch] = []
        self.paragraphs: list[Paragraph] = []
        self.tables: list[Table] = []

    def _write(self, text: str, page: int | None = None, source: int | None = None, seen: Seen | None = None) -> None:
        if not text:
            return
        text = _UNPRINTABLE.sub(" ", text)
        self.parts.append(text)
        self.stretches.append(Stretch(self.length, self.length + len(text), page, source, seen))
        self.length += len(text)

    def _gap(self, gap: str) -> None:
        if self.length:
            last = self.stretches[-1].page if self.stretches else None
            self._write(gap, last)

    def paragraph(self, pieces: Sequence[Piece | str], kind: ParagraphKind = "prose", level: int | None = None) -> None:
        """Add a paragraph; its pieces are written one after the other as they are. Blank ones are left out."""
        made = [Piece(p) if isinstance(p, str) else p for p in pieces]
        if not any(p.text.strip() for p in made):
            return
        self._gap("\n\n")
        start = self.length
        for p in made:
            self._write(p.text, p.page, p.source, p.seen)
        self.paragraphs.append(Paragraph(start, self.length, kind, level))

    def table(self, rows: Iterable[Sequence[Sequence[Piece | str]]]) -> None:
        """Add a table: rows of cells of pieces. A merged cell is given once; line breaks in cells become spaces."""
        made: list[Row] = []
        for cells in rows:
            written = [[Piece(p) if isinstance(p, str) else p for p in cell] for cell in cells]
            if not any(p.text.strip() for cell in written for p in cell):
                continue
            self._gap("\n" if made else "\n\n")
            start, ranges = self.length, []
            for i, cell in enumerate(written):
                if i:
                    self._gap(" | ")
                at = self.length
                for p in cell:
                    self._write(p.text.replace("\n", " ").replace("\r", " "), p.page, p.source, p.seen)
                ranges.append((at, self.length))
            made.append(Row(start, self.length, tuple(ranges)))
            self.paragraphs.append(Paragraph(start, self.length, "row"))
        if made:
            self.tables.append(Table(made[0].start, made[-1].end, tuple(made)))

    @property
    def text(self) -> str:
        return "".join(self.parts)
