"""What a tracked change may not touch, and why: a sentence for each."""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

from contractlens.documents.numbering import W, value
from contractlens.documents.tracing import Origin
from contractlens.documents.walking import MC, M

_TEXT = {W + tag for tag in ("t", "tab", "br", "cr", "noBreakHyphen", "ptab", "sym")}
_OPEN = {W + tag for tag in ("body", "p", "hyperlink", "smartTag", "customXml", "sdt", "sdtContent", "tbl", "tr", "tc", "document")}
_CHANGED = {W + "ins": "insertion", W + "del": "deletion", W + "moveTo": "move", W + "moveFrom": "move"}
_CONTROLS = {"comboBox": "a list to choose from", "dropDownList": "a list to choose from", "date": "a date to choose", "checkbox": "a check box",
             "picture": "a picture", "citation": "a citation", "bibliography": "a bibliography", "docPartList": "a building block",
             "equation": "a formula", "dataBinding": "filled in from the file's data", "showingPlcHdr": "a placeholder that waits to be filled in"}  # fmt: skip
_ASIDE = {W + "hdr": "header", W + "ftr": "footer", W + "footnote": "footnote", W + "endnote": "endnote"}


@dataclass(frozen=True, slots=True)
class Refusal:
    """A change that was not made; `reason` is a sentence for the reader."""

    rule: str
    quote: str
    reason: str


class Refused(Exception):
    """A change cannot be made here; the message is the reason."""


def check(origins: list[Origin], where: str = "The words stand") -> None:
    """Raise Refused where one of the elements cannot take a tracked change."""
    seen: set[etree._Element] = set()
    for origin in origins:
        if origin.in_field:
            raise Refused(f"{where} in a field, which Word fills in anew.")
        if origin.element.tag not in _TEXT:
            what = "a formula" if str(origin.element.tag).startswith(M) else "a form's field"
            raise Refused(f"{where} in {what}, in which changes cannot be tracked.")
        run = origin.element.getparent()
        around = None if run is None else run.getparent()
        if run is None or run.tag != W + "r" or around is None:
            raise Refused(f"{where} outside of what Word calls a run.")
        if around not in seen:
            seen.add(around)
            check_around(around, where)


def check_around(element: etree._Element | None, where: str) -> None:
    """The run's ancestors, from the inmost outward."""
    while element is not None:
        tag = str(element.tag)
        if tag in _CHANGED:
            raise Refused(f"{where} in {_whose(element)} tracked {_CHANGED[tag]}, which has to be settled first.")
        if tag in _ASIDE:
            raise Refused(f"{where} in a {_ASIDE[tag]}, which is not changed.")
        if tag == W + "txbxContent" or tag.startswith(MC):
            raise Refused(f"{where} in a text box, which the file holds twice.")
        if tag == W + "fldSimple":
            raise Refused(f"{where} in a field, which Word fills in anew.")
        if tag == W + "sdt":
            _check_control(element, where)
        if tag == W + "tr":
            _check_row(element, where)
        if tag not in _OPEN:
            raise Refused(f"{where} in a part of the text that cannot take tracked changes ({etree.QName(element).localname}).")
        element = element.getparent()


def _check_control(control: etree._Element, where: str) -> None:
    properties = control.find(W + "sdtPr")
    if properties is None:
        return
    if value(properties, "lock") in ("contentLocked", "sdtContentLocked"):
        raise Refused(f"{where} in a content control that is locked.")
    for child in properties:
        kind = etree.QName(child).localname
        if kind in _CONTROLS and child.get(W + "val") not in ("0", "false", "off"):
            raise Refused(f"{where} in a content control that is {_CONTROLS[kind]}.")


def check_start(paragraph: etree._Element) -> None:
    """Raise Refused for the first paragraph of a content control around whole paragraphs: LibreOffice 7.4 loses text that is changed there."""
    element = paragraph
    while (around := element.getparent()) is not None and around.tag not in (W + "tr", W + "tbl"):
        element = around
        if element.tag == W + "sdt" and element.find(W + "sdtPr/" + W + "docPartObj") is None and next(element.iter(W + "p")) is paragraph:
            raise Refused("The words stand at the start of a content control around whole paragraphs, where LibreOffice loses tracked changes.")


def _check_row(row: etree._Element, where: str) -> None:
    properties = row.find(W + "trPr")
    for tag in ("ins", "del"):
        mark = None if properties is None else properties.find(W + tag)
        if mark is not None:
            raise Refused(f"{where} in a table's row that {_whose(mark)} tracked {_CHANGED[W + tag]} adds or takes away.")


def _whose(mark: etree._Element) -> str:
    name = " ".join(mark.get(W + "author", "").split())
    return f"{name}'s" if name else "somebody else's"
