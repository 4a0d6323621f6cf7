"""The rules as text: a list of them, one file, how their examples went, what they see in a sentence."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from contractlens.errors import UsageError
from contractlens.exports.words import clean, shorten
from contractlens.rulebook import Rule, Rulebook
from contractlens.rulebook.folder import rules_folder
from contractlens.rulebook.proving import Looked, Proof

_LIMIT = re.compile(r"(?P<name>\w+):[^#]*#\s*(?P<note>.+)")


def as_list(rulebook: Rulebook) -> str:
    """One rule a line: id, status, title."""
    rules = sorted(rulebook.rules.values(), key=lambda rule: rule.id)
    width = max((len(rule.id) for rule in rules), default=0)
    return "".join(f"{rule.id:<{width}}  {rule.spec.status:<6}  {clean(rule.spec.title)}\n" for rule in rules)


def rule_named(rulebook: Rulebook, rule_id: str) -> Rule:
    """The rule of that id. Raises UsageError that names the nearest ones."""
    if rule := rulebook.rules.get(rule_id):
        return rule
    near = difflib.get_close_matches(rule_id, rulebook.rules, 3, 0.4)
    hint = f" Did you mean {' or '.join(near)}?" if near else " List them with: contractlens rules list"
    raise UsageError(f"{rule_id}: there is no rule of that name.{hint}")


def limit_notes(rulebook: Rulebook) -> dict[str, str]:
    """What each house limit means, as the limits.yml files say it beside the number: `the longest notice we accept before a renewal`."""
    lines = [line for folder in (rules_folder(), rulebook.folder) for line in _lines_of(folder / "limits.yml")]
    return {found["name"]: clean(found["note"]) for line in lines if (found := _LIMIT.match(line))}


def _lines_of(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines() if path.is_file() else []


def as_file(rulebook: Rulebook, rule_id: str) -> str:
    """The rule's file, which is written to be read."""
    path = rule_named(rulebook, rule_id).path
    return f"# {path}\n{path.read_text(encoding='utf-8')}"


def as_proofs(proofs: Sequence[Proof]) -> str:
    """The examples that fail, with what was found in them, and the count of all."""
    failed = [proof for proof in proofs if not proof.holds]
    lines = [line for proof in failed for line in _failed(proof)]
    examples, rules = len(proofs), len({p.rule for p in proofs})
    count = f"{examples} example{'' if examples == 1 else 's'} of {rules} rule{'' if rules == 1 else 's'}"
    return "\n".join([*lines, f"{count}: {f'{len(failed)} failed' if failed else 'all hold'}."]) + "\n"


def _failed(proof: Proof) -> Iterator[str]:
    yield f"{proof.rule}: this sentence should {'' if proof.should_match else 'not '}match:"
    yield f"    {shorten(proof.text, 300)}"
    yield f"    found: {clean(proof.found) or 'nothing'}"
    yield ""


def as_looked(looked: Sequence[Looked]) -> str:
    """What each rule saw in the sentence, and why it fires or does not."""
    lines = [] if any(one.matched for one in looked) else ["No rule fires.", ""]
    for one in looked:
        lines += [*_looked(one), ""]
    return "\n".join(lines).rstrip() + "\n"


def _looked(one: Looked) -> Iterator[str]:
    yield f"{'FIRES' if one.matched else 'no':<7}{one.rule}  ({clean(one.title)})"
    for name, words in one.groups.items():
        yield f"       {name}: {', '.join(f'“{shorten(w, 120)}”' for w in words)}"
    for name, values in one.values.items():
        yield f"       <{name}> = {', '.join(map(clean, values))}"
    for slot in one.slots:
        filled = {"who": slot.who, "may": slot.may, "does": slot.does, "what": slot.what}
        told = ", ".join(f"{name} “{clean(words)}”" for name, words in filled.items() if words)
        yield f"       {told}{f' ({clean(slot.why)})' if slot.why else ''}"
    if one.why_not:
        yield f"       because {clean(one.why_not)}"
