"""Characters that a Word file does not write as text: tabs and breaks, drawn symbols, the state of a form."""

from __future__ import annotations

from lxml import etree

from contractlens.documents.numbering import W, number, switch, value

ALIKE = {"ptab": "\t", "tab": "\t", "cr": "\n", "noBreakHyphen": "\u2011"}

# What Symbol and Wingdings draw for their private characters.
_DRAWN = {
    0xF0B7: "\u2022", 0xF0A7: "\u25aa", 0xF0D8: "\u27a2", 0xF06C: "\u25cf", 0xF06E: "\u25a0", 0xF09F: "\u2022", 0xF0FE: "\u2611",
    0xF0FD: "\u2612", 0xF0FC: "\u2713", 0xF0FB: "\u2717", 0xF0A8: "\u2610", 0xF06F: "\u2610", 0xF0A3: "\u2264", 0xF0B3: "\u2265",
    0xF0B1: "\u00b1", 0xF0B4: "\u00d7", 0xF0B0: "\u00b0", 0xF0D2: "\u00ae", 0xF0D3: "\u00a9", 0xF0D4: "\u2122",
}  # fmt: skip
SHOWN = {**_DRAWN, 0x0A: " ", 0x0D: " ", 0x09: " ", 0xAD: None, 0x200B: None, 0x2060: None, 0xFEFF: None}


def symbol(code: str, font: str) -> str:
    """What a font draws for a code in hexadecimal digits; a space where that is not known, nothing where it is no code."""
    try:
        at = int(code, 16)
    except ValueError:
        return ""
    at = at | 0xF000 if at < 0x100 and at | 0xF000 in _DRAWN else at
    plain = at - 0xF000 if 0xF020 <= at < 0xF07F and "dings" not in font else at
    return _DRAWN.get(at) or (chr(plain) if 0x20 <= plain < 0xD800 else " ")


def state_of_form(field: etree._Element) -> str:
    """What a form's field shows, which has it in itself: its check box, or the entry that is chosen of its list."""
    form = field.find(W + "ffData")
    box, choices = (None, None) if form is None else (form.find(W + "checkBox"), form.find(W + "ddList"))
    if box is not None:
        checked = switch(box, "checked")
        return "\u2612" if (switch(box, "default") if checked is None else checked) else "\u2610"
    if choices is not None:
        entries = [c.get(W + "val", "") for c in choices.iterchildren(W + "listEntry")]
        at = number(value(choices, "result")) or 0
        return entries[at] if 0 <= at < len(entries) else ""
    return ""
