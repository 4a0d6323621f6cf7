"""Read a source text into numbered blocks.

A source is YAML between two `---` lines, then blocks with an empty line between them:

    # Heading          numbered, level 1         :title Words      :subtitle Words    :center Words
    ## Clause          level 2                   :heading Words    a heading without a number
    ### Item           level 3                   :exhibit Words    a new page; numbers begin again
    #### Item          level 4                   :part Words         a new page; numbers go on
                                                 :page   :space 20   in a PDF also :rule   :toc   :columns 2
    Plain words        a paragraph               :sign Left | Right, and its lines below
    - Item             a bullet                  :table widths=30,70, and its rows below (| a | b |)

Inside a block: **bold**, *italic*, [words](address), [^footnote]. `{#fees}` at the end names a clause, `{fees}` is its number.
Straight quotes become curly ones.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

FORMATS = ("decimal", "decimal", "lowerLetter", "lowerRoman")
PATTERNS = ("%1.", "%1.%2", "(%3)", "(%4)")
_INLINE = re.compile(r"\*\*(?P<bold>.+?)\*\*|\*(?P<italic>[^*]+?)\*|\[\^(?P<note>[^\]]+)\]|\[(?P<words>[^\]]+)\]\((?P<url>[^)]+)\)")
_ROMANS = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


@dataclass(frozen=True)
class Run:
    """A stretch of words that looks the same throughout."""

    text: str
    bold: bool = False
    italic: bool = False
    url: str = ""
    note: str = ""


@dataclass
class Block:
    """A paragraph, a heading, a table, or an instruction such as `page`."""

    kind: str
    text: str = ""
    level: int = 0
    number: str = ""
    part: int = 0
    rows: list[list[str]] = field(default_factory=list)
    options: dict[str, str] = field(default_factory=dict)


@dataclass
class Sample:
    """One agreement: what the first lines say of it, and its blocks in order."""

    meta: dict[str, Any]
    blocks: list[Block]


def read(path: Path) -> Sample:
    _, head, body = path.read_text(encoding="utf-8").split("---\n", 2)
    meta = yaml.safe_load(head)
    blocks = [_block(chunk) for chunk in re.split(r"\n\s*\n", body.strip())]
    _number(blocks, meta)
    return Sample(meta, blocks)


def runs(text: str) -> list[Run]:
    """The words of a block, cut where their look changes.

    >>> [run.bold for run in runs("**Fees.** Monthly.")]
    [True, False]
    """
    out, at = [], 0
    for found in _INLINE.finditer(text):
        if found.start() > at:
            out.append(Run(curly(text[at : found.start()], text[:at])))
        before = text[: found.start()]
        if found["bold"]:
            out.append(Run(curly(found["bold"], before), bold=True))
        elif found["italic"]:
            out.append(Run(curly(found["italic"], before), italic=True))
        elif found["note"]:
            out.append(Run("", note=curly(found["note"])))
        else:
            out.append(Run(found["words"], url=found["url"]))
        at = found.end()
    if at < len(text):
        out.append(Run(curly(text[at:], text[:at])))
    return out


def curly(text: str, before: str = "") -> str:
    """Typographic quotes; `before` is what stands in front of the text."""
    whole = before.replace("*", "") + text
    shift = len(whole) - len(text)
    out = []
    for at, letter in enumerate(text):
        previous = whole[at + shift - 1] if at + shift else " "
        opening = previous in " \n([—|/“"
        out.append({'"': "“" if opening else "”", "'": "‘" if opening else "’"}.get(letter, letter))
    return "".join(out)


def counted(value: int, numeral: str) -> str:
    """A number as a list writes it.

    >>> counted(3, "lowerLetter"), counted(4, "lowerRoman")
    ('c', 'iv')
    """
    if numeral == "lowerLetter":
        return chr(96 + value)
    if numeral == "decimal":
        return str(value)
    out = ""
    for size, letters in _ROMANS:
        while value >= size:
            out, value = out + letters, value - size
    return out


def _block(chunk: str) -> Block:
    lines = chunk.split("\n")
    first = lines[0]
    if first.startswith(":"):
        kind, _, rest = chunk[1:].partition(" ")
        kind, newline, more = kind.partition("\n")
        rest = more if newline else rest
        if kind in ("table", "sign"):
            head, _, tail = rest.partition("\n")
            options = dict(pair.split("=") for pair in head.split()) if kind == "table" else {"parties": head}
            return Block(kind, options=options, rows=[_cells(line) for line in tail.split("\n")] if tail else [])
        return Block(kind, " ".join(rest.split()))
    hashes = re.match(r"(#{1,4}) ", first)
    if hashes:
        return Block("clause", " ".join(chunk[hashes.end() :].split()), level=len(hashes[1]))
    if first.startswith("- "):
        return Block("bullets", rows=[[" ".join(item.split())] for item in re.split(r"(?:^|\n)- ", chunk) if item.strip()])
    return Block("para", " ".join(chunk.split()))


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip().removeprefix("|").removesuffix("|").split("|")]


def _number(blocks: list[Block], meta: dict[str, Any]) -> None:
    patterns = meta.get("numbering", PATTERNS)
    counts, part, labels = [0, 0, 0, 0], 0, {}
    for block in blocks:
        if block.kind == "exhibit":
            counts, part = [0, 0, 0, 0], part + 1
        block.part = part
        if block.kind != "clause":
            continue
        at = block.level - 1
        counts[at] += 1
        counts[at + 1 :] = [0] * (3 - at)
        pattern = meta.get("exhibit_numbering", patterns)[at] if part else patterns[at]
        block.number = _filled(pattern, counts, at)
        label = re.search(r"\s*\{#(\w+)\}$", block.text)
        if label:
            block.text = block.text[: label.start()]
            outer = f"{counts[0]}.{counts[1]}" if at > 1 and counts[1] else (str(counts[0]) if at > 1 else "")
            labels[label[1]] = outer + re.sub(r"^Article ", "", block.number.rstrip("."), flags=re.I)
    for block in blocks:
        block.text = _referred(block.text, labels)
        block.rows = [[_referred(cell, labels) for cell in row] for row in block.rows]


def _filled(pattern: str, counts: list[int], at: int) -> str:
    out = pattern
    for level in range(4):
        numeral = FORMATS[level] if level == at else "decimal"
        out = out.replace(f"%{level + 1}", counted(counts[level], numeral) if counts[level] else "")
    return out


def _referred(text: str, labels: dict[str, str]) -> str:
    return re.sub(r"\{(\w+)\}", lambda found: labels[found[1]], text)
