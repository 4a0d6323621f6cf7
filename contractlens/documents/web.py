"""Read a web page into headings, paragraphs, list items and table rows.

What a browser would not show (scripts, styles, hidden parts) is left out; menus are kept as running lines.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree

from contractlens.documents.blocks import HEADING_LENGTH, MOST_COLUMNS, Block, Cell, Para, settle, write
from contractlens.documents.clauses import find_clauses
from contractlens.documents.document import Document, Draft, ParagraphKind, Piece, Source
from contractlens.documents.limits import DEFAULT, Limits, too_large
from contractlens.documents.numbering import figure
from contractlens.documents.plain import decode
from contractlens.errors import DocumentError

_SKIPPED = frozenset((
    "head", "title", "script", "style", "template", "noscript", "svg", "canvas", "iframe", "object", "video", "audio", "map", "datalist",
    "select", "button", "dialog",
))  # fmt: skip
_BLOCKS = frozenset((
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "div", "dl", "dt", "fieldset",
    "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup", "hr", "html", "legend", "li",
    "main", "menu", "nav", "ol", "p", "pre", "search", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
))  # fmt: skip
_HIDDEN = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.I)
_UNMARKED = re.compile(r"list-style(?:-type)?\s*:[^;]*none", re.I)
_KINDS = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
_NUMBERED = re.compile(r"\(?(?:\d{1,3}(?:\.\d{1,3})*|[a-zA-Z]|[ivxIVX]{1,5})[.)]|\d{1,3}(?:\.\d{1,3})+\s|[\u2022\u00b7\u25cf]")
_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w-]+)", re.I)
_TEXT_CHARSETS = re.compile(r"utf-?(?:8|16|16le|16be|32)|iso-?8859-\d+|(?:windows-|cp)\d+|koi8-[ru]|mac\w*|big5|gb\w+|euc-\w+|shift[-_]?jis|iso-2022-\w+")
_INVISIBLE = re.compile("[\u00ad\u200b\u200c\u200d\u2060\ufeff]")


def read(data: bytes, source: Source, limits: Limits = DEFAULT) -> Document:
    if len(data) > limits.characters * 4:
        raise too_large(source.name, "the web page is far larger than an agreement", "characters")
    try:
        found = blocks(data)
    except DocumentError as error:
        raise DocumentError(error.kind, f"{source.name}: {error}") from None
    draft = Draft()
    write(found, draft)
    if not draft.length:
        message = "the page holds no text. Open it in a browser, save it as PDF, and send that."
        raise DocumentError("no_text", f"{source.name}: {message}")
    plain = Document(source, draft.text, tuple(draft.paragraphs), tuple(draft.tables))
    return Document(source, plain.text, plain.paragraphs, plain.tables, find_clauses(plain), tuple(draft.stretches))


def blocks(data: bytes) -> list[Block]:
    """The paragraphs and tables of a page."""
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False, remove_comments=True, remove_pis=True)
    text = _decode(data)
    if not text.strip():
        return []
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError, AssertionError):
        raise DocumentError("unreadable", "the web page is damaged. Open it in a browser, save it as PDF, and send that.") from None
    if any("depth" in entry.message for entry in parser.error_log):
        raise DocumentError("unreadable", "the web page nests its parts too deep to be read. Open it in a browser and save it as PDF.")
    return [] if root is None else _Walk().blocks(root)


def _decode(data: bytes) -> str:
    """As its byte order mark says, else as it says itself, else UTF-8 or Windows-1252."""
    said = None if data.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")) else _CHARSET.search(data[:4096])
    if said:
        name = said.group(1).decode("ascii", "replace").lower()
        name = "cp1252" if name in ("iso-8859-1", "latin1", "us-ascii", "ascii") else name  # as browsers read it
        if _TEXT_CHARSETS.fullmatch(name):
            try:
                return data.decode(name).replace("\0", " ")
            except (LookupError, UnicodeError):
                pass
    return decode(data)


@dataclass(slots=True)
class _List:
    kind: str | None  # None where no mark is shown
    next: int


@dataclass(slots=True)
class _Table:
    rows: list[list[Cell]] = field(default_factory=list)
    reaches: dict[int, int] = field(default_factory=dict)  # for each column, how many more rows its cell takes
    column: int = 0


class _Walk:
    """Goes through a page's elements in order, without recursion."""

    def __init__(self) -> None:
        self.sinks: list[list[Block]] = [[]]
        self.text: list[str] = []
        self.lists: list[_List] = []
        self.mark = ""
        self.headings: list[int] = []
        self.asides = 0
        self.kept = 0  # in `pre`, where line breaks are kept
        self.tables: list[_Table] = []

    def blocks(self, root: etree._Element) -> list[Block]:
        context = etree.iterwalk(root, events=("start", "end"))
        for event, e in context:
            tag = str(e.tag).lower()
            if event == "start":
                if tag in _SKIPPED or _is_hidden(e):
                    context.skip_subtree()
                    continue
                self._start(e, tag)
                self._add(e.text)
            else:
                if tag not in _SKIPPED and not _is_hidden(e):
                    self._end(tag)
                self._add(e.tail if e is not root else None)
        self._flush()
        return self.sinks[0]

    def _add(self, text: str | None) -> None:
        if text:
            self.text.append(text if self.kept else re.sub(r"[ \t\r\n\f]+", " ", text))

    def _start(self, e: etree._Element, tag: str) -> None:
        if tag in _BLOCKS:
            self._flush()
        if tag == "br":
            self.text.append("\n")
        elif tag == "input":
            self.text.append(_input(e))
        elif tag in ("ol", "ul", "menu"):
            shown = not _UNMARKED.search(e.get("style", ""))
            kind = _KINDS.get(e.get("type", ""), "decimal") if tag == "ol" else "bullet"
            self.lists.append(_List(kind if shown else None, _number(e.get("start"), 1)))
        elif tag == "li":
            self._item(e)
        elif tag in ("h1", "h2", "h3", "h4", "h5", "h6"):
            self.headings.append(int(tag[1]))
        elif tag == "nav":
            self.asides += 1
        elif tag == "pre":
            self.kept += 1
        elif tag == "table":
            self.tables.append(_Table())
        elif tag == "tr" and self.tables:
            self.tables[-1].rows.append([])
            self.tables[-1].column = 0
        elif tag in ("td", "th") and self.tables:
            self._start_cell(e, self.tables[-1])

    def _end(self, tag: str) -> None:
        if tag in _BLOCKS:
            self._flush()
        if tag in ("ol", "ul", "menu"):
            self.lists.pop()
            self.mark = ""
        elif tag == "li":
            self.mark = ""
        elif tag in ("h1", "h2", "h3", "h4", "h5", "h6"):
            self.headings.pop()
        elif tag == "nav":
            self.asides -= 1
        elif tag == "pre":
            self.kept -= 1
        elif tag == "table":
            self.sinks[-1] += settle(self.tables.pop().rows)
        elif tag in ("td", "th") and self.tables:
            self.sinks.pop()

    def _item(self, e: etree._Element) -> None:
        self.mark = ""
        if not self.lists or self.lists[-1].kind is None or _UNMARKED.search(e.get("style", "")):
            return
        current = self.lists[-1]
        if current.kind == "bullet":
            self.mark = "\u2022 "
            return
        at = _number(e.get("value"), current.next)
        current.next = at + 1
        self.mark = figure(at, current.kind or "decimal") + ". "

    def _start_cell(self, e: etree._Element, table: _Table) -> None:
        cell = Cell(span=min(max(_number(e.get("colspan"), 1), 1), MOST_COLUMNS))
        self.sinks.append(cell.blocks)
        if not table.rows:
            table.rows.append([])
        row = table.rows[-1]
        while table.reaches.get(table.column, 0) > 0:
            table.reaches[table.column] -= 1
            row.append(Cell(continued=True))
            table.column += 1
        down = _number(e.get("rowspan"), 1) - 1
        table.reaches.update(dict.fromkeys(range(table.column, min(table.column + cell.span, MOST_COLUMNS)), down))  # or each row would be longer than the one above
        table.column += cell.span
        row.append(cell)

    def _flush(self) -> None:
        """Close the paragraph; two line breaks in a row part paragraphs, as old pages do it."""
        text = _INVISIBLE.sub("", "".join(self.text))
        self.text = []
        if not self.kept:
            text = re.sub(r" *\n *", "\n", re.sub(r" {2,}", " ", text))
        for part in re.split(r"\n\s*\n", text):
            if not part.strip():
                continue
            part = part.strip("\n") if self.kept else part.strip()
            mark, self.mark = "" if _NUMBERED.match(part) else self.mark, ""
            heading = bool(self.headings) and len(part) < HEADING_LENGTH
            kind: ParagraphKind = "running" if self.asides else "heading" if heading else "prose"
            self.sinks[-1].append(Para([Piece(mark + part)], kind, self.headings[-1] if kind == "heading" else None))


def _is_hidden(e: etree._Element) -> bool:
    return "hidden" in e.attrib or bool(_HIDDEN.search(e.get("style", ""))) if e.attrib else False


def _input(e: etree._Element) -> str:
    kind = e.get("type", "text").lower()
    if kind in ("checkbox", "radio"):
        return "\u2612 " if "checked" in e.attrib else "\u2610 "
    return e.get("value", "") if kind in ("text", "number", "date", "email") else ""


def _number(text: str | None, default: int) -> int:
    text = (text or "").strip()
    return int(text) if re.fullmatch(r"-?\d{1,6}", text) else default
