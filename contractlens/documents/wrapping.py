"""How a plain text is wrapped: up to where its lines are filled, and whether a blank line stands between any two of them."""

from __future__ import annotations

import re
from typing import NamedTuple

SAMPLE = 200_000  # characters
NOT_WRAPPED = 60  # characters of a line that goes on, in a text too short to show how wide its lines are
ENOUGH = 8  # lines that go on in small letters, by which a text shows its width
_FILLED = 0.9  # of those lines, this part is at most as long as the width
_RUNS_ON = re.compile(r"^(?P<line>[^\n]*\S)[ \t]*(?P<ends>\n(?:[ \t]*\n){0,3})(?=[ \t]*[a-z])", re.M)


class Wrapping(NamedTuple):
    """`width` in characters, none where a text does not show it; `apart` is the number of line ends between two lines of one paragraph."""

    width: int | None
    apart: int

    def is_full(self, line: str, following: str) -> bool:
        """Whether a line ends because the next word had no room in it."""
        if self.width is None:
            return len(line) > NOT_WRAPPED
        return len(line.rstrip()) + 1 + len(following.split(None, 1)[0]) > self.width


def wrapping(text: str) -> Wrapping:
    """How a text is wrapped, told from the lines that the next one goes on from in small letters.

    >>> wrapping("This Agreement is\\nmade as of May 1\\nby Acme and by\\nthe Customer.\\n" * 4)
    Wrapping(width=17, apart=1)
    """
    lines = [(len(m.group("line")), m.group("ends").count("\n")) for m in _RUNS_ON.finditer(text, 0, SAMPLE)]
    if len(lines) < ENOUGH:
        return Wrapping(None, 1)
    doubled = 2 * sum(ends == 2 for _, ends in lines) > len(lines)
    widths = sorted(width for width, ends in lines if ends == (2 if doubled else 1))
    return Wrapping(widths[int(_FILLED * (len(widths) - 1))] if widths else None, 2 if doubled else 1)
