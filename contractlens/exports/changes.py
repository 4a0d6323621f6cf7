"""What changed, as text and as JSON: between two versions of an agreement, or between two scans."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict

from rich.console import Console
from rich.text import Text

from contractlens.advice.differences import Difference
from contractlens.exports.lines import printed
from contractlens.exports.words import clean, shorten

_MARKS = {"worse": ("-", "red"), "better": ("+", "green"), None: ("·", "")}


def as_text(title: str, changes: Iterable[Difference], width: int = 100, *, color: bool = False) -> str:
    """A line a change: `-` is worse for the customer, `+` better."""
    lines = [Text(clean(title), style="bold"), *_lines(changes)]
    if len(lines) == 1:
        lines.append(Text("Nothing that is read in it changed: neither a term, nor a day, nor a finding."))

    def write(console: Console) -> None:
        for line in lines:
            console.print(line)

    return printed(write, width, color=color)


def files_as_text(title: str, files: Iterable[tuple[str, str, tuple[Difference, ...]]] | None, width: int = 100, *, color: bool = False) -> str:
    """Of each file its path, what happened to it, and its changes; the title alone where there are no `files` to speak of."""
    lines = [Text(clean(title), style="bold")]
    for path, happened, changes in files or ():
        lines += [Text(), Text(clean(path), style="bold").append(f"  {clean(happened)}", style="not bold"), *_lines(changes)]
    if len(lines) == 1 and files is not None:
        lines.append(Text("Nothing moved."))

    def write(console: Console) -> None:
        for line in lines:
            console.print(line)

    return printed(write, width, color=color)


def _lines(changes: Iterable[Difference]) -> Iterator[Text]:
    for change in changes:
        mark, style = _MARKS[change.for_us]
        yield Text(f"  {mark} ", style=style).append(shorten(change.line(), 300), style="default")


def as_data(changes: Iterable[Difference]) -> list[dict[str, object]]:
    return [asdict(change) for change in changes]


def as_json(data: object) -> str:
    return json.dumps(data, indent=2, ensure_ascii=False) + "\n"
