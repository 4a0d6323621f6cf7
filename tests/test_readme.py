"""The README says what is so: its report is what the tool prints, its commands run, and no command is missing.

`python tests/test_readme.py` writes the report anew, after a change that is meant.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest
import typer

from contractlens import cli

ROOT = Path(__file__).resolve().parents[1]
README = ROOT / "README.md"
CUT = "…"
SCREEN = 60  # lines that a reader sees at first


def blocks(language: str) -> list[str]:
    """The code blocks of a language."""
    return re.findall(rf"^```{language}\n(.*?)^```", README.read_text(encoding="utf-8"), re.M | re.S)


def command(number: int) -> list[str]:
    """The last step of one of the two commands: what comes after the environment and the installation."""
    (line,) = blocks("sh")[number].strip().splitlines()
    steps = line.split(" && ")
    assert steps[0] == "python3 -m venv .venv"
    assert re.fullmatch(r"\.venv/bin/pip install (\.|'\.\[test\]')", steps[1])
    return shlex.split(steps[2].removeprefix(".venv/bin/"))


def printed(*arguments: str) -> str:
    call = [sys.executable, "-m", "contractlens", *arguments]
    done = subprocess.run(call, cwd=ROOT, capture_output=True, text=True, timeout=120, env={**os.environ, "PYTHONPATH": str(ROOT), "NO_COLOR": "1"})
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_report_is_what_the_first_command_prints() -> None:
    tool, *arguments = command(0)
    assert tool == "contractlens"
    (report,) = blocks("text")
    output = printed(*arguments)
    at = 0
    for part in re.split(rf"^{CUT}\n", report, flags=re.M):
        assert part.strip("\n") in output[at:], "run  python tests/test_readme.py  if the new report is right"
        at = output.index(part.strip("\n"), at)
    assert "ACT BY" in report


def test_the_second_command_runs_these_tests() -> None:
    tool, *arguments = command(1)
    assert tool == "pytest"
    done = subprocess.run(
        [Path(sysconfig.get_path("scripts")) / "pytest", *arguments, "--collect-only", "tests/test_readme.py"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_first_screen_has_the_commands_the_report_and_the_picture() -> None:
    screen = README.read_text(encoding="utf-8").splitlines()[:SCREEN]
    assert sum("venv" in line and line.startswith("python3 -m venv") for line in screen) == 2
    assert any("ACT BY" in line for line in screen)
    assert any("docs/images/app.png" in line for line in screen)


def test_the_picture_and_the_pages_that_it_names_are_there() -> None:
    for target in re.findall(r"\]\(([^)#]+)\)", README.read_text(encoding="utf-8")):
        assert target.startswith("https://") or (ROOT / target).is_file(), target


def test_the_python_runs() -> None:
    (code,) = blocks("python")
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=300, env={**os.environ, "PYTHONPATH": str(ROOT)})
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("2027-01-29\n")
    assert "harbor-dns.pdf" in done.stdout


@pytest.mark.slow
def test_the_benchmark_runs() -> None:
    (call,) = re.findall(r"^    python (benchmarks/speed.*)$", (ROOT / "benchmarks" / "README.md").read_text(encoding="utf-8"), re.M)
    done = subprocess.run([sys.executable, *call.split()], cwd=ROOT, capture_output=True, text=True, timeout=300, env={**os.environ, "PYTHONPATH": str(ROOT)})
    assert done.returncode == 0, done.stderr
    assert "times the floor" in done.stdout
    assert "The slowest sentence to match" in done.stdout


def commands() -> list[str]:
    found = []
    for name, made in typer.main.get_command(cli.app).commands.items():  # type: ignore[attr-defined]
        found += [f"{name} {inner}" for inner in made.commands] if hasattr(made, "commands") else [name]
    return found


@pytest.mark.parametrize("name", commands())
def test_every_command_is_in_the_table_and_has_help(name: str) -> None:
    assert re.search(rf"^\| `contractlens {name}\b[^|]*` \|", README.read_text(encoding="utf-8"), re.M)
    made = typer.main.get_command(cli.app)
    for part in name.split():
        made = made.commands[part]  # type: ignore[attr-defined]
    assert made.help
    assert [p.name for p in made.params if not getattr(p, "help", None)] == []


def test_every_command_in_the_table_exists() -> None:
    table = re.findall(r"^\| `contractlens ([a-z ]+)", README.read_text(encoding="utf-8"), re.M)
    assert sorted(name.strip() for name in table) == sorted(commands())


def rewrite() -> None:
    """Put the report as it is now in the README: the day to act by, the first finding, the renewal, and what was not found."""
    parts = printed(*command(0)[1:]).rstrip("\n").split("\n\n")
    renewal = next(part for part in parts[3:] if "§ 14.2" in part)
    shown = "\n\n".join([*parts[:3], CUT, renewal, CUT, *parts[-2:]]).replace(f"\n\n{CUT}\n\n", f"\n{CUT}\n")
    text = re.sub(r"^```text\n.*?^```", lambda _: f"```text\n{shown}\n```", README.read_text(encoding="utf-8"), count=1, flags=re.M | re.S)
    README.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    rewrite()
