"""Mark changes in a Word file: `mark` takes the file's bytes and gives it back with tracked changes and comments."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count

from lxml import etree

from contractlens.documents.document import Source
from contractlens.documents.docx import Traced, read_traced
from contractlens.documents.numbering import Styles, W
from contractlens.redlining.changes import Change
from contractlens.redlining.comments import Comments
from contractlens.redlining.paragraphs import add_after, add_before
from contractlens.redlining.parts import finished, part_of
from contractlens.redlining.places import Addition, Replacement, addition, replacement
from contractlens.redlining.refusing import Refusal, Refused
from contractlens.redlining.splicing import paragraphs_of
from contractlens.redlining.tracked import Stamp, delete, depth, insert, split_after, split_before

AUTHOR = "ContractLens"
_WITH_IDS = [W + tag for tag in (
    "ins", "del", "moveFrom", "moveTo", "rPrChange", "pPrChange", "sectPrChange", "tblPrChange", "tblGridChange", "trPrChange", "tcPrChange", "tblPrExChange",
    "numberingChange", "cellIns", "cellDel", "cellMerge", "bookmarkStart", "bookmarkEnd", "moveFromRangeStart", "moveFromRangeEnd", "moveToRangeStart",
    "moveToRangeEnd", "customXmlInsRangeStart", "customXmlInsRangeEnd", "customXmlDelRangeStart", "customXmlDelRangeEnd", "permStart", "permEnd",
)]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Marked:
    """The file with the changes that were `made`, and why the others were not."""

    data: bytes
    made: tuple[Change, ...]
    refused: tuple[Refusal, ...]


def mark(
    data: bytes, name: str, changes: Sequence[Change], *, when: datetime, author: str = AUTHOR, comments: bool = True, numbers: bool = True
) -> Marked:
    """The Word file `data` with the changes tracked. Raises DocumentError where it cannot be read.

    Offsets count in the text that `contractlens text` prints of the file. What cannot take a change is refused, and the rest is marked.
    Without `numbers`, new paragraphs get none of those that are typed.
    """
    traced = read_traced(data, Source(name, name, "", ""))
    replaced, added, refused = _planned(traced, changes, set() if numbers else None)
    if not replaced and not added:
        return Marked(data, (), tuple(refused))
    all_paragraphs = {p: i for i, p in enumerate(paragraphs_of(traced.package.main))}
    stamp = Stamp(" ".join(author.split()) or AUTHOR, f"{when.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}", _free_ids(traced))
    notes = Comments(part_of(traced.package, "comments"), Styles(part_of(traced.package, "styles")), stamp)
    touched: dict[int, list[etree._Element]] = {}
    for place in sorted(replaced, key=lambda r: r.change.start, reverse=True):
        first, last = _replace(place, stamp)
        if comments and place.change.why:
            notes.anchor(first, last, place.change.why)
        for paragraph in place.paragraphs:
            touched[all_paragraphs[paragraph]] = [paragraph]
    kept = notes if comments else None
    for after in dict.fromkeys(a.after for a in added if a.before is None):
        new = add_after(after, [_content(a, stamp, kept) for a in added if a.after is after and a.before is None], stamp)
        touched[all_paragraphs[after]] = [after, *new]
    for a in added:
        if a.before is not None:
            number = all_paragraphs[a.before]
            after_it = touched.get(number, [a.before])
            at = after_it.index(a.before)
            touched[number] = [*after_it[:at], *add_before(a.before, [_content(a, stamp, kept)], a.after, stamp), *after_it[at:]]
    made = {id(c) for c in (*(r.change for r in replaced), *(a.change for a in added))}
    return Marked(finished(traced.package, data, touched, notes.made), tuple(c for c in changes if id(c) in made), tuple(refused))


def _planned(traced: Traced, changes: Sequence[Change], numbers: set[str] | None) -> tuple[list[Replacement], list[Addition], list[Refusal]]:
    """Where each change goes. The file is not touched until this is known of all."""
    replaced: list[Replacement] = []
    added: list[Addition] = []
    refused: list[Refusal] = []
    for change in changes:
        try:
            if change.added:
                added.append(addition(traced, change, numbers))
                continue
            if any(change.start < r.change.end and r.change.start < change.end for r in replaced):
                raise Refused("Other words are already asked for in place of these.")
            replaced.append(replacement(traced, change))
        except Refused as why:
            refused.append(Refusal(change.rule, change.quote, str(why)))
    return replaced, added, refused


def _replace(place: Replacement, stamp: Stamp) -> tuple[etree._Element, etree._Element]:
    """Mark the edits of a sentence; the first and the last of the marks."""
    marks: list[etree._Element] = []
    for edit in reversed(place.edits):
        gone = delete(edit.origins, stamp)
        if edit.text:
            new = insert(edit.text, edit.formatting, stamp)
            if gone:
                level = min(depth(g) for g in gone)
                anchor = max(i for i, g in enumerate(gone) if depth(g) == level)
                gone[anchor].addnext(new)
                gone.insert(anchor + 1, new)
            elif edit.after is not None:
                split_after(edit.after).addnext(new)
                gone = [new]
            elif edit.before is not None:
                split_before(edit.before).addprevious(new)
                gone = [new]
        marks = [*gone, *marks]
    return marks[0], marks[-1]


def _content(place: Addition, stamp: Stamp, notes: Comments | None) -> list[etree._Element]:
    new = insert(place.text, place.formatting, stamp)
    return notes.around(new, place.change.why) if notes and place.change.why else [new]


def _free_ids(traced: Traced) -> Iterator[str]:
    """Numbers that no tracked change and no bookmark of the file has."""
    parts = [traced.package.main]
    parts += [part for kind in ("header", "footer", "footnotes", "endnotes", "comments") for part in _all_parts(traced, kind)]
    taken = {e.get(W + "id") for part in parts for e in part.iter(*_WITH_IDS)}
    return (str(n) for n in count(1) if str(n) not in taken)


def _all_parts(traced: Traced, kind: str) -> Iterator[etree._Element]:
    for link in traced.package.links(traced.package.main_name).values():
        part = traced.package.xml(link.target) if link.kind == kind else None
        if part is not None:
            yield part
