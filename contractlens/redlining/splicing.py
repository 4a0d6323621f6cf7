"""Put changed paragraphs into the bytes of a part, whose every other byte stays as it was."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from xml.parsers import expat

from lxml import etree

from contractlens.documents.numbering import W

_PARAGRAPHS = {"http://schemas.openxmlformats.org/wordprocessingml/2006/main p", "http://purl.oclc.org/ooxml/wordprocessingml/main p"}
_ENCODING = re.compile(rb"""^\s*<\?xml[^>]*?encoding\s*=\s*["']([\w.-]+)""")


def paragraphs_of(root: etree._Element) -> list[etree._Element]:
    """All paragraphs in the order of the file; a paragraph's place in the list is what `splice` knows it by."""
    return list(root.iter(W + "p"))


def splice(data: bytes, replaced: Mapping[int, Sequence[etree._Element]]) -> bytes:
    """The part with paragraphs replaced by others. Their elements still stand in the tree that was read from the part."""
    spans, encoding = _spans(data), encoding_of(data)
    out, at = [], 0
    for number in sorted(replaced):
        start, end = spans[number]
        out += [data[at:start], *(written(e, encoding) for e in replaced[number])]
        at = end
    return b"".join([*out, data[at:]])


def encoding_of(data: bytes) -> str:
    found = _ENCODING.match(data.removeprefix(b"\xef\xbb\xbf")[:200])
    return found[1].decode() if found else "utf-8"


def written(element: etree._Element, encoding: str = "utf-8") -> bytes:
    """The element as it reads where it stands: names that are declared around it are not declared anew."""
    parent = element.getparent()
    around = {} if parent is None else parent.nsmap
    text = etree.tostring(element, encoding="unicode", with_tail=False)
    head, rest = re.fullmatch(r"(<[^>]*>)(.*)", text, re.S).groups()  # type: ignore[union-attr]
    for prefix, uri in around.items():
        name = f"xmlns:{prefix}" if prefix else "xmlns"
        head = head.replace(f' {name}="{_escaped(uri)}"', "", 1)
    return (head + rest).encode(encoding, "xmlcharrefreplace")


def _escaped(uri: str) -> str:
    return uri.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")


def append(data: bytes, children: Sequence[bytes]) -> bytes:
    """The part with more children at the end of its root element."""
    content = b"".join(children)
    closing = re.search(rb"</[^<>]+>\s*(?:<!--.*?-->\s*)*$", data, re.S)
    if closing:
        return data[: closing.start()] + content + data[closing.start() :]
    empty = re.search(rb"<([^\s<>/?!]+)([^<>]*?)/>\s*$", data, re.S)
    assert empty is not None, "a part that was parsed has a root"
    return data[: empty.start()] + b"<" + empty[1] + empty[2] + b">" + content + b"</" + empty[1] + b">" + data[empty.end() :]


def _spans(data: bytes) -> list[tuple[int, int]]:
    """Where each paragraph starts and ends in the bytes, in the order of their starts."""
    parser = expat.ParserCreate(namespace_separator=" ")
    spans: list[tuple[int, int]] = []
    open_: list[int] = []

    def start(name: str, _: object) -> None:
        if name in _PARAGRAPHS:
            open_.append(len(spans))
            spans.append((parser.CurrentByteIndex, -1))

    def end(name: str) -> None:
        if name in _PARAGRAPHS:
            i = open_.pop()
            spans[i] = (spans[i][0], data.index(b">", parser.CurrentByteIndex) + 1)

    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.Parse(data, True)
    return spans
