"""YAML becomes rules, and rules meet a document."""

from contractlens.rulebook.applying import Match, Matches
from contractlens.rulebook.loading import Rulebook, load_rules
from contractlens.rulebook.rule import Rule

__all__ = ["Match", "Matches", "Rule", "Rulebook", "load_rules"]
