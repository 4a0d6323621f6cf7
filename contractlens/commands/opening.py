"""Commands that read documents: the options that say how they are opened, how much is read and by which rules, and the process apart that reads."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable
from dataclasses import Field, fields
from functools import wraps
from pathlib import Path
from typing import Annotated, Any

import typer

from contractlens.apart import MEMORY, TIMEOUT, Crew
from contractlens.documents import Opening
from contractlens.documents.limits import Limits
from contractlens.options import HouseLimits, Memory, Password, Rules, Timeout, Without, read_amount
from contractlens.portfolio.readers import readers
from contractlens.rulebook.house import House


def reads_apart(command: Callable[..., None]) -> Callable[..., None]:
    """The command, with all options that limit what it reads in place of its `opening`, and of the `apart` that it asks to read.

    The process starts at once, and loads the rules while this one loads what writes the result.
    """

    def run(timeout: float, memory: int, **given: Any) -> None:
        apart = readers(given["rules"], timeout, memory) if "rules" in given else Crew(timeout, memory)
        apart.begin()
        command(**given, apart=apart)

    kept = [p for p in inspect.signature(command, eval_str=True).parameters.values() if p.name != "apart"]
    added = [_parameter("timeout", Timeout, TIMEOUT), _parameter("memory", Memory, MEMORY)]
    return takes_limits(_signed(run, command, [*kept, *added]))


def takes_limits(command: Callable[..., None]) -> Callable[..., None]:
    """The command, with the options that limit what is read of a document, and that open it, in place of its `opening`."""
    names = {f"max_{f.name}": f for f in fields(Limits)}

    def run(password: str | None, **given: Any) -> None:
        limits = Limits(**{f.name: given.pop(name) for name, f in names.items()})
        command(**given, opening=Opening(password=password, limits=limits))

    kept = [p for p in inspect.signature(command, eval_str=True).parameters.values() if p.name != "opening"]
    added = [_parameter("password", Password, None), *(_limit(name, f) for name, f in names.items())]
    return _signed(run, command, [*kept, *added])


def takes_rules(command: Callable[..., None]) -> Callable[..., None]:
    """The command, with the options that say by which rules it reviews in place of its `house`."""

    def run(rules: Path | None, without: list[str] | None, limit: list[str] | None, **given: Any) -> None:
        command(**given, house=_house(rules, without or (), limit or ()))

    kept = [p for p in inspect.signature(command, eval_str=True).parameters.values() if p.name != "house"]
    added = [_parameter(name, annotation, None) for name, annotation in (("rules", Rules), ("without", Without), ("limit", HouseLimits))]
    return _signed(run, command, [*kept, *added])


def _house(rules: Path | None, without: Iterable[str], limits: Iterable[str]) -> House:
    """Raises UsageError for a rule or a limit that is not there, and RuleError."""
    if not without and not limits:
        return {"rules": rules}
    from contractlens.advice.reviewing import playbook
    from contractlens.exports.rules import rule_named
    from contractlens.rulebook.adjusting import limits_of

    known = playbook(rules)
    return {"rules": rules, "without": [rule_named(known, name).id for name in without], "house_limits": limits_of(known, limits)}


def _signed(run: Callable[..., None], command: Callable[..., None], parameters: list[inspect.Parameter]) -> Callable[..., None]:
    """`run` under the command's name, with these parameters, by which Typer knows the options."""
    signed = wraps(command)(run)
    signed.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    signed.__annotations__ = {p.name: p.annotation for p in parameters}
    return signed


def _limit(name: str, f: Field[Any]) -> inspect.Parameter:
    option = typer.Option(f.metadata["option"], parser=read_amount, metavar="N", help=f.metadata["help"])
    return _parameter(name, Annotated[int, option], f.default)


def _parameter(name: str, annotation: Any, default: Any) -> inspect.Parameter:
    return inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, annotation=annotation, default=default)
