"""Open a Word file's package: the parts of a zip, each XML part parsed without entities, network or surprises.

Nothing is unpacked to disk. Strict Open XML is turned into the transitional kind on the way.
"""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from dataclasses import dataclass
from io import BytesIO
from typing import IO

from docx.opc.packuri import PackURI
from lxml import etree

from contractlens.documents.kinds import WORD
from contractlens.documents.limits import DEFAULT, MB, Limits, in_words, too_large
from contractlens.errors import DocumentError, ErrorKind

MAX_PARTS = 5_000
RATIO_FROM = 10 * MB

_RELATIONSHIPS = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_STRICT = re.compile(rb"http://purl\.oclc\.org/ooxml/(\w+)/")
_DECLARES = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.I)
_BROKEN = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, ValueError, NotImplementedError, KeyError, IndexError)
_OTHERS = {"xl/": "an Excel workbook", "ppt/": "a PowerPoint file", "content.xml": "an OpenDocument file", "index/": "a Pages document", "meta-inf/manifest.mf": "a Java archive", "visio/": "a Visio file"}


@dataclass(frozen=True, slots=True)
class Link:
    """A relationship from one part to another; `kind` is the last word of its type, such as `footnotes`."""

    kind: str
    target: str


class Package:
    """The parts of a Word file, by name. Raises DocumentError for whatever cannot or should not be read."""

    def __init__(self, data: bytes, name: str, limits: Limits = DEFAULT) -> None:
        self.name, self.limits = name, limits
        if not data.startswith(b"PK"):
            raise self.unreadable()
        try:
            self.zip = zipfile.ZipFile(BytesIO(data))
        except _BROKEN:
            raise self.unreadable() from None
        self.parts = {_part_name(i.filename): i for i in self.zip.infolist() if not i.is_dir()}
        self._check_sizes()
        self._check_heads()
        self.main_name, self.main = self._find_main()

    def unreadable(self) -> DocumentError:
        return DocumentError("unreadable", f"{self.name}: the Word file is damaged or cut short. Ask for it to be sent again.")

    def _check_sizes(self) -> None:
        """By what the zip says of itself; it is held to that when a part is read."""
        infos, most = list(self.parts.values()), self.limits
        xml = max((i.file_size for n, i in self.parts.items() if _is_xml(n)), default=0)
        total = sum(i.file_size for i in infos)
        if any(i.file_size > RATIO_FROM and i.file_size > most.ratio * max(i.compress_size, 1) for i in infos):
            raise self._too_large(f"a part of it unpacks to more than {most.ratio} times its size", "ratio")
        if xml > most.part:
            raise self._too_large(f"a part of it unpacks to {in_words(xml)}", "part")
        if total > most.unpacked:
            raise self._too_large(f"it unpacks to {in_words(total)}", "unpacked")
        if len(infos) > MAX_PARTS:
            raise self.unreadable()

    def _too_large(self, what: str, limit: str) -> DocumentError:
        return too_large(self.name, f"{what}, more than an agreement holds", limit)

    def _check_heads(self) -> None:
        for part, info in self.parts.items():
            if _is_xml(part) and _DECLARES.search(self._bytes(info, 4096).replace(b"\0", b"")):
                raise self._declares()

    def _declares(self) -> DocumentError:
        message = "the Word file declares entities, which no Word file does. It was not read; do not trust it."
        return DocumentError("unreadable", f"{self.name}: {message}")

    def _bytes(self, info: zipfile.ZipInfo, most: int | None = None) -> bytes:
        if info.flag_bits & 1:
            message = "the file's contents are protected by a password. Remove the password and save it again."
            raise DocumentError("encrypted", f"{self.name}: {message}")
        try:
            opened: IO[bytes]
            with self.zip.open(info) as opened:
                data = opened.read(info.file_size + 1 if most is None else most)
        except (*_BROKEN, RuntimeError):
            raise self.unreadable() from None
        if len(data) > info.file_size:
            raise self.unreadable()
        return data

    def bytes_of(self, part: str) -> bytes | None:
        info = self.parts.get(part.lower().lstrip("/"))
        return None if info is None else self._bytes(info)

    def xml(self, part: str) -> etree._Element | None:
        """The root of an XML part, or None where there is no such part."""
        data = self.bytes_of(part)
        if data is None:
            return None
        if data.count(b"<") > self.limits.tags:
            raise self._too_large(f"a part of it has more than {self.limits.tags:,} XML tags", "tags")
        if b"purl.oclc.org" in data:
            data = _STRICT.sub(rb"http://schemas.openxmlformats.org/\1/2006/", data)
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
        )
        try:
            root = etree.fromstring(data, parser)
        except (etree.XMLSyntaxError, ValueError, AssertionError) as error:
            deep = DocumentError("unreadable", f"{self.name}: its XML is nested too deep to be read. Save it anew from Word, or as PDF.")
            raise deep if "depth" in str(error) else self.unreadable() from None
        if root.getroottree().docinfo.internalDTD is not None:
            raise self._declares()
        if root.xpath("boolean(" + "/*" * (self.limits.depth + 1) + ")"):
            raise self._too_large(f"its XML is nested more than {self.limits.depth} deep", "depth")
        return root

    def links(self, part: str) -> dict[str, Link]:
        """The relationships of a part (`/` for the package) to other parts of it, by their id."""
        source = PackURI("/" + part.lstrip("/"))
        root = self.xml(str(source.rels_uri))
        out = {}
        for link in () if root is None else root.iter(_RELATIONSHIPS):
            target = link.get("Target", "")
            if link.get("TargetMode") != "External" and target:
                kind = link.get("Type", "").rsplit("/", 1)[-1]
                out[link.get("Id", "")] = Link(kind, str(PackURI.from_rel_ref(source.baseURI, target)))
        return out

    def _find_main(self) -> tuple[str, etree._Element]:
        targets = [link.target for link in self.links("/").values() if link.kind == "officeDocument"]
        for part in [*targets, "/word/document.xml"]:
            root = self.xml(part) if part.lower().endswith(".xml") else None
            if root is not None and etree.QName(root).localname == "document":
                return part, root
        other = next((what for start, what in _OTHERS.items() if any(p.startswith(start) for p in self.parts)), "a zip archive")
        kind: ErrorKind = "unreadable" if self.name.lower().endswith(WORD) else "unsupported"
        raise DocumentError(kind, f"{self.name}: this is {other}, not a Word file. Ask for the agreement as .docx or PDF.")


def _part_name(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()


def _is_xml(part: str) -> bool:
    return part.endswith((".xml", ".rels"))
