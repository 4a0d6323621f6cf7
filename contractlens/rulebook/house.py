"""By which rules a command reviews; to name them loads none."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path
from typing import TypedDict

from contractlens.values import Duration


class House(TypedDict, total=False):
    """The rules of one's own house, as `review` and `scan` take them: a folder of rules, those that say nothing, and other limits."""

    rules: str | Path | None
    without: Collection[str]
    house_limits: Mapping[str, Duration | float]
