"""Comments: their part of the file, and the anchors on the words that changed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import count

from lxml import etree

from contractlens.documents.numbering import Styles, W
from contractlens.redlining.tracked import Stamp, run_of

TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
_REFERENCE, _TEXT = "CommentReference", "CommentText"


class Comments:
    """The comments that are added; those of others stay as they are."""

    def __init__(self, part: etree._Element | None, styles: Styles, stamp: Stamp) -> None:
        self.stamp, self.styles = stamp, styles
        self.made: list[etree._Element] = []
        self._taken = {c.get(W + "id", "") for c in (() if part is None else part.iter(W + "comment"))}
        self._ids: Iterator[str] = (str(n) for n in count() if str(n) not in self._taken)

    def anchor(self, first: etree._Element, last: etree._Element, text: str) -> None:
        """A comment on what stands from `first` to `last`, which are runs or changes of runs."""
        key = self._add(text)
        start, end = _with_id("commentRangeStart", key), _with_id("commentRangeEnd", key)
        first.addprevious(start)
        last.addnext(end)
        end.addnext(self._reference(key))

    def around(self, insertion: etree._Element, text: str) -> list[etree._Element]:
        """A paragraph's content with a comment on it. The reference is not inserted with it: LibreOffice forgets the words of a comment that is."""
        key = self._add(text)
        return [_with_id("commentRangeStart", key), insertion, _with_id("commentRangeEnd", key), self._reference(key)]

    def _add(self, text: str) -> str:
        key = next(self._ids)
        comment = _with_id("comment", key)
        comment.set(W + "author", self.stamp.author)
        comment.set(W + "date", self.stamp.when)
        comment.set(W + "initials", initials(self.stamp.author))
        for i, line in enumerate(re.split(r"\n+", text.strip())):
            paragraph = etree.SubElement(comment, W + "p")
            if _TEXT in self.styles.by_key:
                etree.SubElement(etree.SubElement(paragraph, W + "pPr"), W + "pStyle").set(W + "val", _TEXT)
            if i == 0:
                etree.SubElement(self._marked_run(paragraph), W + "annotationRef")
            paragraph.append(run_of(line, None))
        self.made.append(comment)
        return key

    def _reference(self, key: str) -> etree._Element:
        run = self._marked_run(None)
        run.append(_with_id("commentReference", key))
        return run

    def _marked_run(self, parent: etree._Element | None) -> etree._Element:
        """A run in the style of comments' marks, if the file has it."""
        run = etree.Element(W + "r") if parent is None else etree.SubElement(parent, W + "r")
        if _REFERENCE in self.styles.by_key:
            etree.SubElement(etree.SubElement(run, W + "rPr"), W + "rStyle").set(W + "val", _REFERENCE)
        return run


def initials(author: str) -> str:
    """
    >>> initials("Fernhill Analytics, Legal")
    'FAL'
    """
    return "".join(word[0] for word in re.findall(r"\w+", author)).upper()[:9] or "C"


def _with_id(tag: str, key: str) -> etree._Element:
    element = etree.Element(W + tag)
    element.set(W + "id", key)
    return element
