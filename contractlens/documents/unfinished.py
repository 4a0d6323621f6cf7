"""What is still being read of a Word file: a paragraph, a row, and where finished blocks go."""

from __future__ import annotations

from dataclasses import dataclass, field

from lxml import etree

from contractlens.documents.blocks import Block, Cell, Para
from contractlens.documents.document import Piece


@dataclass(slots=True)
class Part:
    """Text of one page; `source` counts as the walk's trail does, if it keeps one."""

    page: int | None
    source: int | None
    goes_on_at: int | None
    texts: list[str] = field(default_factory=list)

    @property
    def piece(self) -> Piece:
        return Piece("".join(self.texts), self.page, self.source)


@dataclass(slots=True)
class Open:
    """A paragraph while it is read."""

    own: etree._Element | None  # its properties as they stand, with the marks of its end
    properties: etree._Element | None  # those of the view
    style: str | None
    parts: list[Part] = field(default_factory=list)  # by page, and one after the other in the file
    boxes: list[Block] = field(default_factory=list)

    def write(self, text: str, page: int | None, source: int | None) -> None:
        if not self.parts or self.parts[-1].page != page or self.parts[-1].goes_on_at != source:
            self.parts.append(Part(page, source, source))
        self.parts[-1].texts.append(text)
        self.parts[-1].goes_on_at = None if source is None else source + len(text)


@dataclass(slots=True)
class Sink:
    """Where finished blocks go: the body, a cell or a text box. `waiting` is a paragraph whose end was taken away."""

    blocks: list[Block] = field(default_factory=list)
    waiting: Para | None = None

    def settle(self) -> list[Block]:
        if self.waiting:
            self.blocks.append(self.waiting)
            self.waiting = None
        return self.blocks


@dataclass(slots=True)
class Row:
    gone: bool
    page: int
    fresh: bool
    last_page: int
    blank: bool = True
    cells: list[Cell] = field(default_factory=list)
