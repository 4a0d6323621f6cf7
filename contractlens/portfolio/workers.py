"""One document of many, read in a process apart: `review_apart` is what every `concurrent.futures.Executor` is given to do.

An executor's threads here, or its processes on other machines, each have such processes of their own, with the rules loaded once in each.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from contractlens.advice.finding import Review, ReviewWarning
from contractlens.apart import Crew, ProcessEnded
from contractlens.apart.crew import end_group
from contractlens.documents import Opening, View
from contractlens.errors import DocumentError
from contractlens.portfolio.readers import readers
from contractlens.portfolio.results import not_read, printable
from contractlens.values import Duration

PROCESS_ENDED = "process_ended"  # the kind of warning


@dataclass(frozen=True, slots=True)
class Options:
    """How documents are reviewed, and what one may take."""

    today: date
    effective_date: date | None = None
    rules: str | None = None
    we: str | None = None
    without: tuple[str, ...] = ()  # rules that say nothing
    house_limits: tuple[tuple[str, Duration | float], ...] = ()  # that go over those of the rules
    timeout: float | None = None
    memory: int | None = None
    rules_hash: str = ""  # of the rules' files: a process that loaded others is not asked
    scan: str = ""  # whose documents these are, so that their processes can be ended without those of others
    opening: Opening = field(default_factory=Opening, repr=False)

    @property
    def view(self) -> View:
        return self.opening.get("view", "accepted")

    @property
    def crew(self) -> Crew:
        return readers(self.rules, self.timeout, self.memory, self.rules_hash)

    def __post_init__(self) -> None:
        _ = self.crew  # raises UsageError


def review_apart(path: str | os.PathLike[str], options: Options, *, name: str | None = None) -> Review:
    """The review of one file, made in a process of its own; `name` is what to call it where that is not the file's own name.

    A file that cannot be read, takes longer or needs more memory than it may gives a review whose `error` says so. Raises RuleError and
    UsageError. Where the system starts no process at all, the file is read in this one.
    """
    path = os.fspath(path)
    called = printable(name or Path(path).name)
    try:
        return options.crew.call_for(options.scan, called, review_here, path, options, name=name)
    except ProcessEnded as error:
        return ended(path, str(error), name)
    except DocumentError as error:
        return not_read(path, error.kind, str(error), name=name)


def review_here(path: str, options: Options, *, name: str | None = None) -> Review:
    """The review of one file, made in this process, without limits of time and memory. Raises as `review_apart` does."""
    from contractlens.advice.reviewing import playbook
    from contractlens.portfolio.reading import review_file
    from contractlens.rulebook.adjusting import adjusted

    o = options
    rulebook = playbook(o.rules)
    if o.without or o.house_limits:
        rulebook = adjusted(rulebook, without=o.without, limits=dict(o.house_limits))
    return review_file(path, rulebook, effective_date=o.effective_date, today=o.today, we=o.we, name=name, opening=o.opening)


def start(options: Options) -> None:
    """Start a process, which waits for its first document. Raises RuleError for rules that cannot be used."""
    options.crew.start()


def end(options: Options) -> None:
    """End the processes that read for this scan, and those that wait for such documents.

    Whoever waits for a document that is being read is told that it could not be.
    """
    end_group(options.scan, options.crew)


def ended(path: str, message: str, name: str | None = None) -> Review:
    """The review of a document whose process ended before it was read; a warning says so, since it may be read another time."""
    review = not_read(path, "unreadable", message, name=name)
    return review.model_copy(update={"warnings": (ReviewWarning(kind=PROCESS_ENDED, message="The process that read it ended."),)})
