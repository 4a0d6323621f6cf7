"""Pages that are pictures, read by tesseract where it is installed (the extra `ocr`): words with their boxes, and how sure it is of them.

Nothing is fetched: the page is drawn by pdfium and handed to the program on this machine.
"""

from __future__ import annotations

import os
import re
import shutil
import time
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pypdfium2

from contractlens.documents.document import Seen
from contractlens.documents.layout import Line, Page
from contractlens.documents.limits import Limits
from contractlens.documents.pdfium import page_of
from contractlens.documents.scans import INSTALL

DPI = 200
MOST_PIXELS = 4_500  # of a side
LEAST_SURE = 0.5  # less of a page is no reading
LEAST_CONTRAST = 40  # of 255: a blank sheet that was scanned has less
NUMBER = 7  # letters of a clause's number, at most
WIDE = 2.5  # heights of a line: what stands so far apart is no one run of words
SIDEWAYS = 0.75  # less sure than this, the page is tried turned


def recognise(pdf: pypdfium2.PdfDocument, pages: Sequence[Page], limits: Limits) -> str | None:
    """Give the pages that hold no text of their own the lines that are recognised on them; says why some were left out, if so."""
    wanted = [page for page in pages if page.unread in ("picture", "stamped", "drawn", "gibberish")]
    if not wanted:
        return None
    if not limits.recognition:
        return "Recognition is switched off by --max-recognition 0."
    if not _is_at_hand():
        return f"To have such pages read, install text recognition: {INSTALL}."
    os.environ.setdefault("OMP_THREAD_LIMIT", "1")  # its threads wait for each other longer than they work
    ends = time.monotonic() + limits.recognition
    for page in wanted:
        left = ends - time.monotonic()
        if left <= 0:
            return f"Recognition was stopped after {limits.recognition} seconds. Allow more with --max-recognition."
        _recognise(pdf, page, left)
    return None


def _is_at_hand() -> bool:
    try:
        import pytesseract  # noqa: F401
    except ImportError:
        return False
    return shutil.which("tesseract") is not None


def _recognise(pdf: pypdfium2.PdfDocument, page: Page, seconds: float) -> None:
    """Read one page, upright or, where that gives few words, turned."""
    import pytesseract

    drawn, _ = page_of(pdf, page.number)
    ends, best, sure = time.monotonic() + seconds, [], 0.0
    try:
        for turn in (0, 90, 270, 180):
            left = ends - time.monotonic()
            if left <= 0:
                break
            lines = _lines(drawn, page, turn, left)
            if lines is None:
                page.unread = None  # a blank sheet
                return
            found = _confidence(lines)
            if found > sure:
                best, sure = lines, found
            if sure >= SIDEWAYS:
                break
    except (RuntimeError, OSError, pytesseract.TesseractError):
        pass  # it took too long, or failed: the page stays unread
    finally:
        drawn.close()
    if sure >= LEAST_SURE:
        page.lines, page.tables, page.unread, page.recognised = best, [], None, sure


def _confidence(lines: Sequence[Line]) -> float:
    """How sure of a page's words, the longer ones counting more."""
    words = [(len(word), seen.confidence) for line in lines for word, seen in line.words]
    total = sum(n for n, _ in words)
    return sum(n * c for n, c in words) / total if total else 0.0


def _lines(drawn: pypdfium2.PdfPage, page: Page, turn: int, seconds: float) -> list[Line] | None:
    """The lines recognised on the page as drawn, turned clockwise; None of a blank sheet."""
    import pytesseract

    scale = min(DPI / 72, MOST_PIXELS / max(page.width, page.height, 1))
    bitmap = drawn.render(scale=scale, rotation=turn, grayscale=True)
    picture = bitmap.to_pil()
    darkest, lightest = picture.getextrema()
    if lightest - darkest < LEAST_CONTRAST:
        return None
    place = bitmap.get_posconv(drawn)
    data = pytesseract.image_to_data(picture, lang="eng", config=f"--dpi {DPI}", timeout=seconds, output_type=pytesseract.Output.DICT)
    rows: dict[tuple[int, int, int], list[int]] = {}
    for i, word in enumerate(data["text"]):
        if word.strip() and float(data["conf"][i]) >= 0 and not _LEADER.fullmatch(word.strip()):
            rows.setdefault((data["block_num"][i], data["par_num"][i], data["line_num"][i]), []).append(i)
    blocks: dict[int, list[Line]] = {}
    for (block, _, _), words in rows.items():
        blocks.setdefault(block, []).append(_line(data, words, place, scale, picture.height))
    return _with_numbers([*blocks.values()])


