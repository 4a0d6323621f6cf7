"""What the tests of the app share: the app as a user opens it, in Streamlit's own test runner."""

from __future__ import annotations

import html
import re
from datetime import date
from pathlib import Path

from streamlit.testing.v1 import AppTest

ROOT = Path(__file__).resolve().parents[1]
SAMPLES = ROOT / "samples"
TODAY = date(2026, 11, 21)


def started(today: date = TODAY) -> AppTest:
    """The app's first screen, seen from the day from which the samples are told."""
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=120)
    app.session_state["seen from"] = today
    return app.run()


def dropped(app: AppTest, *files: Path | tuple[str, bytes]) -> AppTest:
    """The files dropped one after the other."""
    for file in files:
        name, data = (file.name, file.read_bytes()) if isinstance(file, Path) else file
        app.file_uploader[0].upload(name, data).run()
    return app


def on_page(app: AppTest, name: str) -> AppTest:
    return app.switch_page(f"app_pages/{name}.py").run()


def pressed(app: AppTest, label: str) -> AppTest:
    """The first button whose label holds the words, pressed."""
    return next(b for b in app.button if label in b.label).click().run()


def words(app: AppTest) -> str:
    """All that stands on the page, as a reader reads it."""
    bodies = [re.sub(r"<[^>]+>", " ", e.value) for e in app.get("html") if not e.value.startswith("<style")]
    bodies += [e.value for kind in (app.markdown, app.caption, app.subheader, app.error, app.warning, app.info, app.success, app.code) for e in kind]
    return re.sub(r"\s+", " ", html.unescape(" ".join(bodies))).replace("\u2060", "").replace("\\", "")


def found(app: AppTest) -> list[str]:
    """The labels of the findings in the list."""
    return [b.label for b in app.button if b.label.startswith((":red[", ":orange[", ":blue["))]


def clean(app: AppTest) -> bool:
    """Whether nothing failed: no error of ours, no trace of anybody's."""
    return not app.error and not app.exception
