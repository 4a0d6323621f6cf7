"""Tracked deletions and insertions within a paragraph: runs are split, and keep their formatting.

Work from the end of the text to its start: what stands before a change stays in the elements where it was read.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass

from lxml import etree

from contractlens.documents.numbering import W
from contractlens.documents.tracing import Origin, kept

SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_PIECES = re.compile(r"[\t\n]|[^\t\n]+")
_SILENT = {W + "rPr", W + "lastRenderedPageBreak"}  # no content of a run


@dataclass(frozen=True, slots=True)
class Stamp:
    """Who changes, and when; `ids` are free in the whole file."""

    author: str
    when: str
    ids: Iterator[str]

    def mark(self, tag: str) -> etree._Element:
        """An empty `w:ins` or `w:del`."""
        mark = etree.Element(W + tag)
        mark.set(W + "id", next(self.ids))
        mark.set(W + "author", self.author)
        mark.set(W + "date", self.when)
        return mark


def printable(text: str) -> str:
    """Text that XML can hold: one kind of line break, and no other control characters."""
    return _NOT_XML.sub(" ", text.replace("\r\n", "\n").replace("\r", "\n"))


def delete(origins: Sequence[Origin], stamp: Stamp) -> list[etree._Element]:
    """Mark the characters as deleted; the `w:del` around them, in their order."""
    marks: list[etree._Element] = []
    for origin in reversed(origins):
        run = _alone(origin)
        for text in run.iterchildren(W + "t"):
            text.tag = W + "delText"
        mark = stamp.mark("del")
        run.addprevious(mark)
        mark.append(run)
        marks.insert(0, mark)
    return _joined(marks)


def insert(text: str, formatting: etree._Element | None, stamp: Stamp) -> etree._Element:
    """A `w:ins` with one run, not yet in its place."""
    mark = stamp.mark("ins")
    mark.append(run_of(text, formatting))
    return mark


def run_of(text: str, formatting: etree._Element | None) -> etree._Element:
    run = etree.Element(W + "r")
    if formatting is not None:
        run.append(formatting)
    for piece in _PIECES.findall(printable(text)):
        if piece in "\t\n":
            etree.SubElement(run, W + ("tab" if piece == "\t" else "br"))
        else:
            _write(etree.SubElement(run, W + "t"), piece)
    return run


def split_after(origin: Origin) -> etree._Element:
    """The run that ends with the origin's last character; what follows goes to a run of its own."""
    _cut(origin.element, _bounds(origin)[1])
    _split_behind(origin.element)
    return parent_of(origin.element)


def split_before(origin: Origin) -> etree._Element:
    """The run that starts with the origin's first character; what stands before stays where it is."""
    return _split_ahead(_cut(origin.element, _bounds(origin)[0]))


def formatting_of(origins: Sequence[Origin]) -> etree._Element | None:
    """The formatting that most of the characters have, those outside of hyperlinks first; None where they have none."""
    plain = [o for o in origins if not _in_hyperlink(o.element)] or origins
    count: Counter[bytes] = Counter()
    found: dict[bytes, etree._Element | None] = {}
    for origin in plain:
        properties = parent_of(origin.element).find(W + "rPr")
        key = b"" if properties is None else etree.tostring(properties, method="c14n")
        count[key] += origin.end - origin.start
        found[key] = properties
    return inherited(found[count.most_common(1)[0][0]])


def inherited(properties: etree._Element | None) -> etree._Element | None:
    """A copy of a run's formatting for new words, without what it tells of others' changes."""
    if properties is None:
        return None
    copy = deepcopy(properties)
    copy.tail = None
    for tag in ("rPrChange", "ins", "del", "moveFrom", "moveTo"):
        for child in copy.findall(W + tag):
            copy.remove(child)
    return copy if len(copy) else None


def depth(element: etree._Element) -> int:
    """How many elements stand around it."""
    return sum(1 for _ in element.iterancestors())


def _in_hyperlink(element: etree._Element) -> bool:
    return next(element.iterancestors(W + "hyperlink"), None) is not None


def _bounds(origin: Origin) -> tuple[int, int]:
    """Where the origin's characters start and end in the element's own text. Invisible ones go with those before them."""
    if origin.element.tag != W + "t":
        return 0, 1
    places, last = kept(origin.element), origin.first + origin.end - origin.start
    text = origin.element.text or ""
    return places[origin.first] if origin.first else 0, places[last] if last < len(places) else len(text)


def _alone(origin: Origin) -> etree._Element:
    """A run that holds just the origin's characters."""
    low, high = _bounds(origin)
    _cut(origin.element, high)
    element = _cut(origin.element, low)
    _split_behind(element)
    return _split_ahead(element)


def _cut(element: etree._Element, at: int) -> etree._Element:
    """Cut a `w:t` in two; the element that starts at `at`, which is the same one where there is nothing to cut."""
    text = element.text or ""
    if element.tag != W + "t" or at <= 0 or at >= len(text):
        return element
    rest = etree.Element(W + "t")
    _write(rest, text[at:])
    _write(element, text[:at])
    element.addnext(rest)
    return rest


def _write(element: etree._Element, text: str) -> None:
    element.text = text
    if text != text.strip():
        element.set(SPACE, "preserve")


def parent_of(element: etree._Element) -> etree._Element:
    parent = element.getparent()
    assert parent is not None, "what is read has been checked to stand in a run"
    return parent


def _split_ahead(element: etree._Element) -> etree._Element:
    """The run that starts with the element."""
    before = any(e.tag not in _SILENT for e in element.itersiblings(preceding=True))
    return _split(element) if before else parent_of(element)


def _split_behind(element: etree._Element) -> None:
    following = element.getnext()
    if following is not None:
        _split(following)


def _split(child: etree._Element) -> etree._Element:
    """Move `child` and what follows it to a new run with the same formatting, after this one."""
    run = parent_of(child)
    rest = etree.Element(run.tag)
    for name, value in run.attrib.items():
        rest.set(name, value)
    properties = run.find(W + "rPr")
    if properties is not None:
        rest.append(deepcopy(properties))
    for moved in [child, *child.itersiblings()]:
        rest.append(moved)
    run.addnext(rest)
    return rest


def _joined(marks: list[etree._Element]) -> list[etree._Element]:
    """Deletions that follow one another made one, over the spelling checker's marks."""
    out = marks[:1]
    for mark in marks[1:]:
        between = list(_between(out[-1], mark))
        if mark.getparent() is out[-1].getparent() and all(e.tag == W + "proofErr" for e in between):
            for e in (*between, mark):
                parent_of(e).remove(e)
            out[-1].extend(list(mark))
        else:
            out.append(mark)
    return out


def _between(first: etree._Element, last: etree._Element) -> Iterator[etree._Element]:
    for e in first.itersiblings():
        if e is last:
            return
        yield e
