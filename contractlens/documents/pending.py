"""Which tracked changes a Word file holds, and whose: for the warning that they are pending."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from lxml import etree

from contractlens.documents.document import ReadWarning
from contractlens.documents.numbering import W
from contractlens.documents.walking import Walk

NAMED_AUTHORS = 5
_KINDS = {
    **{W + tag: "insertion" for tag in ("ins", "cellIns")},
    **{W + tag: "deletion" for tag in ("del", "cellDel")},
    **{W + tag: "move" for tag in ("moveFrom", "moveTo")},
}  # fmt: skip
_READ = {
    "accepted": "The text was read as if all were accepted; --view original reads it as it was before them.",
    "original": "The text was read as it was before them.",
}


def pending(walk: Walk) -> tuple[ReadWarning, ...]:
    """The warning; nothing where no text is changed."""
    found: dict[str, Counter[str]] = {}
    moves: Counter[tuple[str, str]] = Counter()
    for root in walk.roots:
        for e in _apart(root):
            author = " ".join(e.get(W + "author", "").split()) or "an unnamed author"
            counts = found.setdefault(author, Counter())
            if _KINDS[str(e.tag)] == "move":
                moves[author, str(e.tag)] += 1
                counts["move"] = max(moves[author, W + "moveFrom"], moves[author, W + "moveTo"])  # what is moved is marked in both places
            else:
                counts[_KINDS[str(e.tag)]] += 1
    if not found:
        return ()
    authors = sorted(found, key=lambda a: -found[a].total())
    told = [f"{_counted(found[a])} by {a}" for a in authors[:NAMED_AUTHORS]]
    if len(authors) > NAMED_AUTHORS:
        told.append(f"{_counted(sum((found[a] for a in authors[NAMED_AUTHORS:]), Counter()))} by {len(authors) - NAMED_AUTHORS} more")
    return (ReadWarning("tracked_changes", f"Changes are pending: {'; '.join(told)}. {_READ[walk.view]}"),)


def _apart(root: etree._Element) -> Iterator[etree._Element]:
    """The marks of changes, those that belong together once: the runs of one insertion, and the end of a paragraph with the text before it."""
    for e in root.iter(*_KINDS):
        before = e.getprevious()
        if before is not None and _same(before, e):
            continue
        parent = e.getparent()
        paragraph = next(e.iterancestors(W + "p"), None) if parent is not None and parent.tag == W + "rPr" else None
        if paragraph is None or not len(paragraph) or not _same(paragraph[-1], e):
            yield e


def _same(one: etree._Element, other: etree._Element) -> bool:
    return one.tag == other.tag and all(one.get(W + name) == other.get(W + name) for name in ("author", "date"))


def _counted(kinds: Counter[str]) -> str:
    """`3 insertions, 1 deletion`"""
    return ", ".join(f"{n} {kind}{'' if n == 1 else 's'}" for kind in ("insertion", "deletion", "move") if (n := kinds[kind]))
