"""Stub."""

from contractlens.rulebook import Matches
from contractlens.terms.records import ServiceCredits


def read(matches: Matches) -> ServiceCredits | None:
    return None
