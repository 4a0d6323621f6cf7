"""The processes that review documents."""

from __future__ import annotations

from pathlib import Path

from contractlens.apart import MEMORY, TIMEOUT, Crew


def readers(rules: str | Path | None = None, timeout: float | None = TIMEOUT, memory: int | None = MEMORY, version: str = "") -> Crew:
    """Processes that load a playbook, whose `version` is the hash of its files, before their first document. Raises UsageError."""
    return Crew(timeout, memory, "contractlens.advice.reviewing:playbook", (rules,), version)
