"""Tables that are only lines of text: cells with wide gaps or dots between them, as in filed exhibits and plain e-mails."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from contractlens.language.sentences import Sentence
from contractlens.terms.grid import CAPTION, Cell, Grid

_CELL = re.compile(r"[^\s|\u2192\u21d2]+(?:[ \u00a0][^\s|\u2192\u21d2]+)*")  # words with single blanks between them; a bar or an arrow ends a cell
_DOTS = re.compile(r"\s*(?:\.\s?){3,}\s*|\s*\u2026+\s*")  # "below 99% ....... 10%"
_DOTTED = re.compile(r"(?:\.\s?){3,}$|\u2026$")
_SHARE = re.compile(r"%|\bper\s?cent\b", re.I)
_LEVEL = re.compile(r"(?<![\w.,$\u20ac\u00a3])9\d[.,]\d{1,4}(?![\w.])")  # of a table without a sign of per cent: "99.0 - 99.9     5"
_RULED = re.compile(r"[\s\-=_+|*.]*")
_NUMBERED = re.compile(r"\(?\w{1,4}[.)]|[\u2022\u00b7*-]|\d+(?:\.\d+){1,3}")
_FIGURE = re.compile(r"\d|(?:none|nil|n/a)$", re.I)
LONGEST = 90  # characters of a cell
DOTS = 8  # characters: three dots at the end with white space between and behind them
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
    for part in _parts(sentences):
        s = part[0]
        if _ends_in_dots(s):
            yield from _dotted(part)
            continue
        if s.kind != "prose" or not any(gap in s.text for gap in ("  ", "\t", "|", "\u2192", "\u21d2")):
            yield None
            continue
        for cells in _wrapped(_split(s), s):
            yield (cells, s) if len(cells) >= 2 and all(len(c.text) <= LONGEST for c in cells) else None


def _parts(sentences: Iterable[Sentence]) -> Iterable[list[Sentence]]:
    """The sentences one by one, but those together that dots join: `below 99% .......` and `10%`."""
    part: list[Sentence] = []
    for s in sentences:
        if part and not _ends_in_dots(part[-1]):
            yield part
            part = []
        part.append(s)
    if part:
        yield part


def _ends_in_dots(sentence: Sentence) -> bool:
    return _DOTTED.search(sentence.text, len(sentence.text) - DOTS) is not None


def _dotted(part: Sequence[Sentence]) -> Iterable[Row | None]:
    """The rows of lines with dots between their cells, however they were split into sentences."""
    for k, s in enumerate(part):
        at = s.start
        lines = s.text.split("\n")
        for i, line in enumerate(lines):
            after = part[k + 1].text.split("\n")[0] if k + 1 < len(part) and i == len(lines) - 1 else ""
            cells = _around_dots(line, at, after, part[k + 1].start if after else 0)
            at += len(line) + 1
            if cells or (k == 0 and i == 0):
                yield (cells, s) if cells else None


def _around_dots(line: str, at: int, after: str, after_at: int) -> tuple[Cell, ...]:
    """The cell before the dots and that behind them, which may stand in the next sentence."""
    dots = _DOTS.search(line)
    if dots is None or not line[: dots.start()].strip():
        return ()
    first = line[: dots.start()]
    start = at + len(first) - len(first.lstrip())
    rest = line[dots.end() :].strip()
    last = Cell(rest, at + dots.end(), at + dots.end() + len(rest)) if rest else Cell(after.strip(), after_at, after_at + len(after)) if after.strip() else None
    return (Cell(first.strip(), start, at + len(first)), last) if last else ()


def _grid(run: Sequence[Row], sentences: Sequence[Sentence]) -> list[Grid]:
    """The table that neighbouring rows make: two or more with figures, all of one width, below the lines of its heads."""
    first = next((i for i, (cells, _) in enumerate(run) if _FIGURE.search(cells[-1].text)), None)
    if first is None:  # "99.9%" and then "calendar year"
        first = next((i for i, (cells, _) in enumerate(run) if any(_SHARE.search(c.text) and _FIGURE.search(c.text) for c in cells[1:])), None)
    if first is None:
        return []
    width = len(run[first][0])
    body = [(cells, s) for cells, s in run[first:] if len(cells) == width]
    if len(body) < 2 or not (any(_SHARE.search(c.text) for cells, _ in body for c in cells) or sum(bool(_LEVEL.search(cells[0].text)) for cells, _ in body) > 1):
        return []
    lines = [(cells, s) for cells, s in run[max(0, first - HEAD_LINES) : first] if len(cells) == width]
    heads = [(_joined([cells for cells, _ in lines]), lines[0][1])] if lines else []
    rows = [*heads, *body]
    index = rows[0][1].index
    led = rows[0][0][0].start > rows[0][1].start  # the line above it is of the same sentence
    caption = tuple(s for s in sentences[max(0, index - CAPTION) : index + led] if s.kind != "row")
    return [Grid(tuple(cells for cells, _ in rows), tuple(s for _, s in rows), caption)]


def _split(sentence: Sentence) -> list[tuple[Cell, ...]]:
    """The cells of each line of a sentence, without numbers of rows and lines of hyphens."""
    found: list[tuple[Cell, ...]] = []
    at = sentence.start
    for line in sentence.text.split("\n"):
        cells = [Cell(m.group(), at + m.start(), at + m.end()) for m in _CELL.finditer(line)]
        at += len(line) + 1
        if _RULED.fullmatch(line):
            found.append(())  # nothing runs on across it
            continue
        if cells and _NUMBERED.fullmatch(cells[0].text) and len(cells) > 2 and cells[0].text.lower() != "no.":
            cells = cells[1:]
        found.append(tuple(cells))
    return found


def _wrapped(lines: list[tuple[Cell, ...]], sentence: Sentence) -> list[tuple[Cell, ...]]:
    """The rows that lines make, where the words of a cell run over several of them.

        below the stated level,               Power    Supply at one PDU of a rack,    Year
           down to 99.5%            5%                 99.9% where single-fed
    """
    rows: list[tuple[Cell, ...]] = []
    for cells, below in zip(lines, [*lines[1:], ()], strict=True):
        above = rows[-1] if rows else ()
        if len(above) == 1 and len(cells) > 1 and _steps_in(above, cells, below, sentence):
            rows[-1] = (Cell(f"{above[0].text} {cells[0].text}", above[0].start, cells[0].end), *cells[1:])
        elif len(above) > len(cells) > 0 and _runs_on(above, cells, sentence):
            rows[-1] = _under(above, cells, sentence)
        else:
            rows.append(cells)
    return [r for r in rows if r]


def _steps_in(above: tuple[Cell, ...], cells: tuple[Cell, ...], below: tuple[Cell, ...], sentence: Sentence) -> bool:
    """Whether a row goes on with the line above it: it stands further in, and the next one does not, as it would below a caption."""
    at = _column(above[0], sentence)
    return _column(cells[0], sentence) > at and (not below or _column(below[0], sentence) <= at)


def _runs_on(above: tuple[Cell, ...], cells: tuple[Cell, ...], sentence: Sentence) -> bool:
    """Whether a line goes on with the row above it: nothing stands in its first column, or small letters do; one row has one share."""
    shares = [any(_SHARE.search(c.text) for c in row) for row in (above, cells)]
    if all(shares) or (shares[1] and len(cells) > 1):
        return False
    return _column(cells[0], sentence) >= _column(above[1], sentence) - 2 or (cells[0].text[0].islower() and above[0].text[0].isupper())


def _under(above: tuple[Cell, ...], cells: tuple[Cell, ...], sentence: Sentence) -> tuple[Cell, ...]:
    """A row with what stands below its cells on the next line, each with the cell that is nearest to its column."""
    starts = [_column(c, sentence) for c in above]
    more: dict[int, str] = {}
    for cell in cells:
        nearest = min(range(len(above)), key=lambda i: abs(starts[i] - _column(cell, sentence)))
        more[nearest] = f"{more.get(nearest, '')} {cell.text}"
    return tuple(Cell(c.text + more.get(i, ""), c.start, c.end) for i, c in enumerate(above))


def _column(cell: Cell, sentence: Sentence) -> int:
    """How many characters stand before a cell on its line."""
    at = cell.start - sentence.start
    return at - (sentence.text.rfind("\n", 0, at) + 1)


def _joined(lines: Sequence[tuple[Cell, ...]]) -> tuple[Cell, ...]:
    """Heads that run over several lines, as one row."""
    return tuple(Cell(" ".join(c.text for c in column), column[0].start, column[-1].end) for column in zip(*lines, strict=True))
