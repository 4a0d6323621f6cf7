"""ContractLens reads vendor agreements and says what to renegotiate, by which day to act, and what words to ask for."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from contractlens.advice.finding import Review
    from contractlens.advice.reviewing import review
    from contractlens.errors import ContractLensError
    from contractlens.portfolio.scanning import scan

__version__ = "0.1.0"
__all__ = ["ContractLensError", "Review", "review", "scan"]

_HOMES = {"ContractLensError": "errors", "Review": "advice.finding", "review": "advice.reviewing", "scan": "portfolio.scanning"}


def __getattr__(name: str) -> Any:
    """The public names, fetched when first used: to import the package, or one room of it, loads no other."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
