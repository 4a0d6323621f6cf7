"""What a review depends on beside the file's bytes, as hashes: a review that is kept holds for as long as they are the same."""

from __future__ import annotations

import hashlib
import os
import shutil
from datetime import date
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

from contractlens.documents.limits import DEFAULT, Limits
from contractlens.errors import RuleError
from contractlens.rulebook.folder import rules_folder


def rules_hash(folder: str | os.PathLike[str] | None) -> str:
    """Of all files of the rules that come with ContractLens, and of a playbook laid over them. Raises RuleError for a folder that is not there."""
    if folder and not Path(folder).is_dir():
        raise RuleError(f"{os.fspath(folder)}: there is no such folder. Give the folder that holds your rule files.")
    return _of_files([rules_folder(), *([Path(folder)] if folder else [])], "*.yml")


@lru_cache(maxsize=1)
def code_hash() -> str:
    """Of the package's own code."""
    return _of_files([Path(__file__).resolve().parents[1]], "*.py")


def review_key(settings: str, effective_date: date | None) -> str:
    """Of all that a review depends on beside the file."""
    return _of((settings, effective_date.isoformat() if effective_date else ""))


def settings_hash(rules: str, we: str | None, view: str, limits: Limits | None, house: object = ()) -> str:
    """Of the rules (their hash), the code, the options (`house`: rules that are off, other limits), and whether pages can be recognised here; the effective date apart, which each paper may have of its own."""
    return _of((rules, code_hash(), we or "", view, repr(limits or DEFAULT), repr(house), str(_recognises())))


def _recognises() -> bool:
    """Whether pages that are pictures can be read here."""
    return bool(find_spec("pytesseract") and shutil.which("tesseract"))


def _of(parts: tuple[str, ...]) -> str:
    return hashlib.sha256("\0".join(parts).encode("utf-8", "replace")).hexdigest()


def _of_files(folders: list[Path], pattern: str) -> str:
    whole = hashlib.sha256()
    for folder in folders:
        for path in sorted(folder.rglob(pattern)):
            data = path.read_bytes()
            whole.update(f"{path.relative_to(folder).as_posix()}\0{len(data)}\0".encode("utf-8", "replace") + data)
    return whole.hexdigest()
