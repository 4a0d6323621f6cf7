"""Small agreements, read the whole way to their terms."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from contractlens.documents import plain
from contractlens.documents.document import Source
from contractlens.language.marking import Reading
from contractlens.language.names import cast
from contractlens.reckoning.dates import expiration
from contractlens.rulebook import Matches, load_rules
from contractlens.terms.filling import Facts, fill

OPENING = 'This Agreement is made as of March 1, 2020 (the "Effective Date") between Acme Hosting, Inc. ("Provider") and Beta LLC ("Customer").'
AGREEMENT = """SERVICES AGREEMENT

{opening}

1. Services. Provider provides the services set out in Exhibit A.

2. Term. {clause}

3. Fees. Customer pays each invoice within thirty (30) days. Late amounts bear interest.

4. Termination. Either party may terminate this Agreement upon sixty (60) days' written notice of a material breach that is not cured.
"""


@pytest.fixture
def read() -> Callable[..., Facts]:
    """Reads a whole document."""

    def reading(text: str, effective_date: date | None = None) -> Facts:
        document = plain.read(text.encode(), Source("a.txt", "a.txt", "", "text/plain"))
        rules = load_rules()
        return fill(Matches(rules, Reading(document, cast(document, rules.words.roles))), effective_date)

    return reading


@pytest.fixture
def read_clause(read: Callable[..., Facts]) -> Callable[..., Facts]:
    """Reads a clause on the term as it stands in an agreement of 1 March 2020."""

    def reading(clause: str, opening: str = OPENING) -> Facts:
        return read(AGREEMENT.format(clause=clause, opening=opening))

    return reading


@pytest.fixture
def end_of() -> Callable[[Facts], date | None]:
    """The end of the initial term: as stated, or as it follows from the start and the length."""

    def end(facts: Facts) -> date | None:
        terms = facts.terms
        if terms.expiration_date is None and facts.start and terms.initial_term:
            return expiration(facts.start, terms.initial_term)
        return terms.expiration_date

    return end
