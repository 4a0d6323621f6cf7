"""YAML becomes a rulebook: read, checked, compiled; a slip is told with its file and line."""

from __future__ import annotations

import difflib
import gc
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from contractlens.errors import RuleError
from contractlens.rulebook.gating import SlotWords, gate_of, may_hold, rarest, slots_of
from contractlens.rulebook.matching import Joiner
from contractlens.rulebook.phrases import Phrase, PhraseError, Vocabulary, parse_all
from contractlens.rulebook.schema import RuleSpec, WordsSpec
from contractlens.values import Duration

Model = TypeVar("Model", bound=BaseModel)
NOT_RULES = ("words.yml", "limits.yml", "precedence.yml")


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

    def phrases(self) -> Iterator[Phrase]:
        yield from (*self.may, *self.does, *self.unless, *self.alone, *self.breaks, *self.aside, *self.manner)
        for phrases in (*self.what.values(), *self.but_not.values()):
            yield from phrases


@dataclass(frozen=True)
class Rule:
    """A rule file, compiled. `gate` are words of which a sentence must hold one for the rule to match there."""

    spec: RuleSpec
    groups: dict[str, Group]
    vetoes: tuple[Veto, ...]
    under_heading: tuple[Phrase, ...]
    not_under_heading: tuple[Phrase, ...]
    prefer: tuple[Phrase, ...]
    avoid: tuple[Phrase, ...]
    roles: Roles | None
    columns: dict[str, tuple[Phrase, ...]]
    gate: frozenset[str]
    path: Path
    must: tuple[tuple[tuple[SlotWords, ...], ...], ...] = ()  # for each need, for each of its phrases, for each slot: words to hold

    def possible(self, words: frozenset[str], seen: dict[int, bool] | None = None) -> bool:
        """Whether a sentence with these words may hold all that the rule needs: a cheap look before any matching.

        `seen` keeps what was found out about the same sentence for the slots of other rules.
        """
        return all(may_hold(need, words, {} if seen is None else seen) for need in self.must)

    @property
    def id(self) -> str:
        return self.spec.id

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


class Rulebook:
    """All rules, the word lists and the house limits."""

    def __init__(
        self, rules: dict[str, Rule], words: WordsSpec, limits: dict[str, Duration | float], precedence: dict[str, list[str]], folder: Path
    ) -> None:
        self.rules = rules
        self.words = words
        self.limits = limits
        self.precedence = precedence
        self.folder = folder
        self.joiner = Joiner(p for rule in rules.values() for p in rule.phrases())
        self.gate: dict[str, list[Rule]] = {}
        for rule in rules.values():
            for word in () if rule.spec.deferred else rule.gate:
                self.gate.setdefault(word, []).append(rule)

    def of_kind(self, clause_kind: str) -> list[Rule]:
        return [r for r in self.rules.values() if r.spec.clause_kind == clause_kind]


def rules_folder() -> Path:
    """Where the rules that come with ContractLens are: in the package, or in the working tree that it runs from."""
    package = Path(__file__).resolve().parents[1]
    for folder in (package / "_rules", package.parent / "rules"):
        if (folder / "words.yml").is_file():
            return folder
    raise RuleError(f"{package}: the rules are missing from the installation. Install ContractLens again.")


def load_rules(folder: str | Path | None = None) -> Rulebook:
    """The rules of a playbook, or those that come with ContractLens.

    A playbook's files are laid over the rules that come with ContractLens: a rule of the same id takes its place, and
    words, limits and precedence are added. Raises RuleError for a file that cannot be used.
    """
    return _load(str(folder) if folder else None)


@lru_cache(maxsize=8)
def _load(folder: str | None) -> Rulebook:
    folders = [rules_folder()]
    if folder:
        if not Path(folder).is_dir():
            raise RuleError(f"{folder}: there is no such folder. Give the folder that holds your rule files.")
        folders.append(Path(folder))
    words, limits, precedence = WordsSpec(), {}, {}  # type: ignore[var-annotated]
    for place in folders:
        more = _checked(place / "words.yml", WordsSpec) if (place / "words.yml").exists() else WordsSpec()
        words = WordsSpec(**{part: {**getattr(words, part), **getattr(more, part)} for part in WordsSpec.model_fields})
        limits.update(_limits(place / "limits.yml"))
        precedence.update(_yaml(place / "precedence.yml")[0] if (place / "precedence.yml").exists() else {})
    vocabulary = Vocabulary(words.lists, words.forms, words.phrases)
    rules: dict[str, Rule] = {}
    for place in folders:
        for path in sorted(place.rglob("*.yml")):
            if path.name in NOT_RULES or path.name.startswith("_"):
                continue
            spec = _checked(path, RuleSpec)
            expected = path.relative_to(place).with_suffix("").as_posix()
            if spec.id != expected:
                raise RuleError(f'{path}: the id is "{spec.id}", and must be the folder and file name: "{expected}".')
            if spec.status != "retired":
                rules[spec.id] = _compiled(spec, path, vocabulary)
    for rule in rules.values():
        if rule.spec.about and rule.spec.about not in rules:
            raise RuleError(f'{rule.path}{line_of_text(rule.path, "about:")}: there is no rule "{rule.spec.about}". Name one such as  renewal/what-renews.')
    rulebook = Rulebook(rules, words, limits, precedence, folders[-1])
    gc.collect()
    gc.freeze()  # the rules live as long as the process; each collection would walk all of them, at a tenth of a review's time
    return rulebook


