"""What a process apart runs: it loads once what it needs, and then does what it is asked, call after call.

It is started by `crew.py`. A request is a call; the answer says what became of it: `done`, with what came back; `raised`, with an error of
ours; `failed`, with another one in words; `memory`, where it ran out, after which the process leaves.
"""

from __future__ import annotations

import os
import pickle
import pkgutil
import signal
from collections.abc import Callable
from typing import Any, BinaryIO

from contractlens.apart.memory import limit_memory
from contractlens.errors import ContractLensError

GRACE = 10  # seconds after its time in which a process that nobody ended ends itself: whoever started it may be gone

Answer = tuple[str, Any]


def main() -> None:
    """Answer until nobody asks any more."""
    requests, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints is no answer
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for whoever started us, who ends us
    try:
        load, given, memory = pickle.load(requests)  # noqa: S301 (from the process that started us)
        came = _answer(answers, answered(_load, (load, given), {}))
        if memory:
            limit_memory(memory)
        while came in ("done", "raised", "failed"):
            function, given, named, seconds = pickle.load(requests)  # noqa: S301
            end_after(seconds + GRACE if seconds else 0)
            came = _answer(answers, answered(function, given, named))
            end_after(0)
    except (EOFError, BrokenPipeError):
        return


def _load(name: str, given: tuple[object, ...]) -> None:
    found = pkgutil.resolve_name(name) if name else None
    if callable(found):
        found(*given)


def answered(function: Callable[..., object], given: tuple[object, ...], named: dict[str, object]) -> Answer:
    """What became of a call."""
    try:
        return "done", function(*given, **named)
    except ContractLensError as error:
        return "raised", error
    except MemoryError:
        return "memory", None
    except Exception as error:  # whatever a document brings about must not cost the next one its review
        return "failed", f"{type(error).__name__}: {error}"


def _answer(answers: BinaryIO, answer: Answer) -> str:
    try:
        data = pickle.dumps(answer)
    except MemoryError:
        answer = "memory", None
        data = pickle.dumps(answer)
    answers.write(data)
    answers.flush()
    return answer[0]


def end_after(seconds: float) -> None:
    """Let the system end this process then, whatever it is doing."""
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, seconds)
