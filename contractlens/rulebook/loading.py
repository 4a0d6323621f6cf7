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
from contractlens.rulebook.matching import Joiner
from contractlens.rulebook.phrases import Phrase, PhraseError, Slot, Vocabulary, parse_all
from contractlens.rulebook.schema import RuleSpec, WordsSpec
from contractlens.values import Duration

Model = TypeVar("Model", bound=BaseModel)
NOT_RULES = ("words.yml", "limits.yml", "precedence.yml")
COMMON = frozenset("the a an of to in for on by or and any be is are shall will may not that this with at as such each it its from if has have been all no".split())

FREQUENT = frozenset(
    "agreement agreements contract party parties either neither other both notice written writing writing until month months year years day days term terms "
    "period periods service services customer provider date time upon before after prior additional further subject unless if other use right rights "
    "may can you your we our fees fee payment information law section without within during respect applicable provided including under pursuant mutual agree "
    "agreed option consent set forth monthly party's thereof required one two three first percent continue remain up less more than".split()
)

VALUE_WORDS = {  # words of which one is in every value of the kind
    "<percent>": frozenset({"%"}),
    "<duration>": frozenset(
        "day days week weeks month months year years yr yrs hour hours hr hrs minute minutes min quarter quarters annum annual yearly monthly "
        "quarterly semi biennial second seconds sec mo".split()
    ),
    "<anniversary>": frozenset({"anniversary", "anniversaries"}),
    "<date>": frozenset({"<date>"}),
}
PERCENT_WORDS = frozenset({"percent", "cent", "percentage", "nines"})  # "99.9 percent" and "four nines" have no sign


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


@dataclass(frozen=True, slots=True)
class SlotWords:
    """What a sentence must hold for a slot to be filled: one of the words, or all the words of one of the groups."""

    words: frozenset[str]
    groups: tuple[frozenset[str], ...]

    def within(self, words: frozenset[str]) -> bool:
        return not self.words.isdisjoint(words) or any(group <= words for group in self.groups)


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

    def possible(self, words: frozenset[str]) -> bool:
        """Whether a sentence with these words may hold all that the rule needs: a cheap look before any matching."""
        return all(any(all(slot.within(words) for slot in phrase) for phrase in need) for need in self.must)

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

    def __init__(self, rules: dict[str, Rule], words: WordsSpec, limits: dict[str, Duration | float], precedence: dict[str, list[str]], folder: Path) -> None:
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
        slip = next((s for s in slips if s["type"] == "extra_forbidden"), slips[0])  # "severty" before the "severity" that is missing for it
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
        here = here.get("properties", {}).get(key, here.get("items") if isinstance(key, int) else here.get("additionalProperties") or {}) or {}
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
    gate = _gate(groups, spec.needs) if spec.needs and not spec.asked else frozenset()
    must = tuple(tuple(_slots(p) for g in need.split(" or ") for p in groups[g].phrases) for need in spec.needs) if not spec.asked else ()
    if roles:
        gate = frozenset().union(*(_rarest(p) for p in roles.does))
        must = tuple(tuple(map(_slots, slot)) for slot in (roles.may, roles.does, tuple(p for phrases in roles.what.values() for p in phrases)))
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


def _slots(phrase: Phrase) -> tuple[SlotWords, ...]:
    """For each slot that must be there, words of which a sentence must hold one; slots that tell nothing are left out."""
    made = []
    for slot in phrase.slots:
        if slot.optional or not _words_of(slot):
            continue
        words: set[str] = set()
        groups = []
        for piece in slot.pieces:
            told = frozenset(w for part in piece for w in re.findall(r"[a-z]{2,}", part))
            if len(piece) > 1 and len(told) > 1 and not any(part.startswith("<") for part in piece):
                groups.append(told)
            else:
                words |= VALUE_WORDS.get(piece[0], frozenset()) if piece[0].startswith("<") and len(piece) == 1 else {_telling(piece)}
        made.append(SlotWords(frozenset(words | PERCENT_WORDS if "%" in words else words), tuple(groups)))
    return tuple(made)


def _words_of(slot: Slot) -> frozenset[str]:
    """Words of which a sentence must hold one for a slot to be filled; empty where no word is sure."""
    words: set[str] = set()
    for piece in slot.pieces:
        sure = VALUE_WORDS.get(piece[0], frozenset()) if len(piece) == 1 and piece[0].startswith("<") else frozenset({_telling(piece)} - {""})
        if not sure:
            return frozenset()
        words |= sure
    return frozenset(words | PERCENT_WORDS if "%" in words else words)


def _gate(groups: dict[str, Group], needs: list[str]) -> frozenset[str]:
    """Of the needed groups, the words of the one that the fewest sentences hold."""
    choices = []
    for need in needs:
        words = frozenset().union(*(_rarest(p) for g in need.split(" or ") for p in groups[g].phrases))
        choices.append(words)
    return min(choices, key=lambda words: sum(_commonness(w) for w in words))


def _rarest(phrase: Phrase) -> frozenset[str]:
    """Words of which a sentence must hold one for the phrase to match: those of its most telling slot."""
    best: frozenset[str] | None = None
    for slot in phrase.slots:
        if slot.optional:
            continue
        words = _words_of(slot)
        if not words:
            continue
        if best is None or sum(map(_commonness, words)) < sum(map(_commonness, best)):
            best = words
    return best if best is not None else frozenset({"*"})


def _telling(piece: tuple[str, ...]) -> str:
    """The rarest word of a piece, as sentences list theirs; empty where it has none (a value)."""
    if "n't" in piece:  # "won't" is two words to the tokenizer, and no such two to a sentence's list
        return ""
    words = [w for part in piece for w in (re.findall(r"[a-z]+|[%$]|\d+", part) if not part.startswith("<") else ["%"] if part == "<percent>" else [])]
    return min(words, key=_commonness, default="")


def _commonness(word: str) -> float:
    if word == "*":  # every sentence
        return float("inf")
    return 50.0 if word in COMMON else 12.0 if word in FREQUENT else 1.0 + 6.0 / max(len(word), 1)


def line_of_text(path: Path, text: str) -> str:
    """`, line 12`: the first line of a rule file that holds the text; empty where none does."""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if text in line:
            return f", line {number}"
    return ""
