"""The review of a file whose agreement was not read, or was read at another path; to make one loads no rules."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from contractlens.advice.finding import DocumentSummary, Review, ReviewError
from contractlens.documents import Document
from contractlens.documents.kinds import printable as on_one_line


def at_path(review: Review, path: str) -> Review:
    """The review as that of the file at this path, named as the caller named it."""
    name = review.document.name if path == review.document.path else file_name(path)
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


def file_name(path: str) -> str:
    return on_one_line(Path(path).name)
