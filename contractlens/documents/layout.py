"""Lines on pages become paragraphs, headings, table rows and running lines, in reading order."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Literal

from contractlens.documents.document import Draft, Piece, Seen
from contractlens.documents.openness import goes_on
from contractlens.documents.page_ends import NUMBER

Unread = Literal["picture", "stamped", "drawn", "gibberish", "damaged", "form"]


@dataclass(slots=True)
class Line:
    """A line of a page: its text, the index of its first character on the page or the words seen there, and its box in points."""

    text: str
    source: int | None
    left: float
    right: float
    bottom: float
    height: float
    bold: bool = False
    table: int | None = None
    opens_table: bool = False
    words: tuple[tuple[str, Seen], ...] = ()  # where it was recognised

    def pieces(self, page: int) -> list[Piece]:
        if not self.words:
            return [Piece(self.text, page, self.source)]
        parted = [Piece(" ", page)] * (2 * len(self.words) - 1)
        parted[::2] = [Piece(word, page, None, seen) for word, seen in self.words]
        return parted


@dataclass(slots=True)
class Page:
    """A page; `unread` says what is wrong with it where its text is not, or not all, what a reader sees."""

    number: int
    width: float
    height: float
    lines: list[Line]
    tables: list[list[list[list[Piece]]]]
    unread: Unread | None = None
    recognised: float | None = None  # how sure the recognition is, from 0 to 1
    unseen_text: bool = False
    running: set[int] = field(default_factory=set)


_PAGE_NUMBER = re.compile(r"[\W_]*(?:page|p\.|seite)?[\W_]*(?:[A-Z]{1,3}-)?\d{1,4}[\W_]*(?:(?:of|/)\s*\d{1,4})?[\W_]*|[\W_]*[ivxlc]{1,5}[\W_]*", re.I)
APART = 10  # lines, at least, between the numbers of two pages
FAR = 9.0  # line heights, over which a sentence may go on behind a gap
_RAISED = re.compile(r"(?:st|nd|rd|th)\b")  # behind the 5 of "the 5th day", set apart because it is raised
_ITEM = re.compile(r"[a-z]{1,4}[.)]\s|[ivx]{1,4}\s{2,}")
_SOURCE_LINE = re.compile(r"[\W\divxlc]{0,12}Source: .{5,120}, \d{1,2}/\d{1,2}/\d{4}")
_MARKER = re.compile(
    r"(?:(?:ARTICLE|Article|SECTION|Section|EXHIBIT|Exhibit|SCHEDULE|Schedule|APPENDIX|Appendix|ANNEX|Annex)\s+(?:\d|[IVXLC]+\b|[A-Z]\b)"
    r"|\d{1,3}(?:\.\d{1,3}){1,4}\.?\s*(?=[A-Z\"“(])|\d{1,3}[.)]\s*(?=[A-Z\"“(])|\([a-z]{1,4}\)|\(\d{1,2}\)|[A-Z]\.\s|[a-z]\)\s|[ivx]{1,4}\)\s|[•▪●◦\u2022\uf0b7]\s?)"
)
_UNIT = re.compile(r"\(?\d{1,3}(?:\.\d+)?\)?\s*(?:-|%|per ?cent|business|calendar|working|days?|months?|years?|hours?|weeks?|minutes?)\b", re.I)
_ENDS = tuple(".:;?!")
_QUOTES = "\"'”’)]"


def arrange(pages: list[Page], draft: Draft) -> None:
    """Write the pages' paragraphs and tables into the draft. Running lines come after the paragraph they fall into."""
    _mark_running(pages)
    open_lines: list[tuple[Line, int]] = []
    waiting: list[tuple[Line, int]] = []
    pitch = _pitch(pages)

    def flush() -> None:
        if open_lines:
            _write(open_lines, draft, pitch)
            open_lines.clear()
        for line, number in waiting:
            draft.paragraph(line.pieces(number), "running")
        waiting.clear()

    for page in pages:
        body_right = _right_edge(page)
        parted = False
        for i, line in enumerate(page.lines):
            if i in page.running:
                waiting.append((line, page.number))
                parted = True
                continue
            if line.table is not None:
                if line.opens_table:
                    flush()
                    draft.table(page.tables[line.table])
                continue
            if open_lines:
                before, before_page = open_lines[-1]
                other_page = parted or before_page != page.number
                breaks = _breaks_page(before, line, open_lines) if other_page else _breaks(before, line, body_right, pitch, len(open_lines) > 1)
                if breaks:
                    flush()
            open_lines.append((line, page.number))
            parted = False
    flush()


def _pitch(pages: list[Page]) -> float:
    """The usual distance between two lines, in line heights."""
    ratios = Counter(
        round((a.bottom - b.bottom) / b.height, 1)
        for page in pages[:40]
        for a, b in zip(page.lines, page.lines[1:], strict=False)
        if 0.7 < (a.bottom - b.bottom) / b.height < 2.6 and len(a.text) > 30
    )
    return ratios.most_common(1)[0][0] if ratios else 1.2


def _right_edge(page: Page) -> float:
    rights = sorted(line.right for line in page.lines if line.table is None)
    return rights[int(len(rights) * 0.9)] if rights else page.width


