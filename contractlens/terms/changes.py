"""Stub."""

from contractlens.rulebook import Matches
from contractlens.terms.records import Change


def read(matches: Matches) -> tuple[Change, ...]:
    return ()
