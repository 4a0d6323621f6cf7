"""One file, whatever is in it, becomes a review."""

from __future__ import annotations

import hashlib
import os
from datetime import date
from pathlib import Path

from contractlens.advice.finding import DocumentSummary, Review, ReviewError
from contractlens.advice.reviewing import review_document
from contractlens.documents import Document, Opening, open_document
from contractlens.documents.opening import printable as on_one_line
from contractlens.errors import DocumentError, RuleError, UsageError
from contractlens.rulebook import Rulebook


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
