"""New paragraphs after others: with their style and number, and with the mark at the end inserted."""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy

from lxml import etree

from contractlens.documents.numbering import W
from contractlens.redlining.refusing import Refused
from contractlens.redlining.tracked import Stamp, inherited

_NOT_INHERITED = {W + tag for tag in ("sectPr", "pPrChange", "pageBreakBefore", "framePr", "divId", "cnfStyle")}


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


def add_after(paragraph: etree._Element, contents: Sequence[Sequence[etree._Element]], stamp: Stamp) -> list[etree._Element]:
    """New paragraphs of these contents after `paragraph`, in their order, with its style and number.

    Rejected, a paragraph whose mark is inserted falls together with the next one. If that has the same properties, the marks of the new
    ones are inserted. Else, as for Enter at the end of `paragraph`, its own mark is, and the last new one has the mark that was there.
    """
    before_its_like = _is_like(paragraph, _next_block(paragraph))
    made = []
    for content in contents:
        new = etree.Element(W + "p")
        properties = _properties(paragraph, content is contents[-1] and not before_its_like, stamp)
        if properties is not None:
            new.append(properties)
        new.extend(list(content))
        made.append(new)
    for new in reversed(made):
        paragraph.addnext(new)
    for marked in made if before_its_like else [paragraph, *made[:-1]]:
        _mark(marked, stamp)
    return made


def add_before(paragraph: etree._Element, contents: Sequence[Sequence[etree._Element]], like: etree._Element, stamp: Stamp) -> list[etree._Element]:
    """New paragraphs of these contents ahead of `paragraph`, in their order, with the style and number of `like`; their marks are inserted."""
    made = []
    for content in contents:
        new = etree.Element(W + "p")
        properties = _properties(like, False, stamp)
        if properties is not None:
            new.append(properties)
        new.extend(list(content))
        _mark(new, stamp)
        paragraph.addprevious(new)
        made.append(new)
    return made


def room(last: etree._Element | None, lead: etree._Element | None) -> etree._Element | None:
    """The paragraph ahead of which a new one with the properties of `lead` may stand, where `last` ends the list or table that `lead` leads up to.

    It is the one behind the list where that has the same properties, else `lead` itself: where they differ, LibreOffice gives the
    next paragraph those of the new one when that is rejected. None where neither will do.
    """
    if last is None or lead is None:
        return None
    block = next((e for e in (last, *last.iterancestors()) if e.getparent() is lead.getparent()), None)
    behind = None if block is None else _next_block(block)
    return next((p for p in (behind, lead) if p is not None and _is_like(lead, p) and _is_settled(p)), None)


def _is_settled(paragraph: etree._Element) -> bool:
    """Whether it starts no page, and nothing in it is changed by others or filled in."""
    properties = paragraph.find(W + "pPr")
    starts_page = properties is not None and properties.find(W + "pageBreakBefore") is not None
    return not starts_page and next(paragraph.iter(*(W + tag for tag in ("ins", "del", "moveFrom", "moveTo", "fldChar"))), None) is None


def _next_block(paragraph: etree._Element) -> etree._Element | None:
    return next(paragraph.itersiblings(*(W + tag for tag in ("p", "tbl", "sdt", "sectPr", "customXml", "altChunk"))), None)


def _is_like(paragraph: etree._Element, other: etree._Element | None) -> bool:
    """Whether the other is a paragraph with the same properties, and with text: LibreOffice takes an empty one away with the new one."""
    if other is None or other.tag != W + "p" or next(other.iter(W + "t"), None) is None:
        return False
    return _said(paragraph) == _said(other)


def _said(paragraph: etree._Element) -> list[bytes]:
    own = paragraph.find(W + "pPr")
    return [etree.tostring(e, method="c14n", with_tail=False) for e in (() if own is None else own)]


def _properties(paragraph: etree._Element, whole: bool, stamp: Stamp) -> etree._Element | None:
    """The properties of a new neighbour, whose mark is formatted like the paragraph's own; the `whole` of them for the one that is left after a rejection."""
    own = paragraph.find(W + "pPr")
    if own is None:
        return None
    copy = deepcopy(own)
    copy.tail = None
    for child in list(copy):
        if not whole and child.tag in _NOT_INHERITED:
            copy.remove(child)
        elif not whole and child.tag == W + "rPr":
            mark = inherited(child)
            copy.remove(child) if mark is None else copy.replace(child, mark)
    for change in copy.iter(W + "pPrChange", W + "rPrChange", W + "numberingChange", W + "ins"):
        change.set(W + "id", next(stamp.ids))
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
        last = properties.find(W + "pPrChange")  # nothing but the section's and the changed properties stands after it
        if last is None:
            properties.append(formatting)
        else:
            last.addprevious(formatting)
    formatting.insert(0, stamp.mark("ins"))
