"""The app's door: which pages there are, and what holds for all of them.

The pages are in `app_pages`. They draw what the package returns, and what they show the command line prints too.
"""

from __future__ import annotations

import streamlit as st

from app_pages import desk, drawing

PAGES = ("review", "redlines", "calculator", "deadlines", "rules")
ICON = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect x="5" y="2" width="22" height="28" rx="3" fill="#1f5a8a"/>
<path d="M10 10h12M10 22h8" stroke="#fff" stroke-width="2"/><path d="M9 16h14" stroke="#ffdd57" stroke-width="5"/></svg>"""


@drawing.guarded
def main() -> None:
    drawing.style()
    pages = [st.Page(f"app_pages/{name}.py", title=name.capitalize(), default=name == "review") for name in PAGES]
    st.navigation(pages, position="top").run()
    desk.our_rules()  # read while the first page is looked at, so that the first file does not wait for them


st.set_page_config(page_title="ContractLens", page_icon=ICON, layout="wide", initial_sidebar_state="collapsed")
main()
