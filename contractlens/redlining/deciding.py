"""What a person chose to ask for: of each finding the preferred words, the fallback or nothing, and in their own wording."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from contractlens.advice.finding import Finding, Review


@dataclass(frozen=True, slots=True)
class Choice:
    """Which of a finding's redlines to ask for; `text` are its words as a person has edited them."""

    position: Literal["preferred", "fallback", "none"] = "preferred"
    text: str | None = None


def key_of(finding: Finding) -> str:
    """What a finding is known by while dates and limits change around it: its rule, and where its clause starts."""
    return f"{finding.rule}@{finding.evidence[0].start if finding.evidence else 'nowhere'}"


def chosen(review: Review, choices: Mapping[str, Choice]) -> Review:
    """The review with no more redlines than were chosen, by `key_of`, as `preferred` ones; those not named keep their preferred one.

    What `ask` makes of it is what the person chose.
    """
    return review.model_copy(update={"findings": tuple(_chosen(f, choices.get(key_of(f), Choice())) for f in review.findings)})


def _chosen(finding: Finding, choice: Choice) -> Finding:
    kept = [line for line in finding.redlines if line.position == choice.position]
    words = (choice.text or "").strip()
    made = tuple(line.model_copy(update={"position": "preferred", "text": words or line.text}) for line in kept)
    return finding.model_copy(update={"redlines": made})
