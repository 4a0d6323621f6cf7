"""The commands: each parses its options, calls one function of the package, and writes what comes back.

Rooms are imported inside the commands, so that `contractlens --help` is quick.
"""
