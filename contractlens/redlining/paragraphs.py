"""New paragraphs after others: with their style and number, and with the mark at the end inserted."""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy

from lxml import etree

from contractlens.documents.numbering import W
from contractlens.redlining.refusing import Refused
from contractlens.redlining.tracked import Stamp, inherited

_NOT_INHERITED = {W + tag for tag in ("sectPr", "pPrChange", "pageBreakBefore", "framePr", "divId", "cnfStyle")}
_AFTER_MARK = (W + "sectPr", W + "pPrChange")


def check_end(paragraph: etree._Element) -> None:
    """Raise Refused where nothing can be added after the paragraph."""
    properties = paragraph.find(W + "pPr")
    if properties is None:
        return
    if properties.find(W + "sectPr") is not None:
        raise Refused("The paragraph ends a section of the file, after which nothing is added.")
    mark = properties.find(W + "rPr")
    if mark is not None and any(mark.find(W + tag) is not None for tag in ("del", "moveFrom", "ins", "moveTo")):
        raise Refused("The end of the paragraph is part of somebody else's tracked change, which has to be settled first.")
    for control in paragraph.iterancestors(W + "sdt"):
        if control.find(W + "sdtPr/" + W + "text") is not None:
            raise Refused("The paragraph stands in a content control that takes one paragraph only.")


def add_after(
    paragraph: etree._Element, like: etree._Element, contents: Sequence[Sequence[etree._Element]], stamp: Stamp
) -> list[etree._Element]:
    """New paragraphs of these contents after `paragraph`, in their order, with the style and number of `like`.

    Where a paragraph follows, the marks at the new ones' ends are inserted: rejecting lets them fall together with the one that follows.
    At the end of a cell or of the document there is none, and the mark of `paragraph` is inserted in place of the last new one's.
    """
    follows = _next_block(paragraph)
    closed = follows is not None and follows.tag == W + "p"
    made = []
    for content in contents:
        new = etree.Element(W + "p")
        last = not closed and content is contents[-1]
        properties = _properties(paragraph if last else like, whole=last)
        if properties is not None:
            new.append(properties)
        new.extend(list(content))
        made.append(new)
    for new in reversed(made):
        paragraph.addnext(new)
    for marked in made if closed else [paragraph, *made[:-1]]:
        _mark(marked, stamp)
    return made


def _next_block(paragraph: etree._Element) -> etree._Element | None:
    blocks = (W + "p", W + "tbl", W + "sdt", W + "sectPr", W + "customXml", W + "altChunk")
    return next(paragraph.itersiblings(*blocks), None)


def _properties(paragraph: etree._Element, whole: bool) -> etree._Element | None:
    """The properties of a new neighbour, whose mark is formatted like the paragraph's own; the `whole` of them for the one that is left after a rejection."""
    own = paragraph.find(W + "pPr")
    if own is None:
        return None
    copy = deepcopy(own)
    mark = inherited(own.find(W + "rPr"))
    for child in list(copy):
        if child.tag == W + "rPr" or (not whole and child.tag in _NOT_INHERITED):
            copy.remove(child)
    if mark is not None:
        _put_mark(copy, mark)
    return copy if len(copy) else None


def _mark(paragraph: etree._Element, stamp: Stamp) -> None:
    """Say that the mark at the paragraph's end is inserted."""
    properties = paragraph.find(W + "pPr")
    if properties is None:
        properties = etree.Element(W + "pPr")
        paragraph.insert(0, properties)
    formatting = properties.find(W + "rPr")
    if formatting is None:
        formatting = etree.Element(W + "rPr")
        _put_mark(properties, formatting)
    formatting.insert(0, stamp.mark("ins"))


def _put_mark(properties: etree._Element, formatting: etree._Element) -> None:
    """The formatting of the mark in the place that the schema gives it."""
    last = next((e for e in properties if e.tag in _AFTER_MARK), None)
    if last is None:
        properties.append(formatting)
    else:
        last.addprevious(formatting)
