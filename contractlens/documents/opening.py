"""Open a file: the reader is chosen by what the file is, not by what it is called."""

from __future__ import annotations

import hashlib
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Unpack

from contractlens.apart.memory import no_collection
from contractlens.documents.document import Document, Source
from contractlens.documents.docx import read as read_docx
from contractlens.documents.kinds import printable, suffix_of
from contractlens.documents.limits import DEFAULT, Limits, Opening, in_words, too_large
from contractlens.documents.pdf import read as read_pdf
from contractlens.documents.plain import read as read_text
from contractlens.documents.plain import read_markdown
from contractlens.documents.web import read as read_html
from contractlens.errors import DocumentError

Reader = Callable[[bytes, Source, Limits], Document]
WORD = {
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".docm": "application/vnd.ms-word.document.macroEnabled.12",
    ".dotx": "application/vnd.openxmlformats-officedocument.wordprocessingml.template",
    ".dotm": "application/vnd.ms-word.template.macroEnabled.12",
}
READERS: dict[str, tuple[Reader, str]] = {
    ".txt": (read_text, "text/plain"),
    ".md": (read_markdown, "text/markdown"),
    ".markdown": (read_markdown, "text/markdown"),
    ".html": (read_html, "text/html"),
    ".htm": (read_html, "text/html"),
}


def open_document(path: str | Path, *, name: str | None = None, **opening: Unpack[Opening]) -> Document:
    """Read the file at `path`; `name` is what to call it where that is not the file's own name (an upload).

    Raises DocumentError, whose message says what is wrong with the file and what to do.
    """
    path = Path(path)
    name = printable(name or path.name or str(path))
    return read_document(_bytes(path, name, opening.get("limits") or DEFAULT), name, path=str(path), **opening)


@no_collection()
def read_document(data: bytes, name: str, *, path: str | None = None, **opening: Unpack[Opening]) -> Document:
    """Read a file's bytes, such as those of an upload, which is at no path; `name` is what to call it. Raises DocumentError."""
    limits, at = opening.get("limits") or DEFAULT, name if path is None else path
    if not data.strip(b" \t\r\n\f\v\0"):
        raise DocumentError("unreadable", f"{name}: the file is empty. Ask for it to be sent again.")
    suffix = suffix_of(data, Path(name).suffix.lower(), name)
    if suffix == ".pdf":
        document = read_pdf(data, _source(name, at, data, "application/pdf"), limits, opening.get("password"))
    elif suffix in WORD:
        document = read_docx(data, _source(name, at, data, WORD[suffix]), limits, opening.get("view", "accepted"))
    else:
        read, media_type = READERS[suffix]
        document = read(data, _source(name, at, data, media_type), limits)
    if len(document.text) > limits.characters:
        raise too_large(name, f"it holds {len(document.text):,} characters of text, more than an agreement does", "characters")
    return document


def _source(name: str, path: str, data: bytes, media_type: str) -> Source:
    return Source(name, path.encode("utf-8", "replace").decode(), hashlib.sha256(data).hexdigest(), media_type)


def _bytes(path: Path, name: str, limits: Limits) -> bytes:
    """The bytes of a file that is one; a pipe would be waited for without end."""
    try:
        found = path.stat()
        if stat.S_ISDIR(found.st_mode):
            raise DocumentError("unsupported", f"{name}: this is a folder. Review the agreements in it with:  contractlens scan {name}")
        if not stat.S_ISREG(found.st_mode):
            raise DocumentError("unsupported", f"{name}: this is a pipe or a device and no file. Save the agreement as a file, and review that.")
        if found.st_size > limits.size:
            raise too_large(name, f"the file has {in_words(found.st_size)}, and at most {in_words(limits.size)} are read", "size")
        data = path.read_bytes()
    except (OSError, ValueError) as error:  # a name with a NUL byte is a ValueError
        why = error.strerror if isinstance(error, OSError) and error.strerror else error
        raise DocumentError("unreadable", f"{name}: cannot be opened ({why}). Check the path and the permissions.") from None
    return data
