"""What the app is started with: its script, and its settings."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from contractlens.errors import UsageError


def app_page() -> Path:
    """The app's script: in the package, or in the working tree that it runs from."""
    package = Path(__file__).resolve().parent
    for page in (package / "_app" / "app.py", package.parent / "app.py"):
        if page.is_file():
            return page
    raise UsageError(f"{package}: the app is missing from the installation. Install ContractLens again.")


def app_settings(folder: Path) -> Iterator[str]:
    """The app's settings as flags, since Streamlit looks for its file only where it was started."""
    settings: dict[str, object] = {"server.address": "127.0.0.1", "server.showEmailPrompt": False, "browser.gatherUsageStats": False}
    file = folder / ".streamlit" / "config.toml"
    if file.is_file():
        settings |= dict(_flat(tomllib.loads(file.read_text(encoding="utf-8"))))
    for name, value in settings.items():
        yield f"--{name}={str(value).lower() if isinstance(value, bool) else value}"


def _flat(table: dict[str, Any], before: str = "") -> Iterator[tuple[str, object]]:
    """A settings file's values by their dotted names."""
    for key, value in table.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{before}{key}.")
        else:
            yield f"{before}{key}", value
