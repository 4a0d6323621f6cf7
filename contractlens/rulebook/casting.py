"""Who is who, where a paper introduces nobody: whoever may change it wrote it.

"Tillmark may restate these conditions" makes Tillmark the vendor. All names that might be somebody's are taken for the vendor's
in turn, and those that the rules of the kind `changes` then meet are kept.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from contractlens.documents.document import Document
from contractlens.language.candidates import candidates
from contractlens.language.marking import Reading
from contractlens.language.names import Cast, cast
from contractlens.rulebook.applying import Match, Matches
from contractlens.rulebook.loading import Rulebook

KINDS = ("terms", "price")  # who may change the terms is surer than who may change prices: those of others may change, too


def who_is_who(document: Document, rulebook: Rulebook, we: str | None = None) -> Cast:
    """The document's parties, and what it calls them. `we` names the party that we are, or says which side."""
    made = cast(document, rulebook.words.roles, we)
    if not made.open:
        return made
    names = candidates(document.plain, rulebook.words.lists) - set(made.customer)
    rules = frozenset(r.id for r in rulebook.of_kind("changes") if not r.spec.deferred)
    matches = Matches(rulebook, Reading(document, made.selling(names)), rules)
    met = [match for rule in rules for match in matches.of(rule)]
    for kind in KINDS if not any(p.role == "vendor" for p in made.parties) else KINDS[:1]:
        found = {name for match in met for name in _named(matches, match, kind)} & names
        if found:
            return made.selling(found)
    return made


def _named(matches: Matches, match: Match, kind: str) -> Iterator[str]:
    """Who may change things of that kind."""
    words, plain = matches.reading.words(match.sentence), matches.reading.document.plain
    told = [hits for name, hits in match.groups.items() if name == kind or (kind == "price" and name not in KINDS and name in chain(*match.rule.needs))]
    for hit in chain(*told):
        yield from [plain[v.start : v.end] for i, v in sorted(words.values.items()) if v.kind == "vendor" and hit.first <= i < hit.last][:1]
    yield from (role.who for role in match.roles if role.what == kind)
