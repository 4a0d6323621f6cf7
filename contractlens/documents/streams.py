"""Whether a PDF's streams unpack to more than a page can hold, found out without keeping what they unpack to."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator

from contractlens.documents.limits import Limits, in_words, too_large

MOST_PACKED = 1_032  # times: what deflate can pack at most
CHUNK = 1 << 20
_FLATE = re.compile(rb"/(?:FlateDecode|Fl)\b")


def check_streams(data: bytes, name: str, limits: Limits) -> None:
    """Raise DocumentError (`too_large`) where one unpacks to more than `limits.part`. Small ones, which cannot, are not unpacked."""
    end = 0
    while (start := data.find(b"stream", end)) >= 0:
        end = data.find(b"endstream", start)
        end = len(data) if end < 0 else end
        begin = start + len(b"stream")
        head = data[max(data.rfind(b"obj", max(start - 2_000, 0), start), 0) : start]
        times = len(_FLATE.findall(head))
        begin += len(data[begin : begin + 2]) - len(data[begin : begin + 2].lstrip(b"\r\n"))
        suspect = times and (end - begin) * MOST_PACKED**times > limits.part and b"/Image" not in head
        if suspect and _unpacks_beyond(data[begin:end], times, limits.part):
            raise too_large(name, f"a part of it unpacks to more than {in_words(limits.part)}, more than a page holds", "part")
        end += len(b"endstream")


def _unpacks_beyond(packed: bytes, times: int, most: int) -> bool:
    """Unpack it piece by piece, once or twice over, and count."""
    unpackers, total = [zlib.decompressobj() for _ in range(min(times, 2))], 0
    try:
        for piece in _pieces(unpackers[0], packed):
            total += len(piece) if len(unpackers) == 1 else sum(map(len, _pieces(unpackers[1], piece)))
            if total > most:
                return True
    except zlib.error:
        return False  # encrypted or damaged; what pdfium makes of it stays within the memory that the process may take
    return False


def _pieces(unpacker: zlib._Decompress, packed: bytes) -> Iterator[bytes]:
    while packed and not unpacker.eof:
        yield unpacker.decompress(packed, CHUNK)
        packed = unpacker.unconsumed_tail
