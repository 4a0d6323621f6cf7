"""What a file is, told by its first bytes: a name may say anything."""

from __future__ import annotations

from dataclasses import dataclass

from contractlens.errors import DocumentError

WORD = (".docx", ".docm", ".dotx", ".dotm")
TEXT = (".txt", ".md", ".markdown", ".html", ".htm")
READABLE = (".pdf", *WORD, *TEXT)
SAVE_ANEW = "Open it in Word or LibreOffice and save it as .docx"


@dataclass(frozen=True, slots=True)
class _Kind:
    """A kind of file that is not read: how it starts, what it is, and what to do with it."""

    starts: tuple[bytes, ...]
    what: str
    next: str


_RICH_TEXT = _Kind((b"{\\rtf",), "rich text (.rtf)", SAVE_ANEW)
_PICTURE = _Kind(
    (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\0", b"MM\0*", b"BM", b"\0\0\0\x0cjP  "),
    "a picture", "Save it as PDF, and install the extra for text recognition to have it read",
)  # fmt: skip
_PACKED = _Kind((b"\x1f\x8b", b"BZh", b"7z\xbc\xaf", b"Rar!", b"\xfd7zXZ", b"PK\x05\x06"), "a packed archive", "Unpack it, and review the agreement in it")
_PROGRAM = _Kind((b"\x7fELF", b"MZ"), "a program", "Do not open it, and ask for the agreement as PDF")
_POSTSCRIPT = _Kind((b"%!PS",), "PostScript", "Convert it to PDF, for example: ps2pdf in.ps out.pdf")
_KINDS = (_RICH_TEXT, _PICTURE, _PACKED, _PROGRAM, _POSTSCRIPT)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_IN_OLE = {  # the names of streams in the older container of Office
    "__substg1.0_": ("an e-mail (.msg)", "Save the agreement that is attached to it, and review that"),
    "PowerPoint Document": ("an older PowerPoint file (.ppt)", "Ask for the agreement as .docx or PDF"),
    "Workbook": ("an older Excel workbook (.xls)", "Ask for the agreement as .docx or PDF"),
    "WordDocument": ("an older Word file (.doc)", SAVE_ANEW),
}
_BY_NAME = {
    ".doc": SAVE_ANEW, ".odt": SAVE_ANEW, ".rtf": SAVE_ANEW, ".wpd": SAVE_ANEW, ".pages": "Export it from Pages as .docx or PDF",
    ".eml": "Save the agreement that is attached to it, and review that", ".msg": "Save the agreement that is attached to it, and review that",
}  # fmt: skip


def suffix_of(data: bytes, suffix: str, name: str) -> str:
    """What the bytes are, as a suffix that is read. Raises DocumentError for all others; `suffix` is what the file's name says."""
    head = data[:1024].lstrip()
    if data.startswith(b"PK\x03\x04"):
        return suffix if suffix in WORD else ".docx"
    if head.startswith(b"%PDF-") or (b"%PDF-" in data[:1024] and suffix not in TEXT):
        return ".pdf"
    if data.startswith(_OLE):
        raise _in_ole(data, suffix, name)
    for kind in _KINDS:
        if data.startswith(kind.starts) and (suffix not in TEXT or kind not in (_PICTURE, _PROGRAM) or b"\0" in data[:256]):
            raise _not_read(name, suffix, kind.what, kind.next)
    if head[:100].lower().startswith((b"<!doctype html", b"<html")):
        if suffix in (".pdf", *WORD):  # the page that asks to sign in, saved in place of the agreement
            raise DocumentError("unreadable", f"{name}: this is a web page and no {suffix[1:].upper()} file. Download the agreement again.")
        return ".html"
    if suffix in TEXT:
        return suffix
    if suffix in READABLE:
        raise DocumentError("unreadable", f"{name}: the file is damaged or is no {suffix[1:].upper()} file. Ask for it to be sent again.")
    todo = _BY_NAME.get(suffix) or f"It reads {', '.join(READABLE)}"
    raise DocumentError("unsupported", f"{name}: files of this kind ({suffix or 'no ending'}) are not read. {todo}.")


def _in_ole(data: bytes, suffix: str, name: str) -> DocumentError:
    def holds(stream: str) -> bool:
        return stream.encode("utf-16-le") in data

    if holds("DRMEncrypted"):
        message = "the file is locked by a rights server (IRM). Open it in Word with your account, and save a copy without restrictions."
        return DocumentError("encrypted", f"{name}: {message}")
    if holds("EncryptionInfo") or holds("EncryptedPackage"):
        return DocumentError("encrypted", f"{name}: the Word file is protected by a password. Open it in Word, remove the password and save it again.")
    what, todo = next((told for stream, told in _IN_OLE.items() if holds(stream)), ("an older Office file", SAVE_ANEW))
    return _not_read(name, suffix, what, todo)


def _not_read(name: str, suffix: str, what: str, todo: str) -> DocumentError:
    """Where the name promised a kind that is read, the file is not what it says."""
    return DocumentError("unreadable" if suffix in READABLE else "unsupported", f"{name}: this is {what}. {todo}.")


def printable(name: str) -> str:
    """A file's name on one line, without what cannot be shown: it stands in messages, and whoever sent the file chose it.

    >>> printable("terms\\x1b[2J\\nsigned.pdf")
    'terms\\ufffd[2J signed.pdf'
    """
    return "".join(c if c.isprintable() else " " if c.isspace() else "\ufffd" for c in name)
