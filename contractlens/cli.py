"""The command line: each command parses its options, calls one function of the package, and writes what comes back.

Rooms are imported inside the commands, so that `contractlens --help` is quick.
"""

from __future__ import annotations

import sys
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated, Literal

import typer

from contractlens import __version__
from contractlens.errors import ContractLensError, DocumentError, UsageError
from contractlens.launching import app_page, app_settings
from contractlens.options import (
    Alarms,
    Author,
    EffectiveDate,
    FailOn,
    Fee,
    File,
    From,
    HourlyLoss,
    Maintenance,
    Only,
    Output,
    Percents,
    Reported,
    Rules,
    Service,
    To,
    Today,
    We,
)
from contractlens.terminal import DONE, FOUND, NOT_READ, WRONG_USAGE, exit_code, result_to, say, terminal, told, worst

app = typer.Typer(name="contractlens", no_args_is_help=True, add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)
rules_app = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="Look at the rules, run their examples, try a sentence.")
app.add_typer(rules_app, name="rules")


def _version(on: bool) -> None:
    if on:
        typer.echo(f"contractlens {__version__}")
        raise typer.Exit


@app.callback()
def _contractlens(
    version: Annotated[
        bool, typer.Option("--version", help="Say which version this is.", is_eager=True, callback=lambda on: _version(on))
    ] = False,
) -> None:
    """Read vendor agreements: what to renegotiate, by which day to act, what words to ask for. Not legal advice."""


@app.command()
def review(
    file: File,
    format: Annotated[
        Literal["text", "json", "markdown", "html"], typer.Option("--format", "-f", help="How to write the review.")
    ] = "text",
    output: Output = None,
    effective_date: EffectiveDate = None,
    today: Today = None,
    rules: Rules = None,
    we: We = None,
    fail_on: FailOn = None,
) -> None:
    """Review one agreement."""
    from contractlens.advice.reviewing import review as review_file
    from contractlens.exports.report import as_html, as_markdown, as_text

    today = today or date.today()
    result = review_file(file, effective_date=effective_date, today=today, rules=rules, we=we)
    with result_to(output, [file]) as write:
        if format == "json":
            write(result.to_json(indent=2) + "\n")
        elif format == "text":
            width, color = terminal(output)
            write(as_text(result, today, width, color=color))
        else:
            write((as_markdown if format == "markdown" else as_html)(result, today))
    if result.error:
        say(result.error.message)
    raise typer.Exit(exit_code(result, fail_on))


@app.command()
def text(
    file: File,
    pages: Annotated[bool, typer.Option("--pages", help="Mark where each page starts.")] = False,
    output: Output = None,
) -> None:
    """Print the text that offsets count in, as it was read."""
    from contractlens.documents import open_document
    from contractlens.exports.text import visible, with_page_marks

    document = open_document(file)
    words = with_page_marks(document) if pages else document.text
    if pages and not document.pages:
        say(f"{file}: this kind of file has no pages to mark.")
    with result_to(output, [file]) as write:
        write(visible(words) if output is None and sys.stdout.isatty() else words)
        if not words.endswith("\n"):
            write("\n")


@app.command()
def scan(
    paths: Annotated[list[str] | None, typer.Argument(metavar="PATH...", help="Agreements, and folders of them.")] = None,
    files_from: Annotated[Path | None, typer.Option("--files-from", metavar="LIST", help="Read paths from this file, one a line.")] = None,
    format: Annotated[Literal["table", "jsonl", "csv"], typer.Option("--format", "-f", help="How to write them.")] = "table",
    output: Output = None,
    jobs: Annotated[int, typer.Option("--jobs", "-j", min=1, metavar="N", help="How many processes read at once.")] = 1,
    effective_date: EffectiveDate = None,
    today: Today = None,
    rules: Rules = None,
    we: We = None,
    fail_on: FailOn = None,
) -> None:
    """Review many agreements: one line each."""
    from contractlens.exports import rows
    from contractlens.portfolio import scanning

    files = _files([*(paths or []), *_listed(files_from)])
    today = today or date.today()
    found = scanning.scan(files, jobs=jobs, effective_date=effective_date, today=today, rules=rules, we=we)
    kept, codes = [], set()
    with result_to(output, files) as write:
        if format == "csv":
            write(rows.csv_head())
        for result in told(found, len(files)):
            codes.add(exit_code(result, fail_on))
            if format == "jsonl":
                write(result.to_json() + "\n")
            elif format == "csv":
                write(rows.csv_row(result, today))
            else:
                kept.append(result)
        if format == "table":
            width, color = terminal(output, otherwise=rows.UNFOLDED)
            write(rows.as_table(kept, today, width, color=color))
    raise typer.Exit(worst(codes))


