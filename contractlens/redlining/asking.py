"""A review's asks as a file to send: the marked agreement, a memo, or an e-mail."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal

from contractlens.advice.finding import Review
from contractlens.documents.kinds import printable
from contractlens.errors import UsageError
from contractlens.redlining.changes import Change, change, changes, undefined
from contractlens.redlining.choosing import Position, asks
from contractlens.redlining.email import email
from contractlens.redlining.marking import AUTHOR, mark
from contractlens.redlining.memo import memo
from contractlens.redlining.refusing import Refusal

Format = Literal["docx", "memo", "email"]


_ENDINGS = {"template.macroEnabled": ".dotm", "macroEnabled": ".docm", "template": ".dotx"}  # of Word files of other kinds than .docx


def check_ending(review: Review, output: Path) -> None:
    """Raise UsageError where Word would not open the marked file under the name of `output`."""
    ending = next((e for kind, e in _ENDINGS.items() if kind in (review.document.media_type or "")), None)
    if ending and output.suffix.lower() != ending:
        raise UsageError(f"{output}: the agreement is a {ending} file, and so is what is written. Give it a name that ends in {ending}.")


@dataclass(frozen=True, slots=True)
class Asked:
    """What to send, in how many changes, and what was left out of it."""

    data: bytes
    count: int
    left_out: tuple[Refusal, ...]
    nameless: str = ""  # what to tell where the agreement has no name for a party
    undefined: tuple[str, ...] = ()  # what to tell where the words that go define a name

    def told(self, name: str) -> list[str]:
        """For the reader: how much was asked for, and a sentence for each change that was left out."""
        lines = [f"{name}: {'no change is' if not self.count else 'one change is' if self.count == 1 else f'{self.count} changes are'} asked for."]
        if self.count and self.nameless:
            lines.append(self.nameless)
        lines += self.undefined
        for refusal in self.left_out:
            quote = " ".join(refusal.quote.split())
            quote = f", “{quote if len(quote) <= 60 else quote[:60].rsplit(' ', 1)[0] + ' …'}”" if quote else ""
            lines.append(f"Left out: {refusal.rule}{quote}{' ' if quote.endswith(('.”', '…”')) else '. '}{refusal.reason}")
        return lines


def ask(
    review: Review,
    data: bytes,
    *,
    when: datetime,
    format: Format = "docx",
    position: Position = "preferred",
    only: Collection[str] = (),
    author: str = AUTHOR,
    comments: bool = True,
) -> Asked:
    """What the review asks for. `data` is the agreement's file: as `docx` Word files are marked, and for others a memo is written."""
    nameless = _nameless(review)
    author = printable(author)
    if format == "docx" and "word" in (review.document.media_type or ""):
        wanted, left_out = changes(review, position, only)
        marked = mark(data, review.document.name, wanted, when=when, author=author, comments=comments)
        return Asked(marked.data, len(marked.made), (*left_out, *marked.refused), nameless, undefined(marked.made))
    asked, left_out = asks(review, position, only)
    lost = undefined([c for ask in asked for c in [change(ask.finding, ask.redline)] if isinstance(c, Change)])
    if format == "email":
        return Asked(email(review, asked).encode(), len(asked), tuple(left_out), nameless, lost)
    marked = memo(review, asked, when=when, author=author)
    return Asked(marked.data, len(marked.made), (*left_out, *marked.refused), nameless, lost)


def _nameless(review: Review) -> str:
    """What to tell where the words to ask for name a party as the agreement does not."""
    parties = review.terms.parties if review.terms else ()
    if len(parties) > 1 and not any(p.role for p in parties):
        return "Which party is the vendor was not found, so the words say Customer and Provider. Say which one we are with --we."
    if not any(p.role == "customer" for p in parties):
        return "No name for the customer was found, so the words say Customer. Say in the agreement who that is."
    return ""
