"""Where a change goes in the file's XML: found, and checked, before anything is touched."""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

from contractlens.documents.document import Document, Paragraph
from contractlens.documents.docx import Traced
from contractlens.documents.numbering import W
from contractlens.documents.tracing import Origin
from contractlens.redlining.changes import Change
from contractlens.redlining.difference import Edit, difference
from contractlens.redlining.lists import Listed, list_around
from contractlens.redlining.paragraphs import check_end, room
from contractlens.redlining.refusing import Refused, check, check_around, check_start
from contractlens.redlining.tracked import depth, formatting_of, parent_of, printable
from contractlens.redlining.typed import number_after

_MOVED = "The words are not where the review found them. Review the file again."


@dataclass(frozen=True, slots=True)
class PlacedEdit:
    """Characters to delete (`origins`), and text to put in their place or, where there are none, after or before a character."""

    origins: list[Origin]
    text: str
    formatting: etree._Element | None
    after: Origin | None = None
    before: Origin | None = None


@dataclass(frozen=True, slots=True)
class Replacement:
    change: Change
    edits: list[PlacedEdit]
    paragraphs: list[etree._Element]


@dataclass(frozen=True, slots=True)
class Addition:
    """A paragraph to stand after `after`, with its properties; where there is a `before`, ahead of that, and looking like `after`."""

    change: Change
    after: etree._Element
    text: str
    formatting: etree._Element | None
    before: etree._Element | None = None


def replacement(traced: Traced, change: Change) -> Replacement:
    """The edits of a change within a paragraph. Raises Refused."""
    start, end = _checked(traced, change)
    own = traced.trace.between(start, end)
    if not own:
        raise Refused("The words are not in the text of the file itself.")
    start = own[0].start  # an automatic number before the words stays
    old, new = traced.document.text[start:end], printable(change.text).strip()
    edits = [_placed(traced, Edit(start + e.start, start + e.end, e.text), start, end) for e in difference(old, new)]
    if not edits:
        raise Refused("The document says so already.")
    elements = [o.element for edit in edits for o in (*edit.origins, edit.after, edit.before) if o is not None]
    paragraphs = list(dict.fromkeys(paragraph_of(e) for e in elements))
    for paragraph in paragraphs:
        check_start(paragraph)
    return Replacement(change, edits, paragraphs)


def addition(traced: Traced, change: Change, numbers: set[str] | None) -> Addition:
    """Where a new paragraph goes; `numbers` are those given to new clauses so far, None for no numbers. Raises Refused."""
    start, end = _checked(traced, change)
    listed = list_around(traced.document, end - 1)
    before = None if listed is None else room(_element(traced, listed.last), _element(traced, listed.lead))
    if listed and before is not None:
        start, end = listed.lead.start, listed.lead.end
    own = traced.trace.between(start, end)
    if not own:
        raise Refused("The words are not in the text of the file itself.")
    paragraph = paragraph_of(own[-1].element)
    check_around(paragraph, "The clause stands")
    if own[-1].in_field and not _closes(paragraph):
        raise Refused("The clause stands in a field, which Word fills in anew.")
    if before is None:
        check_end(paragraph)
        _check_cell(traced, listed, paragraph)
    text = printable(change.text).strip()
    if not text:
        raise Refused("There are no words to add.")
    here = [o for o in own if paragraph_of(o.element) is paragraph and parent_of(o.element).tag == W + "r"]
    number = "" if numbers is None else number_after(traced, end - 1, numbers)
    return Addition(change, paragraph, number + text, formatting_of(here) if here else None, before)


def _element(traced: Traced, paragraph: Paragraph) -> etree._Element | None:
    own = traced.trace.between(paragraph.start, paragraph.end)
    return paragraph_of(own[-1].element) if own else None


def _check_cell(traced: Traced, listed: Listed | None, paragraph: etree._Element) -> None:
    """A new clause does not go into the cell of a table of figures."""
    if listed and next(paragraph.iterancestors(W + "tc"), None) is not None:
        raise Refused("The words stand in a table, and nothing follows it that a new clause could stand before.")


def _checked(traced: Traced, change: Change) -> tuple[int, int]:
    document = traced.document
    if document.text[change.start : change.end] != change.quote or not change.quote.strip():
        raise Refused(_MOVED)
    first, last = document.paragraph_at(change.start), document.paragraph_at(change.end - 1)
    if first is None or first != last:
        raise Refused("The words go on over the end of a paragraph.")
    return _longest_cell(document, change.start, change.end)


def _longest_cell(document: Document, start: int, end: int) -> tuple[int, int]:
    """Of a quote that takes in several cells of a table's row, the part in the cell with most of it: the label beside it stays."""
    cells = [(max(a, start), min(b, end)) for t in document.tables if t.start < end and start < t.end for r in t.rows for a, b in r.cells]
    held = [(a, b) for a, b in cells if a < b]
    return max(held, key=lambda cell: cell[1] - cell[0]) if len(held) > 1 else (start, end)


def _placed(traced: Traced, edit: Edit, start: int, end: int) -> PlacedEdit:
    origins = traced.trace.between(edit.start, edit.end)
    if sum(o.end - o.start for o in origins) < edit.end - edit.start:
        raise Refused("Between the words stands something that is not text, such as the border of a table's cell.")
    if origins:
        check(origins)
        return PlacedEdit(origins, edit.text, formatting_of(origins) if edit.text else None)
    before = traced.trace.between(edit.start - 1, edit.start) if edit.start > start else []
    after = traced.trace.between(edit.start, edit.start + 1) if edit.start < end else []
    # new words after a space belong to the word behind them, and else to the word before
    sides = [(o, o in before) for o in (after + before if edit.text[-1:].isspace() else before + after)]
    sides.sort(key=lambda side: depth(side[0].element))  # rather beside a hyperlink than in it
    for n, (origin, is_before) in enumerate(sides):
        try:
            check([origin])
        except Refused:
            if n == len(sides) - 1:
                raise
            continue
        formatting = formatting_of([origin])
        return PlacedEdit([], edit.text, formatting, after=origin if is_before else None, before=None if is_before else origin)
    raise Refused(_MOVED)


def paragraph_of(element: etree._Element) -> etree._Element:
    """The paragraph around an element of its text."""
    return next(element.iterancestors(W + "p"))


def _closes(paragraph: etree._Element) -> bool:
    """Whether the fields of a paragraph start and end in it."""
    kinds = [e.get(W + "fldCharType") for e in paragraph.iter(W + "fldChar")]
    return "begin" in kinds and kinds.count("begin") == kinds.count("end")
