"""All that is asked for as one plain-text e-mail."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence

from contractlens.advice.finding import Review
from contractlens.redlining.choosing import Ask, grouped

WIDTH = 76


def email(review: Review, asked: Sequence[Ask]) -> str:
    """The e-mail, its subject first."""
    parts = [f"Subject: {subject(review)}", "Hello,", _wrapped(opening(review, len(asked)))]
    for number, group in enumerate(grouped(asked), 1):
        place, lines = group[0].place, [f"{number}. {heading(group[0])}"]
        if place:
            lines += ["   It says:", _wrapped(f"“{place.quote}”", 6)]
        for ask in group:
            lines += [f"   {_asks_for(ask)}", _wrapped(f"“{ask.redline.text}”", 6)]
            lines += ["   Why:", _wrapped(ask.why, 6)] if ask.why else []
        parts.append("\n".join(lines))
    parts += [_wrapped("Please tell us whether you agree, or send us your wording."), "Kind regards,\n[name]"]
    return "\n\n".join(parts) + "\n"


def subject(review: Review) -> str:
    between = " and ".join(p.name for p in review.terms.parties[:2]) if review.terms else ""
    return f"Proposed changes to the agreement between {between}" if between else f"Proposed changes to {review.document.name}"


def opening(review: Review, count: int) -> str:
    what = f"{review.document.name}" + (f", dated {_day(review)}" if _day(review) else "")
    return f"We have read the agreement ({what}) and ask for {'one change' if count == 1 else f'{count} changes'}. Words in square brackets are open to discussion."


def heading(ask: Ask) -> str:
    """`Section 14.2, page 6`, or that the clause is new."""
    return (ask.place.where().replace("§", "Section") or "In the text") if ask.place else "New clause"


def _asks_for(ask: Ask) -> str:
    if ask.redline.replace:
        return "We ask for, in its place:"
    return "We ask to add after it:" if ask.redline.after else "We ask to add:"


def _day(review: Review) -> str:
    day = review.terms.agreement_date if review.terms else None
    return f"{day.day} {day:%B %Y}" if day else ""


def _wrapped(text: str, indent: int = 0) -> str:
    return textwrap.fill(" ".join(text.split()), WIDTH, initial_indent=" " * indent, subsequent_indent=" " * indent, break_long_words=False, break_on_hyphens=False)
