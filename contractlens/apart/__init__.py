"""Processes that read documents for this one, so that a document that hangs, crashes or takes all memory costs nothing but itself."""

from contractlens.apart.crew import MEMORY, TIMEOUT, Crew, ProcessEnded, end_all

__all__ = ["MEMORY", "TIMEOUT", "Crew", "ProcessEnded", "end_all"]
