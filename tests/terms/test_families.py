"""Families of wording in families.yml: sentences as lawyers of many trades and countries write them, and near misses."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
import yaml

from contractlens.terms.filling import Facts
from contractlens.values import Duration, compare

FAMILIES = yaml.safe_load(Path(__file__).with_name("families.yml").read_text(encoding="utf-8"))
RENEWALS = [pytest.param(text, kind, id=f"{kind}: {text[:60]}") for kind, texts in FAMILIES["renewals"].items() for text in texts]
TERMS = [pytest.param(*row, id=f"{row[1][:60]}") for row in FAMILIES["terms"]]


@pytest.mark.parametrize(("clause", "kind"), RENEWALS)
def test_the_kind_of_renewal(read_clause: Callable[..., Facts], clause: str, kind: str) -> None:
    renewal = read_clause(clause).terms.renewal
    assert (renewal.kind if renewal else "none") == kind


@pytest.mark.parametrize(("opening", "clause", "agreed", "effective", "length", "end"), TERMS)
def test_the_first_term(
    read_clause: Callable[..., Facts],
    end_of: Callable[[Facts], date | None],
    opening: str,
    clause: str,
    agreed: str,
    effective: str,
    length: str,
    end: str,
) -> None:
    facts = read_clause(clause, opening=f'{opening} between Acme Corp. ("Provider", "Company") and Beta LLC ("Customer", "Consultant").')
    terms = facts.terms
    assert str(terms.agreement_date) == agreed
    assert str(terms.effective_date) == effective if effective else terms.effective_date in (None, terms.agreement_date)
    assert (compare(terms.initial_term, Duration.parse(length)) == 0) if terms.initial_term and length else (terms.initial_term is None) == (not length)
    found = end_of(facts)
    assert found in (date.fromisoformat(end), date.fromisoformat(end) - timedelta(days=1)) if end else found is None
