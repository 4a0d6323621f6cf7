"""The changed parts of a Word file: the main text, the comments, what leads to them, and the file as a whole."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from posixpath import relpath

from docx.opc.packuri import PackURI
from lxml import etree

from contractlens.documents.numbering import W
from contractlens.documents.package import Package
from contractlens.redlining.comments import KIND, TYPE
from contractlens.redlining.packing import pack
from contractlens.redlining.splicing import append, encoding_of, splice, written

_HEAD = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_CONTENT_TYPES = "[Content_Types].xml"
_LINKS = "http://schemas.openxmlformats.org/package/2006/relationships"
_TRANSITIONAL = b"http://schemas.openxmlformats.org/"
_STRICT = b"http://purl.oclc.org/ooxml/"


def part_of(package: Package, kind: str) -> etree._Element | None:
    """The part of a kind, such as `comments`, that the main part leads to."""
    link = next((link for link in package.links(package.main_name).values() if link.kind == kind), None)
    return None if link is None else package.xml(link.target)


def finished(package: Package, data: bytes, touched: Mapping[int, Sequence[etree._Element]], comments: Sequence[etree._Element]) -> bytes:
    """The file with paragraphs replaced and comments added; every other part is copied as it lies."""
    main = package.bytes_of(package.main_name) or b""
    changed = {_key(package.main_name): splice(main, touched)}
    if comments:
        _add_comments(package, b"purl.oclc.org/ooxml/wordprocessingml" in main, comments, changed)
    names = {key: package.parts[key].filename for key in changed if key in package.parts}
    added = {key.removeprefix("+"): content for key, content in changed.items() if key not in names}
    return pack(data, package.zip.infolist(), {names[k]: v for k, v in changed.items() if k in names}, added, package.zip.comment)


def _add_comments(package: Package, strict: bool, comments: Sequence[etree._Element], changed: dict[str, bytes]) -> None:
    """Append to the comments part, or make one and lead to it."""
    link = next((link for link in package.links(package.main_name).values() if link.kind == "comments"), None)
    root = None if link is None else package.xml(link.target)
    if link is not None and root is not None:
        root.extend(comments)
        old = package.bytes_of(link.target) or b""
        new = [written(c, encoding_of(old)) for c in comments]
        changed[_key(link.target)] = append(old, [_as_strict(c) for c in new] if strict else new)
        return
    root = etree.Element(W + "comments", nsmap={"w": W[1:-1]})
    root.extend(comments)
    content = _HEAD + etree.tostring(root, encoding="utf-8")
    kind = _as_strict(KIND.encode()).decode() if strict else KIND
    source = PackURI("/" + package.main_name.lstrip("/"))
    folder = source.baseURI.lstrip("/")
    name = next(n for n in (f"{folder}/comments{i}.xml".lstrip("/") for i in ("", *range(1, 99))) if _key(n) not in package.parts)
    changed["+" + name] = _as_strict(content) if strict else content
    _link(package, str(source.rels_uri), kind, relpath(name, folder or "."), changed)
    types = package.bytes_of(_CONTENT_TYPES) or b""
    changed[_key(_CONTENT_TYPES)] = append(types, [_child(package, _CONTENT_TYPES, f'Override PartName="/{escape(name)}" ContentType="{TYPE}"')])


def _link(package: Package, part: str, kind: str, target: str, changed: dict[str, bytes]) -> None:
    """A relationship to the new part, under an id of its own."""
    root, old = package.xml(part), package.bytes_of(part)
    taken = {e.get("Id", "").lower() for e in (() if root is None else root)}
    key = next(k for k in (f"rId{n}" for n in range(len(taken) + 1, 2 * len(taken) + 3)) if k.lower() not in taken)
    says = f'Relationship Id="{key}" Type="{kind}" Target="{escape(target)}"'
    if old is None:
        changed["+" + part.lstrip("/")] = _HEAD + f'<Relationships xmlns="{_LINKS}"><{says}/></Relationships>'.encode()
    else:
        changed[_key(part)] = append(old, [_child(package, part, says)])


def _child(package: Package, part: str, says: str) -> bytes:
    """An empty element under the prefix of the part's root."""
    root = package.xml(part)
    prefix = f"{root.prefix}:" if root is not None and root.prefix else ""
    return f"<{prefix}{says}/>".encode()


def _as_strict(content: bytes) -> bytes:
    for area in (b"wordprocessingml", b"officeDocument"):
        content = content.replace(_TRANSITIONAL + area + b"/2006/", _STRICT + area + b"/")
    return content


def _key(part: str) -> str:
    return part.replace("\\", "/").lstrip("/").lower()
