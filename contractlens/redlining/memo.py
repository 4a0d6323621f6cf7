"""A Word memo for an agreement that is no Word file: clause by clause the quote with the changes tracked in it, and the reasons."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from datetime import datetime
from html import escape

from contractlens.advice.finding import Review
from contractlens.documents.document import Source
from contractlens.documents.docx import read
from contractlens.redlining.changes import Ask, Change, grouped
from contractlens.redlining.email import heading, opening, subject
from contractlens.redlining.marking import Marked, mark
from contractlens.redlining.tracked import printable

_NAMES = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_LINKS = "http://schemas.openxmlformats.org/package/2006/relationships"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_NEW = "To be added to the agreement:"
_STYLES = {
    "Normal": ("Normal", '<w:spacing w:after="120" w:line="264" w:lineRule="auto"/>', '<w:rFonts w:ascii="Calibri" w:hAnsi="Calibri" w:cs="Calibri"/><w:sz w:val="22"/>'),
    "Title": ("Title", '<w:spacing w:after="60"/>', '<w:b/><w:sz w:val="32"/>'),
    "Subtitle": ("Subtitle", '<w:spacing w:after="240"/>', '<w:color w:val="595959"/>'),
    "Heading1": ("heading 1", '<w:keepNext/><w:spacing w:before="320" w:after="80"/><w:outlineLvl w:val="0"/>', '<w:b/><w:sz w:val="24"/>'),
    "Quote": ("Quote", '<w:pBdr><w:left w:val="single" w:sz="12" w:space="10" w:color="A6A6A6"/></w:pBdr><w:ind w:left="360" w:right="360"/>', ""),
    "Why": ("Why", "<w:keepLines/>", "<w:i/>"),
}  # fmt: skip


def memo(review: Review, asked: Sequence[Ask], *, when: datetime, author: str, comments: bool = False) -> Marked:
    """The memo, ready to send to the vendor; the quotes carry the same tracked changes as the agreement would."""
    groups = grouped(asked)
    paragraphs = [("Title", subject(review)), ("Subtitle", f"{when.day} {when:%B %Y}"), ("Normal", opening(review, len(asked)))]
    for number, group in enumerate(groups, 1):
        place = group[0].place
        paragraphs += [("Heading1", f"{number}. {heading(group[0])}"), ("Quote", _flat(place.quote) if place else _NEW)]
        paragraphs += [("Why", f"Why we ask: {_flat(ask.why)}") for ask in group if ask.why]
    data = _package(paragraphs)
    return mark(data, "memo.docx", _changes(data, groups, comments), when=when, author=author, comments=comments, numbers=False)


def _changes(data: bytes, groups: Sequence[Sequence[Ask]], comments: bool) -> list[Change]:
    """The asks as changes of the memo's own text, in which the quotes stand one after the other."""
    text, at, out = read(data, Source("memo.docx", "memo.docx", "", "")).text, 0, []
    for number, group in enumerate(groups, 1):
        place = group[0].place
        quote = _flat(place.quote) if place else _NEW
        start = text.index(quote, text.index(f"\n\n{number}. {_flat(heading(group[0]))}\n\n", at))
        at = start + len(quote)
        for ask in group:
            out.append(Change(start, at, quote, ask.redline.text, ask.redline.replace is None, ask.why if comments else "", ask.finding.rule))
    return out


def _flat(text: str) -> str:
    return " ".join(printable(text).split())


def _package(paragraphs: Sequence[tuple[str, str]]) -> bytes:
    """A small Word file with these paragraphs, each in its style."""
    body = "".join(
        f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr><w:r><w:t xml:space="preserve">{escape(_flat(text), quote=False)}</w:t></w:r></w:p>'
        for style, text in paragraphs
    )
    page = '<w:sectPr><w:pgSz w:w="12240" w:h="15840"/><w:pgMar w:top="1440" w:right="1440" w:bottom="1440" w:left="1440" w:header="720" w:footer="720" w:gutter="0"/></w:sectPr>'
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
        "word/document.xml": f"<w:document {_NAMES}><w:body>{body}{page}</w:body></w:document>",
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
