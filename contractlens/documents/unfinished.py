"""What is still being read of a Word file: a paragraph, a row, and where finished blocks go."""

from __future__ import annotations

from dataclasses import dataclass, field

from lxml import etree

from contractlens.documents.blocks import Block, Cell, Para


@dataclass(slots=True)
class Open:
    """A paragraph while it is read."""

    own: etree._Element | None  # its properties as they stand, with the marks of its end
    properties: etree._Element | None  # those of the view
    style: str | None
    parts: list[tuple[int | None, list[str]]] = field(default_factory=list)  # by page
    boxes: list[Block] = field(default_factory=list)

    def write(self, text: str, page: int | None) -> None:
        if not self.parts or self.parts[-1][0] != page:
            self.parts.append((page, []))
        self.parts[-1][1].append(text)


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
