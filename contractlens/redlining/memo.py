"""A Word memo for an agreement that is no Word file: clause by clause the quote with the changes tracked in it, and the reasons."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from contractlens.advice.finding import Review
from contractlens.documents.document import Source
from contractlens.documents.docx import read
from contractlens.redlining.changes import Change, numbered
from contractlens.redlining.choosing import Ask, grouped
from contractlens.redlining.email import heading, opening, subject
from contractlens.redlining.marking import Marked, mark
from contractlens.redlining.paper import Line, flat, paper

_NEW = "To be added to the agreement:"


def memo(review: Review, asked: Sequence[Ask], *, when: datetime, author: str, comments: bool = False) -> Marked:
    """The memo, ready to send to the vendor; the quotes carry the same tracked changes as the agreement would."""
    groups = grouped(asked)
    paragraphs = [("Title", subject(review)), ("Subtitle", f"{when.day} {when:%B %Y}"), ("Normal", opening(review, len(asked)))]
    for number, group in enumerate(groups, 1):
        place = group[0].place
        paragraphs += [("Heading1", f"{number}. {heading(group[0])}"), ("Quote", flat(place.quote) if place else _NEW)]
        paragraphs += [("Why", f"Why we ask: {flat(ask.why)}") for ask in group if ask.why]
    data = paper([Line(style, text) for style, text in paragraphs])
    return mark(data, "memo.docx", _changes(data, groups, comments), when=when, author=author, comments=comments, numbers=False)


def _changes(data: bytes, groups: Sequence[Sequence[Ask]], comments: bool) -> list[Change]:
    """The asks as changes of the memo's own text, in which the quotes stand one after the other."""
    text, at, out = read(data, Source("memo.docx", "memo.docx", "", "")).text, 0, []
    for number, group in enumerate(groups, 1):
        place = group[0].place
        quote = flat(place.quote) if place else _NEW
        start = text.index(quote, text.index(f"\n\n{number}. {flat(heading(group[0]))}\n\n", at))
        at = start + len(quote)
        for ask in group:
            number = len(flat(quote[: numbered(place)])) + 1 if ask.redline.replace and place and numbered(place) else 0
            out.append(Change(start + number, at, quote[number:], ask.redline.text, ask.redline.replace is None, ask.why if comments else "", ask.finding.rule))
    return out
