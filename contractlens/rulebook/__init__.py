"""YAML becomes rules, and rules meet a document."""

from typing import TYPE_CHECKING

from contractlens.fetching import fetched

if TYPE_CHECKING:
    from contractlens.rulebook.applying import Match, Matches
    from contractlens.rulebook.loading import Rulebook, load_rules
    from contractlens.rulebook.rule import Rule

__all__ = ["Match", "Matches", "Rule", "Rulebook", "load_rules"]

__getattr__ = fetched(__name__, {"Match": "applying", "Matches": "applying", "Rulebook": "loading", "load_rules": "loading", "Rule": "rule"})
