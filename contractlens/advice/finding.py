"""What we tell the reader: `Review`, and the findings and deadlines in it."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from contractlens.documents.document import TextSource
from contractlens.documents.place import Evidence
from contractlens.reckoning.deadlines import Deadline
from contractlens.terms.records import Record, Terms

Severity = Literal["high", "medium", "low"]
Category = Literal["sla", "credits", "renewal", "changes", "price", "termination", "liability", "notices", "law"]
SEVERITIES: tuple[Severity, ...] = ("high", "medium", "low")


class DocumentSummary(Record):
    name: str
    path: str
    sha256: str | None = None
    media_type: str | None = None
    pages: int | None = None
    words: int | None = None
    text_source: TextSource | None = None
    language: str | None = None


class Redline(Record):
    """Words to ask for: in place of `replace`, or added after `after`."""

    position: Literal["preferred", "fallback"]
    replace: Evidence | None = None
    after: Evidence | None = None
    text: str = Field(alias="with", serialization_alias="with")
    note: str = ""
    covered_by: tuple[str, ...] = Field(default=(), description="Rules whose words ask for this, too: it is left out where they are asked for.")


class Finding(Record):
    rule: str
    category: Category
    severity: Severity
    status: Literal["stable", "draft"] = "stable"
    title: str
    meaning: str
    why: str
    evidence: tuple[Evidence, ...] = ()
    redlines: tuple[Redline, ...] = ()
    recognition: float | None = Field(default=None, description="How sure the text recognition is of the quotes, from 0 to 1; null where the file holds text.")


class NotFound(Record):
    what: str
    rule: str | None = None


class Unknown(Record):
    field: str
    reason: str
    needs: str | None = None


class ReviewWarning(Record):
    kind: str
    page: int | None = None
    message: str


class ReviewError(Record):
    kind: Literal["encrypted", "unreadable", "unsupported", "no_text", "too_large", "timed_out"]
    message: str


class Review(Record):
    """All that ContractLens has to say of one document; `contractlens schema` prints its JSON Schema."""

    schema_version: Literal["1"] = "1"
    document: DocumentSummary
    terms: Terms | None = None
    deadlines: tuple[Deadline, ...] = ()
    findings: tuple[Finding, ...] = ()
    not_found: tuple[NotFound, ...] = ()
    unknown: tuple[Unknown, ...] = ()
    warnings: tuple[ReviewWarning, ...] = ()
    error: ReviewError | None = None

    def to_json(self, indent: int | None = None) -> str:
        """The review as JSON, with the names of the public schema."""
        return self.model_dump_json(by_alias=True, indent=indent)

    @property
    def in_part(self) -> bool:
        """Whether some pages could not be read."""
        return any(w.kind == "page_not_read" for w in self.warnings)

    def deadline(self, kind: str) -> Deadline | None:
        """The first deadline of a kind, such as `opt_out_by`."""
        return next((d for d in self.deadlines if d.kind == kind), None)
