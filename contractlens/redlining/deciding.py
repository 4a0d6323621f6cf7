"""What a person chose to ask for: of each finding the preferred words, the fallback or nothing, and in their own wording."""

from __future__ import annotations

import difflib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import yaml
from pydantic import ConfigDict, TypeAdapter, ValidationError

from contractlens.advice.finding import Finding, Review
from contractlens.errors import UsageError


@dataclass(frozen=True, slots=True)
class Choice:
    """Which of a finding's redlines to ask for; `text` are its words as a person has edited them."""

    __pydantic_config__ = ConfigDict(extra="forbid")

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


def choices_to_json(choices: Mapping[str, Choice]) -> str:
    """The choices as a file that `read_choices` reads again."""
    told = {key: {"position": choice.position, **({"text": choice.text} if choice.text else {})} for key, choice in sorted(choices.items())}
    return json.dumps(told, indent=2, ensure_ascii=False) + "\n"


def read_choices(path: Path, review: Review) -> dict[str, Choice]:
    """The choices of a JSON or YAML file: by `key_of`, or by a rule for all of its findings. Raises UsageError."""
    try:
        given = TypeAdapter(dict[str, Choice]).validate_python(yaml.safe_load(path.read_text(encoding="utf-8")) or {})
    except (OSError, UnicodeDecodeError):
        raise UsageError(f"{path}: it cannot be read. Give a file of edits, as the app saves it.") from None
    except (yaml.YAMLError, ValidationError, RecursionError):
        shape = '{"renewal/automatic-renewal": {"position": "fallback", "text": "..."}}'
        raise UsageError(f"{path}: this is no file of edits. It names findings, with the position preferred, fallback or none, and words of your own: {shape}.") from None
    known: dict[str, list[str]] = {}
    for finding in review.findings:
        known.setdefault(key_of(finding), []).append(key_of(finding))
        known.setdefault(finding.rule, []).append(key_of(finding))
    for name in given:
        if name not in known:
            near = difflib.get_close_matches(name, known, 1)
            raise UsageError(f"{path}: {name} is no finding of this agreement.{f' Did you mean {near[0]}?' if near else ''}")
    return {key: choice for name, choice in sorted(given.items(), key=lambda one: "@" in one[0]) for key in known[name]}
