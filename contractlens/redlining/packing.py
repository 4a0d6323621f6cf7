"""Write a Word file anew with a few parts changed or added: every other entry of the zip is copied as it lies there, byte for byte."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipInfo

_LOCAL, _CENTRAL, _END = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"
_SIZES_FOLLOW, _UTF_8 = 0x08, 0x800
_ZIP64 = 1
_DOS_EPOCH = (1980, 1, 1, 0, 0, 0)


@dataclass(slots=True)
class _Entry:
    info: ZipInfo
    record: bytes  # the local header, the name and the data
    flags: int
    crc: int
    packed: int
    size: int


def pack(data: bytes, infos: Iterable[ZipInfo], changed: Mapping[str, bytes], added: Mapping[str, bytes], comment: bytes = b"") -> bytes:
    """The zip with the entries in the order in which they lay; `changed` by their name in the zip, `added` at the end.

    Entries whose names would lead out of the folder into which the zip is unpacked are left out.
    """
    infos = sorted((i for i in infos if not _leads_out(i.filename)), key=lambda i: i.header_offset)
    entries = [
        _fresh(info, changed[info.filename]) if info.filename in changed else _copied(data, info, infos[k + 1].header_offset if k + 1 < len(infos) else None)
        for k, info in enumerate(infos)
    ]
    for name, content in added.items():
        info = ZipInfo(name, _DOS_EPOCH)
        info.compress_type = ZIP_DEFLATED
        entries.append(_fresh(info, content))
    out, directory, at = [], [], 0
    for entry in entries:
        directory.append(_listed(entry, at))
        out.append(entry.record)
        at += len(entry.record)
    listed = b"".join(directory)
    end = struct.pack("<4s4H2LH", _END, 0, 0, len(entries), len(entries), len(listed), at, len(comment))
    return b"".join([*out, listed, end, comment])


def _leads_out(name: str) -> bool:
    parts = name.replace("\\", "/").split("/")
    return ".." in parts or parts[0] == "" or ":" in parts[0]


def _copied(data: bytes, info: ZipInfo, following: int | None) -> _Entry:
    """An entry as it lies, with the sizes that may follow its data."""
    start = info.header_offset
    name, extra = struct.unpack_from("<2H", data, start + 26)
    end = start + 30 + name + extra + info.compress_size
    if info.flag_bits & _SIZES_FOLLOW:
        signed = data[end : end + 4] == b"PK\x07\x08"
        wide = any(i == _ZIP64 for i, _ in _fields(data[start + 30 + name : start + 30 + name + extra]))
        end += (4 if signed else 0) + (20 if wide else 12)
        end = end if following is None else min(end, following)
    return _Entry(info, data[start:end], info.flag_bits, info.CRC, info.compress_size, info.file_size)


def _fresh(info: ZipInfo, content: bytes) -> _Entry:
    """An entry with new content, compressed as it was."""
    if info.compress_type == ZIP_STORED:
        packed = content
    else:
        deflate = zlib.compressobj(9, zlib.DEFLATED, -15)
        packed = deflate.compress(content) + deflate.flush()
    method = ZIP_STORED if info.compress_type == ZIP_STORED else ZIP_DEFLATED
    flags, crc, name = info.flag_bits & _UTF_8, zlib.crc32(content), _name(info)
    flags |= 0 if name.isascii() else info.flag_bits & _UTF_8
    head = struct.pack("<4s5H3L2H", _LOCAL, 20, flags, method, *_time(info), crc, len(packed), len(content), len(name), 0)
    entry = _Entry(info, head + name + packed, flags, crc, len(packed), len(content))
    info.compress_type = method
    return entry


def _listed(entry: _Entry, at: int) -> bytes:
    """The entry's line in the zip's directory, as it was but for where the entry lies and how long it is."""
    info, name = entry.info, _name(entry.info)
    extra = b"".join(whole for kind, whole in _fields(info.extra) if kind != _ZIP64)
    made_by, needs = info.create_version | info.create_system << 8, info.extract_version | info.reserved << 8
    head = struct.pack("<4s6H3L5H2L", _CENTRAL, made_by, needs, entry.flags, info.compress_type, *_time(info), entry.crc, entry.packed,
                       entry.size, len(name), len(extra), len(info.comment), 0, info.internal_attr, info.external_attr, at)  # fmt: skip
    return head + name + extra + info.comment


def _name(info: ZipInfo) -> bytes:
    return info.orig_filename.encode("utf-8" if info.flag_bits & _UTF_8 else "cp437")


def _time(info: ZipInfo) -> tuple[int, int]:
    year, month, day, hour, minute, second = info.date_time
    return hour << 11 | minute << 5 | second // 2, (year - 1980) << 9 | month << 5 | day


def _fields(extra: bytes) -> list[tuple[int, bytes]]:
    """The extra fields of an entry: their kinds, and each as a whole."""
    out, at = [], 0
    while at + 4 <= len(extra):
        kind, length = struct.unpack_from("<2H", extra, at)
        out.append((kind, extra[at : at + 4 + length]))
        at += 4 + length
    return out
