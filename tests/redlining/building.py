"""Small Word files for the tests, and what must hold of every file with tracked changes."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator

from lxml import etree

NAME = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
W = f"{{{NAME}}}"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
CONTENT_TYPES = (
    f'<Types xmlns="{TYPES}"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" '
    'ContentType="application/xml"/><Override PartName="/word/document.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
LINKS = "http://schemas.openxmlformats.org/package/2006/relationships"
NAMES = f'xmlns:w="{NAME}" xmlns:r="{OFFICE}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
IN_PARAGRAPH = (
    "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs suppressAutoHyphens kinsoku wordWrap overflowPunct "
    "topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment "
    "textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange"
).split()
IN_RUN = (
    "ins del moveFrom moveTo rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof snapToGrid vanish webHidden color spacing w "
    "kern position sz szCs highlight u effect bdr shd fitText vertAlign rtl cs em lang eastAsianLayout specVanish oMath rPrChange"
).split()
CHANGES = ("ins", "del", "moveFrom", "moveTo", "pPrChange", "rPrChange", "bookmarkStart")


def word(body: str, *, raw: str | None = None, **parts: str) -> bytes:
    """A Word file with that body; other parts by the name of their relationship."""
    out = io.BytesIO()
    links = "".join(f'<Relationship Id="rId{i}" Type="{OFFICE}/{name}" Target="{name}.xml"/>' for i, name in enumerate(parts, 1))
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as zipped:
        zipped.writestr("[Content_Types].xml", CONTENT_TYPES)
        zipped.writestr(
            "_rels/.rels", f'<Relationships xmlns="{LINKS}"><Relationship Id="r1" Type="{OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>'
        )
        zipped.writestr("word/document.xml", raw or f"<w:document {NAMES}><w:body>{body}<w:sectPr/></w:body></w:document>")
        zipped.writestr("word/_rels/document.xml.rels", f'<Relationships xmlns="{LINKS}">{links}</Relationships>')
        for name, content in parts.items():
            zipped.writestr(f"word/{name}.xml", content)
    return out.getvalue()


def run(text: str, properties: str = "") -> str:
    return f'<w:r>{f"<w:rPr>{properties}</w:rPr>" if properties else ""}<w:t xml:space="preserve">{text}</w:t></w:r>'


def par(*content: str, properties: str = "") -> str:
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{''.join(c if c.startswith('<') else run(c) for c in content)}</w:p>"


def part(data: bytes, name: str = "word/document.xml") -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as zipped:
        return zipped.read(name)


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as zipped:
        return {name: zipped.read(name) for name in zipped.namelist()}


def paragraphs(data: bytes) -> list[str]:
    """Each outermost paragraph as it is written in the file, without what it tells of the file around it."""
    return re.findall(r"<w:p[ >].*?</w:p>|<w:p/>", part(data).decode(), re.S)


def faults(data: bytes) -> Iterator[str]:
    """What Word would not take: ids, empty runs, text in deletions, the order of children, comments without a part."""
    root = etree.fromstring(part(data))
    ids = [e.get(W + "id") for tag in CHANGES for e in root.iter(W + tag)]
    yield from (f"id {i} twice" for i in {i for i in ids if ids.count(i) > 1})
    for e in root.iter(W + "r"):
        content = [c for c in e if c.tag != W + "rPr"]
        if not content:
            yield "empty run"
        if e.find(W + "rPr") is not None and e[0].tag != W + "rPr":
            yield "rPr not first"
        deleted = next(e.iterancestors(W + "del"), None) is not None
        if any(c.tag == (W + "t" if deleted else W + "delText") for c in content):
            yield "text in a deletion, or deleted text outside of one"
        yield from ("text without end white space kept" for c in content if (c.text or "") != (c.text or "").strip() and "}space" not in str(c.attrib))
    for e in root.iter(W + "ins", W + "del"):
        if e.getparent().tag != W + "rPr" and e.getparent().tag != W + "trPr" and not len(e):
            yield "change of nothing"
        if not re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", e.get(W + "date", "")) or not e.get(W + "author"):
            yield "change without author or date"
    for e in root.iter(W + "pPr"):
        if e.getprevious() is not None:
            yield "pPr not first"
        after = [c.tag for c in e.itersiblings(preceding=False)] and [c.tag for c in e]
        if W + "rPr" in after and set(after[after.index(W + "rPr") + 1 :]) - {W + "sectPr", W + "pPrChange"}:
            yield "rPr not last in pPr"
    for tag, order in (("pPr", IN_PARAGRAPH), ("rPr", IN_RUN)):
        for e in root.iter(W + tag):
            places = [order.index(name) for c in e if (name := etree.QName(c).localname) in order and c.tag.startswith(W)]
            if places != sorted(places):
                yield f"children of {tag} out of order"
    yield from _faults_of_comments(data, root)


def _faults_of_comments(data: bytes, root: etree._Element) -> Iterator[str]:
    held = parts(data)
    made = [c.get(W + "id") for c in etree.fromstring(held["word/comments.xml"])] if "word/comments.xml" in held else []
    for tag in ("commentRangeStart", "commentRangeEnd", "commentReference"):
        if sorted(e.get(W + "id") for e in root.iter(W + tag)) != sorted(made):
            yield f"{tag} for other comments than there are"
    if made:
        if b'PartName="/word/comments.xml"' not in held["[Content_Types].xml"]:
            yield "comments without a content type"
        if held["word/_rels/document.xml.rels"].count(b"/relationships/comments") != 1:
            yield "comments without a relationship"
