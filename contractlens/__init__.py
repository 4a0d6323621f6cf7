"""ContractLens reads vendor agreements and says what to renegotiate, by which day to act, and what words to ask for."""

from typing import TYPE_CHECKING

from contractlens.fetching import fetched

if TYPE_CHECKING:
    from contractlens.advice.finding import Review
    from contractlens.advice.reviewing import review
    from contractlens.errors import ContractLensError
    from contractlens.portfolio.scanning import scan

__version__ = "0.1.0"
__all__ = ["ContractLensError", "Review", "review", "scan"]

__getattr__ = fetched(__name__, {"ContractLensError": "errors", "Review": "advice.finding", "review": "advice.reviewing", "scan": "portfolio.scanning"})
