"""The house rules that a tool can hold: rooms import one way, types are strict, and the examples in docstrings run."""

from __future__ import annotations

import doctest
import importlib
import pkgutil
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

import contractlens

ROOT = Path(__file__).resolve().parents[1]
MODULES = sorted(m.name for m in pkgutil.walk_packages(contractlens.__path__, "contractlens.") if not m.name.endswith("__main__"))


def passes(*call: str) -> None:
    tool = Path(sysconfig.get_path("scripts")) / call[0]
    done = subprocess.run([str(tool), *call[1:]], cwd=ROOT, capture_output=True, text=True, timeout=600)
    assert done.returncode == 0, done.stdout + done.stderr


def test_rooms_import_one_way() -> None:
    passes("lint-imports", "--no-cache")


def test_ruff_finds_nothing() -> None:
    passes("ruff", "check", "--no-cache", ".")


@pytest.mark.slow
def test_types_are_strict() -> None:
    passes("mypy", "--strict", "contractlens", "app.py", "app_pages")


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_in_docstrings_run(name: str) -> None:
    assert doctest.testmod(importlib.import_module(name)).failed == 0


def test_importing_the_package_loads_neither_spacy_nor_streamlit() -> None:
    call = "import sys, contractlens; print(sorted({'spacy', 'streamlit', 'dateparser', 'pdfplumber'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", call], cwd=ROOT, capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout.strip() == "[]"


def test_only_the_doors_of_the_package_ask_what_day_it_is() -> None:
    doors = {
        "advice/reviewing.py",
        "commands/figures.py",
        "commands/letters.py",
        "commands/many.py",
        "commands/one.py",
        "commands/register.py",
        "exports/calendar.py",
        "portfolio/runs.py",
        "portfolio/scanning.py",
    }
    files = {p.relative_to(ROOT / "contractlens").as_posix(): p.read_text() for p in (ROOT / "contractlens").rglob("*.py")}
    assert {name for name, text in files.items() if "date.today(" in text or "datetime.now(" in text} <= doors
