"""Processes that read documents, so that one that hangs, crashes or takes all memory costs nothing but its own review.

`review_apart` is what every `concurrent.futures.Executor` is given to do: threads here, or processes on other machines. Each call borrows a
worker process, or starts one, and gives it back; the rules are loaded once in each. The process is never forked (pdfium and threads do
not survive that) and does not run the caller's script again, as `multiprocessing` would.
"""

from __future__ import annotations

import atexit
import json
import os
import subprocess
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path
from threading import Event, Lock, Timer

from contractlens.advice.finding import Review, ReviewWarning
from contractlens.advice.reviewing import playbook
from contractlens.documents import Opening, View
from contractlens.errors import RuleError, UsageError
from contractlens.portfolio.worker import not_read, printable, review_file

_START = "import sys; sys.path[:] = sys.argv[1:]; from contractlens.portfolio.worker import main; main()"

PROCESS_ENDED = "process_ended"  # the kind of warning


@dataclass(frozen=True, slots=True)
class Options:
    """How documents are reviewed: `timeout` in seconds and `memory` in megabytes are for one document, and unlimited where None."""

    today: date
    effective_date: date | None = None
    rules: str | None = None
    we: str | None = None
    timeout: float | None = None
    memory: int | None = None
    rules_hash: str = ""  # of the rules' files: a worker that loaded others is not asked
    scan: str = ""  # whose documents these are, so that their workers can be ended without those of others
    opening: Opening = field(default_factory=Opening, repr=False)

    @property
    def view(self) -> View:
        return self.opening.get("view", "accepted")

    def __post_init__(self) -> None:
        if self.timeout is not None and not 0 < self.timeout <= 86400:
            raise UsageError(f"--timeout {self.timeout:g}: give the seconds that one document may take, from a fraction of one to a day's 86400")
        if self.memory is not None and not 1 <= self.memory <= 1_000_000:
            raise UsageError(f"--memory {self.memory}: give the megabytes that one document may take, such as 2000")


def review_apart(path: str | os.PathLike[str], options: Options, *, name: str | None = None) -> Review:
    """The review of one file, made in a process of its own; `name` is what to call it where that is not the file's own name.

    A file that cannot be read, takes longer or needs more memory than it may gives a review whose `error` says so. Raises RuleError and
    UsageError. Where the system starts no process at all, the file is read in this one.
    """
    path = os.fspath(path)
    while True:
        try:
            worker = _borrowed(options)
        except NoProcess:
            return review_here(path, options, name=name)
        try:
            return worker.review(path, options, name)
        except Idle:
            continue  # it had ended while it waited, which is not this document's doing
        finally:
            _give_back(worker, options)


def review_here(path: str, options: Options, *, name: str | None = None) -> Review:
    """The review of one file, made in this process, without limits of time and memory. Raises as `review_apart` does."""
    o = options
    return review_file(path, playbook(o.rules), effective_date=o.effective_date, today=o.today, we=o.we, name=name, opening=o.opening)


def start(options: Options) -> None:
    """Start a worker, which waits for its first document. Raises RuleError for rules that cannot be used."""
    try:
        _give_back(_borrowed(options), options)
    except NoProcess:
        playbook(options.rules)


class NoProcess(Exception):
    """The system starts no process, or none that comes up."""


class Idle(Exception):
    """The process had ended before it was asked."""


