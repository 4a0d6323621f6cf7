"""Real calendars to import into: khal, and a Radicale server on this machine."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import icalendar
import pytest


def read(data: bytes | str) -> list[icalendar.Event]:
    return list(icalendar.Calendar.from_ical(data).walk("VEVENT"))


def khal_in(folder: Path) -> Callable[..., str]:
    """khal, with a calendar `renewals` of its own in the folder."""
    (folder / "store").mkdir()
    form = "%Y-%m-%d"
    (folder / "conf").write_text(
        f"[calendars]\n[[renewals]]\npath = {folder / 'store'}\ntype = calendar\n"
        f"[locale]\ntimeformat = %H:%M\ndateformat = {form}\nlongdateformat = {form}\ndatetimeformat = {form} %H:%M\n"
        f"longdatetimeformat = {form} %H:%M\n[sqlite]\npath = {folder / 'khal.db'}\n"
    )

    def khal(*call: str) -> str:
        code = "import sys; from khal.cli import main_khal; main_khal()"
        return subprocess.run([sys.executable, "-c", code, "-c", str(folder / "conf"), *call], check=True, capture_output=True, text=True).stdout

    return khal


@pytest.fixture
def radicale(tmp_path: Path) -> Iterator[str]:
    """The address of a Radicale server that lets anyone in."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        host = f"127.0.0.1:{free.getsockname()[1]}"
    (tmp_path / "radicale.ini").write_text(
        f"[server]\nhosts = {host}\n[auth]\ntype = none\n[rights]\ntype = authenticated\n"
        f"[storage]\nfilesystem_folder = {tmp_path / 'kept'}\n"
    )
    server = subprocess.Popen(
        [sys.executable, "-m", "radicale", "--config", str(tmp_path / "radicale.ini")], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        for _ in range(200):
            try:
                socket.create_connection(tuple(host.split(":")), timeout=1).close()
                break
            except OSError:
                assert server.poll() is None, "the server did not start"
                time.sleep(0.1)
        yield f"http://{host}"
    finally:
        server.terminate()
        server.wait(10)


def request(method: str, url: str, data: bytes | None = None) -> tuple[int, bytes]:
    headers = {"Content-Type": "text/calendar; charset=utf-8", "Authorization": "Basic bGVhZDpsZWFk"}  # lead:lead
    with urllib.request.urlopen(urllib.request.Request(url, data, headers, method=method), timeout=20) as answer:
        return answer.status, answer.read()
