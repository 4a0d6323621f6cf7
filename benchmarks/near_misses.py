"""How long a review takes of a text that almost says what the rules look for, over and over: a quarter of it, and the whole.

    python benchmarks/near_misses.py --characters 1000000
"""

from __future__ import annotations

import argparse
import sys
import time
from datetime import date
from pathlib import Path

from contractlens import ContractLensError
from contractlens.advice.reviewing import playbook, review_document
from contractlens.documents import read_document

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from tests.hostile.near_misses import NEAR_MISSES, repeated


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--characters", type=int, default=1_000_000)
    size = options.parse_args().characters
    seconds("", 1_000)
    print(f"{'':24} {size // 4:>10,} {size:>10,} characters")
    for name, piece in NEAR_MISSES.items():
        once, fourfold = seconds(piece, size // 4), seconds(piece, size)
        print(f"{name:24} {once:>8.2f} s {fourfold:>8.2f} s   {fourfold / once:.1f} times as long", flush=True)


def seconds(piece: str, length: int) -> float:
    """Of processor time."""
    data = repeated(piece or "a ", length)
    started = time.process_time()
    try:
        review_document(read_document(data, "near-miss.txt"), playbook(), today=date(2026, 11, 21))
    except ContractLensError as error:
        print(f"{'':24} {error}")
    return time.process_time() - started


if __name__ == "__main__":
    main()
