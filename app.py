"""The app's door: which pages there are, and what holds for all of them.

The pages are in `app_pages`. They draw what the package returns, and what they show the command line prints too.
"""

from __future__ import annotations

import os
from pathlib import Path

import streamlit as st

PAGES = ("review", "redlines", "calculator", "deadlines", "portfolio", "rules")
PAPER = """<rect x="5" y="2" width="22" height="28" rx="3" fill="#1f5a8a"/>
<path d="M10 10h12M10 22h8" stroke="#fff" stroke-width="2"/><path d="M9 16h14" stroke="#ffdd57" stroke-width="5"/>"""
ICON = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">{PAPER}</svg>'
LOGO = f"""<svg xmlns="http://www.w3.org/2000/svg" width="168" height="32" viewBox="0 0 168 32"><style>text {{ fill: #1c2430 }}
@media (prefers-color-scheme: dark) {{ text {{ fill: #e6e3dc }} }}</style>{PAPER}
<text x="36" y="22.5" font-family="Georgia, 'Liberation Serif', serif" font-size="20" font-weight="600">ContractLens</text></svg>"""


def alone() -> bool:
    """Whether only this machine reaches the app, and nobody said that others do: the portfolio reads folders, and writes a file, of this machine."""
    return st.get_option("server.address") in ("127.0.0.1", "::1", "localhost") and os.environ.get("CONTRACTLENS_PORTFOLIO") != "off"


def main() -> None:
    """The frame, which is there at once; then the page, whose parts take a moment to load when the app has just been started."""
    st.html(Path(__file__).with_name("app_pages") / "style.css")
    st.logo(LOGO, size="medium")
    shown = [name for name in PAGES if name != "portfolio" or alone()]
    page = st.navigation([st.Page(f"app_pages/{name}.py", title=name.capitalize(), default=name == "review") for name in shown], position="top")
    with st.spinner("Opening ContractLens …"):
        from app_pages import desk, drawing
    drawing.guarded(page.run)()
    desk.ready()  # while the page is looked at, so that the first file does not wait


st.set_page_config(page_title="ContractLens", page_icon=ICON, layout="wide", initial_sidebar_state="collapsed")
main()
