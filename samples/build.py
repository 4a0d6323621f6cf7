"""Build every sample agreement from its text: `python samples/build.py [NAME]...`

The texts are in `sources/`, the builders in `making/`. The same text gives the same bytes.
Needs reportlab and python-docx (`pip install -e .[samples]`).
"""

from __future__ import annotations

import sys
from pathlib import Path

from making import pdf, word
from making.markup import read

HERE = Path(__file__).resolve().parent


def build(source: Path, folder: Path) -> Path:
    """Write the PDF or Word file that `source` describes into `folder`."""
    sample = read(source)
    target = folder / sample.meta["file"]
    (pdf if target.suffix == ".pdf" else word).write(sample, target)
    return target


def main(names: list[str]) -> None:
    for source in sorted((HERE / "sources").glob("*.txt")):
        if not names or source.stem in names:
            target = build(source, HERE)
            print(f"{target.name}: {target.stat().st_size / 1024:.0f} KB")


if __name__ == "__main__":
    main(sys.argv[1:])
