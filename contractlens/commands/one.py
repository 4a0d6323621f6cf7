"""Commands on one agreement: review, text, redline; and the schema of a review."""

from __future__ import annotations

import sys
from datetime import UTC, date, datetime
from typing import Annotated, Literal

import typer

from contractlens.apart import Crew
from contractlens.commands.opening import reads_apart, takes_rules
from contractlens.documents import Opening
from contractlens.errors import DocumentError, UsageError
from contractlens.options import Author, Edits, EffectiveDate, FailOn, File, Only, Output, Today, View, We
from contractlens.rulebook.house import House
from contractlens.terminal import exit_code, result_to, say, terminal


@reads_apart
@takes_rules
def review(
    file: File,
    opening: Opening,
    apart: Crew,
    house: House,
    format: Annotated[
        Literal["text", "json", "markdown", "html"], typer.Option("--format", "-f", help="How to write the review.")
    ] = "text",
    output: Output = None,
    effective_date: EffectiveDate = None,
    today: Today = None,
    we: We = None,
    view: View = "accepted",
    fail_on: FailOn = None,
) -> None:
    """Review one agreement."""
    from contractlens.advice.reviewing import review as review_file
    from contractlens.exports.report import as_html, as_markdown, as_text
    from contractlens.portfolio.results import not_read

    today = today or date.today()
    try:
        result = apart.call(file.name, review_file, file, effective_date=effective_date, today=today, we=we, **opening | {"view": view}, **house)
    except DocumentError as error:
        if format != "json":
            raise
        result = not_read(str(file), error.kind, str(error))
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


@reads_apart
def text(
    file: File,
    opening: Opening,
    apart: Crew,
    pages: Annotated[bool, typer.Option("--pages", help="Mark where each page starts.")] = False,
    view: View = "accepted",
    output: Output = None,
) -> None:
    """Print the text that offsets count in, as it was read."""
    from contractlens.documents import open_document
    from contractlens.exports.text import visible, with_page_marks

    document = apart.call(file.name, open_document, file, **opening | {"view": view})
    words = with_page_marks(document) if pages else document.text
    if pages and not document.pages:
        say(f"{file}: this kind of file has no pages to mark.")
    with result_to(output, [file]) as write:
        write(visible(words) if output is None and sys.stdout.isatty() else words)
        if not words.endswith("\n"):
            write("\n")


@reads_apart
@takes_rules
def redline(
    file: File,
    opening: Opening,
    apart: Crew,
    house: House,
    output: Output = None,
    author: Author = "ContractLens",
    position: Annotated[Literal["preferred", "fallback"], typer.Option("--position", help="Which of each rule's words to ask for.")] = "preferred",
    only: Only = None,
    edits: Edits = None,
    no_comments: Annotated[bool, typer.Option("--no-comments", help="Without the comments that say why.")] = False,
    format: Annotated[
        Literal["docx", "memo", "email"], typer.Option("--format", "-f", help="The agreement with the changes marked, a Word memo, or one e-mail.")
    ] = "docx",
    effective_date: EffectiveDate = None,
    today: Today = None,
    we: We = None,
) -> None:
    """Write the redlines into the Word file as tracked changes with comments; for a PDF, into a memo to the vendor."""
    from contractlens.advice.reviewing import playbook
    from contractlens.advice.reviewing import review as review_file
    from contractlens.exports.rules import rule_named
    from contractlens.redlining import ask, check_ending, chosen, read_choices

    if format != "email" and output is None:
        raise UsageError("Name the Word file to write with --output, such as --output redlined.docx.")
    if edits and position != "preferred":
        raise UsageError("--edits says which words to ask for in each finding. Leave --position out.")
    rules_only = [rule_named(playbook(house.get("rules")), rule).id for rule in only or ()]
    when = datetime(today.year, today.month, today.day, tzinfo=UTC) if today else datetime.now(UTC)
    result = apart.call(file.name, review_file, file, effective_date=effective_date, today=today or date.today(), we=we, **opening, **house)
    if result.error:
        raise DocumentError(result.error.kind, result.error.message)
    if format == "docx" and output:
        check_ending(result, output)
    if edits:
        result = chosen(result, read_choices(edits, result))
    asked = apart.call(file.name, ask, result, file.read_bytes(), when=when, format=format, position=position, only=rules_only, author=author, comments=not no_comments)
    with result_to(output, [file]) as write:
        write(asked.data)
    for line in asked.told(result.document.name):
        say(line)


def schema() -> None:
    """Print the JSON Schema of a review."""
    import json

    from contractlens.advice.finding import Review

    with result_to(None) as write:
        write(json.dumps(Review.model_json_schema(mode="serialization"), indent=2) + "\n")