def _with_numbers(blocks: Sequence[Sequence[Line]]) -> list[Line]:
    """All lines, in order. Numbers of clauses that were read as blocks of their own are put before the lines that they stand beside."""
    lines = [line for block in blocks for line in block]
    alone = {id(line) for block in blocks if all(len(line.text) <= NUMBER for line in block) for line in block}
    for number in [line for line in lines if id(line) in alone][::-1]:  # the one next to the line first
        i = next((i for i, line in enumerate(lines) if line is not number and _is_beside(number, line)), None)
        if i is not None:
            line = lines[i]
            lines[i] = replace(line, text=f"{number.text} {line.text}", left=number.left, words=number.words + line.words)
            lines = [line for line in lines if line is not number]
    return lines


def _is_beside(number: Line, line: Line) -> bool:
    return abs(line.bottom - number.bottom) < 0.6 * line.height and 0 <= line.left - number.right < 6 * line.height


# The dots between a heading and its page, which would be taken for words and ends of sentences; blanks to fill in are none.
_LEADER = re.compile(r"[.\-+=~*:,;'‘’«»]{3,}|\.\.|e{2,}[.,]*|\d?\.{2,}\d?|(?=.*[.\-+]{2})[\d.\-+*=:]{4,}")


def _word(text: str) -> str:
    """The word, without the dots that lead to a page; what was taken for letters in a number is figures again.

    >>> [_word(w) for w in ("Ist", "2Ist,", "lOth", "lst", "First", "Its", "Fees....", "|-year", "(3O)", "l2", "O2")]
    ['1st', '21st,', '10th', '1st', 'First', 'Its', 'Fees', '1-year', '(30)', '12', 'O2']
    """
    text = _ONE.sub("1", _STUCK.sub("", text))
    if _FIGURE.fullmatch(text):
        return text.translate(_FIGURES)
    found = _ORDINAL.match(text)
    return text if not found else f"{found[1].translate(_FIGURES)}{text[found.end(1) :]}"


_ORDINAL = re.compile(r"([12Il]?[1Il](?=st\b)|[12Il]?2(?=nd\b)|[12Il]?3(?=rd\b)|3[Il](?=st\b)|[12Il][O0](?=th\b)|[Il][1-9](?=th\b))")
_STUCK = re.compile(r"(?<=\w)[.\-]{3,}$")
_ONE = re.compile(r"(?<![\w|])[|Il](?=-(?:year|month|week|day|hour)s?\b)")
_FIGURE = re.compile(r"\(?(?:[Il|](?=\d)|\d)[\dIlO|]*[%)]{0,2}[.,;:]?")
_FIGURES = str.maketrans("IlO|", "1101")


def _line(data: dict[str, Any], words: Sequence[int], place: Any, scale: float, height: int) -> Line:
    """One line, its box in points as the page is read, its words' boxes in the page's own points."""
    seen = []
    tall = sorted(data["height"][i] for i in words)[len(words) // 2]
    for i, following in zip(words, [*words[1:], None], strict=True):
        left, top = data["left"][i], data["top"][i]
        corners = place.to_page(left, top), place.to_page(left + data["width"][i], top + data["height"][i])
        (x0, x1), (y0, y1) = (sorted(c) for c in zip(*corners, strict=True))
        apart = following is not None and data["left"][following] - data["left"][i] - data["width"][i] > WIDE * tall
        seen.append((_word(data["text"][i].strip()) + ("  " if apart else ""), Seen((x0, y0, x1, y1), float(data["conf"][i]) / 100)))
    bottoms = [data["top"][i] + data["height"][i] for i in words]
    left = min(data["left"][i] for i in words)
    right = max(data["left"][i] + data["width"][i] for i in words)
    bottom = (height - sorted(bottoms)[len(bottoms) // 2]) / scale
    return Line(" ".join(word for word, _ in seen), None, left / scale, right / scale, bottom, max(tall / scale, 1.0), words=tuple(seen))
