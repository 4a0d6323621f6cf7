"""The console script ends in time and says why, whatever a document does to the process that reads it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.hostile import pdfs, words

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.slow


def contractlens(*arguments: object, into: str = "") -> tuple[int, str, str]:
    call = [sys.executable, "-m", "contractlens", *map(str, arguments)]
    done = subprocess.run(call, capture_output=True, text=True, timeout=120, cwd=ROOT, input=into, check=False)
    assert "Traceback" not in done.stderr
    return done.returncode, done.stdout, done.stderr


def test_a_document_that_takes_all_memory_costs_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "terms.pdf").write_bytes(pdfs.forms_in_forms())
    code, out, told = contractlens("review", tmp_path / "terms.pdf", "--memory", 500)
    assert (code, out) == (3, "")
    assert told.splitlines()[-1].startswith("terms.pdf: ")
    assert "Allow more with --" in told


def test_a_document_that_takes_too_long_is_stopped(tmp_path: Path) -> None:
    (tmp_path / "terms.txt").write_text("The term renews unless notice is given thirty (30) days before it ends. " * 30_000)
    code, _, told = contractlens("review", tmp_path / "terms.txt", "--timeout", 0.5)
    sentence = "terms.txt: it took longer than 0.5 seconds and was stopped. Allow more with --timeout."
    assert (code, told) == (3, f"{sentence}\n")
    code, out, told = contractlens("review", tmp_path / "terms.txt", "--timeout", 0.5, "--format", "json")
    assert (code, told, json.loads(out)["error"]) == (3, f"{sentence}\n", {"kind": "timed_out", "message": sentence})
    code, _, told = contractlens("calendar", tmp_path / "terms.txt", "--timeout", 0.5, "--output", tmp_path / "renewals.ics")
    assert (code, told) == (3, f"{sentence}\n")


def test_limits_and_passwords_are_options(tmp_path: Path) -> None:
    locked, word = tmp_path / "locked.pdf", tmp_path / "terms.docx"
    locked.write_bytes(pdfs.drawn(password="sesame"))
    word.write_bytes(words.word())
    code, out, told = contractlens("review", locked, "--format", "json")
    assert (code, json.loads(out)["error"]["kind"]) == (3, "encrypted")
    assert "--password" in told
    code, out, _ = contractlens("review", locked, "--password", "sesame", "--format", "json")
    assert (code, json.loads(out)["terms"]["renewal"]["notice_min"]) == (0, "P90D")
    assert "sesame" not in out
    assert contractlens("text", word, "--max-size", "1KB")[0] == 3
    assert contractlens("text", word, "--max-size", "1MB")[0] == 0
    code, _, told = contractlens("text", word, "--max-depth", "9999")
    assert (code, told) == (2, "--max-depth 9999: give a whole number from 1 to 255\n")


def test_a_scan_gives_a_line_for_each_and_passes_its_limits_on(tmp_path: Path) -> None:
    cases = {
        "a-pages.pdf": (pdfs.many_pages(40), "too_large"),
        "b-good.docx": (words.word(), None),
        "c-locked.pdf": (pdfs.drawn(password="sesame"), None),
        "d-greedy.pdf": (pdfs.forms_in_forms(), "unreadable"),
        "e-broken.pdf": (b"%PDF-1.4", "unreadable"),
        "f-scan.pdf": (pdfs.in_strips(), "no_text"),
        "g-good.pdf": (pdfs.pdf(), None),
    }
    for name, (data, _) in cases.items():
        (tmp_path / name).write_bytes(data)
    options = ("--max-pages", 30, "--max-recognition", 0, "--password", "sesame", "--memory", 500, "--format", "jsonl", "--jobs", 2)
    code, out, _ = contractlens("scan", tmp_path, *options)
    found = {line["document"]["name"]: line for line in map(json.loads, out.splitlines())}
    assert {name: line["error"] and line["error"]["kind"] for name, line in found.items()} == {name: kind for name, (_, kind) in cases.items()}
    assert found["f-scan.pdf"]["document"]["text_source"] == "none"
    assert code == 0
