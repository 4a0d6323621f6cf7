"""Where the command line writes: results to a file or standard output, progress and errors to standard error."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import typer
from rich.console import Console
from rich.progress import MofNCompleteColumn, Progress

from contractlens.advice.finding import SEVERITIES, Review, Severity
from contractlens.errors import ContractLensError, DocumentError, UsageError
from contractlens.exports.words import clean

DONE, FOUND, WRONG_USAGE, NOT_READ = 0, 1, 2, 3
WIDTH = 100  # of a report that goes to a file or a pipe


@contextmanager
def result_to(output: Path | None, inputs: Iterable[str | Path] = ()) -> Iterator[Callable[[str | bytes], None]]:
    """Where the result goes, written at once: a file, or standard output, whose reader may leave early."""
    if output and output.exists() and any(os.path.exists(i) and output.samefile(i) for i in inputs):
        raise UsageError(f"{output}: this is the agreement itself. Give another file to write to.")
    try:
        stream = output.open("wb") if output else sys.stdout.buffer
    except OSError as error:
        raise UsageError(f"{output}: cannot be written ({error.strerror}). Check the folder and the permissions.") from None

    def write(result: str | bytes) -> None:
        stream.write(result if isinstance(result, bytes) else result.encode("utf-8", "replace"))
        stream.flush()

    try:
        yield write
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # or the last flush would complain
        raise typer.Exit(DONE) from None
    finally:
        if output:
            stream.close()


def terminal(output: Path | None, otherwise: int = WIDTH) -> tuple[int, bool]:
    """How wide to write, and whether in colour."""
    console = Console()
    if output or not console.is_terminal:
        return otherwise, False
    return console.width, not console.no_color


def told(reviews: Iterator[Review], total: int) -> Iterator[Review]:
    """The reviews, with progress on a terminal; those that could not be read are named as they come."""
    console = Console(stderr=True)
    columns = (*Progress.get_default_columns(), MofNCompleteColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal or total < 2) as progress:
        task = progress.add_task("Reviewing", total=total)
        for result in reviews:
            progress.advance(task)
            if result.error:
                say(result.error.message)
            yield result


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
