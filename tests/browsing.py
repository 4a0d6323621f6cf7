"""The app, running as a user starts it, and Chromium: for the tests in a browser, the benchmark, and the pictures of the README."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, Page, sync_playwright

CHROMIUM = os.environ.get("CONTRACTLENS_CHROMIUM") or shutil.which("chromium") or "/usr/bin/chromium"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"]
SOON = 60_000  # milliseconds, on a machine with other work


@contextmanager
def app_running() -> Iterator[str]:
    """Where `contractlens app` answers, started from a folder that has nothing to do with it."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    call = [sys.executable, "-m", "contractlens.cli", "app", "--server.headless=true", f"--server.port={port}"]
    with TemporaryDirectory() as folder, Path(folder, "log").open("w+") as log:
        server = subprocess.Popen(call, cwd=folder, stdout=log, stderr=log, start_new_session=True)
        try:
            _wait_for(f"http://127.0.0.1:{port}/_stcore/health", Path(log.name))
            yield f"http://127.0.0.1:{port}"
        finally:
            os.killpg(server.pid, signal.SIGTERM)
            server.wait(20)


def _wait_for(address: str, log: Path) -> None:
    for _ in range(600):
        try:
            urllib.request.urlopen(address).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError(log.read_text())


@contextmanager
def browser_running(chromium: str = CHROMIUM) -> Iterator[Browser]:
    with sync_playwright() as started:
        opened = started.chromium.launch(executable_path=chromium, args=FLAGS)
        yield opened
        opened.close()


def settled(page: Page) -> None:
    """Wait until the app has drawn all that it has to."""
    page.wait_for_timeout(500)
    page.wait_for_function("!document.querySelector('[data-testid=stStatusWidget], [data-testid=stSkeleton]')")
    page.wait_for_function("[...document.images].every(image => image.complete)")
    page.wait_for_timeout(500)
