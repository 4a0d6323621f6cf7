"""The names that a rule's conditions and wording may use, checked before the first review with the rule."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from typing import get_args

from contractlens.errors import RuleError
from contractlens.reckoning.deadlines import DeadlineKind
from contractlens.rulebook import Rule, Rulebook
from contractlens.rulebook.checking import line_of_text
from contractlens.rulebook.conditions import parse_condition
from contractlens.terms.records import Change, Liability, Notices, PriceRise, Record, Renewal, ServiceCredits, Termination, Terms, Uptime

RECORDS: dict[str, type[Record]] = {
    "renewal": Renewal,
    "uptime": Uptime,
    "service_credits": ServiceCredits,
    "changes": Change,
    "notices": Notices,
    "price_rise": PriceRise,
    "termination": Termination,
    "liability": Liability,
    "terms": Terms,
}
# What is reckoned beside a record's own fields; advice/reviewing.py fills it in.
RECKONED = {
    "uptime": ("asked_percent", "downtime_february", "downtime_30", "downtime_31", "downtime_year"),
    "renewal": ("notice",),
    "service_credits": ("largest_credit", "largest_credit_percent"),
    "liability": ("cap", "cap_months"),
}
EVERYWHERE = ("customer", "vendor", "free_to_leave", "price_may_change", *get_args(DeadlineKind))
_BLANK = re.compile(r"\{([^{}]*)\}")


def check_names(rulebook: Rulebook) -> None:
    """Raise RuleError for the first name in a condition or a wording that stands for nothing."""
    for rule in rulebook.rules.values():
        known = _known(rule, rulebook)
        for name in _used(rule):
            if name.split(".")[0] not in known and name not in known:
                near = difflib.get_close_matches(name, known, 1)
                hint = f'Did you mean "{near[0]}"?' if near else f"There are: {', '.join(sorted(known))}."
                raise RuleError(f'{rule.path}{line_of_text(rule.path, name)}: "{name}" stands for nothing here. {hint}')


def _known(rule: Rule, rulebook: Rulebook) -> set[str]:
    kind = rule.spec.clause_kind
    own = RECORDS[kind].model_fields if kind in RECORDS else ()
    kept = {slot.name for phrase in rule.phrases() for slot in phrase.slots if slot.name}
    limits = {f"limits.{name}" for name in rulebook.limits}
    return {*own, *Terms.model_fields, *RECKONED.get(kind, ()), *EVERYWHERE, *kept, *limits}


def _used(rule: Rule) -> Iterable[str]:
    spec = rule.spec
    lack = spec.missing.applies_when if spec.missing else []
    conditions = [c for line in (spec.applies_when, lack, *(f.when for f in spec.findings)) for c in ([line] if isinstance(line, str) else line)]
    for text in conditions:
        condition = parse_condition(text)
        yield from (name for name in (condition.name, condition.value if condition.value.startswith("limits.") else "") if name)
    redlines = [r for r in (spec.redlines.preferred, spec.redlines.fallback) if r]
    texts = [spec.title, spec.why_it_matters, *(f.say for f in spec.findings), *(t for r in redlines for t in (r.wording, r.tell_the_vendor))]
    if spec.missing and spec.missing.say:
        texts.append(spec.missing.say)
    for text in texts:
        yield from _BLANK.findall(text)
