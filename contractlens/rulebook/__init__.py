"""YAML becomes rules, and rules meet a document."""

from contractlens.rulebook.applying import Match, Matches
from contractlens.rulebook.loading import Rule, Rulebook, load_rules

__all__ = ["Match", "Matches", "Rule", "Rulebook", "load_rules"]
