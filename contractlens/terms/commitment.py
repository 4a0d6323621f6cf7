"""A commitment to be available, as it was read."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from contractlens.language.sentences import Sentence
from contractlens.terms.records import Period

LOWEST = Decimal(80)  # per cent; below it a percentage beside "available" is about something else, as in "50 % of available funds"


@dataclass(frozen=True)
class Commitment:
    """A figure that the vendor commits to, and the sentences that say it."""

    percent: Decimal
    period: Period | None
    service: str | None
    sentences: tuple[Sentence, ...]
    implied: bool = False
    goal: bool = False  # what is strived for; more than what is promised, it is no commitment
