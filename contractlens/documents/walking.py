"""Walk through a Word file's XML in reading order, and collect its paragraphs and tables.

One pass without recursion: however deep a file nests its tables and controls, the walk only keeps lists.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from lxml import etree

from contractlens.documents.blocks import Block, Cell, Para, is_heading, settle
from contractlens.documents.characters import ALIKE, SHOWN, state_of_form, symbol
from contractlens.documents.document import ParagraphKind, Piece, View
from contractlens.documents.numbering import Numbering, Styles, W, number, switch, value
from contractlens.documents.package import Package
from contractlens.documents.paging import Pages
from contractlens.documents.tracing import Trail
from contractlens.documents.unfinished import Open, Row, Sink
from contractlens.errors import DocumentError

DEEPEST_TABLE = 60
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"

_GONE = {"accepted": ("del", "moveFrom"), "original": ("ins", "moveTo")}
_GONE_CELL = {"accepted": "cellDel", "original": "cellIns"}
_UNREAD = ("pPr", "rPr", "tblPr", "trPr", "tcPr", "sectPr", "sdtPr", "sdtEndPr", "rt", "instrText", "delInstrText")


class Walk:
    """Reads elements of one file in one view: with tracked changes accepted, or as it was before them."""

    def __init__(self, package: Package, view: View, chunk: Callable[[str], list[Block]], trail: Trail | None = None) -> None:
        self.name, self.view, self.chunk, self.trail = package.name, view, chunk, trail
        self.links = package.links(package.main_name)
        read = ("styles", "numbering", "footnotes", "endnotes")
        part = {link.kind: package.xml(link.target) for link in self.links.values() if link.kind in read}
        self.styles = Styles(part.get("styles"))
        self.numbering = Numbering(part.get("numbering"), self.styles)
        self.roots = [root for root in (package.main, part.get("footnotes"), part.get("endnotes")) if root is not None]
        self.notes = {(str(e.tag), e.get(W + "id", "")): e for root in self.roots[1:] for e in root}
        self.sections = [value(e, "type") for e in package.main.iter(W + "sectPr") if _says(e)]
        self.section, self.pages = 0, Pages()
        self.aside = False  # in a header or a note, which stand outside the flow of pages
        self.sinks: list[Sink] = []
        self.open: list[Open] = []
        self.tables: list[list[list[Cell]]] = []
        self.rows: list[Row] = []
        self.fields: list[Literal["code", "result"]] = []
        self.called: list[tuple[str, str]] = []
        self._skipped = {W + tag for tag in (*_UNREAD, *_GONE[view])}
        self._starts: dict[str, Callable[[etree._Element], bool | None]] = {
            W + "p": self._start_paragraph, W + "r": self._start_run, W + "t": self._text, W + "delText": self._text, M + "t": self._text,
            W + "tbl": self._start_table, W + "tr": self._start_row, W + "tc": self._start_cell, W + "txbxContent": self._start_box,
            W + "br": self._break, W + "lastRenderedPageBreak": self._note_break, W + "sym": self._symbol, W + "fldChar": self._field,
            W + "footnoteReference": self._call, W + "endnoteReference": self._call, W + "altChunk": self._chunk,
            MC + "Fallback": _is_second_choice, MC + "Choice": _is_second_choice, M + "den": self._slash,
            **{W + tag: self._alike for tag in ALIKE},
        }  # fmt: skip
        self._ends: dict[str, Callable[[], None]] = {
            W + "p": self._end_paragraph, W + "tbl": self._end_table, W + "tr": self._end_row, W + "tc": self._end_cell,
            W + "txbxContent": self._end_box,
        }  # fmt: skip

    def blocks(self, root: etree._Element, *, aside: bool = False) -> list[Block]:
        """The blocks within an element; `aside` for headers and notes."""
        before = self.aside, self.open, self.tables, self.rows, self.fields
        self.aside, self.open, self.tables, self.rows, self.fields = aside or self.aside, [], [], [], []
        self.sinks.append(Sink())
        context = etree.iterwalk(root, events=("start", "end"))
        for event, e in context:
            tag = str(e.tag)
            if event == "end":
                if tag in self._ends:
                    self._ends[tag]()
            elif tag in self._skipped:
                self._note_breaks_in(e)
                context.skip_subtree()
            elif tag in self._starts and self._starts[tag](e):
                context.skip_subtree()
        self.sinks[-1].settle()
        self._add_notes()
        self.aside, self.open, self.tables, self.rows, self.fields = before
        return self.sinks.pop().blocks

    # Paragraphs

    def _start_paragraph(self, e: etree._Element) -> None:
        own = properties = e.find(W + "pPr")
        changed = None if own is None else own.find(W + "pPrChange")
        if self.view == "original" and changed is not None:
            properties = changed.find(W + "pPr")
        style = value(properties, "pStyle") or self.styles.default
        self.open.append(Open(own, properties, style))
        new_page = switch(properties, "pageBreakBefore")
        if (self.styles.says(style, "new_page") if new_page is None else new_page) and not self.aside:
            self.pages.turn(blank=False)

    def _end_paragraph(self) -> None:
        opened = self.open.pop()
        self.fields = ["result"] * len(self.fields)  # a field whose code never ends must not swallow the agreement
        self._put(opened)
        self.sinks[-1].blocks += opened.boxes
        self._add_notes()
        section = None if opened.own is None else opened.own.find(W + "sectPr")
        if section is not None and not self.aside:
            self.section += 1
            if self.sections[self.section : self.section + 1] != ["continuous"]:
                self.pages.turn(blank=False)

    def _put(self, opened: Open) -> None:
        """Number the paragraph and hand it on; where its end was taken away, its text waits for the next one."""
        sink, mark = self.sinks[-1], None if opened.own is None else opened.own.find(W + "rPr")
        pieces = [part.piece for part in opened.parts]
        text = "".join(p.text for p in pieces)
        goes_on = mark is not None and (switch(mark, "vanish") is True or any(mark.find(W + tag) is not None for tag in _GONE[self.view]))
        breaks = opened.own is not None and opened.own.find(W + "sectPr") is not None
        if not text.strip() and (goes_on or (breaks and sink.waiting is None)):
            return  # it takes no number either, which Word's cross-references confirm
        waiting, sink.waiting = sink.waiting, None
        kind, level = ("prose", None) if waiting else self._kind(opened, text)
        label = "" if waiting else self.numbering.label(opened.properties, opened.style)
        if not label.endswith(" ") and label[-1:].isalnum() and text[:1].isalnum():
            label += " "
        number_page = pieces[0].page if pieces else self._page
        pieces = [*waiting.pieces, *pieces] if waiting else [Piece(label, number_page), *pieces] if label else pieces
        if goes_on:
            sink.waiting = Para(pieces, kind, level)
        elif text.strip() or waiting or (self.rows and any(c.isalnum() for c in label)):  # a cell may hold its row's number alone
            sink.blocks.append(Para(pieces, kind, level))

    def _kind(self, opened: Open, text: str) -> tuple[ParagraphKind, int | None]:
        if self.aside:
            return "prose", None
        outline = number(value(opened.properties, "outlineLvl"))
        for style in self.styles.chain(opened.style):
            word, _, last = style.name.partition(" ")
            if word == "toc" and last.isdecimal():
                return "running", None  # an entry of a table of contents says nothing that its heading does not
            named = 0 if style.name == "title" else int(last) - 1 if word == "heading" and last.isdecimal() else None
            outline = outline if outline is not None else style.outline if style.outline is not None else named
        if outline is None or not 0 <= outline <= 8 or not is_heading(text):
            return "prose", None
        return "heading", outline + 1

    def _start_box(self, e: etree._Element) -> None:
        self.sinks.append(Sink())

    def _end_box(self) -> None:
        blocks = self.sinks.pop().settle()
        (self.open[-1].boxes if self.open else self.sinks[-1].blocks).extend(blocks)

    # Runs

    @property
    def _page(self) -> int | None:
        return None if self.aside else self.pages.now

    def _write(self, text: str, e: etree._Element) -> None:
        if "code" in self.fields or not self.open or not text:
            return
        source = self.trail.follow(text, e, bool(self.fields)) if self.trail else None
        self.open[-1].write(text, self._page, source)
        if text.strip() and not self.aside:
            self.pages.write(len(text))
            for row in self.rows:
                row.blank = False

    def _start_run(self, e: etree._Element) -> bool:
        properties = e.find(W + "rPr")
        changed = None if properties is None else properties.find(W + "rPrChange")
        if self.view == "original" and changed is not None:
            properties = changed.find(W + "rPr")
        if properties is None and not self.styles.any_hidden:
            return False
        hidden = switch(properties, "vanish")
        for style in (value(properties, "rStyle"), self.open[-1].style if self.open else None):
            hidden = self.styles.says(style, "hidden") if hidden is None else hidden
        if hidden:
            self._note_breaks_in(e)
        return hidden is True

    def _text(self, e: etree._Element) -> None:
        self._write((e.text or "").translate(SHOWN), e)

    def _alike(self, e: etree._Element) -> None:
        self._write(ALIKE[etree.QName(e).localname], e)

    def _slash(self, e: etree._Element) -> None:
        self._write(" / ", e)

    def _symbol(self, e: etree._Element) -> None:
        self._write(symbol(e.get(W + "char", ""), e.get(W + "font", "")), e)

    def _break(self, e: etree._Element) -> None:
        if e.get(W + "type") == "page" and not self.aside:
            self.pages.turn(blank=True)
        self._write("\n", e)

    def _note_break(self, e: etree._Element) -> None:
        if not self.aside:
            untold = [row for row in self.rows if row.blank]
            self.pages.note(starts_row=bool(untold))
            for row in untold:
                row.page = row.last_page = self.pages.now

    def _note_breaks_in(self, e: etree._Element) -> None:
        for mark in e.iter(W + "lastRenderedPageBreak"):
            self._note_break(mark)

    def _field(self, e: etree._Element) -> bool:
        """Of a field only its result is text; a form's check box or list has its state in the field itself."""
        kind = e.get(W + "fldCharType")
        if kind == "begin":
            self._write(state_of_form(e), e)
            self.fields.append("code")
        elif self.fields and kind == "separate":
            self.fields[-1] = "result"
        elif self.fields and kind == "end":
            self.fields.pop()
        return True

    # Notes and files within the file

    def _call(self, e: etree._Element) -> None:
        if not self.aside:
            self.called.append((str(e.tag).removesuffix("Reference"), e.get(W + "id", "")))

    def _add_notes(self) -> None:
        """Notes stand after the paragraph or table that calls them."""
        if self.open or self.rows or self.aside or self.sinks[-1].waiting:
            return
        called, self.called = self.called, []
        for key in called:
            if key in self.notes:
                self.sinks[-1].blocks += self.blocks(self.notes[key], aside=True)

    def _chunk(self, e: etree._Element) -> None:
        link = self.links.get(e.get(R + "id", ""))
        if link is not None:
            self.sinks[-1].settle().extend(self.chunk(link.target))

    # Tables

    def _start_table(self, e: etree._Element) -> None:
        if len(self.tables) >= DEEPEST_TABLE:
            raise DocumentError("unreadable", f"{self.name}: its tables are nested too deep to be read. Save it as PDF and send that.")
        self.sinks[-1].settle()
        self.tables.append([])

    def _end_table(self) -> None:
        self.sinks[-1].blocks += settle(self.tables.pop())
        self._add_notes()

    def _start_row(self, e: etree._Element) -> bool:
        properties = e.find(W + "trPr")
        gone = properties is not None and any(properties.find(W + tag) is not None for tag in _GONE[self.view])
        self.rows.append(Row(gone, self.pages.now, self.pages.fresh, self.pages.now))
        return gone

    def _end_row(self) -> None:
        row = self.rows.pop()
        self.pages.now, self.pages.row_parted = row.last_page, row.last_page > row.page
        if not row.gone and self.tables:
            self.tables[-1].append(row.cells)

    def _start_cell(self, e: etree._Element) -> bool:
        """Word notes a page's break in each cell of a row that it parts, so each cell starts on the row's page."""
        properties = e.find(W + "tcPr")
        merges = [] if properties is None else [properties.find(W + "vMerge"), properties.find(W + "hMerge")]
        gone = properties is not None and properties.find(W + _GONE_CELL[self.view]) is not None
        continued = gone or any(m is not None and m.get(W + "val", "continue") == "continue" for m in merges)
        cell = Cell(span=number(value(properties, "gridSpan")) or 1, continued=continued)
        self.sinks.append(Sink(cell.blocks))
        if self.rows:
            self.rows[-1].cells.append(cell)
            self.pages.now, self.pages.fresh = self.rows[-1].page, self.rows[-1].fresh
        return gone

    def _end_cell(self) -> None:
        self.sinks.pop().settle()
        if self.rows:
            self.rows[-1].last_page = max(self.rows[-1].last_page, self.pages.now)


def _is_second_choice(e: etree._Element) -> bool:
    """Of the ways to show one thing (a text box as drawing or as VML) only the first is read that asks for nothing unheard of, as Word does."""
    ways = [*[*e.itersiblings(preceding=True)][::-1], e, *e.itersiblings()]
    return e is not next((way for way in ways if all(e.nsmap.get(p, "").startswith(_HEARD_OF) for p in way.get("Requires", "").split())), ways[0])


_HEARD_OF = ("http://schemas.", "urn:")


def _says(section: etree._Element) -> bool:
    parent = section.getparent()
    return parent is None or parent.tag != W + "sectPrChange"
