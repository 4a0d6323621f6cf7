"""Whoever reads a document asks a crew to: processes of one kind, each of which does one call at a time.

A process is started when none waits, and waits when it is done, so that what it loaded (the rules) is loaded once. It is never forked
(pdfium and threads do not survive that) and does not run the caller's script again, as `multiprocessing` would.
"""

from __future__ import annotations

import atexit
import logging
import os
import pickle
import signal
import subprocess
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from threading import Event, Lock, Timer
from typing import Any, ParamSpec, TypeVar

from contractlens.apart.serving import Answer, answered
from contractlens.errors import ContractLensError, DocumentError, UsageError

P = ParamSpec("P")
T = TypeVar("T")

TIMEOUT, MEMORY = 60.0, 1200  # seconds and megabytes that one document may take, unless told otherwise
START = "import sys; sys.path[:] = sys.argv[1:]; from contractlens.apart.serving import main; main()"


class NoProcess(Exception):
    """The system starts no process, or none that comes up."""


class ProcessEnded(DocumentError):
    """The process ended before it had read the document, which may be read another time."""

    def __init__(self, message: str) -> None:
        super().__init__("unreadable", message)

    def __reduce__(self) -> tuple[type[ProcessEnded], tuple[str]]:  # type: ignore[override]
        return ProcessEnded, (str(self),)


class _Idle(Exception):
    """The process had ended before it was asked."""


