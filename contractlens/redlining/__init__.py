"""The suggested redlines as tracked changes and comments in the customer's own Word file."""

from contractlens.redlining.changes import Change, change, changes
from contractlens.redlining.marking import Marked, mark
from contractlens.redlining.refusing import Refusal

__all__ = ["Change", "Marked", "Refusal", "change", "changes", "mark"]
