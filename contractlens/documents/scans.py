"""Pages whose text is not what a reader sees: pictures, pictures with a stamp, letters drawn as lines, fonts without characters.

They are told page by page. What stands on them is never taken for missing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from contractlens.documents.document import ReadWarning
from contractlens.documents.grids import Shapes
from contractlens.documents.layout import Page, Unread
from contractlens.documents.legible import is_legible
from contractlens.errors import DocumentError

MOSTLY_PICTURE = 0.5  # of the page
SOME_PICTURE = 0.1
FEW_CHARACTERS = 50
STAMP = 250  # characters: an envelope's number, a received stamp, a page number, but no page of an agreement
MANY_PATHS = 300
INSTALL = "pip install 'contractlens[ocr]' and apt-get install tesseract-ocr"
_WHAT: dict[Unread, str] = {
    "picture": "is a picture with no text in it",
    "stamped": "is a picture with only a few words of text on it",
    "drawn": "has its letters drawn as lines, with no text in it",
    "gibberish": "has a font from which no words can be read",
    "damaged": "is damaged",
    "form": "is drawn only by Adobe Reader",
}
_ALL: dict[Unread, tuple[str, str]] = {
    "picture": ("its one page is a picture with no text in it", "all {n} pages are pictures with no text in them"),
    "stamped": ("its one page is a picture with only a few words of text on it", "all {n} pages are pictures with only a few words of text on them"),
    "drawn": ("its one page has its letters drawn as lines", "all {n} pages have their letters drawn as lines"),
    "gibberish": ("its one page has a font from which no words can be read", "its {n} pages have a font from which no words can be read"),
}


def judged(page: Page, text: str, shapes: Shapes) -> Page:
    """The page, with what is wrong with its text."""
    page.unread = _unread(text, shapes)
    page.unseen_text &= shapes.picture_share <= MOSTLY_PICTURE
    if page.unread == "gibberish":
        page.lines, page.tables = [], []
    return page


def _unread(text: str, shapes: Shapes) -> Unread | None:
    characters = len(text.strip())
    if shapes.picture_share > MOSTLY_PICTURE and FEW_CHARACTERS <= characters < STAMP:
        return "stamped"
    if characters < FEW_CHARACTERS and shapes.picture_share > SOME_PICTURE:
        return "picture"
    if characters < FEW_CHARACTERS and shapes.paths > MANY_PATHS:
        return "drawn"
    if _WAITING in text:
        return "form"
    return None if is_legible(text) else "gibberish"


_WAITING = "If this message is not eventually replaced"  # what a form of Adobe's shows to all other readers


def about(pages: Sequence[Page], recognition: str | None) -> Iterator[ReadWarning]:
    """What to know of pages that were not read as text. `recognition` says why pages were not recognised, if there were any."""
    for page in pages:
        if page.unread:
            yield ReadWarning("page_not_read", f"Page {page.number} {_WHAT[page.unread]}; it was not read.", page.number)
        if page.unseen_text:
            message = f"Page {page.number} holds text that does not show when it is printed; it was read all the same."
            yield ReadWarning("hidden_text", message, page.number)
    recognised = {page.number: page.recognised for page in pages if page.recognised is not None}
    if recognised:
        numbers = list(recognised)
        who, sure = named(numbers), sum(recognised.values()) / len(recognised)
        message = f"{who[0].upper()}{who[1:]} {'was' if len(numbers) == 1 else 'were'} read by recognition ({sure:.0%} sure): check the words on the page."
        yield ReadWarning("read_by_recognition", message, numbers[0] if len(numbers) == 1 else None)
    if recognition and any(page.unread for page in pages):
        yield ReadWarning("recognition", recognition)


def named(pages: Sequence[int], most: int = 6) -> str:
    """`page 2`, `pages 2, 3 and 7`, `pages 2 to 9`; of many, the first few and how many more.

    >>> named([2, 3, 7]), named([2, 3, 4, 5]), named([4])
    ('pages 2, 3 and 7', 'pages 2 to 5', 'page 4')
    """
    if len(pages) == 1:
        return f"page {pages[0]}"
    if len(pages) > 3 and pages[-1] - pages[0] + 1 == len(pages):
        return f"pages {pages[0]} to {pages[-1]}"
    if len(pages) > most:
        return f"pages {', '.join(map(str, pages[:most]))} and {len(pages) - most} more"
    return f"pages {', '.join(map(str, pages[:-1]))} and {pages[-1]}"


def nothing_read(name: str, pages: Sequence[Page], recognition: str | None) -> DocumentError:
    """Why a document of which nothing was read was not; `recognition` as above."""
    kinds = {page.unread for page in pages if page.unread}
    if kinds == {"damaged"}:
        return DocumentError("unreadable", f"{name}: the PDF is damaged, and none of its pages can be opened. Ask for it to be sent again.")
    if "form" in kinds:
        return DocumentError("no_text", f"{name}: this form is drawn only by Adobe Reader. Open it there, print it to a PDF, and review that.")
    if not kinds:
        return DocumentError("no_text", f"{name}: its pages are blank, so there is nothing to read. Open it, and ask for it to be sent again.")
    kind = next(k for k in ("gibberish", "drawn", "stamped", "picture", "damaged") if k in kinds)
    one, all_ = _ALL.get(kind, _ALL["picture"])
    what = one if len(pages) == 1 else all_.format(n=len(pages)) if len(kinds) == 1 else "its pages are pictures, or hold no words that can be read"
    return DocumentError("no_text", f"{name}: {what}, so there is nothing to read. {_todo(recognition)}")


def _todo(recognition: str | None) -> str:
    if recognition is None:
        return "Text recognition made no words of it either: ask for a copy with text."
    if INSTALL in recognition:
        return f"Install text recognition ({INSTALL}), or run the file through one first: ocrmypdf in.pdf out.pdf"
    return recognition