@dataclass(frozen=True, slots=True)
class Crew:
    """Processes of one kind, in which a document may take `timeout` seconds and `memory` megabytes, without limit where None.

    `load` names a module that each imports before its first document, or a function, such as `contractlens.advice.reviewing:playbook`,
    that each calls with `given`; `version` is that of what it then finds.
    """

    timeout: float | None = field(default=TIMEOUT, compare=False)
    memory: int | None = MEMORY
    load: str = ""
    given: tuple[object, ...] = ()
    version: str = ""

    def __post_init__(self) -> None:
        if self.timeout is not None and not 0 < self.timeout <= 86400:
            raise UsageError(f"--timeout {self.timeout:g}: give the seconds that one document may take, from a fraction of one to a day's 86400")
        if self.memory is not None and not 1 <= self.memory <= 1_000_000:
            raise UsageError(f"--memory {self.memory}: give the megabytes that one document may take, such as 2000")

    def call(self, name: str, function: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        """What the function gives back, called in a process apart; `name` is what its errors call the document.

        Raises what the function raises of ours, and DocumentError where the document took more than it may, or something in it stopped
        the function. Where the system starts no process at all, the function is called in this one.
        """
        return self.call_for("", name, function, *args, **kwargs)

    def call_for(self, group: str, name: str, function: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        """The same, in a process that `end_group` ends together with others of its group."""
        while True:
            try:
                process = _borrowed(self, group)
            except NoProcess:
                return self._given_back(name, answered(function, args, kwargs))  # type: ignore[no-any-return]
            try:
                return self._given_back(name, process.answer((function, args, kwargs, self.timeout), self.timeout))  # type: ignore[no-any-return]
            except _Idle:
                continue  # it had ended while it waited, which is not this document's doing
            finally:
                _give_back(process)

    def begin(self, most: int = 1, waiting: int = 1) -> None:
        """Have processes start, and load, while something else is done, until so many wait or `most` are there: the next calls need not wait for them, or not as long."""
        with _lock, suppress(NoProcess):
            ready = _waiting[self] = [process for process in _waiting[self] if process.process.poll() is None]
            while len(ready) < waiting and len(ready) + sum(process.crew == self for process in _busy) < most:
                ready.append(Process(self))

    def start(self) -> None:
        """Start a process, which waits for its first call. Raises what loading raises."""
        try:
            _give_back(_borrowed(self, ""))
        except NoProcess:
            return

    def _given_back(self, name: str, answer: Answer) -> Any:
        came, value = answer
        if came == "done":
            return value
        if came == "raised":
            raise value
        if came == "failed":
            logging.getLogger("contractlens").warning("%s", ascii(value))  # it may name what is no business of whoever sees the app
            raise DocumentError("unreadable", f"{name}: it was opened, but something in it stopped the review ({value.partition(':')[0]}).")
        if came == "memory":
            raise DocumentError("too_large", f"{name}: it needs more than the {self.memory} MB of memory that one document may take. Allow more with --memory.")
        if came == "late":
            raise DocumentError("timed_out", f"{name}: it took longer than {self.timeout:g} seconds and was stopped. Allow more with --timeout.")
        raise ProcessEnded(f"{name}: reading it ended the process that read it: it is damaged, or needs more memory. Allow more with --memory.")


class Process:
    """One process, which does one call after the other."""

    def __init__(self, crew: Crew) -> None:
        call = [sys.executable, "-P", "-c", START, *sys.path]
        group = {} if os.name == "nt" else {"process_group": 0}  # with the programs that it starts, it is ended as one
        try:
            self.process = subprocess.Popen(call, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, **group)  # type: ignore[call-overload] # noqa: S603 (our own interpreter)
        except OSError as error:
            raise NoProcess from error
        self.crew, self.loaded, self.leaving = crew, False, False
        self._send((crew.load, crew.given, crew.memory))

    def wait_until_loaded(self) -> None:
        """Raises what loading raises, and NoProcess where the process did not come up."""
        if self.loaded:
            return
        came, error = self._received()
        if came == "raised":
            raise error
        if came != "done":
            raise NoProcess(error)
        self.loaded = True

    def answer(self, request: tuple[object, ...], timeout: float | None) -> Answer:
        """What became of a call: of a document that ended the process, nothing. Raises _Idle where it had ended before it was asked."""
        if self.process.poll() is not None:
            raise _Idle
        over = Event()
        with _after(timeout, lambda: self._stop(over)):
            self._send(request)
            came, value = self._received()
        self.leaving = came in ("", "memory") or over.is_set()
        return ("late", None) if not came and over.is_set() else (came, value)

    def _send(self, request: tuple[object, ...]) -> None:
        assert self.process.stdin
        data = pickle.dumps(request)
        with suppress(OSError, ValueError):  # it has ended, which whoever waits for its answer is told
            self.process.stdin.write(data)
            self.process.stdin.flush()

    def _received(self) -> Answer:
        assert self.process.stdout
        try:
            return pickle.load(self.process.stdout)  # type: ignore[no-any-return]  # noqa: S301 (our own process)
        except (OSError, ValueError, EOFError, pickle.UnpicklingError):
            return "", None

    def _stop(self, over: Event) -> None:
        over.set()
        self.kill()

    def kill(self) -> None:
        with suppress(ProcessLookupError, PermissionError, AttributeError):
            if self.process.poll() is None:
                os.killpg(self.process.pid, signal.SIGKILL)
        self.process.kill()

    def close(self) -> None:
        """End the process, whatever it is doing."""
        self.kill()
        self.process.wait()
        for stream in (self.process.stdin, self.process.stdout):
            if stream:
                with suppress(OSError):
                    stream.close()


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


# ---- processes wait here between calls

_waiting: dict[Crew, list[Process]] = defaultdict(list)
_busy: dict[Process, str] = {}  # and for which group
_lock = Lock()


def _borrowed(crew: Crew, group: str) -> Process:
    with _lock:
        process = _waiting[crew].pop() if _waiting[crew] else None
        others = [] if process else _of_other_kinds(crew)
    for other in others:
        other.close()
    process = process or Process(crew)
    with _lock:
        _busy[process] = group
    try:
        process.wait_until_loaded()
    except (ContractLensError, NoProcess):
        with _lock:
            _busy.pop(process, None)
        process.close()
        raise
    return process


def _of_other_kinds(crew: Crew) -> list[Process]:
    """Those that loaded the like of what is wanted now, such as other rules: each holds much memory, and is not asked again soon."""
    kinds = [kind for kind in _waiting if kind != crew and kind.load == crew.load]
    return [process for kind in kinds for process in _waiting.pop(kind)]


def _give_back(process: Process) -> None:
    with _lock:
        fit = _busy.pop(process, None) is not None and not process.leaving and process.process.poll() is None
        if fit:
            _waiting[process.crew].append(process)
    if not fit:
        process.close()


def end_group(group: str, crew: Crew) -> None:
    """End the processes that read for this group, and those of the crew that wait. Whoever waits for one of them gets ProcessEnded."""
    with _lock:
        ended = [process for process, of in _busy.items() if of == group] + _waiting.pop(crew, [])
    _end(ended)


def _end(processes: list[Process]) -> None:
    for process in processes:
        process.kill()
    for process in processes:
        process.process.wait()


@atexit.register
def end_all() -> None:
    """End all processes that this one started, whatever they do."""
    with _lock:
        ended = [*_busy, *(process for waiting in _waiting.values() for process in waiting)]
        _waiting.clear()
    _end(ended)
