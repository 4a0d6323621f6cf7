"""How reports stand on a terminal: a label at the left, words beside it, colours only where asked for."""

from __future__ import annotations

from collections.abc import Callable
from io import StringIO

from rich.console import Console
from rich.table import Table
from rich.text import Text

LABEL = 9  # the width of `MEDIUM` and the gap after it


def printed(write: Callable[[Console], None], width: int, *, color: bool) -> str:
    """What `write` prints on a console `width` characters wide, without spaces at the ends of lines."""
    out = StringIO()
    write(
        Console(
            file=out,
            width=max(width, 50),
            force_terminal=color,
            color_system="standard" if color else None,
            no_color=not color,
            markup=False,
            highlight=False,
            emoji=False,
            legacy_windows=False,
        )
    )
    return "".join(line.rstrip() + "\n" for line in out.getvalue().split("\n")).rstrip("\n") + "\n"


def row(label: str, body: Text, at_right: str = "", style: str = "bold", width: int = LABEL) -> Table:
    """A label, the words, and the place at the right."""
    made = Table.grid(expand=True, padding=0)
    made.add_column(width=width)
    made.add_column(ratio=1)
    made.add_column(justify="right", no_wrap=True)
    made.add_row(Text(label, style=style), body, Text(f"   {at_right}" if at_right else "", style="dim"))
    return made
