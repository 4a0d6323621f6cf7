"""Where the command line writes: results to a file or standard output, progress and errors to standard error."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, ProgressColumn, Task, TextColumn, TimeRemainingColumn
from rich.text import Text

from contractlens.advice.finding import SEVERITIES, Review, Severity
from contractlens.errors import ContractLensError, DocumentError, UsageError
from contractlens.exports.files import cannot_write
from contractlens.exports.words import clean

DONE, FOUND, WRONG_USAGE, NOT_READ = 0, 1, 2, 3
WIDTH = 100  # of a report that goes to a file or a pipe


@contextmanager
def result_to(output: Path | None, inputs: Iterable[str | Path] = ()) -> Iterator[Callable[[str | bytes], None]]:
    """Where the result goes, each part written at once: a file, or standard output, whose reader may leave early.

    A part that finds no room on the disk is taken back, so that the file ends with the last whole one.
    """
    not_an_input(output, inputs)
    try:
        stream = output.open("wb", buffering=0) if output else sys.stdout.buffer
    except OSError as error:
        raise cannot_write(output or Path("-"), error) from None

    def write(result: str | bytes) -> None:
        data = result if isinstance(result, bytes) else result.encode("utf-8", "replace")
        if output:
            _append(stream, data, output)
        else:
            stream.write(data)
            stream.flush()

    try:
        yield write
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # or the last flush would complain
        raise typer.Exit(DONE) from None
    finally:
        if output:
            stream.close()


def not_an_input(output: Path | None, inputs: Iterable[str | Path]) -> None:
    """Raises UsageError where writing would take the place of what is read."""
    if output and output.exists() and any(os.path.exists(i) and output.samefile(i) for i in inputs):
        raise UsageError(f"{output}: this is the agreement itself. Give another file to write to.")


def _append(stream: IO[bytes], data: bytes, output: Path) -> None:
    """Write all of it, or nothing."""
    start = stream.tell() if stream.seekable() else None
    left = memoryview(data)
    try:
        while left:
            left = left[stream.write(left) :]
    except OSError as error:
        if start is not None:
            stream.truncate(start)
        raise cannot_write(output, error) from None


def terminal(output: Path | None, otherwise: int = WIDTH) -> tuple[int, bool]:
    """How wide to write, and whether in colour."""
    console = Console()
    if output or not console.is_terminal:
        return otherwise, False
    return console.width, not console.no_color


def told(reviews: Iterable[Review], total: int) -> Iterator[Review]:
    """The reviews, with progress, rate and time left on a terminal; those that could not be read are named as they come."""
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), _Rate(), TimeRemainingColumn(elapsed_when_finished=True))
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal or total < 2) as progress:
        task = progress.add_task("Reviewing", total=total)
        for result in reviews:
            progress.advance(task)
            if result.error:
                say(result.error.message)
            yield result


class _Rate(ProgressColumn):
    """How many a second, or a minute where they are few."""

    def render(self, task: Task) -> Text:
        speed = task.finished_speed or task.speed
        return Text("" if not speed else f"{speed:.1f} a second" if speed >= 1 else f"{speed * 60:.0f} a minute")


def exit_code(review: Review, fail_on: Severity | None) -> int:
    if review.error:
        return NOT_READ
    grave = SEVERITIES[: SEVERITIES.index(fail_on) + 1] if fail_on else ()
    return FOUND if any(f.status == "stable" and f.severity in grave for f in review.findings) else DONE


def worst(codes: set[int]) -> int:
    """Of many: not read only where none could be."""
    return NOT_READ if codes == {NOT_READ} else max(codes - {NOT_READ}, default=DONE)


def failed(error: BaseException) -> int:
    """Say in a sentence what went wrong; gives the code to leave with."""
    if isinstance(error, ContractLensError):
        say(str(error))
        return NOT_READ if isinstance(error, DocumentError) else WRONG_USAGE
    say(f"ContractLens failed where it should not have ({type(error).__name__}: {error}). Please report it with the command.")
    return NOT_READ


def say(message: str) -> None:
    """A sentence on standard error, in which nothing steers the terminal."""
    for line in message.splitlines():
        print(clean(line), file=sys.stderr)
