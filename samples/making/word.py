"""Write a sample as a Word file: true lists, styles, fields, links and footnotes, not look-alikes."""

from __future__ import annotations

import datetime
import io
import zipfile
from pathlib import Path
from typing import Any

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK, WD_TAB_ALIGNMENT
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph
from docx.text.run import Run as WordRun

from making.markup import FORMATS, PATTERNS, Block, Sample, curly, runs

LEVELS = ("Heading 1", "Clause 2", "Clause 3", "Clause 4")
WRITTEN = datetime.datetime(2026, 1, 5, 9, 0, tzinfo=datetime.UTC)
_FOOTNOTES = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"


def write(sample: Sample, target: Path) -> None:
    writer = _Writer(sample.meta)
    for block in sample.blocks:
        getattr(writer, f"_{block.kind}")(block)
    writer.finish()
    raw = io.BytesIO()
    writer.document.save(raw)
    _rezip(raw, target)


def _rezip(raw: io.BytesIO, target: Path) -> None:
    """The same parts with a fixed time, so that the same text gives the same bytes."""
    with zipfile.ZipFile(raw) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            entry = zipfile.ZipInfo(name, (2026, 1, 5, 9, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(entry, old.read(name))


class _Writer:
    """Holds the growing document, its lists and its footnotes."""

    def __init__(self, meta: dict[str, Any]) -> None:
        self.meta, self.document, self.notes = meta, Document(), []
        self.lists: dict[int, int] = {}
        self.accent = RGBColor.from_string(meta.get("accent", "#000000")[1:].upper())
        self.levels = meta.get("levels", LEVELS)
        _page(self.document, meta)
        _styles(self.document, meta, self.levels, self.accent)
        _running(self.document, meta)
        _properties(self.document, meta)
        self._numbering_cleared()

    # Lists

    def _numbering_cleared(self) -> None:
        self.numbering = self.document.part.numbering_part.element
        for child in list(self.numbering):
            self.numbering.remove(child)
        bullets = self._abstract(1, ["•"], ["bullet"], linked=False)
        self._list(bullets, 1)
        self.lists[0] = self._list(self._abstract(2, self.meta.get("numbering", PATTERNS), FORMATS, linked=True), 2)
        for level, name in enumerate(self.levels):
            _numbered(self.document.styles[name].element, level, 2)
        _numbered(self.document.styles["List Bullet"].element, 0, 1)

    def _abstract(self, number: int, patterns: Any, formats: Any, *, linked: bool) -> int:
        element = parse_xml(
            f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{number}"><w:multiLevelType w:val="multilevel"/></w:abstractNum>'
        )
        for level, (pattern, numeral) in enumerate(zip(patterns, formats, strict=False)):
            left, hanging = (720, 360) if numeral == "bullet" else ((720, 720), (720, 720), (1287, 567), (1854, 567))[level]
            if level == 0 and pattern.startswith("Article"):
                left, hanging = 1560, 1560
            link = f'<w:pStyle w:val="{self.document.styles[self.levels[level]].style_id}"/>' if linked else ""
            element.append(
                parse_xml(
                    f'<w:lvl {nsdecls("w")} w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{numeral}"/>{link}<w:lvlText w:val="{pattern}"/>'
                    f'<w:lvlJc w:val="left"/><w:pPr><w:ind w:left="{left}" w:hanging="{hanging}"/></w:pPr></w:lvl>'
                )
            )
        first_num = self.numbering.find(qn("w:num"))
        if first_num is None:
            self.numbering.append(element)
        else:
            first_num.addprevious(element)
        return number

    def _list(self, abstract: int, number: int) -> int:
        self.numbering.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="{number}"><w:abstractNumId w:val="{abstract}"/></w:num>'))
        return number

    # Blocks

    def _add(self, text: str, style: str = "Normal") -> Paragraph:
        paragraph = self.document.add_paragraph(style=style)
        self._words(paragraph, text)
        return paragraph

    def _words(self, paragraph: Paragraph, text: str) -> None:
        for run in runs(text):
            if run.url:
                self._link(paragraph, run.text, run.url)
            elif run.note:
                self._note(paragraph, run.note)
            else:
                made = paragraph.add_run(run.text)
                made.bold, made.italic = run.bold or None, run.italic or None

    def _link(self, paragraph: Paragraph, text: str, url: str) -> None:
        relation = paragraph.part.relate_to(url, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
        link = parse_xml(f'<w:hyperlink {nsdecls("w", "r")} r:id="{relation}" w:history="1"/>')
        element = OxmlElement("w:r")
        link.append(element)
        paragraph._p.append(link)
        run = WordRun(element, paragraph)
        run.text = text
        run.font.color.rgb, run.font.underline = RGBColor(0x1A, 0x4F, 0x9C), True

    def _note(self, paragraph: Paragraph, words: str) -> None:
        self.notes.append(words)
        run = paragraph.add_run()
        run.font.superscript = True
        run._r.append(parse_xml(f'<w:footnoteReference {nsdecls("w")} w:id="{len(self.notes) + 1}"/>'))

    def _para(self, block: Block) -> None:
        self._add(block.text)

    def _clause(self, block: Block) -> None:
        paragraph = self._add(block.text, self.levels[block.level - 1])
        if block.part:
            if block.part not in self.lists:
                number = len(self.lists) + 2
                patterns = self.meta.get("exhibit_numbering", self.meta.get("numbering", PATTERNS))
                self.lists[block.part] = self._list(self._abstract(number, patterns, FORMATS, linked=False), number)
            _numbered(paragraph._p, block.level - 1, self.lists[block.part])

    def _bullets(self, block: Block) -> None:
        for row in block.rows:
            self._add(row[0], "List Bullet")

    def _title(self, block: Block) -> None:
        self._add(block.text, "Title")

    def _subtitle(self, block: Block) -> None:
        self._add(block.text, "Subtitle")

    def _center(self, block: Block) -> None:
        self._add(block.text).alignment = WD_ALIGN_PARAGRAPH.CENTER

    def _heading(self, block: Block) -> None:
        self._add(block.text, "Part Heading")

    def _exhibit(self, block: Block) -> None:
        paragraph = self._add(block.text, "Exhibit Heading")
        paragraph.paragraph_format.page_break_before = True

    def _part(self, block: Block) -> None:
        self._exhibit(block)

    def _page(self, block: Block) -> None:
        self.document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)

    def _space(self, block: Block) -> None:
        self.document.add_paragraph().paragraph_format.space_before = Pt(float(block.text))

    def _table(self, block: Block) -> None:
        table = self.document.add_table(len(block.rows), len(block.rows[0]), style="Table Grid")
        table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
        shares = [float(share) for share in block.options["widths"].split(",")]
        section = self.document.sections[0]
        room = section.page_width - section.left_margin - section.right_margin
        headed, first_bold = block.options.get("head", "yes") == "yes", block.options.get("bold") == "first"
        for at, row in enumerate(block.rows):
            for column, text in enumerate(row):
                cell = table.cell(at, column)
                cell.width = int(room * shares[column] / sum(shares))
                paragraph = cell.paragraphs[0]
                paragraph.style = self.document.styles["Table Text"]
                self._words(paragraph, text)
                if headed and at == 0:
                    _shade(cell, str(self.accent) if self.meta.get("accent") else "E4E4E4")
                    for run in paragraph.runs:
                        run.bold = True
                        run.font.color.rgb = RGBColor(255, 255, 255) if self.meta.get("accent") else None
                elif first_bold and column == 0:
                    _shade(cell, "F2F4F6")
                    for run in paragraph.runs:
                        run.bold = True
            if headed and at == 0:
                table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
            table.rows[at]._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        for column, share in zip(table.columns, shares, strict=True):
            column.width = int(room * share / sum(shares))
        self.document.add_paragraph().paragraph_format.space_after = Pt(2)

    def _sign(self, block: Block) -> None:
        self.document.paragraphs[-1].paragraph_format.keep_with_next = True
        rows = [[f"**{name.strip()}**" for name in block.options["parties"].split("|")], *block.rows]
        table = self.document.add_table(len(rows), 2)
        for at, row in enumerate(rows):
            table.rows[at]._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
            for column, text in enumerate(row):
                paragraph = table.cell(at, column).paragraphs[0]
                paragraph.paragraph_format.space_before, paragraph.paragraph_format.keep_with_next = Pt(6), True
                self._words(paragraph, text.strip())

    # The end

    def finish(self) -> None:
        if not self.notes:
            return
        font = self.meta.get("word_font", "Calibri")
        look = f'<w:rPr><w:rFonts w:ascii="{font}" w:hAnsi="{font}"/><w:sz w:val="16"/></w:rPr>'
        parts = [
            f"<w:footnotes {nsdecls('w')}>",
            '<w:footnote w:type="separator" w:id="0"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>',
            '<w:footnote w:type="continuationSeparator" w:id="1"><w:p><w:r><w:continuationSeparator/></w:r></w:p></w:footnote>',
        ]
        for number, words in enumerate(self.notes, start=2):
            parts.append(
                f'<w:footnote w:id="{number}"><w:p><w:pPr><w:spacing w:after="0"/></w:pPr><w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteRef/></w:r>'
                f'<w:r>{look}<w:t xml:space="preserve"> {words}</w:t></w:r></w:p></w:footnote>'
            )
        blob = ('<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' + "".join([*parts, "</w:footnotes>"])).encode()
        part = Part(PackURI("/word/footnotes.xml"), _FOOTNOTES, blob, self.document.part.package)
        self.document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)


def _numbered(element: Any, level: int, number: int) -> None:
    properties = element.get_or_add_pPr().get_or_add_numPr()
    properties.get_or_add_ilvl().val, properties.get_or_add_numId().val = level, number


def _page(document: WordDocument, meta: dict[str, Any]) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = (Mm(210), Mm(297)) if meta.get("paper") == "a4" else (Mm(215.9), Mm(279.4))
    section.left_margin = section.right_margin = Mm(meta.get("margin", 25))
    section.top_margin, section.bottom_margin = Mm(25), Mm(23)


def _styles(document: WordDocument, meta: dict[str, Any], levels: Any, accent: RGBColor) -> None:
    styles, font, size = document.styles, meta.get("word_font", "Calibri"), meta.get("size", 10.5)
    for name in ("Clause 2", "Clause 3", "Clause 4", "Part Heading", "Exhibit Heading", "Table Text"):
        made = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        made.base_style, made.quick_style = styles["Normal"], True
    for name in (
        "Normal",
        "Title",
        "Subtitle",
        "Part Heading",
        "Exhibit Heading",
        "Table Text",
        "List Bullet",
        "Header",
        "Footer",
        *levels,
    ):
        style = styles[name]
        style.font.name, style.font.size, style.font.color.rgb, style.font.italic, style.font.bold = (
            font,
            Pt(size),
            RGBColor(0, 0, 0),
            False,
            False,
        )
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)
        fonts.set(qn("w:hAnsi"), font)
        fonts.set(qn("w:cs"), font)
        style.paragraph_format.space_after, style.paragraph_format.space_before = Pt(5), Pt(0)
        style.paragraph_format.line_spacing = 1.08
    for name, points in (
        ("Title", 22),
        ("Subtitle", 13),
        ("Part Heading", size + 1.5),
        ("Exhibit Heading", size + 3),
        (levels[0], size + 1),
    ):
        style = styles[name]
        style.font.size, style.font.bold, style.font.color.rgb = Pt(points), name != "Subtitle", accent
        style.paragraph_format.space_before, style.paragraph_format.keep_with_next = Pt(10), True
    for name in ("Title", "Subtitle", "Exhibit Heading"):
        styles[name].paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    border = styles["Title"].element.pPr.find(qn("w:pBdr"))
    if border is not None:
        styles["Title"].element.pPr.remove(border)
    styles["Table Text"].font.size = Pt(size - 0.5)
    styles["Table Text"].paragraph_format.space_before = styles["Table Text"].paragraph_format.space_after = Pt(2)
    for name in levels[1:]:
        styles[name].paragraph_format.keep_with_next = False


