"""The rules with some of them switched off, and with limits of one's own, for one session or one call."""

from __future__ import annotations

import copy
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from contractlens.errors import UsageError
from contractlens.rulebook.loading import Rulebook, read_duration
from contractlens.values import Duration


def adjusted(rulebook: Rulebook, *, without: Collection[str] = (), limits: Mapping[str, Duration | float] | None = None) -> Rulebook:
    """The rulebook with other limits, and in which the rules `without` say nothing.

    A rule that is off has no findings, but what it reads still fills the terms: no date and no figure goes missing.
    Raises UsageError for a rule or a limit that is not there.
    """
    limits = limits or {}
    if unknown := sorted({*without} - {*rulebook.rules}):
        raise UsageError(f"{unknown[0]}: there is no such rule. `contractlens rules list` lists them.")
    if unknown := sorted({*limits} - {*rulebook.limits}):
        raise UsageError(f"{unknown[0]}: there is no such limit. There are: {', '.join(sorted(rulebook.limits))}.")
    made = copy.copy(rulebook)
    made.limits = {**rulebook.limits, **limits}
    made.rules = dict(rulebook.rules)
    for name in without:
        rule = rulebook.rules[name]
        made.rules[name] = replace(rule, spec=rule.spec.model_copy(update={"findings": [], "missing": None}))
    return made


def read_limit(text: str, like: Duration | float) -> Duration | float:
    """A limit as a person writes it, of the same kind as the one whose place it takes: `45 days`, `99.95`. Raises ValueError.

    >>> read_limit("45 days", Duration(30, "day")), read_limit("99.95 %", 99.9)
    (Duration(count=45, unit='day', business=False), 99.95)
    """
    if isinstance(like, Duration):
        return read_duration(text)
    return float(text.strip().rstrip("% ").replace(",", "."))


def limits_of(rulebook: Rulebook, settings: Iterable[str]) -> dict[str, Duration | float]:
    """The limits of settings such as `uptime_percent=99.95`. Raises UsageError for one that is none."""
    made = {}
    for setting in settings:
        name, _, text = (part.strip() for part in setting.partition("="))
        if name not in rulebook.limits:
            raise UsageError(f"{name}: there is no such limit. There are: {', '.join(sorted(rulebook.limits))}.")
        try:
            made[name] = read_limit(text, rulebook.limits[name])
        except ValueError:
            ours = rulebook.limits[name]
            raise UsageError(f"{setting}: {text!r} is no limit. Write it like {name}={ours.words() if isinstance(ours, Duration) else f'{ours:g}'}.") from None
    return made
