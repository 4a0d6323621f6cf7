"""Names that stand for a figure: `"Floor" means ninety-eight percent (98%)` ... `if availability was less than the Floor`.

Where such a name follows a comparison or a small word, the sentence is read with the figure in its place.
"""

from __future__ import annotations

import re
from decimal import Decimal

from contractlens.language.amounts import amounts
from contractlens.language.sentences import Sentence
from contractlens.rulebook import Matches
from contractlens.values import Percent

EDGE = Decimal(70)  # such a figure is one of availability; a smaller one is what is credited
LEAD = 40  # characters of a definition before its figure: "an Availability of"
BACK = 90  # characters before the bracket that names a figure
_LINE = re.compile(r"(?:^|\n)[ \t]*[\"*]*(?P<name>[A-Z][A-Za-z/&' -]{3,48}?)[\"*]*:[ \t]*(?=[^\n]{0,30}?\d[\d.,]*\s*(?:%|per\s?cent))")
_COMPARED = r"(?P<before>\b(?:than|below|under|beneath|exceeds?|reach(?:es)?|meets?|attains?|least|above|equals?|over)\s+(?:(?:or\s+exceed|to)\s+)?(?:(?:the|that|its|our|such|applicable|relevant)\s+)*)"
_CREDITED = r"(?P<before>\b(?:of|to|the|its|our|such|applicable|relevant|by|is)\s+)"


class DefinedFigures:
    """A document's names for figures, each of which has one meaning."""

    def __init__(self, matches: Matches) -> None:
        self._sentences = matches.reading.sentences
        found: dict[str, set[Decimal]] = {}
        self.places: set[int] = set()  # the sentences that say what a name means
        for name, figure, index in (*self._defined(matches), *self._lines()):
            found.setdefault(name, set()).add(figure)
            self.places.add(index)
        self.figures = {n: next(iter(v)) for n, v in found.items() if len(v) == 1 and v != {Decimal(100)}}
        self._named = [_pattern(_COMPARED, [n for n, v in self.figures.items() if v >= EDGE]), _pattern(_CREDITED, [n for n, v in self.figures.items() if v < EDGE])]

    def _defined(self, matches: Matches) -> list[tuple[str, Decimal, int]]:
        made = []
        for name, meanings in matches.reading.definitions.items():
            for d in (d for d in meanings if d.how != "label"):
                start, end = (max(d.start, d.end - BACK), d.end) if d.how == "bracket" else (d.start, min(d.end, d.start + LEAD + BACK))
                text = matches.reading.document.plain[start:end]
                figures = [v for v in amounts(text) if isinstance(v.amount, Percent)]
                near = figures[-1:] if d.how == "bracket" else [v for v in figures[:1] if v.start <= LEAD]
                made += [(name, v.amount.value, d.sentence) for v in near if isinstance(v.amount, Percent)]
        return made

    def _lines(self) -> list[tuple[str, Decimal, int]]:
        made = []
        for s in self._sentences:
            for m in _LINE.finditer(s.text) if ":" in s.text and s.kind == "prose" else ():
                line = s.text[m.end() :].split("\n", 1)[0]
                figures = [v.amount.value for v in amounts(line) if isinstance(v.amount, Percent)]
                if len(figures) == 1 and len(m.group("name").split()) > 1 and figures[0] >= EDGE:
                    made.append((m.group("name").lower(), figures[0], s.index))
        return made

    def readings(self) -> dict[int, str]:
        """The sentences that hold such names, with the figures in their place."""
        return {s.index: text for s in self._sentences for text in [self._read(s)] if text} if self.figures else {}

    def _read(self, sentence: Sentence) -> str | None:
        text, low = sentence.text, sentence.text.lower()
        if not any(name in low for name in self.figures):
            return None
        for named in self._named:
            text = named.sub(lambda m: f"{m.group('before')}{self.figures[m.group('name').lower()]}%", text) if named else text
        return text if text != sentence.text else None


def _pattern(before: str, names: list[str]) -> re.Pattern[str] | None:
    """Such names where they are used, not where they are given their meaning."""
    one_of = "|".join(re.escape(n) for n in sorted(names, key=len, reverse=True))
    return re.compile(before + f"\"?(?P<name>{one_of})\\b(?![\"']*\\s*(?:\\)|means?\\b|is\\s+\\d|:))\"?", re.I) if names else None
