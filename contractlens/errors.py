"""Everything that can go wrong for a user, in one small family.

    ContractLensError            (every message that a user can cause)
    |-- DocumentError            (a file that cannot be read; `kind` says why)
    |-- RuleError                (a rule file that cannot be used; says file and line)
    `-- UsageError               (an option or input that makes no sense)

Each message says where, what is wrong, and what to do next.
"""

from typing import Literal

ErrorKind = Literal["encrypted", "unreadable", "unsupported", "no_text", "too_large", "timed_out", "rules", "usage"]


class ContractLensError(Exception):
    """The base of all; `kind` is one of the kinds of a review's `error`, or `rules` or `usage`."""

    kind: ErrorKind = "unreadable"


class DocumentError(ContractLensError):
    """A file that cannot be read."""

    def __init__(self, kind: ErrorKind, message: str) -> None:
        super().__init__(message)
        self.kind = kind

    def __reduce__(self) -> tuple[type["DocumentError"], tuple[ErrorKind, str]]:
        return DocumentError, (self.kind, str(self))  # errors cross from worker processes


class RuleError(ContractLensError):
    """A rule file that cannot be used."""

    kind: ErrorKind = "rules"


class UsageError(ContractLensError):
    """An option or an input that makes no sense."""

    kind: ErrorKind = "usage"
