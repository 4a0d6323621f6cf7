"""The wording of letters, which stands in the playbook's folder `letters`: read, and its names checked."""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection, Iterable
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Literal, get_args

from pydantic import AfterValidator, model_validator

from contractlens.errors import RuleError
from contractlens.rulebook.checking import checked, line_of_text
from contractlens.rulebook.conditions import parse_condition
from contractlens.rulebook.folder import rules_folder
from contractlens.rulebook.loading import LETTERS
from contractlens.rulebook.schema import Part

Kind = Literal["non-renewal", "credit-claim", "change-objection"]
KINDS: tuple[Kind, ...] = get_args(Kind)
BLANK = re.compile(r"\{([\w.]+)\}")


def _conditions(value: str | list[str]) -> str | list[str]:
    for text in [value] if isinstance(value, str) else value:
        parse_condition(text)
    return value


Conditions = Annotated[str | list[str], AfterValidator(_conditions)]


class Words(Part):
    """A paragraph or a check, and when it stands: words to fill in, a quoted clause, or a list that was reckoned."""

    when: Conditions = ""
    say: str = ""
    quote: Literal["", "clause"] = ""
    list: str = ""
    tell: bool = False  # on the screen, too

    @model_validator(mode="after")
    def _one(self) -> Words:
        if sum(map(bool, (self.say, self.quote, self.list))) != 1:
            raise ValueError("there must be one of  say,  quote  and  list")
        return self

    @property
    def conditions(self) -> tuple[str, ...]:
        return tuple(filter(None, [self.when] if isinstance(self.when, str) else self.when))


class LetterSpec(Part):
    title: str
    paragraphs: tuple[Words, ...]
    checks: tuple[Words, ...] = ()


class CommonSpec(Part):
    frame: dict[Literal["by", "by_one_of", "reference", "greeting", "parting", "signature", "checks", "for_us"], str]
    checks: tuple[Words, ...] = ()
    last: tuple[Words, ...] = ()
    proof: dict[str, str]
    blanks: dict[str, str]


@lru_cache(maxsize=32)
def load_letter(kind: Kind, folder: str | None, names: tuple[str, ...]) -> tuple[LetterSpec, CommonSpec]:
    """A letter and what it shares with others, from a playbook or, where that has none, from ours; `names` are those that it may use. Raises RuleError."""
    path, shared = _found(f"{kind}.yml", folder), _found("common.yml", folder)
    own, common = checked(path, LetterSpec), checked(shared, CommonSpec)
    _check(path, [own.title], (*own.paragraphs, *own.checks), names)
    _check(shared, [*common.frame.values(), *common.proof.values()], (*common.checks, *common.last), names)
    return own, common


def _found(name: str, folder: str | None) -> Path:
    own = Path(folder) / LETTERS / name if folder else None
    return own if own and own.is_file() else rules_folder() / LETTERS / name


def _check(path: Path, texts: Iterable[str], words: Iterable[Words], names: Collection[str]) -> None:
    """Raise RuleError for the first name that stands for nothing."""
    used = [name for text in texts for name in BLANK.findall(text)]
    for w in words:
        used += [*BLANK.findall(w.say), *filter(None, (w.list,)), *(c.name for c in map(parse_condition, w.conditions) if c.name)]
    for name in used:
        if name not in names:
            near = difflib.get_close_matches(name, names, 1)
            hint = f'Did you mean "{near[0]}"?' if near else f"There are: {', '.join(sorted(names))}."
            raise RuleError(f'{path}{line_of_text(path, name)}: "{name}" stands for nothing here. {hint}')