def _breaks(before: Line, line: Line, right: float, pitch: float, several: bool) -> bool:
    """Whether `line` starts a paragraph, on the same page; `several` lines are in the one before."""
    step = before.bottom - line.bottom
    if abs(step) < 0.35 * line.height:  # the same line, in two pieces
        return _is_marker(line.text) and line.left - before.right > 3 * line.height
    if _is_raised(before, line):
        return False
    if step < 0 or step > (pitch + 0.45) * max(line.height, before.height):
        return step < 0 or step > FAR * line.height or (_short(before, right) and not several) or not _goes_on(before, line)
    if goes_on(before.text, line.text):
        return False
    uneven = 0.15 if not line.words else 0.5  # the height of recognised words depends on the letters in them
    if abs(line.height - before.height) > uneven * before.height or (line.bold != before.bold and _short(before, right)):
        return True
    ended = before.text.rstrip(_QUOTES).endswith(_ENDS)
    short = _short(before, right)
    if _is_marker(line.text) and (ended or short or line.text[0] in "•▪●◦\u2022\uf0b7"):
        return True
    if ended and (short or line.left > before.left + 1.2 * line.height):
        return True
    looser = step > (pitch + 0.2) * line.height
    return short and (looser or not line.text[0].islower()) and not before.text.endswith(",")


def _is_raised(before: Line, line: Line) -> bool:
    """Whether a line begins with the raised letters of the ordinal whose figure ends the line before."""
    return before.text[-1:].isdigit() and bool(_RAISED.match(line.text)) and abs(before.bottom - line.bottom) < before.height


def _goes_on(before: Line, line: Line) -> bool:
    """Whether a line in small letters goes on with a sentence that is open."""
    open_ = line.text[0].islower() or goes_on(before.text, line.text)
    return open_ and not before.text.rstrip(_QUOTES).endswith(_ENDS) and not _ITEM.match(line.text)


def _short(line: Line, right: float) -> bool:
    return line.right < right - max(0.18 * right, 30)


def _is_marker(text: str) -> bool:
    """Whether it starts with a clause number, and not with an amount such as `(90) days`."""
    return bool(_MARKER.match(text)) and not _UNIT.match(text)


def _breaks_page(before: Line, line: Line, so_far: list[tuple[Line, int]]) -> bool:
    """Whether the first line of a page starts a paragraph: not where the sentence before it is open."""
    if goes_on(before.text, line.text):
        return False
    if before.text.rstrip(_QUOTES).endswith((".", "?", "!", ":")):
        return True
    if _is_marker(line.text) and before.text.endswith(";"):
        return True
    if line.text[0].islower() or before.text.endswith((",", "-")):
        return False
    heading = len(so_far) == 1 and len(before.text) < 60 and (before.text.isupper() or _is_marker(before.text))
    return heading or _is_marker(line.text) or (line.text.isupper() and len(line.text) < 80) or len(before.text) < 40


def _write(lines: list[tuple[Line, int]], draft: Draft, pitch: float) -> None:
    pieces: list[Piece] = []
    for i, (line, number) in enumerate(lines):
        if i:
            before = lines[i - 1][0].text
            if not (before.endswith("-") and before[-2:-1].isalpha() and line.text[0].islower()) and not _is_raised(lines[i - 1][0], line):
                pieces.append(Piece(" ", number))
        pieces += line.pieces(number)
    text = "".join(p.text for p in pieces)
    heading = len(text) < 90 and len(lines) <= 2 and not text.endswith((".", ";", ",")) and (lines[0][0].bold or text.isupper())
    draft.paragraph(pieces, "heading" if heading else "prose")


def _mark_running(pages: list[Page]) -> None:
    """Mark lines that repeat at the tops or bottoms of pages, and page numbers."""
    counts: Counter[str] = Counter()
    for page in pages:
        counts.update({_masked(page.lines[i].text) for i in _edges(page)})
    enough = max(2, round(0.4 * len(pages))) if len(pages) < 8 else max(3, round(0.25 * len(pages)))
    for page in pages:
        edges = _edges(page)
        for i in edges:
            text = page.lines[i].text
            outer = i in edges[:2] or i in edges[-3:]
            if (counts[_masked(text)] >= enough and len(text) < 200) or (outer and _PAGE_NUMBER.fullmatch(text)) or _SOURCE_LINE.match(text):
                page.running.add(i)
        page.running.update(i for i, line in enumerate(page.lines) if i and line.bottom > page.lines[i - 1].bottom and _RAISED.fullmatch(line.text))
    for page, i in _numbers(pages):
        page.running.add(i)


def _numbers(pages: list[Page]) -> list[tuple[Page, int]]:
    """The numbers of the pages of another print, wherever they now stand: each alone in its line, one more than the one before, and a page of lines behind it."""
    found: list[tuple[Page, int, int, int]] = []  # with the number, and the lines before it
    count = 0
    for page in pages:
        for i, line in enumerate(page.lines):
            number = NUMBER.fullmatch(line.text.strip()) if line.table is None and len(line.text) < 20 else None
            beside = (page.lines[k] for k in (i - 1, i + 1) if 0 <= k < len(page.lines))
            if number and not any(abs(other.bottom - line.bottom) < 0.35 * line.height for other in beside):
                found.append((page, i, int(number.group(1)), count))
            count += 1
    follows = [second[2] == first[2] + 1 and second[3] - first[3] >= APART for first, second in pairwise(found)]
    return [(page, i) for k, (page, i, _, _) in enumerate(found) if any(follows[max(0, k - 1) : k + 1])]


def _edges(page: Page) -> list[int]:
    n = len(page.lines)
    return [i for i in range(n) if (i < 3 or i >= n - 4) and page.lines[i].table is None]


def _masked(text: str) -> str:
    return re.sub(r"\d+", "#", text)
