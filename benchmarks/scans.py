"""Whether a scan gives the terms that its text gives: PDFs are drawn as pictures, some skewed and noisy, recognised, and compared.

    python benchmarks/scans.py agreements/ --count 10
"""

from __future__ import annotations

import argparse
import random
import tempfile
import time
from datetime import date
from pathlib import Path

import pypdfium2
from PIL import Image, ImageChops, ImageFilter

from contractlens import review
from contractlens.advice.finding import Review
from contractlens.documents.limits import Limits

DPI, MOST_PAGES = 200, 12
FIELDS = ("agreement_date", "effective_date", "initial_term", "expiration_date", "governing_law", "renewal kind", "notice_min", "renewal_term", "uptime", "changes")
TODAY = date(2026, 11, 21)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("folder", type=Path)
    options.add_argument("--count", type=int, default=10)
    options.add_argument("--skip", type=int, default=0, help="how many of those that renew to leave out first")
    chosen = options.parse_args()
    agreed = compared = 0
    with tempfile.TemporaryDirectory() as folder:
        for i, path in enumerate(_candidates(chosen.folder, chosen.skip, chosen.count)):
            scanned = Path(folder) / path.name
            _scan(path, scanned, worn=i % 2 == 1)
            started = time.monotonic()
            pair = facts(review(path, today=TODAY)), facts(review(scanned, today=TODAY, limits=Limits(recognition=3600)))
            differ = {field: (pair[0][field], pair[1][field]) for field in FIELDS if pair[0][field] != pair[1][field]}
            compared += 1
            agreed += not differ
            print(f"{path.name:24} {'worn' if i % 2 else 'clean':5} {time.monotonic() - started:6.1f} s  {differ or 'the same'}", flush=True)
    print(f"{agreed} of {compared} agree in all of: {', '.join(FIELDS)}")


def facts(found: Review) -> dict[str, object]:
    """The main terms, as a reader would compare them."""
    terms = found.terms
    assert terms is not None
    renewal = terms.renewal
    return {
        **{name: getattr(terms, name) for name in FIELDS[:5]},
        "renewal kind": renewal and renewal.kind,
        "notice_min": renewal and renewal.notice_min,
        "renewal_term": renewal and renewal.renewal_term,
        "uptime": sorted(u.percent for u in terms.uptime),
        "changes": sorted({c.what for c in terms.changes}),
    }


def _candidates(folder: Path, skip: int, count: int) -> list[Path]:
    """Short agreements that renew, those after the first `skip`."""
    found: list[Path] = []
    for path in sorted(folder.glob("*.pdf")):
        pdf = pypdfium2.PdfDocument(path)
        short = 2 <= len(pdf) <= MOST_PAGES
        pdf.close()
        if short and (terms := review(path, today=TODAY).terms) and terms.renewal:
            found.append(path)
        if len(found) == skip + count:
            break
    return found[skip:]


def _scan(path: Path, to: Path, *, worn: bool) -> None:
    """The pages as pictures; a worn one is turned by 0.7 degrees, blurred, noisy, and packed hard."""
    pdf, noise = pypdfium2.PdfDocument(path), random.Random(1)
    pages = []
    for page in pdf:
        picture = page.render(scale=DPI / 72, grayscale=True).to_pil()
        if worn:
            picture = picture.rotate(0.7, fillcolor=255, resample=Image.Resampling.BICUBIC).filter(ImageFilter.GaussianBlur(0.6))
            grain = Image.frombytes("L", picture.size, noise.randbytes(picture.width * picture.height)).point(lambda v: v // 12)
            picture = ImageChops.subtract(picture, grain)
        pages.append(picture)
    pages[0].save(to, "PDF", save_all=True, append_images=pages[1:], resolution=DPI, quality=55 if worn else 90)
    pdf.close()


if __name__ == "__main__":
    main()