class Worker:
    """One process that reads documents, one after the other."""

    def __init__(self, rules: str | None, memory: int | None) -> None:
        call = [sys.executable, "-P", "-c", _START, *sys.path]
        try:
            self.process = subprocess.Popen(call, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)  # noqa: S603 (our own interpreter)
        except OSError as error:
            raise NoProcess from error
        self.leaving = False
        tag, text = self._asked({"rules": rules, "memory": memory})
        if not tag:
            self.close()
            raise NoProcess
        if tag == "F":
            self.close()
            _raise(text)

    def review(self, path: str, options: Options, name: str | None) -> Review:
        """The review of a file. Raises Idle where the process ended before it was asked; otherwise whatever ends it is the document's doing."""
        if self.process.poll() is not None:
            raise Idle
        asked = {**asdict(options), "path": path, "name": name, "today": options.today.isoformat()}
        asked["effective_date"] = options.effective_date.isoformat() if options.effective_date else None
        over = Event()
        with _after(options.timeout, lambda: self._stop(over)):
            tag, text = self._asked(asked)
        if tag == "F":
            _raise(text)
        self.leaving = tag != "R" or over.is_set()
        if tag:
            return Review.model_validate_json(text)
        called = printable(name or Path(path).name)
        if over.is_set():
            message = f"{called}: its review took longer than {options.timeout:g} seconds and was stopped. Allow more with --timeout."
            return not_read(path, "timed_out", message, name=name)
        message = f"{called}: reading it ended the process that read it. The file may be damaged, or too large for memory."
        return ended(path, message, name)

    def _asked(self, request: dict[str, object]) -> tuple[str, bytes]:
        """The letter and the text of the answer; both empty where the process ended without one."""
        assert self.process.stdin
        assert self.process.stdout
        try:
            self.process.stdin.write(json.dumps(request).encode() + b"\n")
            self.process.stdin.flush()
            line = self.process.stdout.readline()
        except (OSError, ValueError):
            line = b""
        return (chr(line[0]), line[1:]) if line.endswith(b"\n") else ("", b"")

    def _stop(self, over: Event) -> None:
        over.set()
        self.process.kill()

    def close(self) -> None:
        """End the process, whatever it is doing."""
        self.process.kill()
        self.process.wait()
        for stream in (self.process.stdin, self.process.stdout):
            if stream:
                with suppress(OSError):
                    stream.close()


def ended(path: str, message: str, name: str | None = None) -> Review:
    """The review of a document whose process ended before it was read; a warning says so, since it may be read another time."""
    review = not_read(path, "unreadable", message, name=name)
    return review.model_copy(update={"warnings": (ReviewWarning(kind=PROCESS_ENDED, message="The process that read it ended."),)})


@contextmanager
def _after(seconds: float | None, act: Callable[[], None]) -> Iterator[None]:
    """Acts after so many seconds, unless what stands below is done by then."""
    if seconds is None:
        yield
        return
    timer = Timer(seconds, act)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _raise(text: bytes) -> None:
    kind, message = json.loads(text)
    raise (RuleError if kind == "rules" else UsageError)(message)


# ---- workers wait here between documents, by what they were started with

_Kind = tuple[str | None, str, int | None]
_waiting: dict[_Kind, list[Worker]] = defaultdict(list)
_busy: dict[Worker, Options] = {}
_lock = Lock()


def _kind(options: Options) -> _Kind:
    return options.rules, options.rules_hash, options.memory


def _borrowed(options: Options) -> Worker:
    with _lock:
        waiting = _waiting.pop(_kind(options), [])
        worker = waiting.pop() if waiting else None
        others = [w for idle in _waiting.values() for w in idle] if worker is None else []
        if worker is None:
            _waiting.clear()  # they loaded other rules, and each holds much memory
        _waiting[_kind(options)] += waiting
    for other in others:
        other.close()
    worker = worker or Worker(options.rules, options.memory)
    with _lock:
        _busy[worker] = options
    return worker


def _give_back(worker: Worker, options: Options) -> None:
    with _lock:
        fit = _busy.pop(worker, None) is not None and not worker.leaving and worker.process.poll() is None
        if fit:
            _waiting[_kind(options)].append(worker)
    if not fit:
        worker.close()


def end_workers(options: Options) -> None:
    """End the workers that read for this scan, and those that wait for such documents.

    Whoever waits for a document that is being read is told that it could not be.
    """
    with _lock:
        ended = [w for w, of in _busy.items() if of.scan == options.scan] + _waiting.pop(_kind(options), [])
    _end(ended)


def _end(workers: list[Worker]) -> None:
    for worker in workers:
        worker.process.kill()
    for worker in workers:
        worker.process.wait()


@atexit.register
def end_all() -> None:
    """End all workers of this process, whatever they do."""
    with _lock:
        ended = [*_busy, *(w for waiting in _waiting.values() for w in waiting)]
        _waiting.clear()
    _end(ended)