@app.command()
def calendar(
    paths: Annotated[list[str], typer.Argument(metavar="PATH...", help="Agreements, and folders of them.")],
    output: Output = None,
    alarm: Alarms = None,
    effective_date: EffectiveDate = None,
    today: Today = None,
    rules: Rules = None,
    we: We = None,
) -> None:
    """Write the deadlines as an iCalendar file, with alarms."""
    from contractlens.exports import calendar as ics
    from contractlens.exports.outline import why_no_act
    from contractlens.portfolio import scanning

    files = _files(paths)
    stamp = datetime(today.year, today.month, today.day, tzinfo=UTC) if today else None
    today = today or date.today()
    found = scanning.scan(files, effective_date=effective_date, today=today, rules=rules, we=we)
    reviews = list(told(found, len(files)))
    data = ics.calendar(reviews, alarms=alarm or ics.ALARMS, stamp=stamp)
    for result in reviews:
        if not result.error and not ics.events_of(result):
            say(f"{result.document.path}: no date for the calendar: {why_no_act(result, today)}.")
    with result_to(output, files) as write:
        write(data)
    raise typer.Exit(worst({exit_code(result, None) for result in reviews}))


@app.command()
def redline(
    file: File,
    output: Output = None,
    author: Author = "ContractLens",
    position: Annotated[Literal["preferred", "fallback"], typer.Option("--position", help="Which of each rule's words to ask for.")] = "preferred",
    only: Only = None,
    no_comments: Annotated[bool, typer.Option("--no-comments", help="Without the comments that say why.")] = False,
    format: Annotated[Literal["docx", "email"], typer.Option("--format", "-f", help="A Word file, or all in one e-mail.")] = "docx",
    effective_date: EffectiveDate = None,
    today: Today = None,
    rules: Rules = None,
    we: We = None,
) -> None:
    """Write the redlines into the Word file as tracked changes with comments; for a PDF, into a memo to the vendor."""
    from contractlens.advice.reviewing import playbook
    from contractlens.advice.reviewing import review as review_file
    from contractlens.exports.rules import rule_named
    from contractlens.redlining import ask, check_ending

    if format == "docx" and output is None:
        raise UsageError("Name the Word file to write with --output, such as --output redlined.docx.")
    chosen = [rule_named(playbook(rules), rule).id for rule in only or ()]
    when = datetime(today.year, today.month, today.day, tzinfo=UTC) if today else datetime.now(UTC)
    result = review_file(file, effective_date=effective_date, today=today or date.today(), rules=rules, we=we)
    if result.error:
        raise DocumentError(result.error.kind, result.error.message)
    if format == "docx" and output:
        check_ending(result, output)
    asked = ask(result, file.read_bytes(), when=when, format=format, position=position, only=chosen, author=author, comments=not no_comments)
    with result_to(output, [file]) as write:
        write(asked.data)
    for line in asked.told(result.document.name):
        say(line)


@app.command()
def downtime(
    percents: Percents,
    maintenance: Maintenance = None,
    format: Annotated[Literal["text", "json"], typer.Option("--format", "-f", help="How to write it.")] = "text",
) -> None:
    """Tell a percentage as time."""
    from contractlens.exports.downtime import as_json, as_text

    with result_to(None) as write:
        write((as_json if format == "json" else as_text)(percents, maintenance))


@app.command()
def credit(
    file: File,
    fee: Fee,
    start: From,
    end: To,
    reported: Reported = None,
    hourly_loss: HourlyLoss = None,
    service: Service = None,
    format: Annotated[Literal["text", "json"], typer.Option("--format", "-f", help="How to write it.")] = "text",
    output: Output = None,
    today: Today = None,
    rules: Rules = None,
) -> None:
    """Tell what an outage earns, by when to claim it, and what it cost beside that."""
    from contractlens.advice.reviewing import review as review_file
    from contractlens.exports.credit import as_json, as_text
    from contractlens.reckoning.credit import credit as reckon
    from contractlens.reckoning.outages import Outage

    today = today or date.today()
    outage = Outage(start, end, reported)
    result = review_file(file, today=today, rules=rules)
    if result.error or result.terms is None:
        say(result.error.message if result.error else f"{file}: nothing could be read.")
        raise typer.Exit(NOT_READ)
    reckoned = reckon(result.terms, outage, fee, hourly_loss=hourly_loss, service=service)
    with result_to(output, [file]) as write:
        width, color = terminal(output)
        write(as_json(reckoned) if format == "json" else as_text(reckoned, today, width, color=color))


