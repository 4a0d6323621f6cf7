"""The command line: which commands there are, in the order in which help lists them."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from contractlens import __version__
from contractlens.commands import figures, letters, many, one, register, rules
from contractlens.launching import app_page, app_settings
from contractlens.terminal import DONE, failed

app = typer.Typer(name="contractlens", no_args_is_help=True, add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)
rules_app = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="Look at the rules, run their examples, try a sentence.")
for command in (
    one.review, one.text, many.scan, many.calendar, many.compare, one.redline, letters.letter, figures.downtime, figures.credit, one.schema,
):  # fmt: skip
    app.command()(command)
register_app = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="The register of agreements: list, show, set, and the page for a meeting.")
app.add_typer(register_app, name="register")
register_app.command(name="list")(register.register_list)
register_app.command(name="show")(register.register_show)
register_app.command(name="set")(register.register_set)
register_app.command(name="sheet")(register.register_sheet)
app.command()(register.moved)
app.add_typer(rules_app, name="rules")
rules_app.command(name="list")(rules.rules_list)
rules_app.command(name="show")(rules.rules_show)
rules_app.command(name="test")(rules.rules_test)
rules_app.command(name="try")(rules.rules_try)


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


def main() -> None:
    """The console script: what goes wrong is one sentence, never a traceback."""
    try:
        app(prog_name="contractlens")
    except Exception as error:
        sys.exit(failed(error))


if __name__ == "__main__":
    main()
