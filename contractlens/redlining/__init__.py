"""The suggested redlines as tracked changes and comments in the customer's own Word file."""

from contractlens.redlining.asking import Asked, ask, check_ending
from contractlens.redlining.changes import Change, change, changes
from contractlens.redlining.deciding import Choice, choices_to_json, chosen, key_of, read_choices
from contractlens.redlining.marking import Marked, mark

__all__ = ["Asked", "Change", "Choice", "Marked", "ask", "change", "changes", "check_ending", "choices_to_json", "chosen", "key_of", "mark", "read_choices"]
