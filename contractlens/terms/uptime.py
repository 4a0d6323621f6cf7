"""Stub."""

from contractlens.rulebook import Matches
from contractlens.terms.records import Uptime


def read(matches: Matches) -> tuple[Uptime, ...]:
    return ()
