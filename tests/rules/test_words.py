"""Every word list is of use: a rule or the code reads it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from contractlens.rulebook import load_rules
from contractlens.rulebook.folder import rules_folder

ROOT = Path(__file__).resolve().parents[2]
WORDS = load_rules().words


@pytest.fixture(scope="module")
def in_use() -> set[str]:
    """The names that stand behind an @ in a rule or a list, or in quotes in the code."""
    rules = "\n".join(p.read_text(encoding="utf-8") for p in rules_folder().rglob("*.yml"))
    code = "\n".join(p.read_text(encoding="utf-8") for p in (ROOT / "contractlens").rglob("*.py"))
    return {*re.findall(r"@([a-z_]+)", rules), *re.findall(r'"@?([a-z_]+)"', code)}


@pytest.mark.parametrize("name", [*WORDS.lists, *WORDS.phrases])
def test_a_list_is_read_by_a_rule_or_by_the_code(name: str, in_use: set[str]) -> None:
    assert name in in_use


def test_the_code_asks_for_lists_that_are_there() -> None:
    code = "\n".join(p.read_text(encoding="utf-8") for p in (ROOT / "contractlens").rglob("*.py"))
    assert {*re.findall(r'\blisted\("([a-z_]+)"\)', code), *re.findall(r'\blists\["([a-z_]+)"\]', code)} <= set(WORDS.lists)
