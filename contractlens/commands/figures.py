"""Commands that reckon: downtime, credit."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

import typer

from contractlens.apart import Crew
from contractlens.commands.opening import reads_apart, takes_rules
from contractlens.documents import Opening
from contractlens.options import Fee, File, From, HourlyLoss, Maintenance, Output, Percents, Reported, Service, To, Today
from contractlens.rulebook.house import House
from contractlens.terminal import NOT_READ, result_to, say, terminal


def downtime(
    percents: Percents,
    maintenance: Maintenance = None,
    format: Annotated[Literal["text", "json"], typer.Option("--format", "-f", help="How to write it.")] = "text",
) -> None:
    """Tell a percentage as time."""
    from contractlens.exports.downtime import as_json, as_text

    with result_to(None) as write:
        write((as_json if format == "json" else as_text)(percents, maintenance))


@reads_apart
@takes_rules
def credit(
    file: File,
    opening: Opening,
    apart: Crew,
    house: House,
    fee: Fee,
    start: From,
    end: To,
    reported: Reported = None,
    hourly_loss: HourlyLoss = None,
    service: Service = None,
    format: Annotated[Literal["text", "json"], typer.Option("--format", "-f", help="How to write it.")] = "text",
    output: Output = None,
    today: Today = None,
) -> None:
    """Tell what an outage earns, by when to claim it, and what it cost beside that."""
    from contractlens.advice.reviewing import review as review_file
    from contractlens.exports.credit import as_json, as_text
    from contractlens.reckoning.credit import credit as reckon
    from contractlens.reckoning.outages import Outage

    today = today or date.today()
    outage = Outage(start, end, reported)
    result = apart.call(file.name, review_file, file, today=today, **opening, **house)
    if result.error or result.terms is None:
        say(result.error.message if result.error else f"{file}: nothing could be read.")
        raise typer.Exit(NOT_READ)
    reckoned = reckon(result.terms, outage, fee, hourly_loss=hourly_loss, service=service)
    with result_to(output, [file]) as write:
        width, color = terminal(output)
        write(as_json(reckoned) if format == "json" else as_text(reckoned, today, width, color=color))
