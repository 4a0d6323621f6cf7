"""How much of what is read from agreements changes when they are worded or set in another way.

    python benchmarks/rewording.py [--only NAME] FOLDER

Each agreement is read as it is, as plain text, and then under each rewording of `tests/rewording.py` ("shall" for "will", lines
of 55 characters, dates as deeds write them). The share of facts that stay is printed, and with `--only` each fact that changed.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from rich.console import Console
from rich.progress import track

from contractlens.documents import open_document, plain
from contractlens.documents.document import Source
from contractlens.errors import DocumentError
from contractlens.language.marking import Reading
from contractlens.rulebook import Matches, Rulebook, load_rules
from contractlens.rulebook.casting import who_is_who
from contractlens.terms.filling import fill

sys.path.insert(0, str(Path(__file__).parents[1]))
from tests.rewording import REWORDINGS


def facts(rules: Rulebook, text: str) -> dict[str, object]:
    """The dates, terms and renewal of an agreement in plain text."""
    document = plain.read(text.encode(), Source("a.txt", "a.txt", "", "text/plain"))
    terms = fill(Matches(rules, Reading(document, who_is_who(document, rules)))).terms
    told = {name: getattr(terms, name) for name in ("agreement_date", "effective_date", "initial_term", "expiration_date", "governing_law")}
    renewal = terms.renewal
    return {**told, "renewal": renewal and (renewal.kind, renewal.renewal_term, renewal.notice_min, renewal.notice_max)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--only", help="one rewording, whose changes are listed", choices=REWORDINGS)
    arguments = parser.parse_args()
    console, rules = Console(), load_rules()
    texts: dict[str, str] = {}
    for path in track(sorted(arguments.folder.rglob("*.*")), "Reading", console=console):
        try:
            texts[path.name] = open_document(path).text
        except DocumentError:
            continue
    as_written = {name: facts(rules, text) for name, text in track(texts.items(), "As written", console=console)}
    for rewording in [arguments.only] if arguments.only else REWORDINGS:
        kept = among = 0
        for name, text in texts.items():
            reworded = facts(rules, REWORDINGS[rewording](text))
            stated = {fact: value for fact, value in as_written[name].items() if value is not None or reworded[fact] is not None}
            changed = [fact for fact, value in stated.items() if reworded[fact] != value]
            kept, among = kept + len(stated) - len(changed), among + len(stated)
            for fact in changed if arguments.only else ():
                console.print(f"{name}: {fact}: {as_written[name][fact]} became {reworded[fact]}", highlight=False)
        console.print(f"{kept / max(among, 1):7.1%}  of {among} facts stay: {rewording}", highlight=False)


if __name__ == "__main__":
    main()
