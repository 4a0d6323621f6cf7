"""However it is installed, it finds its rules, its app and its samples."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
ON_SAMPLE = ("--today", "2026-11-21")
WHERE = """
from pathlib import Path
from contractlens import launching
from contractlens.rulebook.loading import load_rules, rules_folder
print(rules_folder())
print(launching.app_page())
print(len(load_rules().rules))
print(*launching.app_settings(launching.app_page().parent))
"""


def run(*call: object, cwd: Path, **environment: str) -> str:
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "COV_"))}
    done = subprocess.run([str(c) for c in call], cwd=cwd, env={**clean, **environment}, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr + done.stdout
    return done.stdout


def build(target: str, folder: Path) -> Path:
    run(sys.executable, "-m", "hatchling", "build", "-t", target, "-d", folder, cwd=ROOT)
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build("wheel", tmp_path_factory.mktemp("wheel"))


def environment_with(wheel: Path, folder: Path) -> Path:
    """A fresh environment with the wheel alone; what it needs is borrowed from the one that runs the tests. Its interpreter."""
    venv.create(folder, with_pip=False, symlinks=True)
    python = folder / "bin" / "python"
    run(sys.executable, "-m", "pip", "--python", python, "install", "--no-deps", "--no-index", "--quiet", wheel, cwd=folder)
    own = Path(run(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", cwd=folder).strip())
    borrowed = {sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}
    (own / "borrowed.pth").write_text("\n".join(sorted(borrowed)) + "\n")
    return python


def test_the_wheel_holds_every_rule_sample_and_the_app(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    rules = {f"contractlens/_rules/{p.relative_to(ROOT / 'rules').as_posix()}" for p in (ROOT / "rules").rglob("*.yml")}
    samples = {f"contractlens/_samples/{p.name}" for p in (ROOT / "samples").iterdir() if p.suffix in (".pdf", ".docx", ".md", ".yml")}
    assert rules - names == set()
    assert samples - names == set(), "name the sample in pyproject.toml, under force-include"
    pages = {f"contractlens/_app/app_pages/{p.name}" for p in (ROOT / "app_pages").iterdir() if p.is_file()}
    assert len(pages) > 10
    assert {"contractlens/_app/app.py", "contractlens/_app/.streamlit/config.toml"} | pages <= names
    assert any(n.endswith("licenses/LICENSE") for n in names)


def test_the_wheel_holds_nothing_that_only_builds_or_tests(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert [n for n in names if n.startswith("tests") or "making/" in n or "sources/" in n or n.endswith("build.py")] == []


@pytest.mark.slow
def test_installed_it_runs_from_another_folder(wheel: Path, tmp_path: Path) -> None:
    python = environment_with(wheel, tmp_path / "env")
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    rules, app, count, settings = run(python, "-c", WHERE, cwd=elsewhere).splitlines()
    packaged = Path(rules).parent
    assert packaged.is_relative_to(tmp_path / "env")
    assert (Path(rules).name, Path(app)) == ("_rules", packaged / "_app" / "app.py")
    assert int(count) > 20
    assert "--server.address=127.0.0.1" in settings
    sample = packaged / "_samples" / "harbor-dns.pdf"
    report = run(python.parent / "contractlens", "review", sample, *ON_SAMPLE, cwd=elsewhere)
    assert "ACT BY   Fri 29 Jan 2027" in report


@pytest.mark.slow
def test_installed_for_editing_it_uses_the_rules_of_the_working_tree(tmp_path: Path) -> None:
    python = environment_with(build("wheel:editable", tmp_path / "wheel"), tmp_path / "env")
    rules, app, _, _ = run(python, "-c", WHERE, cwd=tmp_path).splitlines()
    assert (Path(rules), Path(app)) == (ROOT / "rules", ROOT / "app.py")
    report = run(python.parent / "contractlens", "review", ROOT / "samples" / "harbor-dns.pdf", *ON_SAMPLE, cwd=tmp_path)
    assert "ACT BY   Fri 29 Jan 2027" in report


@pytest.mark.slow
def test_a_plain_checkout_runs_without_being_installed() -> None:
    where = run(sys.executable, "-c", WHERE, cwd=ROOT, PYTHONPATH=str(ROOT)).splitlines()
    assert [Path(w) for w in where[:2]] == [ROOT / "rules", ROOT / "app.py"]
    assert "ACT BY   Fri 29 Jan 2027" in run(sys.executable, "-m", "contractlens", "review", "samples/harbor-dns.pdf", *ON_SAMPLE, cwd=ROOT)
