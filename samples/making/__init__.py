"""Turns the texts in `sources/` into PDF and Word files."""
