"""Tables reach the rules as rows with their heads: what a column's head or a row's first cell says, and the cells to read.

What a head looks like stands in the rule files (`table:`); here stands only how a table is walked.
"""

from __future__ import annotations

from collections.abc import Sequence
from weakref import WeakKeyDictionary

from contractlens.rulebook import Matches
from contractlens.terms.aligned import aligned
from contractlens.terms.grid import CAPTION, Cell, Grid

_made: WeakKeyDictionary[Matches, tuple[Grid, ...]] = WeakKeyDictionary()


def grids(matches: Matches) -> tuple[Grid, ...]:
    """The document's tables that hold figures; those drawn with lines, and those of lines of text. Made once."""
    if matches not in _made:
        _made[matches] = (*_drawn(matches), *aligned(matches.reading.sentences))
    return _made[matches]


def _drawn(matches: Matches) -> list[Grid]:
    reading = matches.reading
    plain = reading.document.plain
    at = {s.start: s for s in reading.sentences if s.kind == "row"}
    found = []
    for table in reading.document.tables:
        if not any(c.isdigit() for c in plain[table.start : table.end]):
            continue
        rows = tuple(tuple(_cell(plain, a, b) for a, b in row.cells) for row in table.rows)
        sentences = tuple(at.get(row.start) for row in table.rows)
        first = next((s.index for s in sentences if s), None)
        caption = tuple(s for s in reading.sentences[max(0, first - CAPTION) : first] if s.kind != "row") if first is not None else ()
        found.append(Grid(rows, sentences, caption))
    return found


def _cell(plain: str, start: int, end: int) -> Cell:
    return Cell(plain[start:end].strip(), start, end)


def says(matches: Matches, rule_id: str, column: str, text: str) -> bool:
    """Whether a text looks like the head that a rule describes under `table:`."""
    if not text or len(text) > 160:
        return False
    phrases = matches.rulebook.rules[rule_id].columns[column]
    found = matches.found_text(text)
    return any(matches.rulebook.joiner.join(p, found) for p in phrases)


def columns(matches: Matches, rule_id: str, names: Sequence[str], row: Sequence[Cell]) -> dict[str, list[int]]:
    """Which cells of a row look like heads of which column; a cell counts for the first name that it fits."""
    found: dict[str, list[int]] = {name: [] for name in names}
    for i, cell in enumerate(row):
        for name in names:
            if says(matches, rule_id, name, cell.text):
                found[name].append(i)
                break
    return found
