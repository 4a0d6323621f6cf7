"""Word's automatic numbers: the "4.2" that stands before a paragraph and nowhere in its text.

A style may give the number, a style may be based on another, a list may lead to a style's list: all are followed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from lxml import etree

from contractlens.numerals import ordinal, spelt

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
LEVELS = 9
BULLET = "\u2022"
_OFF = ("0", "false", "off", "none")


def value(parent: etree._Element | None, *path: str) -> str | None:
    """The `w:val` of a descendant, None where there is no such element."""
    for tag in path:
        parent = None if parent is None else parent.find(W + tag)
    return None if parent is None else parent.get(W + "val", "")


def number(text: str | None) -> int | None:
    try:
        return None if text is None else int(text)
    except ValueError:
        return None


def switch(parent: etree._Element | None, tag: str) -> bool | None:
    """Whether an on-off property is on; None where it is not said."""
    said = value(parent, tag)
    return None if said is None else said not in _OFF


@dataclass(frozen=True, slots=True)
class Style:
    """A style as far as reading needs it."""

    key: str
    name: str = ""
    based_on: str | None = None
    list_id: int | None = None
    level: int | None = None
    outline: int | None = None
    hidden: bool | None = None
    new_page: bool | None = None


class Styles:
    """The styles of a document, by their id."""

    def __init__(self, root: etree._Element | None) -> None:
        self.by_key: dict[str, Style] = {}
        self.default: str | None = None
        for e in () if root is None else root.iter(W + "style"):
            key, properties, run = e.get(W + "styleId", ""), e.find(W + "pPr"), e.find(W + "rPr")
            numbers = None if properties is None else properties.find(W + "numPr")
            self.by_key[key] = Style(
                key,
                (value(e, "name") or "").lower(),
                value(e, "basedOn"),
                number(value(numbers, "numId")),
                number(value(numbers, "ilvl")),
                number(value(properties, "outlineLvl")),
                switch(run, "vanish"),
                switch(properties, "pageBreakBefore"),
            )
            if e.get(W + "type") == "paragraph" and e.get(W + "default") in ("1", "true", "on"):
                self.default = key

        self.any_hidden = any(s.hidden for s in self.by_key.values())

    def says(self, key: str | None, what: Literal["hidden", "new_page"]) -> bool | None:
        """What the nearest style of the chain says."""
        return next((said for said in (getattr(s, what) for s in self.chain(key)) if said is not None), None)

    def chain(self, key: str | None) -> Iterator[Style]:
        """The style, then the ones it is based on."""
        seen: set[str] = set()
        while key is not None and key not in seen and key in self.by_key:
            seen.add(key)
            yield self.by_key[key]
            key = self.by_key[key].based_on


@dataclass(slots=True)
class Level:
    """One level of a list: what is written, in what kind of figures, from where."""

    text: str = ""
    kind: str = "decimal"
    start: int = 0  # as the standard has it where the file is silent
    restart: int | None = None
    legal: bool = False
    style: str | None = None
    gap: str = " "

    @classmethod
    def read(cls, e: etree._Element) -> Level:
        kind = next((k.get(W + "val", "decimal") for k in e.iter(W + "numFmt")), "decimal")
        text = BULLET if kind == "bullet" or e.find(W + "lvlPicBulletId") is not None else value(e, "lvlText") or ""
        start, restart = number(value(e, "start")), number(value(e, "lvlRestart"))
        gap = "" if value(e, "suff") == "nothing" else " "
        return cls(text, kind, start or 0, restart, switch(e, "isLgl") is True, value(e, "pStyle"), gap)


@dataclass(slots=True)
class List:
    """A numbered list: its levels, and the abstract list that it shares its count with."""

    abstract: str
    levels: dict[int, Level]
    starts: dict[int, int] = field(default_factory=dict)


class Numbering:
    """Counts paragraphs as Word does. Give it every numbered paragraph once, in reading order."""

    def __init__(self, root: etree._Element | None, styles: Styles) -> None:
        self.styles = styles
        self.abstracts: dict[str, etree._Element] = {}
        self.nums: dict[int, etree._Element] = {}
        for e in () if root is None else root:
            if e.tag == W + "abstractNum":
                self.abstracts[e.get(W + "abstractNumId", "")] = e
            elif e.tag == W + "num":
                self.nums[number(e.get(W + "numId")) or 0] = e
        self.lists: dict[int, List | None] = {}
        self.counts: dict[str, list[int | None]] = {}
        self.started: set[tuple[int, int]] = set()

    def label(self, properties: etree._Element | None, style: str | None) -> str:
        """The number before a paragraph with a space after it, "" where it has none."""
        found = self._place(properties, style)
        if found is None:
            return ""
        list_id, depth = found
        numbered = self._list(list_id)
        if numbered is None or depth not in numbered.levels:
            return ""
        counts = self._count(list_id, numbered, depth)
        text = _written(numbered.levels, depth, counts).strip()
        return text + numbered.levels[depth].gap if text else ""

    def _place(self, properties: etree._Element | None, style: str | None) -> tuple[int, int] | None:
        """The list and the level of a paragraph, from its own properties or its style's."""
        own = None if properties is None else properties.find(W + "numPr")
        list_id, depth = number(value(own, "numId")), number(value(own, "ilvl"))
        chain = list(self.styles.chain(style or self.styles.default))
        if list_id is None:
            list_id = next((s.list_id for s in chain if s.list_id is not None), None)
            if depth is None and list_id:
                depth = self._style_level(list_id, [s.key for s in chain])
            if depth is None:
                depth = next((s.level for s in chain if s.level is not None), None)
        if not list_id:
            return None
        return list_id, min(max(depth or 0, 0), LEVELS - 1)

    def _style_level(self, list_id: int, keys: list[str]) -> int | None:
        numbered = self._list(list_id)
        levels = {} if numbered is None else {level.style: i for i, level in numbered.levels.items() if level.style}
        return next((levels[key] for key in keys if key in levels), None)

    def _list(self, list_id: int) -> List | None:
        if list_id not in self.lists:
            self.lists[list_id] = self._read_list(list_id)
        return self.lists[list_id]

    def _read_list(self, list_id: int) -> List | None:
        num = self.nums.get(list_id)
        key, abstract = self._abstract(num, seen=set())
        if num is None or abstract is None:
            return None
        levels = {number(e.get(W + "ilvl")) or 0: Level.read(e) for e in abstract.iterchildren(W + "lvl")}
        numbered = List(key, levels)
        for override in num.iterchildren(W + "lvlOverride"):
            depth = number(override.get(W + "ilvl")) or 0
            replaced, start = override.find(W + "lvl"), number(value(override, "startOverride"))
            if replaced is not None:
                levels[depth] = Level.read(replaced)
            if start is not None:
                numbered.starts[depth] = start
        return numbered

    def _abstract(self, num: etree._Element | None, seen: set[str]) -> tuple[str, etree._Element | None]:
        key = value(num, "abstractNumId") or ""
        abstract = self.abstracts.get(key)
        style = value(abstract, "numStyleLink")
        if style is None or key in seen:
            return key, abstract
        seen.add(key)
        linked = next((s.list_id for s in self.styles.chain(style) if s.list_id is not None), None)
        return self._abstract(self.nums.get(linked or 0), seen)

    def _count(self, list_id: int, numbered: List, depth: int) -> list[int | None]:
        counts = self.counts.setdefault(numbered.abstract, [None] * LEVELS)
        now = counts[depth]
        if depth in numbered.starts and (list_id, depth) not in self.started:
            counts[depth] = numbered.starts[depth]
        else:
            counts[depth] = numbered.levels[depth].start if now is None else now + 1
        self.started.add((list_id, depth))
        for above in range(depth):
            if counts[above] is None and above in numbered.levels:
                counts[above] = numbered.starts.get(above, numbered.levels[above].start)
        for below in range(depth + 1, LEVELS):
            restart = numbered.levels[below].restart if below in numbered.levels else None
            if restart is None or depth < restart:
                counts[below] = None
        return counts


