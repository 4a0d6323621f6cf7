"""A folder of agreements, and workers that do harm where a file's name says so."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from contractlens.apart import crew
from contractlens.portfolio.register import Register
from tests.portfolio.agreements import AGREEMENT, FAULTY


@pytest.fixture
def faulty_workers(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(crew, "START", FAULTY)
    crew.end_all()
    yield
    crew.end_all()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two agreements, one of them in a folder of its own, and three that cannot be read."""
    (tmp_path / "2025").mkdir()
    (tmp_path / "a.txt").write_text(AGREEMENT)
    (tmp_path / "2025" / "b.TXT").write_text(AGREEMENT)
    (tmp_path / "broken.pdf").write_bytes(b"%PDF-1.7 nothing more")
    (tmp_path / "empty.docx").write_bytes(b"")
    (tmp_path / "notes.xlsx").write_bytes(b"not an agreement")
    (tmp_path / "README.md").write_text("what lies in this folder")
    (tmp_path / "~$open.docx").write_bytes(b"the lock of an open Word file")
    (tmp_path / ".hidden").mkdir()
    (tmp_path / ".hidden" / "c.txt").write_text(AGREEMENT)
    return tmp_path


@pytest.fixture
def register(tmp_path: Path) -> Iterator[Register]:
    (tmp_path / ".kept").mkdir()
    with Register(tmp_path / ".kept" / "register.db", make=True) as opened:
        yield opened
