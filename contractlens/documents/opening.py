"""Open a file: the reader is chosen by what the file is, not by what it is called."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

from contractlens.documents.document import Document, Source
from contractlens.documents.docx import read as read_docx
from contractlens.documents.pdf import read as read_pdf
from contractlens.documents.plain import read as read_text
from contractlens.documents.plain import read_markdown
from contractlens.documents.web import read as read_html
from contractlens.errors import DocumentError

Reader = Callable[[bytes, Source], Document]
READERS: dict[str, tuple[Reader, str]] = {
    ".pdf": (read_pdf, "application/pdf"),
    ".docx": (read_docx, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ".docm": (read_docx, "application/vnd.ms-word.document.macroEnabled.12"),
    ".dotx": (read_docx, "application/vnd.openxmlformats-officedocument.wordprocessingml.template"),
    ".txt": (read_text, "text/plain"),
    ".md": (read_markdown, "text/markdown"),
    ".markdown": (read_markdown, "text/markdown"),
    ".html": (read_html, "text/html"),
    ".htm": (read_html, "text/html"),
}
SUFFIXES = tuple(READERS)


def open_document(path: str | Path, *, name: str | None = None) -> Document:
    """Read the file at `path`; `name` is what to call it where it is not the file's own name (an upload).

    Raises DocumentError, whose message says what is wrong with the file and what to do.
    """
    path = Path(path)
    name = _printable(name or path.name or str(path))
    if path.is_dir():
        raise DocumentError("unsupported", f"{name}: this is a folder. Review the agreements in it with:  contractlens scan {name}")
    try:
        data = path.read_bytes()
    except OSError as error:
        raise DocumentError("unreadable", f"{name}: cannot be opened ({error.strerror or error}). Check the path and the permissions.") from None
    return read_document(data, name, path=_printable(str(path)))


def read_document(data: bytes, name: str, *, path: str | None = None) -> Document:
    """Read a file's bytes, such as those of an upload, which is at no path. Raises DocumentError."""
    if not data.strip():
        raise DocumentError("unreadable", f"{name}: the file is empty. Ask for it to be sent again.")
    suffix = _suffix(data, Path(name).suffix.lower(), name)
    read, media_type = READERS[suffix]
    return read(data, Source(name, name if path is None else path, hashlib.sha256(data).hexdigest(), media_type))


def _printable(name: str) -> str:
    """A file's name without the bytes that are no UTF-8, which could be neither printed nor written to JSON."""
    return name.encode("utf-8", "replace").decode()


def _suffix(data: bytes, suffix: str, name: str) -> str:
    """What the bytes are, as a suffix that has a reader."""
    head = data[:1024].lstrip()
    if b"%PDF-" in data[:1024]:
        return ".pdf"
    if data.startswith(b"PK\x03\x04"):
        return suffix if suffix in (".docx", ".docm", ".dotx") else ".docx"
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        if b"E\0n\0c\0r\0y\0p\0t\0i\0o\0n\0I\0n\0f\0o" in data:
            raise DocumentError("encrypted", f"{name}: the Word file is protected by a password. Open it in Word, remove the password and save it again.")
        raise DocumentError("unsupported", f"{name}: this is an older Word file (.doc). Open it in Word or LibreOffice and save it as .docx.")
    if head.startswith(b"{\\rtf"):
        raise DocumentError("unsupported", f"{name}: this is rich text (.rtf). Open it in Word or LibreOffice and save it as .docx.")
    if head[:100].lower().startswith((b"<!doctype html", b"<html")):
        if suffix in (".pdf", ".docx", ".docm", ".dotx"):  # the page that asks to sign in, saved in place of the agreement
            raise DocumentError("unreadable", f"{name}: this is a web page and no {suffix[1:].upper()} file. Download the agreement again.")
        return ".html"
    if suffix in (".txt", ".md", ".markdown", ".html", ".htm"):
        return suffix
    if suffix in READERS:
        raise DocumentError("unreadable", f"{name}: the file is damaged or is no {suffix[1:].upper()} file. Ask for it to be sent again.")
    known = ", ".join(SUFFIXES)
    raise DocumentError("unsupported", f"{name}: files of this kind ({suffix or 'no ending'}) are not read. It reads {known}.")