def _running(document: WordDocument, meta: dict[str, Any]) -> None:
    section = document.sections[0]
    section.different_first_page_header_footer = bool(meta.get("cover"))
    width = section.page_width - section.left_margin - section.right_margin
    header, footer = section.header.paragraphs[0], section.footer.paragraphs[0]
    for paragraph in (header, footer):
        stops = paragraph.style.paragraph_format.tab_stops
        stops.clear_all()
        paragraph.paragraph_format.tab_stops.add_tab_stop(width, WD_TAB_ALIGNMENT.RIGHT)
        paragraph.style.font.size, paragraph.style.font.color.rgb = Pt(8.5), RGBColor(0x55, 0x55, 0x55)
    header.add_run(curly(f"{meta['header'][0]}\t{meta['header'][1]}"))
    footer.add_run(curly(meta["footer"]) + "\tPage ")
    _field(footer, "PAGE")
    footer.add_run(" of ")
    _field(footer, "NUMPAGES")


def _field(paragraph: Paragraph, code: str) -> None:
    for kind in ("begin", "code", "separate", "shown", "end"):
        run = paragraph.add_run()
        if kind == "code":
            run._r.append(parse_xml(f'<w:instrText {nsdecls("w")} xml:space="preserve"> {code} </w:instrText>'))
        elif kind == "shown":
            run.text = "1"
        else:
            run._r.append(parse_xml(f'<w:fldChar {nsdecls("w")} w:fldCharType="{kind}"/>'))


def _shade(cell: Any, colour: str) -> None:
    cell._tc.get_or_add_tcPr().append(parse_xml(f'<w:shd {nsdecls("w")} w:val="clear" w:color="auto" w:fill="{colour}"/>'))


def _properties(document: WordDocument, meta: dict[str, Any]) -> None:
    core = document.core_properties
    core.title, core.author, core.last_modified_by = meta["title"], meta["vendor"], meta["vendor"]
    core.created = core.modified = WRITTEN.replace(tzinfo=None)
    core.revision, core.comments = 1, ""
