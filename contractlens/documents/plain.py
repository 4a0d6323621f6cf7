"""Read plain text and Markdown. The text stays as it is in the file, so offsets are the file's own.

Markdown's marks, and tags left over in plain text, are not words: they stay in the text, and are blanks in what rules read.
"""

from __future__ import annotations

import re

from contractlens.documents.clauses import find_clauses
from contractlens.documents.document import Document, Paragraph, Row, Source, Stretch, Table
from contractlens.documents.limits import DEFAULT, Limits, too_large
from contractlens.documents.openness import goes_on
from contractlens.documents.page_ends import page_ends
from contractlens.documents.wrapping import Wrapping, wrapping
from contractlens.errors import DocumentError

SAMPLE = 100_000
MOST_CONTROL = 0.02
_CONTROL = re.compile(r"[\x01-\x08\x0e-\x1a\x1c-\x1f\x7f\x81\x8d\x8f\x90\x9d\ufffd]")


def read(data: bytes, source: Source, limits: Limits = DEFAULT) -> Document:
    text = _text(data, source, limits)
    return _document(text, source, tuple(sorted({*(m.span() for m in _TAG.finditer(text)), *page_ends(text)})))


def read_markdown(data: bytes, source: Source, limits: Limits = DEFAULT) -> Document:
    text = _text(data, source, limits)
    return _document(text, source, tuple(_markup(text)))


def _text(data: bytes, source: Source, limits: Limits) -> str:
    """The file's text, where it is text, and before any work is done on too much of it."""
    text = decode(data)
    if not text.strip():
        raise DocumentError("unreadable", f"{source.name}: the file is empty. Ask for it to be sent again.")
    if len(_CONTROL.findall(text, 0, SAMPLE)) > MOST_CONTROL * min(len(text), SAMPLE):
        raise DocumentError("unreadable", f"{source.name}: the file holds no text but other data. Ask for it to be sent again.")
    if len(text) > limits.characters:
        raise too_large(source.name, f"it holds {len(text):,} characters of text, more than an agreement does", "characters")
    return text


def decode(data: bytes) -> str:
    """Text from bytes: as their byte order mark says, else UTF-8, else Windows-1252; line ends become line feeds."""
    encoding = next((encoding for mark, encoding in _MARKS if data.startswith(mark)), None) or _unmarked(data)
    try:
        text = data.decode(encoding or "utf-8", errors="replace" if encoding else "strict")
    except UnicodeDecodeError:
        text = data.decode("cp1252", errors="replace")
    return text.replace("\r\n", "\n").replace("\r", "\n").translate(_UNSEEN)


