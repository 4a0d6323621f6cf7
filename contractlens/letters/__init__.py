"""Letters to send: notice of non-renewal, the claim of a credit, the objection to a change."""

from contractlens.letters.loading import KINDS, Kind
from contractlens.letters.writing import Letter, check_sender, letter

__all__ = ["KINDS", "Kind", "Letter", "check_sender", "letter"]
