"""Commands that read one document: how much of it they read, and the process apart in which they do.

The process is forked before anything is read, while there is but one thread, so it costs a few milliseconds; whatever the document does
to it, the command ends in time and says why. Where the system knows no fork, or threads run already, the command runs as it is.
"""

from __future__ import annotations

import inspect
import os
import select
import signal
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import Field, fields
from functools import wraps
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer

from contractlens.documents import Opening
from contractlens.documents.limits import Limits
from contractlens.errors import DocumentError
from contractlens.options import MEMORY, TIMEOUT, Memory, Password, Timeout, read_amount
from contractlens.portfolio.memory import limit_memory
from contractlens.terminal import DONE, NOT_READ, failed, say

GRACE = 5  # seconds after which the process ends itself, should whoever waits for it be gone


def on_one_document(command: Callable[..., None]) -> Callable[..., None]:
    """The command, with the options that limit what it reads in place of its `opening`, run in a process apart."""

    def run(timeout: float, memory: int, **given: Any) -> None:
        apart(lambda: command(**given), seconds=timeout, memory=memory, name=Path(given["file"]).name)

    added = [_parameter("timeout", Timeout, TIMEOUT), _parameter("memory", Memory, MEMORY)]
    return takes_limits(_signed(run, command, [*inspect.signature(command, eval_str=True).parameters.values(), *added]))


def takes_limits(command: Callable[..., None]) -> Callable[..., None]:
    """The command, with the options that limit what is read of a document, and that open it, in place of its `opening`."""
    names = {f"max_{f.name}": f for f in fields(Limits)}

    def run(password: str | None, **given: Any) -> None:
        limits = Limits(**{f.name: given.pop(name) for name, f in names.items()})
        command(**given, opening=Opening(password=password, limits=limits))

    kept = [p for p in inspect.signature(command, eval_str=True).parameters.values() if p.name != "opening"]
    added = [_parameter("password", Password, None), *(_limit(name, f) for name, f in names.items())]
    return _signed(run, command, [*kept, *added])


def _signed(run: Callable[..., None], command: Callable[..., None], parameters: list[inspect.Parameter]) -> Callable[..., None]:
    """`run` under the command's name, with these parameters, by which Typer knows the options."""
    signed = wraps(command)(run)
    signed.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    signed.__annotations__ = {p.name: p.annotation for p in parameters}
    return signed


def _limit(name: str, f: Field[Any]) -> inspect.Parameter:
    option = typer.Option(f.metadata["option"], parser=read_amount, metavar="N", help=f.metadata["help"])
    return _parameter(name, Annotated[int, option], f.default)


def _parameter(name: str, annotation: Any, default: Any) -> inspect.Parameter:
    return inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, annotation=annotation, default=default)


def apart(run: Callable[[], None], *, seconds: float, memory: int, name: str) -> None:
    """Run it in a process that may take so many seconds and megabytes. Raises typer.Exit with its code, or DocumentError where it was ended."""
    if not hasattr(os, "fork") or threading.active_count() > 1 or sys.stdout is not sys.__stdout__:  # or output is collected in this process
        return run()
    _flush()  # or both processes would write what is waiting
    reading, writing = os.pipe()  # closed by the system when the process ends, which is how its end is noticed
    child = os.fork()
    if child == 0:
        os.close(reading)
        _be_apart(run, seconds, memory)
    os.close(writing)
    try:
        in_time = bool(select.select([reading], [], [], seconds)[0])
    except BaseException:
        _end(child)
        raise
    finally:
        os.close(reading)
    if not in_time:
        _end(child)
        raise DocumentError("timed_out", f"{name}: it took longer than {seconds:g} seconds and was stopped. Allow more with --timeout.")
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    if code < 0:
        message = f"{name}: reading it ended the process that read it: it is damaged, or needs more than {memory} MB. Allow more with --memory."
        raise DocumentError("unreadable", message)
    raise typer.Exit(code)


def _be_apart(run: Callable[[], None], seconds: float, memory: int) -> NoReturn:
    """The process apart: it never returns to whoever forked it."""
    code = NOT_READ
    try:
        os.setpgid(0, 0)  # with the programs that it starts, it can be ended as one
        signal.signal(signal.SIGTTOU, signal.SIG_IGN)
        signal.setitimer(signal.ITIMER_REAL, seconds + GRACE)
        limit_memory(memory)
        run()
        code = DONE
    except typer.Exit as left:
        code = left.exit_code
    except MemoryError:
        say(f"The document needs more than the {memory} MB of memory that it may take. Allow more with --memory.")
    except BaseException as error:
        code = failed(error)
    finally:
        _flush()
        os._exit(code)


def _flush() -> None:
    for stream in (sys.stdout, sys.stderr):
        if stream:
            stream.flush()


def _end(child: int) -> None:
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(child, signal.SIGKILL)
    with suppress(ProcessLookupError):
        os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
