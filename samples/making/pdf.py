"""Write a sample as a PDF, the way a vendor's legal department would print it."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from reportlab import rl_config
from reportlab.lib.colors import HexColor, black, white
from reportlab.lib.enums import TA_CENTER, TA_JUSTIFY, TA_LEFT
from reportlab.lib.pagesizes import A4, LETTER
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    Flowable,
    Frame,
    HRFlowable,
    KeepTogether,
    NextPageTemplate,
    PageBreak,
    PageTemplate,
    Paragraph,
    Spacer,
    Table,
    TableStyle,
)
from reportlab.platypus.tableofcontents import TableOfContents

from making.markup import Block, Sample, curly, runs

FACES = {"times": ("Times-Roman", "Times-Bold"), "helvetica": ("Helvetica", "Helvetica-Bold")}


def write(sample: Sample, target: Path) -> None:
    rl_config.invariant = 1
    look = _Look(sample.meta)
    document = _Agreement(str(target), sample.meta, look)
    document.multiBuild(
        [piece for block in sample.blocks for piece in look.flowables(block)], canvasmaker=_counted_pages(sample.meta, look)
    )


class _Agreement(BaseDocTemplate):
    """One frame a page, or two columns; the cover has neither header nor footer."""

    def __init__(self, target: str, meta: dict[str, Any], look: _Look) -> None:
        side = look.margin
        super().__init__(
            target,
            pagesize=look.page,
            title=meta["title"],
            author=meta["vendor"],
            subject=meta["title"],
            creator=meta["vendor"],
            leftMargin=side,
            rightMargin=side,
            topMargin=64,
            bottomMargin=62,
        )
        half = (self.width - 18) / 2
        one = Frame(side, self.bottomMargin, self.width, self.height, 0, 0, 0, 0, id="one")
        left = Frame(side, self.bottomMargin, half, self.height, 0, 0, 0, 0, id="left")
        right = Frame(side + half + 18, self.bottomMargin, half, self.height, 0, 0, 0, 0, id="right")
        self.addPageTemplates([PageTemplate("one", [one]), PageTemplate("two", [left, right])])

    def afterFlowable(self, flowable: Flowable) -> None:
        entry = getattr(flowable, "toc_entry", None)
        if entry:
            self.notify("TOCEntry", (0, entry, self.page))


class _Look:
    """The paragraph styles of one sample, and how each kind of block is set."""

    def __init__(self, meta: dict[str, Any]) -> None:
        self.meta = meta
        self.page = A4 if meta.get("paper") == "a4" else LETTER
        self.margin = meta.get("margin", 68)
        self.face, self.bold = FACES[meta.get("font", "times")]
        self.size = meta.get("size", 10.5)
        self.accent = HexColor(meta.get("accent", "#000000"))
        self.align = TA_JUSTIFY if meta.get("justify") else TA_LEFT
        self.columns = 1

    def style(self, name: str, **changes: Any) -> ParagraphStyle:
        base = {
            "fontName": self.face,
            "fontSize": self.size,
            "leading": self.size * 1.27,
            "spaceAfter": self.size * 0.55,
            "alignment": self.align,
        }
        return ParagraphStyle(name, **{**base, **changes})

    def flowables(self, block: Block) -> list[Flowable]:
        return getattr(self, f"_{block.kind}")(block)

    def words(self, text: str) -> str:
        out = []
        for run in runs(text):
            words = escape(run.text)
            if run.url:
                words = f'<a href="{run.url}" color="#1a4f9c">{words}</a>'
            out.append(f"<b>{words}</b>" if run.bold else f"<i>{words}</i>" if run.italic else words)
        return "".join(out)

    def _para(self, block: Block) -> list[Flowable]:
        return [Paragraph(self.words(block.text), self.style("body"))]

    def _clause(self, block: Block) -> list[Flowable]:
        tight = self.columns == 2
        step = 25 if tight else 30
        if block.level == 1:
            style = self.style(
                "clause1",
                fontName=self.bold,
                fontSize=self.size + (0.5 if tight else 1),
                textColor=self.accent,
                spaceBefore=self.size * 0.75,
                leftIndent=step,
                bulletIndent=0,
                bulletFontName=self.bold,
                bulletFontSize=self.size + (0.5 if tight else 1),
                bulletColor=self.accent,
                keepWithNext=1,
                alignment=TA_LEFT,
            )
        else:
            indent = {2: step, 3: step + (16 if tight else 26), 4: step + (32 if tight else 50)}[block.level]
            style = self.style(
                f"clause{block.level}",
                leftIndent=indent,
                bulletIndent={2: 0, 3: step, 4: step + (16 if tight else 26)}[block.level],
                bulletFontName=self.face,
                bulletFontSize=self.size,
            )
        paragraph = Paragraph(self.words(block.text), style, bulletText=block.number)
        if block.level == 1:
            paragraph.toc_entry = f"{block.number}  {curly(block.text)}"
        return [paragraph]

    def _bullets(self, block: Block) -> list[Flowable]:
        style = self.style("bullet", leftIndent=44, bulletIndent=32, spaceAfter=self.size * 0.3)
        return [Paragraph(self.words(row[0]), style, bulletText="•") for row in block.rows]

    def _title(self, block: Block) -> list[Flowable]:
        return [
            Paragraph(
                self.words(block.text),
                self.style("title", fontName=self.bold, fontSize=20, leading=25, textColor=self.accent, alignment=TA_CENTER, spaceAfter=10),
            )
        ]

    def _subtitle(self, block: Block) -> list[Flowable]:
        return [Paragraph(self.words(block.text), self.style("subtitle", fontSize=13, leading=17, alignment=TA_CENTER, spaceAfter=10))]

    def _center(self, block: Block) -> list[Flowable]:
        return [Paragraph(self.words(block.text), self.style("center", alignment=TA_CENTER))]

    def _heading(self, block: Block) -> list[Flowable]:
        style = self.style(
            "heading",
            fontName=self.bold,
            fontSize=self.size + 1.5,
            leading=self.size + 5,
            textColor=self.accent,
            spaceBefore=8,
            keepWithNext=1,
            alignment=TA_LEFT,
        )
        return [Paragraph(self.words(block.text), style)]

    def _exhibit(self, block: Block) -> list[Flowable]:
        style = self.style(
            "exhibit",
            fontName=self.bold,
            fontSize=self.size + 3,
            leading=self.size + 7,
            textColor=self.accent,
            alignment=TA_CENTER,
            spaceAfter=12,
        )
        paragraph = Paragraph(self.words(block.text), style)
        paragraph.toc_entry = curly(block.text)
        self.columns = 1
        return [NextPageTemplate("one"), PageBreak(), paragraph]

    def _part(self, block: Block) -> list[Flowable]:
        return self._exhibit(block)

    def _columns(self, block: Block) -> list[Flowable]:
        self.columns = int(block.text)
        if self.columns == 2:
            self.size -= 1.2
        return [NextPageTemplate("two" if self.columns == 2 else "one"), PageBreak()]

    def _page(self, block: Block) -> list[Flowable]:
        return [PageBreak()]

    def _space(self, block: Block) -> list[Flowable]:
        return [Spacer(1, float(block.text))]

    def _rule(self, block: Block) -> list[Flowable]:
        return [HRFlowable(width="100%", thickness=0.8, color=self.accent, spaceBefore=4, spaceAfter=8)]

    def _toc(self, block: Block) -> list[Flowable]:
        toc = TableOfContents(dotsMinLevel=0)
        toc.levelStyles = [self.style("toc", spaceAfter=2, rightIndent=4)]
        return [toc]

    def _table(self, block: Block) -> list[Flowable]:
        room = self.page[0] - 2 * self.margin
        if self.columns == 2:
            room = (room - 18) / 2
        widths = [float(share) for share in block.options["widths"].split(",")]
        widths = [room * share / sum(widths) for share in widths]
        headed, first_bold = block.options.get("head", "yes") == "yes", block.options.get("bold") == "first"
        plain = self.style("cell", fontSize=self.size - 0.7, leading=(self.size - 0.7) * 1.2, spaceAfter=0, alignment=TA_LEFT)
        strong = self.style(
            "head", fontName=self.bold, fontSize=self.size - 0.7, leading=(self.size - 0.7) * 1.2, spaceAfter=0, alignment=TA_LEFT
        )
        inverse = self.style(
            "inverse",
            fontName=self.bold,
            fontSize=self.size - 0.7,
            leading=(self.size - 0.7) * 1.2,
            spaceAfter=0,
            textColor=white,
            alignment=TA_LEFT,
        )
        dark = self.accent != black
        rows = []
        for at, row in enumerate(block.rows):
            top = inverse if dark else strong
            rows.append(
                [
                    Paragraph(self.words(cell), top if headed and at == 0 else strong if first_bold and column == 0 else plain)
                    for column, cell in enumerate(row)
                ]
            )
        ruled = [
            ("GRID", (0, 0), (-1, -1), 0.6, HexColor("#7a7a7a")),
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("TOPPADDING", (0, 0), (-1, -1), 3.5),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 4),
            ("LEFTPADDING", (0, 0), (-1, -1), 5),
            ("RIGHTPADDING", (0, 0), (-1, -1), 5),
        ]
        if headed:
            ruled.append(("BACKGROUND", (0, 0), (-1, 0), self.accent if dark else HexColor("#e4e4e4")))
        if first_bold:
            ruled.append(("BACKGROUND", (0, 1 if headed else 0), (0, -1), HexColor("#f2f4f6")))
        table = Table(rows, colWidths=widths, repeatRows=1 if headed else 0, style=TableStyle(ruled))
        return [Spacer(1, 4), table, Spacer(1, 9)]

    def _sign(self, block: Block) -> list[Flowable]:
        room = (self.page[0] - 2 * self.margin) / 2
        parties = [
            Paragraph(self.words(f"**{name.strip()}**"), self.style("party", alignment=TA_LEFT))
            for name in block.options["parties"].split("|")
        ]
        lines = [
            [Paragraph(self.words(cell.strip()), self.style("line", spaceAfter=0, alignment=TA_LEFT)) for cell in row] for row in block.rows
        ]
        ruled = [
            ("VALIGN", (0, 0), (-1, -1), "BOTTOM"),
            ("LEFTPADDING", (0, 0), (-1, -1), 0),
            ("BOTTOMPADDING", (0, 1), (-1, -1), 6),
            ("TOPPADDING", (0, 1), (-1, -1), 9),
        ]
        return [KeepTogether([Spacer(1, 10), Table([parties, *lines], colWidths=[room, room], style=TableStyle(ruled))])]


def _counted_pages(meta: dict[str, Any], look: _Look) -> type[Canvas]:
    """A canvas that draws the running header and footer once the number of pages is known."""

    class Counted(Canvas):
        def __init__(self, *args: Any, **kwargs: Any) -> None:
            super().__init__(*args, **kwargs)
            self.pages: list[dict[str, Any]] = []

        def showPage(self) -> None:
            self.pages.append(dict(self.__dict__))
            self._startPage()

        def save(self) -> None:
            for at, page in enumerate(self.pages, start=1):
                self.__dict__.update(page)
                if at == 1 and meta.get("cover"):
                    self._cover()
                else:
                    self._running(at, len(self.pages))
                super().showPage()
            super().save()

        def _cover(self) -> None:
            width, height = look.page
            self.setFillColor(look.accent)
            self.rect(0, height - 26, width, 26, stroke=0, fill=1)
            self.rect(0, 0, width, 10, stroke=0, fill=1)

        def _running(self, at: int, pages: int) -> None:
            width, height = look.page
            left, right = look.margin, width - look.margin
            self.setFont(look.face, 8)
            self.setFillColor(HexColor("#555555"))
            self.drawString(left, height - 40, curly(meta["header"][0]))
            self.drawRightString(right, height - 40, curly(meta["header"][1]))
            self.setStrokeColor(look.accent)
            self.setLineWidth(0.6)
            self.line(left, height - 46, right, height - 46)
            self.line(left, 46, right, 46)
            self.drawString(left, 34, curly(meta["footer"]))
            self.drawRightString(right, 34, meta.get("page_words", "Page {} of {}").format(at, pages))

    return Counted
