"""What to hold back where a document was not read as a whole, and where its words were recognised on pictures of pages."""

from __future__ import annotations

from collections.abc import Sequence

from contractlens.advice.finding import Finding, NotFound, Unknown
from contractlens.documents import Document, Evidence
from contractlens.documents.scans import named
from contractlens.reckoning.deadlines import Deadline


def why_not_whole(document: Document, english: bool) -> tuple[str, str] | None:
    """Why nothing can be said to be missing, and what that would need; None where all of it was read."""
    pages = document.pages_not_read
    if pages:
        return f"{named(pages)} {'was' if len(pages) == 1 else 'were'} not read", "text recognition, or a copy of the file with text on every page"
    return None if english else ("the text does not look like English", "an English text")


def withheld(not_found: Sequence[NotFound], why: tuple[str, str]) -> Unknown:
    """What was looked for and not found where not all was read."""
    reason, needs = why
    return Unknown(field="not_found", reason=f"{reason}, so these were looked for and may stand there: {'; '.join(n.what for n in not_found)}", needs=needs)


def checked(findings: Sequence[Finding], document: Document) -> list[Finding]:
    """The findings, each with how sure the recognition is of its quotes, where they were recognised."""
    return [_checked(finding, _least_sure(document, finding.evidence)) for finding in findings]


def checked_dates(dated: Sequence[Deadline], document: Document, unread: str) -> tuple[Deadline, ...]:
    """The deadlines, with a word about those that rest on recognised words, and about an end that a renewal on an `unread` page would put off."""
    return tuple(_checked_date(d, _least_sure(document, d.evidence), unread if d.kind == "expires_on" else "") for d in dated)


def _checked_date(deadline: Deadline, sure: float | None, unread: str) -> Deadline:
    told = [_said(sure)] if sure is not None else []
    told += [f"{unread}, and may say that it renews"] if unread else []
    return deadline.model_copy(update={"basis": "; ".join([deadline.basis, *told])}) if told else deadline


def _checked(finding: Finding, sure: float | None) -> Finding:
    if sure is None:
        return finding
    said = _said(sure)
    return finding.model_copy(update={"recognition": round(sure, 2), "meaning": f"{finding.meaning} {said[0].upper()}{said[1:]}."})


def _said(sure: float) -> str:
    return f"read by recognition ({sure:.0%} sure), check it on the page"


def _least_sure(document: Document, evidence: Sequence[Evidence]) -> float | None:
    return min((sure for e in evidence if (sure := document.confidence(e.start, e.end)) is not None), default=None)
