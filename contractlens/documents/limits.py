"""How much of a document is read, so that none can take all time or memory.

Each limit has a default that no agreement of ours comes near, an option of the command line, and a sentence for when it is hit.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from typing import TypedDict

from contractlens.documents.document import View
from contractlens.errors import DocumentError, UsageError

MB = 2**20
PARSER_DEPTH = 255  # what libxml2 allows


def _limit(default: int, option: str, help: str) -> int:
    made: int = field(default=default, metadata={"option": option, "help": help})
    return made


@dataclass(frozen=True, slots=True)
class Limits:
    """The most that is read of one document; sizes in bytes."""

    size: int = _limit(100 * MB, "--max-size", "The largest file that is read, such as 100MB.")
    pages: int = _limit(2_000, "--max-pages", "The most pages of a PDF.")
    characters: int = _limit(3_000_000, "--max-characters", "The most characters of text.")
    unpacked: int = _limit(200 * MB, "--max-unpacked", "The most that a Word file may unpack to.")
    part: int = _limit(48 * MB, "--max-part", "The most that one part of a file may unpack to; reading it takes ten times as much memory.")
    ratio: int = _limit(200, "--max-ratio", "How many times its size a part of a Word file may unpack to, from 10 MB on.")
    tags: int = _limit(2_000_000, "--max-tags", "The most XML tags in one part of a Word file.")
    depth: int = _limit(250, "--max-depth", "How deep a Word file may nest its XML, at most 255.")

    recognition: int = _limit(40, "--max-recognition", "For how many seconds pages without text are recognised; 0 for not at all.")

    def __post_init__(self) -> None:
        for limit in fields(self):
            least, most = 0 if limit.name == "recognition" else 1, PARSER_DEPTH if limit.name == "depth" else None
            value = getattr(self, limit.name)
            if value < least or (most and value > most):
                upto = f" to {most}" if most else " on"
                raise UsageError(f"{limit.metadata['option']} {value}: give a whole number from {least}{upto}")


DEFAULT = Limits()


class Opening(TypedDict, total=False):
    """How a document is opened; each part may be left out.

    `view` says how a Word file with tracked changes is read: as if all were `accepted`, which is the default, or the `original` before
    them. `password` opens an encrypted PDF. No more is read than `limits` allow.
    """

    view: View
    password: str | None
    limits: Limits | None


def too_large(name: str, what: str, limit: str) -> DocumentError:
    """The sentence for a limit that was hit; `limit` is the name of the field.

    >>> str(too_large("a.pdf", "it has 9,000 pages, more than an agreement holds", "pages"))
    'a.pdf: it has 9,000 pages, more than an agreement holds. Split it, or allow more with --max-pages.'
    """
    option = next(f.metadata["option"] for f in fields(Limits) if f.name == limit)
    return DocumentError("too_large", f"{name}: {what}. Split it, or allow more with {option}.")


def in_words(size: int) -> str:
    """A size in bytes as people say it: `200 MB`."""
    return f"{size / MB:,.0f} MB" if size >= MB else f"{size:,} bytes"
