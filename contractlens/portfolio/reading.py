"""One file, whatever is in it, becomes a review."""

from __future__ import annotations

from datetime import date

from contractlens.advice.finding import Review
from contractlens.advice.reviewing import review_document
from contractlens.documents import Document, Opening, open_document
from contractlens.errors import DocumentError, RuleError, UsageError
from contractlens.portfolio.results import at_path, file_name, not_read
from contractlens.rulebook import Rulebook


def review_file(
    path: str,
    rulebook: Rulebook,
    *,
    effective_date: date | None,
    today: date,
    we: str | None,
    name: str | None = None,
    opening: Opening,
) -> Review:
    """The review of one file, whatever is in it: one that cannot be read gives a review whose `error` says why.

    Raises UsageError and RuleError, which are the fault of the call, and MemoryError.
    """
    document: Document | None = None
    try:
        document = open_document(path, name=name, **opening)
        review = review_document(document, rulebook, effective_date=effective_date, today=today, we=we)
    except (RuleError, UsageError, MemoryError):
        raise
    except DocumentError as error:
        return not_read(path, error.kind, str(error), document, name=name)
    except Exception as error:  # whatever one document brings about must not cost the others their review
        message = f"{name or file_name(path)}: it was opened, but something in it stopped the review ({type(error).__name__}: {error})."
        return not_read(path, "unreadable", message, document, name=name)
    return at_path(review, path)
