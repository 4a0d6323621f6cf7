"""PDFs as others make them, written object by object: broken, huge, or made to harm. Each is small."""

from __future__ import annotations

import io
import zlib

from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

CLAUSE = (
    "This Agreement shall automatically renew for successive periods of one (1) year unless either party",
    "gives the other written notice of non-renewal at least ninety (90) days before the end of the term.",
    "The Provider shall make the Service available to the Customer for the whole of the initial term.",
)
SHOWN = "BT /F1 10 Tf 40 700 Td 14 TL " + " ".join(f"({line.replace('(', chr(92) + '(').replace(')', chr(92) + ')')}) Tj T*" for line in CLAUSE) + " ET"
FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
PAGE = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Resources << /Font << /F1 5 0 R >> >> /Contents 4 0 R >>"


def stream(content: bytes, entries: bytes = b"") -> bytes:
    return b"<< /Length %d %s>>\nstream\n%s\nendstream" % (len(content), entries, content)


def flate(content: bytes, times: int = 1) -> bytes:
    for _ in range(times):
        content = zlib.compress(content, 9)
    return stream(content, b"/Filter [%s] " % (b"/FlateDecode " * times))


def pdf(changes: dict[int, bytes] | None = None, *, trailer: bytes = b"", head: bytes = b"%PDF-1.7\n", root: bytes = b"1 0 R") -> bytes:
    """One page with a renewal clause; `changes` puts other objects in place of its own (1 catalog, 2 pages, 3 page, 4 content, 5 font)."""
    objects = {1: b"<< /Type /Catalog /Pages 2 0 R >>", 2: b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>", 3: PAGE, 4: stream(SHOWN.encode()), 5: FONT}
    objects |= changes or {}
    out, places = io.BytesIO(head), {}
    out.seek(0, io.SEEK_END)
    for number, content in objects.items():
        places[number] = out.tell()
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, content))
    start = out.tell()
    size = max(objects) + 1
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % size)
    for number in range(1, size):
        out.write(b"%010d 00000 n \n" % places[number] if number in places else b"0000000000 65535 f \n")
    out.write(b"trailer\n<< /Size %d /Root %s %s>>\nstartxref\n%d\n%%%%EOF\n" % (size, root, trailer, start))
    return out.getvalue()


def drawn(*, password: str | None = None, owner: str | None = None) -> bytes:
    """The same page drawn by reportlab, encrypted where a password is given."""
    out = io.BytesIO()
    encrypt = StandardEncryption(password or "", ownerPassword=owner, strength=128) if password or owner else None
    canvas = Canvas(out, pagesize=(612, 792), encrypt=encrypt)
    for i, line in enumerate(CLAUSE):
        canvas.drawString(40, 700 - 14 * i, line)
    canvas.save()
    return out.getvalue()


