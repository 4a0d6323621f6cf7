"""The command that writes letters."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Literal

import typer

from contractlens.apart import Crew
from contractlens.commands.opening import reads_apart, takes_rules
from contractlens.documents import Opening
from contractlens.errors import UsageError
from contractlens.options import (
    EffectiveDate,
    File,
    HourlyLoss,
    OutageFee,
    OutageFrom,
    OutageTo,
    Output,
    Reported,
    Service,
    Today,
    We,
)
from contractlens.rulebook.house import House
from contractlens.terminal import result_to, say

Kind = Annotated[Literal["non-renewal", "credit-claim", "change-objection"], typer.Option("--kind", help="Which letter.")]
What = Annotated[
    Literal["terms", "price", "service"] | None, typer.Option("--change", help="For an objection: what the vendor changes [default: what the document says most of].")
]


@reads_apart
@takes_rules
def letter(
    file: File,
    opening: Opening,
    apart: Crew,
    house: House,
    kind: Kind,
    output: Output = None,
    fee: OutageFee = None,
    start: OutageFrom = None,
    end: OutageTo = None,
    reported: Reported = None,
    hourly_loss: HourlyLoss = None,
    service: Service = None,
    change: What = None,
    effective_date: EffectiveDate = None,
    today: Today = None,
    we: We = None,
) -> None:
    """Write the letter that stops a renewal, claims a credit or objects to a change, with a page of checks."""
    from contractlens.advice.reviewing import review as review_file
    from contractlens.letters import check_sender
    from contractlens.letters import letter as write_letter
    from contractlens.reckoning.credit import credit
    from contractlens.reckoning.outages import Outage

    if output is None:
        raise UsageError("Name the Word file to write with --output, such as --output letter.docx.")
    given = {"--fee": fee, "--from": start, "--to": end, "--reported": reported, "--hourly-loss": hourly_loss, "--service": service}
    if kind == "credit-claim":
        _check_claim(given)
    elif odd := next((name for name, value in given.items() if value is not None), None):
        raise UsageError(f"{odd} belongs to a claim. Leave it out, or write  --kind credit-claim.")
    if change and kind != "change-objection":
        raise UsageError("--change belongs to an objection. Leave it out, or write  --kind change-objection.")
    today = today or date.today()
    if we and kind != "non-renewal":
        check_sender(apart.call(file.name, review_file, file, today=today, **opening, **house), kind, we)
    review = apart.call(file.name, review_file, file, effective_date=effective_date, today=today, we=we, **opening, **house)
    outage = Outage(start, end, reported) if start and end else None
    claim = credit(review.terms, outage, fee, hourly_loss=hourly_loss, service=service) if review.terms and outage and fee else None
    written = write_letter(review, kind, today=today, claim=claim, outage=outage, change=change, rules=house.get("rules"))
    with result_to(output, [file]) as write:
        write(written.to_word())
    for line in written.told:
        say(f"{review.document.name}: {line}")


def _check_claim(given: Mapping[str, object]) -> None:
    missing = [name for name in ("--fee", "--from", "--to") if given[name] is None]
    if missing:
        raise UsageError(f"A claim needs {' and '.join(missing)}: the month's fee, and when the outage began and ended, such as 2026-03-05T09:30.")
