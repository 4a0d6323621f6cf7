"""Word files as others make them, written part by part: broken, huge, or made to harm. Each is small."""

from __future__ import annotations

import io
import struct
import warnings
import zipfile

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
NAMES = f'xmlns:w="{W}" xmlns:r="{OFFICE}" xmlns:mc="{MC}" xmlns:wps="urn:wps" xmlns:v="urn:schemas-microsoft-com:vml"'
CLAUSE = (
    "This Agreement shall automatically renew for successive periods of one (1) year unless either party gives the other "
    "written notice of non-renewal at least ninety (90) days before the end of the term."
)
MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"


def par(text: str) -> str:
    return f'<w:p><w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'


def document(body: str) -> str:
    return f'<?xml version="1.0" encoding="UTF-8"?><w:document {NAMES}><w:body>{body}</w:body></w:document>'


def parts(body: str, *, main: str | bytes | None = None, kind: str = MAIN, links: str = "") -> dict[str, str | bytes]:
    return {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"><Override PartName="/word/document.xml" ContentType="{kind}"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r1" Type="{OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">{links}</Relationships>',
        "word/document.xml": document(body) if main is None else main,
    }


def word(body: str = par(CLAUSE), *, more: list[tuple[str, str | bytes]] | None = None, **changes: object) -> bytes:
    """A Word file; `more` are further entries of the zip, which may repeat a name or climb out of the folder."""
    return packed([*parts(body, **changes).items(), *(more or [])])  # type: ignore[arg-type]


def packed(entries: list[tuple[str, str | bytes]]) -> bytes:
    out = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as zipped:
        warnings.simplefilter("ignore")  # of names that occur twice
        for name, content in entries:
            zipped.writestr(name, content)
    return out.getvalue()


def without(part: str) -> bytes:
    return packed([(name, content) for name, content in parts(par(CLAUSE)).items() if name != part])


def lying(size: int) -> bytes:
    """A zip that says of its main part that it unpacks to `size` bytes."""
    data = bytearray(word(par(CLAUSE + " " + "x" * 5_000)))
    entry = data.rindex(b"PK\x01\x02", 0, data.rindex(b"word/document.xml"))
    data[entry + 24 : entry + 28] = struct.pack("<I", size)
    return bytes(data)


def locked() -> bytes:
    """A zip whose entries are marked as encrypted."""
    data = bytearray(word())
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = -1
        while (place := data.find(mark, place + 1)) >= 0:
            data[place + at] |= 1
    return bytes(data)


def ole(*streams: str) -> bytes:
    """The older container of Office, with the names of its streams."""
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 1000 + b"".join(s.encode("utf-16-le") + b"\0" * 64 for s in streams)


def boxed() -> str:
    """A text box, which Word stores twice."""
    box = f"<w:txbxContent>{par(CLAUSE)}</w:txbxContent>"
    drawing = f'<mc:Choice Requires="wps"><w:drawing><wps:txbx>{box}</wps:txbx></w:drawing></mc:Choice>'
    return f"<w:p><w:r><mc:AlternateContent>{drawing}<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"


def controlled() -> str:
    """Controls around a paragraph, a row and a cell."""
    def control(content: str) -> str:
        return f"<w:sdt><w:sdtPr/><w:sdtContent>{content}</w:sdtContent></w:sdt>"

    cell = control(f"<w:tc>{par(CLAUSE)}</w:tc>")
    return control(par("Agreed.")) + f"<w:tbl>{control(f'<w:tr>{cell}</w:tr>')}</w:tbl>"


def nested(deep: int) -> str:
    return "<w:tbl><w:tr><w:tc>" * deep + par(CLAUSE) + "<w:p/></w:tc></w:tr></w:tbl>" * deep


def moved() -> str:
    run = f"<w:r><w:t>{CLAUSE}</w:t></w:r>"
    gone = f'<w:p><w:moveFrom w:id="1" w:author="Ann">{run}</w:moveFrom></w:p>'
    return gone + par("Between.") + f'<w:p><w:moveTo w:id="2" w:author="Ann">{run}</w:moveTo></w:p>'


def noted() -> bytes:
    notes = f'<w:footnotes {NAMES}><w:footnote w:id="2">{par(CLAUSE)}</w:footnote></w:footnotes>'
    link = f'<Relationship Id="r5" Type="{OFFICE}/footnotes" Target="footnotes.xml"/>'
    return word('<w:p><w:r><w:t>Renewal</w:t><w:footnoteReference w:id="2"/></w:r></w:p>', links=link, more=[("word/footnotes.xml", notes)])


def strict() -> bytes:
    changed = document(par(CLAUSE)).replace(W, "http://purl.oclc.org/ooxml/wordprocessingml/main").replace(OFFICE, "http://purl.oclc.org/ooxml/officeDocument/relationships")
    made = parts("", main=changed)
    made["_rels/.rels"] = str(made["_rels/.rels"]).replace(OFFICE, "http://purl.oclc.org/ooxml/officeDocument/relationships")
    return packed(list(made.items()))
