"""A rule file, compiled: its phrases as slots, by what they are for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from contractlens.rulebook.phrases import Phrase
from contractlens.rulebook.schema import RuleSpec


@dataclass(frozen=True)
class Group:
    phrases: tuple[Phrase, ...]
    after: tuple[str, ...]
    before: tuple[str, ...]


@dataclass(frozen=True)
class Veto:
    phrases: tuple[Phrase, ...]
    within: str
    words: int
    but_not: tuple[Phrase, ...] = ()


@dataclass(frozen=True)
class Roles:
    """The four slots of a rule about who may do what."""

    who: str
    may: tuple[Phrase, ...]
    does: tuple[Phrase, ...]
    what: dict[str, tuple[Phrase, ...]]
    but_not: dict[str, tuple[Phrase, ...]]
    unless: tuple[Phrase, ...]
    alone: tuple[Phrase, ...]
    breaks: tuple[Phrase, ...]
    aside: tuple[Phrase, ...]
    manner: tuple[Phrase, ...]

    @cached_property
    def needed(self) -> tuple[tuple[Phrase, ...], ...]:
        """The slots that a clause must fill."""
        return self.may, self.does, tuple(p for phrases in self.what.values() for p in phrases)

    def phrases(self) -> Iterator[Phrase]:
        yield from (*self.may, *self.does, *self.unless, *self.alone, *self.breaks, *self.aside, *self.manner)
        for phrases in (*self.what.values(), *self.but_not.values()):
            yield from phrases


@dataclass(frozen=True)
class Rule:
    """A rule file, compiled. `must` are, for each of its needs, the phrases of which a sentence must hold one."""

    spec: RuleSpec
    groups: dict[str, Group]
    vetoes: tuple[Veto, ...]
    under_heading: tuple[Phrase, ...]
    not_under_heading: tuple[Phrase, ...]
    prefer: tuple[Phrase, ...]
    avoid: tuple[Phrase, ...]
    roles: Roles | None
    columns: dict[str, tuple[Phrase, ...]]
    path: Path
    must: tuple[tuple[Phrase, ...], ...]

    @property
    def id(self) -> str:
        return self.spec.id

    @cached_property
    def needs(self) -> tuple[tuple[str, ...], ...]:
        """The groups that a sentence must meet: of each of these one."""
        return tuple(tuple(need.split(" or ")) for need in self.spec.needs)

    @cached_property
    def settled_by(self) -> dict[str, list[tuple[str, ...]]]:
        """Its needs, by the last of their groups: once that is looked for, it is known whether they are met."""
        order = list(self.groups)
        found: dict[str, list[tuple[str, ...]]] = {}
        for need in self.needs:
            found.setdefault(max(need, key=order.index), []).append(need)
        return found

    def phrases(self) -> Iterator[Phrase]:
        for group in self.groups.values():
            yield from group.phrases
        for veto in self.vetoes:
            yield from (*veto.phrases, *veto.but_not)
        yield from (*self.under_heading, *self.not_under_heading, *self.prefer, *self.avoid)
        for column in self.columns.values():
            yield from column
        if self.roles:
            yield from self.roles.phrases()