@app.command()
def schema() -> None:
    """Print the JSON Schema of a review."""
    import json

    from contractlens.advice.finding import Review

    with result_to(None) as write:
        write(json.dumps(Review.model_json_schema(mode="serialization"), indent=2) + "\n")


@app.command(name="app", context_settings={"allow_extra_args": True, "ignore_unknown_options": True})
def run_app(context: typer.Context) -> None:
    """Open the app in the browser. What else is given goes to Streamlit, such as --server.port 8600."""
    import subprocess

    page = app_page()
    call = [sys.executable, "-m", "streamlit", "run", str(page), *app_settings(page.parent), *context.args]
    try:
        raise typer.Exit(subprocess.call(call))  # noqa: S603 (our own interpreter, and no shell)
    except KeyboardInterrupt:
        raise typer.Exit(DONE) from None


RuleId = Annotated[str, typer.Argument(metavar="ID", help="A rule, such as renewal/automatic-renewal.")]


@rules_app.command(name="list")
def rules_list(rules: Rules = None) -> None:
    """List the rules."""
    from contractlens.exports.rules import as_list
    from contractlens.rulebook import load_rules

    with result_to(None) as write:
        write(as_list(load_rules(rules)))


@rules_app.command(name="show")
def rules_show(rule: RuleId, rules: Rules = None) -> None:
    """Print a rule's file."""
    from contractlens.exports.rules import as_file
    from contractlens.rulebook import load_rules

    with result_to(None) as write:
        write(as_file(load_rules(rules), rule))


@rules_app.command(name="test")
def rules_test(
    rule: Annotated[str | None, typer.Argument(metavar="[ID]", help="Only this rule.", show_default=False)] = None, rules: Rules = None
) -> None:
    """Run the rules' own examples; exits with 1 where one fails."""
    from contractlens.advice.reviewing import playbook
    from contractlens.exports.rules import as_proofs, rule_named
    from contractlens.rulebook.proving import prove

    rulebook = playbook(rules)
    proofs = prove(rulebook, rule and rule_named(rulebook, rule).id)
    with result_to(None) as write:
        write(as_proofs(proofs))
    raise typer.Exit(DONE if all(proof.holds for proof in proofs) else FOUND)


@rules_app.command(name="try")
def rules_try(
    text: Annotated[str, typer.Argument(metavar="TEXT", help="A sentence or a few.")],
    rule: Annotated[str | None, typer.Option("--rule", metavar="ID", help="Only this rule, and why it does not fire.")] = None,
    rules: Rules = None,
) -> None:
    """Say which rules fire on a text, and why."""
    from contractlens.exports.rules import as_looked, rule_named
    from contractlens.rulebook import load_rules
    from contractlens.rulebook.proving import explain

    rulebook = load_rules(rules)
    looked = explain(rulebook, text, rule and rule_named(rulebook, rule).id)
    with result_to(None) as write:
        write(as_looked(looked))


# ---- what the commands share


def _files(named: list[str]) -> list[str]:
    """The files to read of those that were named."""
    from contractlens.portfolio.scanning import files_in

    if not named:
        raise UsageError("Name an agreement or a folder of them, or give a list with --files-from.")
    files = files_in(named)
    if not files:
        raise DocumentError("unsupported", f"{', '.join(named)}: there is no file in it that can be read.")
    return files


def _listed(files_from: Path | None) -> list[str]:
    if files_from is None:
        return []
    try:
        lines = files_from.read_text(encoding="utf-8-sig", errors="surrogateescape").split("\n")
    except OSError as error:
        raise UsageError(f"{files_from}: the list cannot be opened ({error.strerror}).") from None
    return [path for line in lines if (path := line.rstrip("\r")).strip()]


def main() -> None:
    """The console script: what goes wrong is one sentence, never a traceback."""
    try:
        app(prog_name="contractlens")
    except ContractLensError as error:
        say(str(error))
        sys.exit(NOT_READ if isinstance(error, DocumentError) else WRONG_USAGE)
    except Exception as error:
        say(f"ContractLens failed where it should not have ({type(error).__name__}: {error}). Please report it with the command.")
        sys.exit(NOT_READ)


if __name__ == "__main__":
    main()