_UNSEEN = {0: " ", **dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff"))}  # of no width: inside a word they would hide it
_MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\0\0", "utf-32"),
    (b"\0\0\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)


def _unmarked(data: bytes) -> str | None:
    """UTF-16 without a mark: of Latin letters, every other byte is a zero."""
    sample = data[:2000]
    for first, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        zeros = sample[first::2].count(0)
        if len(sample) > 20 and 2 * zeros > len(sample) // 2 and not sample[1 - first :: 2].count(0):
            return encoding
    return None


_TAG = re.compile(r"</?(?:span|a|b|i|u|em|strong|font|p|div|br|sup|sub)\b[^<>\n]{0,200}>", re.I)  # left over where a page was saved as text
_MARKUP = re.compile(
    r"(?P<comment><!--.*?-->)|(?P<tag></?[a-zA-Z][^<>\n]{0,200}>)|(?P<image>!\[[^\]\n]{0,200}\]\([^)\n]{0,500}\))"
    r"|(?P<open>\[)(?=[^\]\n]{1,300}\]\([^)\n]{0,500}\))|(?P<close>\]\([^)\n]{0,500}\))"
    r"|(?P<stars>\*{1,3}|(?<!\w)_{2,3}(?=[^\W_]|[\"'(*\[])|(?<=[^\s_\d])_{2,3}(?!_)|`{1,3})|(?P<escape>\\(?=[^\w\s]))|(?P<quote>(?m:^[ ]{0,3}>[ ]?))",
    re.S,
)


def _markup(text: str) -> list[tuple[int, int]]:
    spans = []
    for match in _MARKUP.finditer(text):
        if match.lastgroup == "stars" and match.group() == "*" and text[match.start() - 1 : match.end() + 1].startswith("\n"):
            continue  # a list's bullet
        spans.append(match.span())
    return spans


_LINE = re.compile(r"[^\n]*\n?")
_HEADING = re.compile(r"[ ]{0,3}(#{1,6})\s+\S")
_UNDERLINE = re.compile(r"\s*(?:={3,}|-{3,})\s*")
_PIPES = re.compile(r"\s*\|?(?:[^|\n]*\|){1,}[^|\n]*")
_RULE = re.compile(r"[\s|:+=]*+-[\s|:+=-]*+")
_ITEM = re.compile(r"\s*(?:[-*+\u2022\u00b7\u25cf]\s+|\(?(?:\d{1,3}(?:\.\d{1,3}){0,4}|[a-zA-Z]|[ivxlIVXL]{1,6})[.)]\s+|\d{1,2}(?:\.\d{1,2})+\s+[A-Z])")
_FIELD = re.compile(r"\s*(?:[A-Z][^\n:]{1,40}:(?:[ ]{3,}|[ ]*\t)\s*\S|\*\*[^*\n]{2,60}(?::\*\*|\*\*:)\s)")  # a name and its value: "Max. credit:     1 MRC"
_STARTS_LOWER = re.compile(r"\s*[a-z]")


def _document(text: str, source: Source, blanks: tuple[tuple[int, int], ...]) -> Document:
    paragraphs, tables = _Splitter(text, blanks, markdown=source.media_type == "text/markdown").split()
    stretches, page, at = [], 1, 0
    pages = text.count("\f") + 1 if "\f" in text else None
    for piece in text.split("\f") if pages else [text]:
        stretches.append(Stretch(at, at + len(piece) + 1, page if pages else None))
        at, page = at + len(piece) + 1, page + 1
    draft = Document(source, text, tuple(paragraphs), tuple(tables), (), tuple(stretches), pages, blanks=blanks)
    return Document(source, text, draft.paragraphs, draft.tables, find_clauses(draft), draft.stretches, pages, blanks=blanks)


class _Splitter:
    """Paragraphs at blank lines, headings, list items and table rows; a line that goes on in lower case belongs to the one before."""

    def __init__(self, text: str, blanks: tuple[tuple[int, int], ...], markdown: bool) -> None:
        self.text, self.markdown = text, markdown
        self.paragraphs: list[Paragraph] = []
        self.tables: list[Table] = []
        self._rows: list[Row] = []
        self._blanked = set(blanks)
        self._wrapped = wrapping(text)
        self._open_at: int | None = None  # the paragraph that is read, and where its last line ends
        self._end = 0
        self._blanks = 0  # empty lines before the line that is read

    def split(self) -> tuple[list[Paragraph], list[Table]]:
        for match in _LINE.finditer(self.text):
            start, stop = match.start(), match.start() + len(match.group().rstrip("\n"))
            line = self.text[start:stop]
            of_page = (start + len(line) - len(line.lstrip("\f")), stop - len(line) + len(line.rstrip("\f"))) in self._blanked
            if of_page or not line.strip():
                self._blanks += self._wrapped.apart if of_page else 1
                continue
            self._read(line, start, stop)
        self._close()
        self._close_table()
        return self.paragraphs, self.tables

    def _read(self, line: str, start: int, stop: int) -> None:
        piped = line.count("|") >= 1 and _PIPES.fullmatch(line) is not None
        if self._rows and not piped:
            self._close_table()
        heading = _HEADING.match(line) if self.markdown else None
        if piped and _RULE.fullmatch(line):
            pass
        elif piped and (line.lstrip().startswith("|") or line.count("|") >= 2 or self._rows or _rule_follows(self.text, stop)):
            self._close()
            self._rows.append(Row(start, stop, tuple(_cells(line, start))))
            self.paragraphs.append(Paragraph(start, stop, "row"))
        elif heading:
            self._close()
            self.paragraphs.append(Paragraph(start, stop, "heading", len(heading.group(1))))
        elif self.markdown and _UNDERLINE.fullmatch(line) and not self._blanks and self._open_at is not None:
            self.paragraphs.append(Paragraph(self._open_at, self._end, "heading", 1 if "=" in line else 2))
            self._open_at = None
        else:
            blank = self._blanks >= self._wrapped.apart
            if self._open_at is None or not _goes_on(self.text[self._open_at : self._end], line, blank, self.markdown, self._wrapped):
                self._close()
                self._open_at = start
            self._end = stop
        self._blanks = 0

    def _close(self) -> None:
        if self._open_at is not None and self.text[self._open_at : self._end].strip():
            self.paragraphs.append(Paragraph(self._open_at, self._end))
        self._open_at = None

    def _close_table(self) -> None:
        if len(self._rows) > 1:
            self.tables.append(Table(self._rows[0].start, self._rows[-1].end, tuple(self._rows)))
        self._rows.clear()


def _rule_follows(text: str, stop: int) -> bool:
    following = text[stop + 1 : stop + 200].split("\n", 1)[0]
    return "|" in following and _RULE.fullmatch(following) is not None


_NAMED = re.compile(r"\s*(?:EXHIBIT|SCHEDULE|ANNEX|APPENDIX|ATTACHMENT|ARTICLE|SECTION)\b")
_IN_CAPITALS = re.compile(r"[A-Z]{2,},? [A-Z]{2,}(?: [A-Z]{2,}[.,]?){2}")


def _goes_on(before: str, line: str, blank: bool, markdown: bool, wrapped: Wrapping) -> bool:
    if goes_on(before, line):
        return True
    if _ITEM.match(line) and not re.match(r"\s*\(?\d+\)?\s+(?:days?|months?|years?|hours?|business|calendar)\b", line):
        return False
    if _FIELD.match(line) and _FIELD.match(before.rsplit("\n", 1)[-1]):
        return False
    last = before.rstrip().rsplit("\n", 1)[-1]
    if blank:  # two converted terms pages break so in the midst of a sentence
        if last[-1:] in ".:;!?":
            return False
        return bool(_STARTS_LOWER.match(line)) or (len(last) > 50 and last.endswith(",")) or _in_capitals(last, line)
    return markdown or wrapped.is_full(last, line) or bool(_STARTS_LOWER.match(line)) or last[-1:] in ",-" or (last[-1:] not in ".:;!?" and _in_capitals(last, line))


def _in_capitals(last: str, line: str) -> bool:
    """Whether two lines are halves of a sentence in capitals, which are wider, so that fewer fill a line."""
    around = f"{' '.join(last.split()[-2:])} {' '.join(line.split()[:2])}"
    return len(last) > 50 and bool(_IN_CAPITALS.fullmatch(around)) and not _NAMED.match(line)


def _cells(line: str, start: int) -> list[tuple[int, int]]:
    cells, at = [], 0
    for i, part in enumerate(re.split(r"(?<!\\)\|", line)):
        edge = not part.strip() and (i == 0 or at + len(part) >= len(line.rstrip()))
        if not edge:
            lead = len(part) - len(part.lstrip())
            cells.append((start + at + lead, start + at + max(len(part.rstrip()), lead)))
        at += len(part) + 1
    return cells
