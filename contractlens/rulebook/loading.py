"""YAML becomes a rulebook: the rules of all folders, checked and compiled, with the word lists and limits."""

from __future__ import annotations

import gc
import re
from functools import lru_cache
from itertools import chain
from pathlib import Path

from contractlens.errors import RuleError
from contractlens.rulebook.checking import checked, line_of_text, read_yaml
from contractlens.rulebook.folder import rules_folder
from contractlens.rulebook.gating import Gate
from contractlens.rulebook.matching import Joiner
from contractlens.rulebook.phrases import Phrase, PhraseError, Vocabulary, parse_all
from contractlens.rulebook.rule import Group, Roles, Rule, Veto
from contractlens.rulebook.schema import RuleSpec, WordsSpec
from contractlens.values import Duration

NOT_RULES = ("words.yml", "limits.yml", "precedence.yml")
LETTERS = "letters"  # a folder of a playbook that holds no rules


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
        needed = (p for rule in rules.values() for need in rule.must for p in need)  # first, so that their slots are small numbers to the gate
        self.joiner = Joiner(chain(needed, (p for rule in rules.values() for p in rule.phrases())))
        self.gate = Gate(rules.values(), self.joiner.slots)
        self._listed: dict[str, frozenset[str]] = {}

    def listed(self, name: str) -> frozenset[str]:
        """The words of a list of words.yml, as a set."""
        found = self._listed.get(name)
        if found is None:
            found = self._listed[name] = frozenset(self.words.lists[name])
        return found

    def of_kind(self, clause_kind: str) -> list[Rule]:
        return [r for r in self.rules.values() if r.spec.clause_kind == clause_kind]


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
        more = checked(place / "words.yml", WordsSpec) if (place / "words.yml").exists() else WordsSpec()
        words = WordsSpec(**{part: {**getattr(words, part), **getattr(more, part)} for part in WordsSpec.model_fields})
        limits.update(_limits(place / "limits.yml"))
        precedence.update(read_yaml(place / "precedence.yml") if (place / "precedence.yml").exists() else {})
    vocabulary = Vocabulary(words.lists, words.forms, words.phrases)
    rules: dict[str, Rule] = {}
    for place in folders:
        for path in sorted(place.rglob("*.yml")):
            if path.name in NOT_RULES or path.name.startswith("_") or path.relative_to(place).parts[0] == LETTERS:
                continue
            spec = checked(path, RuleSpec)
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


def _limits(path: Path) -> dict[str, Duration | float]:
    if not path.exists():
        return {}
    made: dict[str, Duration | float] = {}
    for name, value in read_yaml(path).items():
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
    must = () if spec.asked else tuple(tuple(p for g in need.split(" or ") for p in groups[g].phrases) for need in spec.needs)
    if roles:
        must = roles.needed
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
        path,
        must,
    )
