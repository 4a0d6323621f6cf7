"""A contract's terms become dates and minutes."""

from contractlens.reckoning.dates import expiration
from contractlens.reckoning.deadlines import Deadline, deadlines, first_opt_out
from contractlens.reckoning.downtime import allowed_downtime

__all__ = ["Deadline", "allowed_downtime", "deadlines", "expiration", "first_opt_out"]
