"""What a review costs: `python benchmarks/speed.py FOLDER`

Reviews every PDF of a folder in this process and prints, from the one run, the CPU time of each stage for each document and
each page, and how many times the floor it is: pypdfium2 reading the text of the same files, and nothing else.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from time import process_time
from typing import Any
from unittest.mock import patch

import pypdfium2
from rich.console import Console
from rich.progress import track
from rich.table import Table

from contractlens.advice import reviewing
from contractlens.documents import Document, grids, open_document
from contractlens.errors import DocumentError
from contractlens.language.marking import Reading
from contractlens.language.sentences import Sentence
from contractlens.rulebook import Match, Matches, Rule, Rulebook, load_rules
from contractlens.rulebook.casting import who_is_who

TODAY = date(2026, 11, 21)
READ, TABLES, SENTENCES, MATCHING, TERMS, ADVICE = STAGES = (
    "read: pdfium, text and lines",
    "read: pdfplumber, ruled tables",
    "names and sentences",
    "gate, words and matching",
    "terms",
    "reckoning and advice",
)


@dataclass
class Slowest:
    """The sentence that took longest to match."""

    seconds: float = 0.0
    where: str = ""
    text: str = ""


@dataclass
class Cost:
    """CPU seconds by stage, over all documents."""

    stages: Counter[str] = field(default_factory=Counter)
    floor: float = 0.0
    documents: int = 0
    pages: int = 0
    not_read: list[str] = field(default_factory=list)
    slowest: Slowest = field(default_factory=Slowest)

    def timed(self, stage: str, call: Callable[..., Any]) -> Callable[..., Any]:
        """The call, its time added to a stage."""

        def run(*args: Any, **kwargs: Any) -> Any:
            start = process_time()
            try:
                return call(*args, **kwargs)
            finally:
                self.stages[stage] += process_time() - start

        return run


class TimedMatches(Matches):
    """Matches that know how long each sentence took."""

    def __init__(self, rulebook: Rulebook, reading: Reading) -> None:
        self.taken: Counter[int] = Counter()
        super().__init__(rulebook, reading)

    def match(self, rule: Rule, sentence: Sentence) -> Match | None:
        start = process_time()
        try:
            return super().match(rule, sentence)
        finally:
            self.taken[sentence.index] += process_time() - start


def floor(path: Path) -> float:
    """CPU seconds that pypdfium2 needs for the text alone."""
    start = process_time()
    pdf = pypdfium2.PdfDocument(path)
    for number in range(len(pdf)):
        page = pdf[number]
        textpage = page.get_textpage()
        textpage.get_text_range(errors="replace")
        textpage.close()
        page.close()
    pdf.close()
    return process_time() - start


def read(path: Path, cost: Cost) -> Document:
    before = cost.stages[TABLES]
    start = process_time()
    with patch.object(grids, "find", cost.timed(TABLES, grids.find)):
        document = open_document(path)
    cost.stages[READ] += process_time() - start - (cost.stages[TABLES] - before)
    return document


def review(document: Document, rulebook: Rulebook, cost: Cost) -> None:
    inside = {"who_is_who": SENTENCES, "Reading": SENTENCES, "Matches": MATCHING, "fill": TERMS}
    before = cost.stages.total()
    start = process_time()
    with patch.multiple(reviewing, **{name: cost.timed(stage, getattr(reviewing, name)) for name, stage in inside.items()}):
        reviewing.review_document(document, rulebook, today=TODAY)
    cost.stages[ADVICE] += process_time() - start - (cost.stages.total() - before)


def look_for_the_slowest(document: Document, rulebook: Rulebook, cost: Cost) -> None:
    matches = TimedMatches(rulebook, Reading(document, who_is_who(document, rulebook)))
    for index, seconds in matches.taken.most_common(1):
        if seconds > cost.slowest.seconds:
            sentence = matches.reading.sentences[index]
            where = f"{document.source.name}, {document.evidence(sentence.start, sentence.end).where()}, {len(sentence.text.split())} words"
            cost.slowest = Slowest(seconds, where, " ".join(sentence.text.split()))


def measure(paths: Iterable[Path], rulebook: Rulebook) -> Cost:
    cost = Cost()
    for path in paths:
        try:
            taken = floor(path)
            document = read(path, cost)
        except (DocumentError, pypdfium2.PdfiumError) as error:
            cost.not_read.append(f"{path.name}: {error}")
            continue
        review(document, rulebook, cost)
        look_for_the_slowest(document, rulebook, cost)
        cost.floor += taken
        cost.documents += 1
        cost.pages += document.pages or 0
    return cost


def show(cost: Cost, console: Console) -> None:
    table = Table(title=f"CPU of {cost.documents} documents, {cost.pages} pages", title_justify="left")
    table.add_column("stage")
    for head in ("ms a document", "ms a page", "share", "times the floor"):
        table.add_column(head, justify="right")
    total = cost.stages.total()

    def row(name: str, seconds: float, *, style: str = "", end: bool = False) -> None:
        ms = 1000 * seconds
        figures = (f"{ms / cost.documents:.1f}", f"{ms / cost.pages:.2f}", f"{seconds / total:.0%}", f"{seconds / cost.floor:.2f}")
        table.add_row(name, *figures, style=style, end_section=end)

    for stage in STAGES:
        row(stage, cost.stages[stage], end=stage == STAGES[-1])
    row("all but pdfplumber", total - cost.stages[TABLES], style="bold")
    row("all", total, style="bold", end=True)
    row("the floor: pypdfium2, text alone", cost.floor)
    console.print(table)
    console.print(f"The slowest sentence to match: {1000 * cost.slowest.seconds:.1f} ms ({cost.slowest.where})", markup=False, highlight=False)
    console.print(f"  {cost.slowest.text[:300]}", markup=False, highlight=False)
    for line in cost.not_read:
        console.print(f"Not read: {line}", markup=False, highlight=False)


def main() -> None:
    parser = argparse.ArgumentParser(description="What a review costs, stage by stage.")
    parser.add_argument("folder", type=Path, help="a folder of PDFs")
    parser.add_argument("--first", type=int, metavar="N", help="only the first N of them")
    parser.add_argument("--rules", metavar="DIR", help="a folder of rules of your own")
    options = parser.parse_args()
    paths = sorted(options.folder.rglob("*.pdf"))[: options.first]
    if not paths:
        parser.error(f"{options.folder}: there is no PDF in it")
    rulebook = load_rules(options.rules)
    measure(paths[:1], rulebook)  # what is loaded on first use is no cost of a document
    show(measure(track(paths, "Reviewing", console=Console(stderr=True), transient=True), rulebook), Console(width=max(Console().width, 100)))


if __name__ == "__main__":
    main()
