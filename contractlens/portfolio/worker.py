"""The process that reads documents for another one: it loads the rules once, and then answers a line with a line.

It is started by `workers.py`, and kept apart so that a document that hangs, crashes or takes all memory costs nothing but its own
review. A request is JSON; an answer is one letter that says what follows, and JSON: `R`, a review; `L`, a review, after which the process
leaves; `F`, a fault of the call (wrong rules, a wrong option), with its kind and its sentence.
"""

from __future__ import annotations

import json
import os
import signal
from datetime import date
from typing import Any, BinaryIO

from contractlens.advice.finding import Review
from contractlens.advice.reviewing import playbook, review_document
from contractlens.documents import Document, View, open_document
from contractlens.documents.limits import Limits
from contractlens.errors import DocumentError, RuleError, UsageError
from contractlens.portfolio.memory import limit_memory
from contractlens.portfolio.results import at_path, file_name, not_read
from contractlens.rulebook import Rulebook

GRACE = 10  # seconds after its time in which a worker that nobody ended ends itself: whoever started it may be gone


def main() -> None:
    """Answer until nobody asks any more."""
    requests, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints is no answer
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for whoever started us, who ends us
    settings = json.loads(requests.readline() or "{}")
    try:
        rulebook = playbook(settings.get("rules"))
    except (RuleError, UsageError) as error:
        _answer(answers, "F", json.dumps([error.kind, str(error)]))
        return
    most = settings.get("memory")
    if most:
        limit_memory(most)
    _answer(answers, "R", "null")
    for line in requests:
        tag, text = _answered(json.loads(line), rulebook, most)
        _answer(answers, tag, text)
        if tag == "L":
            return


def _answered(asked: dict[str, Any], rulebook: Rulebook, most: int | None) -> tuple[str, str]:
    given, path = asked["effective_date"], asked["path"]
    if asked["timeout"]:
        _end_after(asked["timeout"] + GRACE)
    try:
        review = review_file(
            path,
            rulebook,
            effective_date=date.fromisoformat(given) if given else None,
            today=date.fromisoformat(asked["today"]),
            we=asked["we"],
            name=asked["name"],
            view=asked["view"],
            password=asked["password"],
            limits=Limits(**asked["limits"]) if asked["limits"] else None,
        )
        return "R", review.to_json()
    except (RuleError, UsageError) as error:
        return "F", json.dumps([error.kind, str(error)])
    except MemoryError:
        message = f"{file_name(path)}: its review needs more than the {most} MB of memory that one document may take. Allow more with --memory."
        return "L", not_read(path, "too_large", message).to_json()
    finally:
        _end_after(0)


def _answer(answers: BinaryIO, tag: str, text: str) -> None:
    answers.write(f"{tag}{text}\n".encode())
    answers.flush()


def _end_after(seconds: float) -> None:
    """Let the system end this process then, whatever it is doing."""
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, seconds)


# ---- one file


def review_file(
    path: str,
    rulebook: Rulebook,
    *,
    effective_date: date | None,
    today: date,
    we: str | None,
    name: str | None = None,
    view: View = "accepted",
    password: str | None = None,
    limits: Limits | None = None,
) -> Review:
    """The review of one file, whatever is in it: one that cannot be read gives a review whose `error` says why.

    Raises UsageError and RuleError, which are the fault of the call, and MemoryError.
    """
    document: Document | None = None
    try:
        document = open_document(path, name=name, view=view, password=password, limits=limits)
        review = review_document(document, rulebook, effective_date=effective_date, today=today, we=we)
    except (RuleError, UsageError, MemoryError):
        raise
    except DocumentError as error:
        return not_read(path, error.kind, str(error), document, name=name)
    except Exception as error:  # whatever one document brings about must not cost the others their review
        message = f"{name or file_name(path)}: it was opened, but something in it stopped the review ({type(error).__name__}: {error})."
        return not_read(path, "unreadable", message, document, name=name)
    return at_path(review, path)
