"""Read a Word file into paragraphs and table rows, as the text stands once all tracked changes are accepted, or as it was before them.

Automatic numbers are written out. Comments and hidden text are left out, and pages are claimed only where the file marks them.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from contractlens.documents import web
from contractlens.documents.blocks import Block, Para, write
from contractlens.documents.clauses import find_clauses
from contractlens.documents.document import Document, Draft, Piece, ReadWarning, Source, Stretch, View
from contractlens.documents.limits import DEFAULT, Limits
from contractlens.documents.numbering import W, number
from contractlens.documents.package import Package
from contractlens.documents.pending import pending
from contractlens.documents.plain import decode
from contractlens.documents.tracing import Trace, Trail
from contractlens.documents.walking import R, Walk
from contractlens.errors import DocumentError

FULL_PAGE = 8_000  # characters; where more stand between two breaks, the file does not mark all its breaks
_PICTURES = ("{http://schemas.openxmlformats.org/drawingml/2006/main}blip", "{urn:schemas-microsoft-com:vml}imagedata", W + "object")
_PAGES = "{http://schemas.openxmlformats.org/officeDocument/2006/extended-properties}Pages"


@dataclass(frozen=True)
class Traced:
    """A document, the package that it was read from, and which element of it wrote which character."""

    document: Document
    package: Package
    trace: Trace


def read(data: bytes, source: Source, limits: Limits = DEFAULT, view: View = "accepted") -> Document:
    """The document; `original` holds its text before tracked changes, where there are any."""
    return read_traced(data, source, limits, view).document


def read_traced(data: bytes, source: Source, limits: Limits = DEFAULT, view: View = "accepted") -> Traced:
    """The same document, with the record of where its text came from: for those who change the file."""
    package, trail = Package(data, source.name, limits), Trail()
    warnings: list[ReadWarning] = []
    walk = _walk(package, view, warnings, trail)
    body = _body(package, walk)
    if not any(_characters(b) for b in body):
        raise _no_text(package)
    pages, marked = _pages(package, walk, body)
    draft = Draft()
    write([*body, *_running(package, walk)], draft, paged=marked)
    changes = pending(walk)
    original = None if not changes else draft.text if view == "original" else _text(package, "original")
    plain = Document(source, draft.text, tuple(draft.paragraphs), tuple(draft.tables))
    document = Document(
        source,
        plain.text,
        plain.paragraphs,
        plain.tables,
        find_clauses(plain),
        tuple(Stretch(s.start, s.end, s.page) for s in draft.stretches),  # no reader of a Document knows what the trail counts
        pages,
        warnings=(*changes, *warnings),
        original=original,
    )
    return Traced(document, package, Trace(trail, draft.stretches))


def _walk(package: Package, view: View, warnings: list[ReadWarning], trail: Trail | None = None, inner: bool = False) -> Walk:
    read_chunks: set[str] = set()

    def chunk(part: str) -> list[Block]:
        """The blocks of a file within the file: Word shows it as if it stood there."""
        data = package.bytes_of(part) if part not in read_chunks else None
        read_chunks.add(part)
        if data is None:
            return []
        head = data[:512].lstrip().lower()
        if data.startswith(b"PK\x03\x04") and not inner:
            held = Package(data, package.name, package.limits)
            return _body(held, _walk(held, view, warnings, inner=True))
        if head.startswith((b"<", b"\xef\xbb\xbf<")):
            return web.blocks(data)
        if part.lower().endswith(".txt"):
            return [Para([Piece(line)]) for line in decode(data).split("\n")]
        warnings.append(ReadWarning("not_read", "A file that is set into this one was not read. Open it in Word and save it again."))
        return []

    return Walk(package, view, chunk, trail)


def _text(package: Package, view: View) -> str:
    walk, draft = _walk(package, view, []), Draft()
    write([*_body(package, walk), *_running(package, walk)], draft)
    return draft.text


def _body(package: Package, walk: Walk) -> list[Block]:
    body = package.main.find(W + "body")
    return [] if body is None else walk.blocks(body)


def _running(package: Package, walk: Walk) -> list[Para]:
    """Headers and footers, each line once, for the end of the text, where they part no sentence."""
    lines: dict[str, Para] = {}
    references = package.main.iter(W + "headerReference", W + "footerReference")
    links = [walk.links.get(reference.get(R + "id", "")) for reference in references]
    for target in dict.fromkeys(link.target for link in links if link is not None):
        root = package.xml(target)
        for block in [] if root is None else walk.blocks(root, aside=True):
            rows = [block.pieces] if isinstance(block, Para) else [_line(row) for row in block.rows]
            for pieces in rows:
                lines.setdefault(" ".join("".join(p.text for p in pieces).split()), Para(pieces, "running"))
    return list(lines.values())


def _line(row: list[list[Piece]]) -> list[Piece]:
    return [piece for i, cell in enumerate(row) for piece in ([Piece(" | "), *cell] if i else cell)]


def _characters(block: Block) -> int:
    pieces = block.pieces if isinstance(block, Para) else [p for row in block.rows for cell in row for p in cell]
    return sum(len(p.text) for p in pieces if p.text.strip())


def _no_text(package: Package) -> DocumentError:
    if next(package.main.iter(*_PICTURES), None) is None:
        return DocumentError("no_text", f"{package.name}: the Word file is empty. Ask for it to be sent again.")
    message = "the Word file holds only pictures, so there is nothing to read. Run them through text recognition first."
    return DocumentError("no_text", f"{package.name}: {message}")


def _pages(package: Package, walk: Walk, body: list[Block]) -> tuple[int | None, bool]:
    """How many pages there are, and whether the file marks where each begins.

    Marks are believed where they agree with the count that Word keeps, or, without one, where no page is overfull.
    """
    properties = package.xml("docProps/app.xml")
    said = None if properties is None else number(properties.findtext(_PAGES))
    counted = walk.pages.now
    on_page: Counter[int] = Counter()
    for block in body:
        pieces = block.pieces if isinstance(block, Para) else [p for row in block.rows for cell in row for p in cell]
        for piece in pieces:
            on_page[piece.page or 0] += len(piece.text)
    fits = max(on_page.values()) <= FULL_PAGE
    marks = walk.pages.noted or walk.pages.broken
    if said is not None and said > 1 and said != counted:
        return said, False
    if (marks or said == 1) and fits:
        return counted, True
    return None, False

