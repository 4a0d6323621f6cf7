"""Where each character of a Word file's text came from: the element that holds it, for those who change the file.

The record is made by the walk that makes the text, so that the two cannot disagree.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from lxml import etree

from contractlens.documents.characters import SHOWN
from contractlens.documents.document import Stretch
from contractlens.documents.numbering import W


@dataclass(frozen=True, slots=True)
class Origin:
    """Characters of the document's text that one element wrote; `first` is the first of them within what it wrote."""

    start: int
    end: int
    element: etree._Element
    first: int
    in_field: bool


@dataclass(slots=True)
class Trail:
    """What a walk wrote, element by element; characters are counted as they come."""

    length: int = 0
    starts: list[int] = field(default_factory=list)
    written: list[tuple[etree._Element, bool]] = field(default_factory=list)

    def follow(self, text: str, element: etree._Element, in_field: bool) -> int:
        """Note that `element` writes `text`; gives the count at its first character."""
        at = self.length
        self.starts.append(at)
        self.written.append((element, in_field))
        self.length += len(text)
        return at


class Trace:
    """From offsets in the document's text to elements."""

    def __init__(self, trail: Trail, stretches: Sequence[Stretch]) -> None:
        self._origins = [o for s in stretches for o in _origins(trail, s)]
        self._starts = [o.start for o in self._origins]

    def between(self, start: int, end: int) -> list[Origin]:
        """The origins of the characters from `start` to `end`, cut to them. An automatic number has none."""
        out = []
        for i in range(max(bisect_right(self._starts, start) - 1, 0), len(self._origins)):
            o = self._origins[i]
            if o.start >= end:
                break
            low, high = max(o.start, start), min(o.end, end)
            if low < high:
                out.append(Origin(low, high, o.element, o.first + low - o.start, o.in_field))
        return out


def _origins(trail: Trail, stretch: Stretch) -> Iterator[Origin]:
    if stretch.source is None:
        return
    i, at = bisect_right(trail.starts, stretch.source) - 1, stretch.start
    while at < stretch.end:
        source = stretch.source + at - stretch.start
        ends = trail.starts[i + 1] if i + 1 < len(trail.starts) else trail.length
        length = min(ends - source, stretch.end - at)
        element, in_field = trail.written[i]
        yield Origin(at, at + length, element, source - trail.starts[i], in_field)
        at, i = at + length, i + 1


def kept(element: etree._Element) -> list[int]:
    """For each character that a `w:t` wrote, its index in the element's own text, which holds invisible ones, too."""
    if element.tag != W + "t":
        return [0]
    return [i for i, c in enumerate(element.text or "") if SHOWN.get(ord(c), "") is not None]