def _yaml(path: Path) -> tuple[Any, yaml.Node | None]:
    try:
        text = path.read_text(encoding="utf-8")
        return yaml.safe_load(text) or {}, yaml.compose(text)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise RuleError(f"{path}, line {line}: this is no valid YAML ({error.problem}). Check indents, colons and quotes there.") from None
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise RuleError(f"{path}: cannot be read ({error}).") from None


def _checked(path: Path, model: type[Model]) -> Model:
    """A file's content, checked; the first slip is told with its line, and with what may have been meant."""
    data, node = _yaml(path)
    try:
        return model.model_validate(data)
    except ValidationError as error:
        slips = error.errors()
        slip = next(
            (s for s in slips if s["type"] == "extra_forbidden"), slips[0]
        )  # "severty" before the "severity" that is missing for it
        keys = [k for k in slip["loc"] if isinstance(k, str | int)]
        what = slip["msg"].removeprefix("Value error, ")
        if slip["type"] == "extra_forbidden":
            known = _fields_at(model, keys[:-1])
            near = difflib.get_close_matches(str(keys[-1]), known, 1)
            hint = f'Did you mean "{near[0]}"?' if near else f"There may be: {', '.join(known)}."
            what = f'"{keys[-1]}" is not known here. {hint}'
        elif slip["type"] == "missing":
            what = f'"{keys[-1]}" is missing.'
        else:
            what = f"{': '.join(map(str, keys))}: {what}" if keys else what
        raise RuleError(f"{path}, line {_line(node, keys)}: {what}") from None


def _line(node: yaml.Node | None, keys: list[str | int]) -> int:
    """The line of the deepest part of the path that the file has."""
    line = 1
    for key in keys:
        found: yaml.Node | None = None
        if isinstance(node, yaml.MappingNode):
            for k, v in node.value:
                if k.value == key:
                    line, found = k.start_mark.line + 1, v
        elif isinstance(node, yaml.SequenceNode) and isinstance(key, int) and key < len(node.value):
            found = node.value[key]
            line = found.start_mark.line + 1
        if found is None:
            break
        node = found
    return line


def _fields_at(model: type[BaseModel], keys: list[str | int]) -> list[str]:
    """The names that may stand at a place of the file, as far as the schema tells."""
    schema: Any = model.model_json_schema()
    defs, here = schema.get("$defs", {}), schema
    for key in keys:
        here = (
            here.get("properties", {}).get(key, here.get("items") if isinstance(key, int) else here.get("additionalProperties") or {}) or {}
        )
        for option in here.get("anyOf", [here]):
            if "$ref" in option:
                here = defs[option["$ref"].rsplit("/", 1)[-1]]
    return sorted(here.get("properties", {}))


def _limits(path: Path) -> dict[str, Duration | float]:
    if not path.exists():
        return {}
    made: dict[str, Duration | float] = {}
    for name, value in _yaml(path)[0].items():
        try:
            made[name] = float(value) if isinstance(value, int | float) else read_duration(str(value))
        except ValueError:
            raise RuleError(f'{path}: {name}: "{value}" is no limit. Write a duration such as  30 days  or a number.') from None
    return made


def read_duration(text: str) -> Duration:
    """`30 days`, `12 months`, `5 business days`, or ISO 8601."""
    match = re.fullmatch(r"\s*(\d+)\s+(business\s+)?(second|minute|hour|day|week|month|year)s?\s*", text)
    if not match:
        return Duration.parse(text)
    return Duration(int(match.group(1)), match.group(3), bool(match.group(2)))  # type: ignore[arg-type]


def _compiled(spec: RuleSpec, path: Path, vocabulary: Vocabulary) -> Rule:
    def phrases(texts: list[str]) -> tuple[Phrase, ...]:
        made: list[Phrase] = []
        for text in vocabulary.spelt_out(texts):
            try:
                made += parse_all(text, vocabulary)
            except PhraseError as error:
                raise RuleError(f"{path}{line_of_text(path, text)}: {error}. The language of phrases is in rules/README.md.") from None
        return tuple(made)

    groups = {name: Group(phrases(g.phrases), tuple(g.after), tuple(g.before)) for name, g in spec.match.items()}
    roles = None
    if spec.roles:
        r = spec.roles
        what, but_not = ({k: phrases(v) for k, v in kinds.items()} for kinds in (r.what, r.but_not))
        unless, alone, breaks, aside, manner = (phrases(texts) for texts in (r.unless, r.alone, r.breaks, r.aside, r.manner))
        roles = Roles(r.who, phrases(r.may), phrases(r.does), what, but_not, unless, alone, breaks, aside, manner)
    gate = (
        gate_of([[p for g in need.split(" or ") for p in groups[g].phrases] for need in spec.needs])
        if spec.needs and not spec.asked
        else frozenset()
    )
    must = tuple(tuple(slots_of(p) for g in need.split(" or ") for p in groups[g].phrases) for need in spec.needs) if not spec.asked else ()
    if roles:
        gate = frozenset().union(*(rarest(p) for p in roles.does))
        must = tuple(
            tuple(map(slots_of, slot)) for slot in (roles.may, roles.does, tuple(p for phrases in roles.what.values() for p in phrases))
        )
    return Rule(
        spec,
        groups,
        tuple(Veto(phrases(v.phrases), v.within, v.words, phrases(v.but_not)) for v in spec.unless),
        phrases(spec.under_heading),
        phrases(spec.not_under_heading),
        phrases(spec.prefer),
        phrases(spec.avoid),
        roles,
        {name: phrases(c.head) for name, c in spec.table.items()},
        gate,
        path,
        must,
    )


def line_of_text(path: Path, text: str) -> str:
    """`, line 12`: the first line of a rule file that holds the text; empty where none does."""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if text in line:
            return f", line {number}"
    return ""