def picture(width: int, height: int, at: str) -> dict[int, bytes]:
    """A grey picture on the page, placed by a matrix such as `612 0 0 792 0 0`."""
    image = b"/Type /XObject /Subtype /Image /Width %d /Height %d /ColorSpace /DeviceGray /BitsPerComponent 8 /Filter /FlateDecode " % (width, height)
    noise = bytes((i * 37 + i // width * 11) % 256 for i in range(width * height))
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Resources << /Font << /F1 5 0 R >> /XObject << /I 6 0 R >> >> /Contents 4 0 R >>"
    return {3: page, 4: stream(b"q %s cm /I Do Q" % at.encode()), 6: stream(zlib.compress(noise), image)}


def with_stamp(stamp: str) -> bytes:
    changes = picture(60, 80, "612 0 0 792 0 0")
    changes[4] = stream(b"q 612 0 0 792 0 0 cm /I Do Q BT /F1 8 Tf 40 780 Td (%s) Tj ET" % stamp.encode())
    return pdf(changes)


def in_strips() -> bytes:
    changes = picture(60, 80, "612 0 0 200 0 0")
    changes[4] = stream(b"".join(b"q 612 0 0 198 0 %d cm /I Do Q " % (198 * i) for i in range(4)))
    return pdf(changes)


def forms_in_forms(deep: int = 12, wide: int = 10) -> bytes:
    """Each form draws the next one ten times: ten to the twelfth letters."""
    changes = {3: PAGE.replace(b"/Font", b"/XObject << /X 10 0 R >> /Font"), 4: stream(b"/X Do")}
    for i in range(deep):
        inner = b"/X Do " * wide if i < deep - 1 else b"BT /F1 10 Tf (x) Tj ET"
        entries = b"/Type /XObject /Subtype /Form /BBox [0 0 600 700] /Resources << /XObject << /X %d 0 R >> /Font << /F1 5 0 R >> >> " % (11 + i)
        changes[10 + i] = stream(inner, entries)
    return pdf(changes)


def many_pages(count: int) -> bytes:
    return pdf({2: b"<< /Type /Pages /Kids [%s] /Count %d >>" % (b"3 0 R " * count, count)})


def shuffled() -> bytes:
    """Letters whose codes mean others: what is stored is no word, and nothing says which letter is meant."""
    letters = "abcdefghijklmnopqrstuvwxyz"
    swapped = SHOWN.replace("Tj", "\0").replace("Td", "\1").replace("TL", "\2").replace("Tf", "\3").replace("T*", "\4").replace("BT", "\5").replace("ET", "\6")
    table = str.maketrans(letters, letters[::-1].replace("z", "q").replace("a", "z"))
    for mark, operator in zip("\0\1\2\3\4\5\6", ("Tj", "Td", "TL", "Tf", "T*", "BT", "ET"), strict=True):
        table[ord(mark)] = operator
    return pdf({4: stream(swapped.translate(table).encode())})


def no_map() -> bytes:
    """Glyph numbers of a font without a map, as many printers' drivers write them: letters moved by 29, spaces as control characters."""
    lines = [bytes(max(ord(c) - 29, 0) for c in line) for line in CLAUSE]
    hexed = b" ".join(b"<%s> Tj T*" % line.hex().encode() for line in lines)
    return pdf({4: stream(b"BT /F1 10 Tf 40 700 Td 14 TL " + hexed + b" ET")})


def typed_in() -> bytes:
    """The notice stands in a form field."""
    shown = b"/Tx BMC BT /F1 10 Tf 2 4 Td (ninety \\(90\\) days) Tj ET EMC"
    return pdf(
        {
            1: b"<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [6 0 R] >> >>",
            3: PAGE.replace(b"/Contents", b"/Annots [6 0 R] /Contents"),
            4: stream(b"BT /F1 10 Tf 40 700 Td 60 TL (Notice of non-renewal:) Tj T* (Governing law: Delaware, as both parties agree.) Tj ET"),
            6: b"<< /Type /Annot /Subtype /Widget /FT /Tx /T (n) /V (ninety \\(90\\) days) /Rect [200 695 400 715] /P 3 0 R /F 4 /AP << /N 7 0 R >> >>",
            7: stream(shown, b"/Type /XObject /Subtype /Form /BBox [0 0 200 20] /Resources << /Font << /F1 5 0 R >> >> "),
        }
    )


def with_attachment() -> bytes:
    names = b"/Names << /EmbeddedFiles << /Names [(rider.txt) 6 0 R] >> >>"
    spec = b"<< /Type /Filespec /F (rider.txt) /EF << /F 7 0 R >> >>"
    return pdf({1: b"<< /Type /Catalog /Pages 2 0 R %s >>" % names, 6: spec, 7: stream(b"It renews for ten years.", b"/Type /EmbeddedFile ")})


def acting(action: bytes) -> bytes:
    return pdf({1: b"<< /Type /Catalog /Pages 2 0 R /OpenAction %s >>" % action})


def and_also(how: str, words: str) -> bytes:
    return pdf({4: stream(f"{SHOWN} BT {how} ({words}) Tj ET".encode())})


def turned(angle: int) -> bytes:
    return pdf({3: PAGE.replace(b"/Contents", b"/Rotate %d /Contents" % angle)})


def of_adobe() -> bytes:
    waiting = "Please wait... If this message is not eventually replaced with the proper contents of the document, your viewer cannot show it."
    return pdf(
        {
            1: b"<< /Type /Catalog /Pages 2 0 R /NeedsRendering true /AcroForm << /Fields [] /XFA [(template) 6 0 R] >> >>",
            4: stream(f"BT /F1 10 Tf 40 700 Td ({waiting}) Tj ET".encode()),
            6: stream(b"<template xmlns='http://www.xfa.org/schema/xfa-template/2.8/'/>"),
        }
    )
