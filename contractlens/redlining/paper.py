"""A small Word file of our own: a memo, a letter."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from contractlens.redlining.tracked import printable

_NAMES = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_LINKS = "http://schemas.openxmlformats.org/package/2006/relationships"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_PAGE = '<w:sectPr><w:pgSz w:w="12240" w:h="15840"/><w:pgMar w:top="1247" w:right="1440" w:bottom="1247" w:left="1440" w:header="720" w:footer="720" w:gutter="0"/></w:sectPr>'
_BLANK = re.compile(r"(\[[^\[\]]+\])")
_MARKED = '<w:rPr><w:highlight w:val="yellow"/></w:rPr>'
_HANGING = '<w:spacing w:after="{}"/><w:ind w:left="360" w:hanging="360"/>'
# name, of the paragraph, of its runs; children in the order that the schema asks for
_STYLES = {
    "Normal": ("Normal", '<w:spacing w:after="120" w:line="264" w:lineRule="auto"/>', '<w:rFonts w:ascii="Calibri" w:hAnsi="Calibri" w:cs="Calibri"/><w:sz w:val="22"/>'),
    "Title": ("Title", '<w:spacing w:after="60"/>', '<w:b/><w:sz w:val="32"/>'),
    "Subtitle": ("Subtitle", '<w:spacing w:after="240"/>', '<w:color w:val="595959"/>'),
    "Heading1": ("heading 1", '<w:keepNext/><w:spacing w:before="320" w:after="80"/><w:outlineLvl w:val="0"/>', '<w:b/><w:sz w:val="24"/>'),
    "Quote": ("Quote", '<w:pBdr><w:left w:val="single" w:sz="12" w:space="10" w:color="A6A6A6"/></w:pBdr><w:ind w:left="360" w:right="360"/>', ""),
    "Why": ("Why", "<w:keepLines/>", "<w:i/>"),
    "Address": ("Address", '<w:spacing w:after="0"/>', ""),
    "Gap": ("Gap", '<w:keepNext/><w:spacing w:before="200"/>', ""),
    "Reference": ("Reference", '<w:keepNext/><w:spacing w:before="240" w:after="40"/>', "<w:b/>"),
    "Item": ("Item", _HANGING.format(120), ""),
    "Sign": ("Sign", '<w:keepNext/><w:keepLines/><w:spacing w:before="480" w:after="0"/>', ""),
    "NextPage": ("Next Page", '<w:keepNext/><w:pageBreakBefore/><w:spacing w:after="80"/><w:outlineLvl w:val="0"/>', '<w:b/><w:sz w:val="28"/>'),
    "Check": ("Check", _HANGING.format(100), ""),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph in one of the styles. Where `blanks`, [square brackets] are marked in yellow, for a person to fill in."""

    style: str
    text: str
    blanks: bool = False


def flat(text: str) -> str:
    """The text on one line, as XML can hold it."""
    return " ".join(printable(text).split())


def paper(lines: Sequence[Line]) -> bytes:
    """The file; the same lines give the same bytes."""
    body = "".join(f'<w:p><w:pPr><w:pStyle w:val="{line.style}"/></w:pPr>{_runs(line)}</w:p>' for line in lines)
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="{key}"{" w:default=" + chr(34) + "1" + chr(34) if key == "Normal" else ""}><w:name w:val="{name}"/>'
        + ("" if key == "Normal" else '<w:basedOn w:val="Normal"/>')
        + f"<w:pPr>{of_paragraph}</w:pPr><w:rPr>{of_run}</w:rPr></w:style>"
        for key, (name, of_paragraph, of_run) in _STYLES.items()
    )
    parts = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{_WORD}.document.main+xml"/>'
        f'<Override PartName="/word/styles.xml" ContentType="{_WORD}.styles+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{_LINKS}"><Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/document.xml": f"<w:document {_NAMES}><w:body>{body}{_PAGE}</w:body></w:document>",
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{_LINKS}"><Relationship Id="rId1" Type="{_OFFICE}/styles" Target="styles.xml"/></Relationships>',
        "word/styles.xml": f"<w:styles {_NAMES}>{styles}</w:styles>",
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as zipped:
        for name, content in parts.items():
            info = zipfile.ZipInfo(name)  # the same day in every file: the same agreement gives the same bytes
            info.compress_type = zipfile.ZIP_DEFLATED
            zipped.writestr(info, _HEAD + content)
    return out.getvalue()


def _runs(line: Line) -> str:
    """The text of a paragraph; a tab after the mark of an item."""
    head, tab, text = line.text.partition("\t")
    pieces = _BLANK.split(flat(text if tab else head)) if line.blanks else [flat(text if tab else head)]
    mark = f"<w:r><w:t>{escape(head, quote=False)}</w:t><w:tab/></w:r>" if tab else ""
    return mark + "".join(
        f'<w:r>{_MARKED if n % 2 else ""}<w:t xml:space="preserve">{escape(piece, quote=False)}</w:t></w:r>'
        for n, piece in enumerate(pieces)
        if piece
    )
