"""Where the rules that come with ContractLens are."""

from __future__ import annotations

from pathlib import Path

from contractlens.errors import RuleError


def rules_folder() -> Path:
    """In the package, or in the working tree that it runs from. Raises RuleError where they are in neither."""
    package = Path(__file__).resolve().parents[1]
    for folder in (package / "_rules", package.parent / "rules"):
        if (folder / "words.yml").is_file():
            return folder
    raise RuleError(f"{package}: the rules are missing from the installation. Install ContractLens again.")
