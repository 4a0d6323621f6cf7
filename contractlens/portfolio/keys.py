"""What a review depends on beside the file's bytes, as hashes: a review that is kept holds for as long as they are the same."""

from __future__ import annotations

import hashlib
import os
from datetime import date
from functools import lru_cache
from pathlib import Path

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


def review_key(rules: str, effective_date: date | None, we: str | None, view: str = "accepted") -> str:
    """Of what a review depends on beside the file: the hash of the rules, that of the code, and the options."""
    parts = (rules, code_hash(), effective_date.isoformat() if effective_date else "", we or "", view)
    return hashlib.sha256("\0".join(parts).encode("utf-8", "replace")).hexdigest()


def _of_files(folders: list[Path], pattern: str) -> str:
    whole = hashlib.sha256()
    for folder in folders:
        for path in sorted(folder.rglob(pattern)):
            data = path.read_bytes()
            whole.update(f"{path.relative_to(folder).as_posix()}\0{len(data)}\0".encode("utf-8", "replace") + data)
    return whole.hexdigest()
