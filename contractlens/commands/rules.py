"""Commands on the rules: list, show, test, try."""

from __future__ import annotations

from typing import Annotated

import typer

from contractlens.options import Rules
from contractlens.terminal import DONE, FOUND, result_to

RuleId = Annotated[str, typer.Argument(metavar="ID", help="A rule, such as renewal/automatic-renewal.")]


def rules_list(rules: Rules = None) -> None:
    """List the rules."""
    from contractlens.exports.rules import as_list
    from contractlens.rulebook import load_rules

    with result_to(None) as write:
        write(as_list(load_rules(rules)))


def rules_show(rule: RuleId, rules: Rules = None) -> None:
    """Print a rule's file."""
    from contractlens.exports.rules import as_file
    from contractlens.rulebook import load_rules

    with result_to(None) as write:
        write(as_file(load_rules(rules), rule))


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