def _written(levels: dict[int, Level], depth: int, counts: list[int | None]) -> str:
    text = levels[depth].text
    for i in range(LEVELS):
        if f"%{i + 1}" in text:
            level = levels.get(i, Level())
            count = counts[i]
            kind = "decimal" if levels[depth].legal and level.kind != "none" else level.kind
            text = text.replace(f"%{i + 1}", figure(level.start if count is None else count, kind))
    return text


_ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"),
    (4, "IV"), (1, "I"),
)  # fmt: skip


def figure(n: int, kind: str) -> str:
    """The number `n` as a list of that kind writes it.

    >>> [figure(n, kind) for n, kind in ((4, "lowerRoman"), (28, "upperLetter"), (21, "ordinal"), (2, "ordinalText"))]
    ['iv', 'BB', '21st', 'Second']
    """
    if kind in ("none", "bullet"):
        return ""
    if kind in ("lowerLetter", "upperLetter") and 0 < n < 26 * 40:
        letters = chr(ord("a") + (n - 1) % 26) * ((n - 1) // 26 + 1)
        return letters.upper() if kind == "upperLetter" else letters
    if kind in ("lowerRoman", "upperRoman") and 0 < n < 4000:
        return _roman(n) if kind == "upperRoman" else _roman(n).lower()
    if kind == "ordinal":
        return f"{n}{'th' if n % 100 in (11, 12, 13) else {1: 'st', 2: 'nd', 3: 'rd'}.get(n % 10, 'th')}"
    if kind in ("cardinalText", "ordinalText") and 0 < n < 100:
        return str(ordinal(n) if kind == "ordinalText" else spelt(n)).capitalize()
    patterns = {"decimalZero": f"{n:02d}", "numberInDash": f"- {n} -", "decimalEnclosedParen": f"({n})", "decimalEnclosedFullstop": f"{n}."}
    return patterns.get(kind, str(n))


def _roman(n: int) -> str:
    out = ""
    for worth, letters in _ROMAN:
        out += letters * (n // worth)
        n %= worth
    return out
