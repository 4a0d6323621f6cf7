"""What a rule file may say. Unknown words are errors, so a slip never passes in silence."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, field_validator, model_validator

from contractlens.rulebook.conditions import parse_condition

Strings = list[str]


class Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class GroupSpec(Part):
    """Phrases under one name, and the stretch of the sentence in which they count."""

    phrases: Strings
    after: Strings = []  # only words after the first hit of one of these groups
    before: Strings = []  # only words before it

    @model_validator(mode="before")
    @classmethod
    def _short(cls, value: Any) -> Any:
        return {"phrases": value} if isinstance(value, list) else value


class VetoSpec(Part):
    """Phrases that switch a match off, and how near they must stand.

    With `within: value` they hold the value themselves ("<percent> of the fees") and drop that value alone.
    """

    phrases: Strings
    within: Literal["sentence", "clause", "words", "value"] = "sentence"
    words: int = 6  # with `within: words`: this near to the match
    but_not: Strings = []  # with `within: value`: wording that takes the value back, as "not less than <percent>" does from "less than <percent>"

    @model_validator(mode="before")
    @classmethod
    def _short(cls, value: Any) -> Any:
        return {"phrases": [value]} if isinstance(value, str) else value


class RolesSpec(Part):
    """Who may do what: all four must hold in one clause of a sentence."""

    who: Literal["vendor", "customer", "either", "anyone"]
    may: Strings
    does: Strings
    what: dict[str, Strings]
    but_not: dict[str, Strings] = {}
    unless: Strings = []  # phrases that switch the clause off
    alone: Strings = []  # of which a passive that names nobody must hold one: "at any time", "without notice"
    breaks: Strings = ["@clause_breaks"]  # where a new clause begins, beside semicolons
    aside: Strings = ["@asides"]  # words passed over: "at any time", "in its sole discretion"
    manner: Strings = ["@manners"]  # what may stand after "by" and is nobody who acts: "by notice", "by e-mail"


class ColumnSpec(Part):
    """A column of a table: what its head says, and what is read from its cells."""

    head: Strings
    reads: Literal["band", "percent", "credit", "duration", "text"]
    optional: bool = False


def _readable(conditions: str | Strings) -> str | Strings:
    for condition in [conditions] if isinstance(conditions, str) else conditions:
        parse_condition(condition)
    return conditions


Conditions = Annotated[str | Strings, AfterValidator(_readable)]


class FindingSpec(Part):
    when: Conditions
    severity: Literal["high", "medium", "low"]
    absent: bool = False  # whether it rests on what no other clause says: where pages were not read, one of them may
    ask: bool = True  # whether there is something to ask for; not where the clause is as good as our own words
    say: str


class RedlineSpec(Part):
    label: str
    replaces: Literal["sentences", "met", "nothing"] = "sentences"  # `met`: not the sentences of the fact, but the one that this rule's phrases met
    unless_it_says: Strings = []  # a sentence with one of these says more than what gives way: the words are added after it
    covered_by: Strings = []  # rules whose words, where they are asked for, ask for this, too
    wording: str
    tell_the_vendor: str


class Redlines(Part):
    preferred: RedlineSpec | None = None
    fallback: RedlineSpec | None = None


class MissingSpec(Part):
    """What to say where a clause of this kind is nowhere in the document."""

    what: str
    in_agreements: Strings = []  # only in these kinds of agreement; in all where empty
    severity: Literal["high", "medium", "low"] | None = None  # a finding, too
    say: str | None = None
    applies_when: Conditions = []  # the finding, and not only the line among what was not found, asks for these, too


class MatchExample(Part):
    text: str
    values: dict[str, Any] = {}
    groups: Strings = []
    because: str | None = None


class MissExample(Part):
    text: str
    because: str


class Examples(Part):
    should_match: list[MatchExample] = []
    should_not_match: list[MissExample] = []


class RuleSpec(Part):
    """One rule file."""

    id: str
    title: str
    clause_kind: str
    category: Literal["sla", "credits", "renewal", "changes", "price", "termination", "liability", "notices", "law"] | None = None
    status: Literal["draft", "stable", "retired"] = "stable"
    why_it_matters: str = ""

    match: dict[str, GroupSpec] = {}
    roles: RolesSpec | None = None
    table: dict[str, ColumnSpec] = {}
    needs: Strings = []
    look_in: Literal["sentence", "clause"] = "sentence"
    opening: int | None = None  # only in the first so many sentences
    asked: bool = False  # met only in sentences that a term asks about, such as those of a clause that renews
    deferred: bool = False  # met only once a term runs it: what is said of credits matters where there is a service level
    kinds: list[Literal["prose", "row", "heading"]] = ["prose", "row"]
    under_heading: Strings = []
    not_under_heading: Strings = []
    unless: list[VetoSpec] = []
    prefer: Strings = []
    avoid: Strings = []
    yields_to: Strings = []
    about: str | None = None  # a rule whose groups tell what a verb speaks of: hits that speak of something else are dropped

    applies_when: Conditions = []
    findings: list[FindingSpec] = []
    redlines: Redlines = Redlines()
    missing: MissingSpec | None = None

    examples: Examples = Examples()
    see_also: Strings = []

    @field_validator("needs")
    @classmethod
    def _groups(cls, value: Strings) -> Strings:
        return [" ".join(v.split()) for v in value]

    @model_validator(mode="after")
    def _consistent(self) -> RuleSpec:
        known = set(self.match)
        for need in self.needs:
            for group in need.split(" or "):
                if group not in known:
                    raise ValueError(f"needs: there is no group {group!r} under match. There are: {', '.join(sorted(known)) or 'none'}")
        for name, spec in self.match.items():
            for other in [*spec.after, *spec.before]:
                if other not in known:
                    raise ValueError(f"match: {name} looks after or before {other!r}, which is no group under match")
        if self.match and not self.needs and not self.asked:
            raise ValueError("needs: say which groups must be there, such as  needs: [renews]")
        if self.findings and not self.category:
            raise ValueError("category: a rule with findings needs one")
        if self.status == "stable" and (self.match or self.roles) and not self.asked and (len(self.examples.should_match) < 3 or len(self.examples.should_not_match) < 3):
            raise ValueError("examples: a stable rule needs three sentences that match and three that must not; set  status: draft  until it has them")
        return self


class WordsSpec(Part):
    """rules/words.yml."""

    lists: dict[str, Strings] = {}
    phrases: dict[str, Strings] = {}  # groups of whole phrases: a line of a rule that says @name stands for them all
    forms: dict[str, Strings] = {}
    roles: dict[str, Strings] = Field(default_factory=dict)
