"""The process that reads documents for another one: it loads the rules once, and then answers a line with a line.

It is started by `workers.py`, and kept apart so that a document that hangs, crashes or takes all memory costs nothing but its own
review. A request is JSON; an answer is one letter that says what follows, and JSON: `R`, a review; `L`, a review, after which the process
leaves; `F`, a fault of the call (wrong rules, a wrong option), with its kind and its sentence.
"""

from __future__ import annotations

import hashlib
import json
import os
import signal
from datetime import date
from pathlib import Path
from typing import Any, BinaryIO

from contractlens.advice.finding import DocumentSummary, Review, ReviewError
from contractlens.advice.reviewing import playbook, review_document
from contractlens.documents import Document, Opening, open_document
from contractlens.documents.limits import Limits
from contractlens.documents.opening import printable as on_one_line
from contractlens.errors import DocumentError, RuleError, UsageError
from contractlens.portfolio.memory import limit_memory
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
            opening=_opening(asked["opening"]),
        )
        return "R", review.to_json()
    except (RuleError, UsageError) as error:
        return "F", json.dumps([error.kind, str(error)])
    except MemoryError:
        message = f"{_file_name(path)}: its review needs more than the {most} MB of memory that one document may take. Allow more with --memory."
        return "L", not_read(path, "too_large", message).to_json()
    finally:
        _end_after(0)


def _opening(asked: dict[str, Any]) -> Opening:
    limits = asked.get("limits")
    return Opening(**{**asked, "limits": limits and Limits(**limits)})  # type: ignore[typeddict-item]


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
    opening: Opening,
) -> Review:
    """The review of one file, whatever is in it: one that cannot be read gives a review whose `error` says why.

    Raises UsageError and RuleError, which are the fault of the call, and MemoryError.
    """
    document: Document | None = None
    try:
        document = open_document(path, name=name, **opening)
        review = review_document(document, rulebook, effective_date=effective_date, today=today, we=we)
    except (RuleError, UsageError, MemoryError):
        raise
    except DocumentError as error:
        return not_read(path, error.kind, str(error), document, name=name)
    except Exception as error:  # whatever one document brings about must not cost the others their review
        message = f"{name or _file_name(path)}: it was opened, but something in it stopped the review ({type(error).__name__}: {error})."
        return not_read(path, "unreadable", message, document, name=name)
    return at_path(review, path)


def at_path(review: Review, path: str) -> Review:
    """The review as that of the file at this path, named as the caller named it."""
    name = review.document.name if path == review.document.path else _file_name(path)
    return review.model_copy(update={"document": review.document.model_copy(update={"name": name, "path": printable(path)})})


def not_read(path: str, kind: str, message: str, document: Document | None = None, *, name: str | None = None) -> Review:
    """The review of a file that could not be read, and why."""
    known = {"sha256": sha256_of(path)} if document is None else {
        "sha256": document.source.sha256,
        "media_type": document.source.media_type,
        "pages": document.pages,
        "text_source": document.text_source,
    }  # fmt: skip
    if kind == "no_text":
        known["text_source"] = "none"
    summary = DocumentSummary.model_validate({"name": printable(name or Path(path).name), "path": printable(path), **known})
    return Review(document=summary, error=ReviewError.model_validate({"kind": kind, "message": on_one_line(message)}))


def sha256_of(path: str) -> str | None:
    """The hash of the file's bytes; None where it cannot be opened, or is a pipe or a device, which never ends."""
    try:
        if not os.path.isfile(path):
            return None
        with open(path, "rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return None


def printable(text: str) -> str:
    """The text without the stand-ins that Python uses for a file name that is no UTF-8: they cannot be written as JSON."""
    return text.encode("utf-8", "replace").decode()


def _file_name(path: str) -> str:
    return on_one_line(Path(path).name)
