"""What to ask for, finding by finding: which words, as edited, as the vendor will see them; and the files to send."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from app_pages import adding, desk, letters
from app_pages.drawing import COLOURS, foot, guarded, here, html, masthead, plain
from app_pages.formats import written
from app_pages.letters import WORD
from contractlens.advice.finding import Finding, Redline, Review
from contractlens.exports import outline
from contractlens.exports.html import escape
from contractlens.exports.sheets import as_change
from contractlens.redlining import Asked, Choice, ask, choices_to_json, key_of
from contractlens.redlining.asking import Format
from contractlens.redlining.marking import AUTHOR

POSITIONS = {"preferred": "Preferred", "fallback": "Fallback", "none": "Leave as it is"}

# On a phone the words stand below the list: brings them into view when another finding is opened.
_TO_THE_WORDS = """
let seen = '';
export default function ({ data }) {
  if (data.opened && data.opened !== seen && window.innerWidth <= 640) document.querySelector('.st-key-card-editor')?.scrollIntoView({ block: 'start' });
  seen = data.opened;
}
"""
_to_the_words = st.components.v2.component("contractlens_to_the_words", js=_TO_THE_WORDS)
STATES = {"preferred": "preferred", "fallback": "fallback", "none": "left as it is"}
PRESETS = {"all": ("high", "medium", "low"), "high and medium": ("high", "medium"), "high only": ("high",), "nothing": ()}


def page() -> None:
    if not desk.readable():
        masthead("Redlines")
        adding.nothing_yet("Here you choose what to ask for, edit the words, and take them away as tracked changes, as a memo or as an e-mail.")
        foot()
        return
    title, chooser = st.columns(2, gap="medium", vertical_alignment="center")
    with chooser:
        agreement = adding.switcher() or desk.readable()[0]
    with title:
        masthead("Redlines", beside=agreement.name)
    editor(agreement.key)
    foot()


@st.fragment
@guarded
def editor(key: str) -> None:
    agreement = desk.agreements()[key]
    review = desk.review(agreement)
    found = [f for f in outline.by_urgency(review.findings) if f.redlines]
    if not found:
        st.info("This agreement has no finding with words to ask for.", icon=":material/info:")
        return
    files(agreement, found)
    left, right = st.columns([5, 7], gap="large")
    now = next((f for f in found if key_of(f) == st.session_state.get("redline")), found[0])
    with left:
        _presets(agreement, found)
        _list(agreement, found, now)
    with right, st.container(border=True, key="card-editor"):
        _editor(agreement, now)
        _to_the_words(data={"opened": st.session_state.get("redline")}, key="to the words")


# ---- what is chosen


def choice_of(agreement: desk.Agreement, finding: Finding) -> Choice:
    return agreement.choices.get(key_of(finding), Choice())


def _choose(agreement: desk.Agreement, finding: Finding, position: str) -> None:
    key = key_of(finding)
    agreement.choices[key] = Choice(position, agreement.words.get((key, position)))  # type: ignore[arg-type]


def _presets(agreement: desk.Agreement, found: list[Finding]) -> None:
    def apply() -> None:
        wanted = PRESETS[st.session_state["preset"] or "all"]
        for finding in found:
            asked = choice_of(agreement, finding).position
            _choose(agreement, finding, "none" if finding.severity not in wanted else "preferred" if asked == "none" else asked)

    asked = {f.severity for f in found if choice_of(agreement, f).position != "none"}
    whole = [name for name, wanted in PRESETS.items() if all((choice_of(agreement, f).position != "none") == (f.severity in wanted) for f in found)]
    st.session_state["preset"] = whole[0] if whole and (asked or whole[0] == "nothing") else whole[-1] if whole else None
    st.segmented_control("Ask for", list(PRESETS), format_func=str.capitalize, key="preset", on_change=apply, wrap=True)


def _list(agreement: desk.Agreement, found: list[Finding], now: Finding) -> None:
    with st.container(key="findings-list", gap=None):
        for number, finding in enumerate(found):
            choice = choice_of(agreement, finding)
            state = STATES[choice.position] + (", edited" if choice.text and choice.position != "none" else "")
            bold = "**" if finding is now else ""
            label = f":{COLOURS[finding.severity]}[**{finding.severity.upper()}**]  {bold}{plain(finding.title)}{bold}  :gray[{state}]"
            with st.container(key="finding-open" if finding is now else f"finding-{number}"):
                st.button(label, key=f"redline {agreement.key} {key_of(finding)} {number}", type="tertiary", width="stretch", on_click=_open, args=(key_of(finding),))


def _open(key: str) -> None:
    st.session_state["redline"] = key


# ---- one finding


def _editor(agreement: desk.Agreement, finding: Finding) -> None:
    key, choice = key_of(finding), choice_of(agreement, finding)
    html(f'<div class="card"><p class="kicker">{escape(outline.place(finding) or "New clause")}</p></div><div class="told"><p><b>{escape(written(finding.meaning))}</b></p></div>')
    positions = [p for p in POSITIONS if p == "none" or outline.redline(finding, p)]
    field = f"position {agreement.key} {key}"
    st.session_state[field] = choice.position if choice.position in positions else positions[0]

    def move() -> None:
        _choose(agreement, finding, st.session_state[field] or "none")

    st.segmented_control("Which words to ask for", positions, format_func=POSITIONS.__getitem__, key=field, on_change=move, required=True, wrap=True)
    line = outline.redline(finding, choice.position)
    if line is None:
        st.caption("The clause stays as it is; nothing is asked for here.")
        return
    _words(agreement, finding, line, choice)


def _words(agreement: desk.Agreement, finding: Finding, line: Redline, choice: Choice) -> None:
    key = key_of(finding)
    field = f"words {agreement.key} {key} {line.position}"

    def keep() -> None:
        words = st.session_state[field].strip()
        if words and words != line.text:
            agreement.words[key, line.position] = words
        else:
            agreement.words.pop((key, line.position), None)
            st.session_state.pop(field, None)
        _choose(agreement, finding, line.position)

    def reset() -> None:
        st.session_state[field] = line.text
        keep()

    st.text_area(f"The wording, {outline.instead_of(line)}", value=choice.text or line.text, key=field, on_change=keep, height=170)
    html(f'<p class="told why">As the vendor will see it</p><div class="tracked">{as_change(finding, line.model_copy(update={"text": choice.text or line.text}))}</div>')
    if line.note:
        html(f'<p class="told why"><b>Why, as a comment beside it:</b> {escape(line.note)}</p>')
    if choice.text:
        st.button("Back to the suggested words", on_click=reset, icon=":material/undo:", key=f"reset {field}")


# ---- the files


@st.cache_data(max_entries=12, ttl="1h", show_spinner=False, scope="session")
def made(_review: Review, _data: bytes, key: tuple[object, ...], format: Format, author: str, comments: bool) -> Asked:
    """What to send; `key` stands for the agreement and what was chosen."""
    return ask(_review, _data, when=desk.stamp(), format=format, author=author, comments=comments)


def files(agreement: desk.Agreement, found: list[Finding]) -> None:
    """The next step: take away what was chosen."""
    review, is_word = desk.asked(agreement), "word" in (desk.review(agreement).document.media_type or "")
    author, comments = st.session_state.get("author") or AUTHOR, st.session_state.get("comments", True)  # of the fields below
    key = (agreement.key, agreement.effective_date, desk.today(), desk.rules_key(), tuple(sorted(agreement.choices.items(), key=lambda c: c[0])))

    def asked_as(format: Format) -> Asked:
        return made(review, agreement.data, key, format, author, comments)

    with st.container(horizontal=True, key="files"):
        if is_word:
            _file(agreement, asked_as("docx"), "docx", first=True)
        _file(agreement, asked_as("memo"), "memo", first=not is_word)
        with st.popover("E-mail", icon=":material/alternate_email:"):
            _file(agreement, asked_as("email"), "email", first=False)
            st.code(asked_as("email").data.decode(), language=None, wrap_lines=True)
        with st.popover("Letters", icon=":material/mail:"):
            letters.of_the_agreement(agreement)
        with st.popover("Options", icon=":material/tune:"):
            _options(agreement, is_word=is_word)
    count = sum(choice_of(agreement, f).position != "none" for f in found)
    asked = asked_as("docx")
    st.caption(f"{count} of {len(found)} findings are asked for." + (f" {len(asked.left_out)} of them are left out." if asked.left_out else ""))
    if len(asked.told(agreement.name)) > 1:
        with st.expander("What is left out, and why" if asked.left_out else "What to know before you send it"):
            st.markdown("\n".join(f"- {plain(here(line))}" for line in asked.told(agreement.name)[1:]))


def _options(agreement: desk.Agreement, *, is_word: bool) -> None:
    st.text_input("Whose changes they are", key="author", placeholder=AUTHOR, persist_state="session", width=320)
    if is_word:
        st.checkbox("With the reasons as comments", value=True, key="comments", persist_state="session")
    if agreement.choices:
        st.download_button(
            "Your choices (JSON)", choices_to_json(agreement.choices), file_name=f"{Path(agreement.name).stem}.edits.json", mime="application/json",
            icon=":material/data_object:", on_click="ignore", help="For the command line: contractlens redline FILE --edits, with the same dates and rules.",
        )  # fmt: skip


def _file(agreement: desk.Agreement, asked: Asked, format: Format, *, first: bool) -> None:
    stem, ending = Path(agreement.name).stem, Path(agreement.name).suffix.lower()
    names = {"docx": f"{stem}.redlined{ending}", "memo": f"{stem}.memo.docx", "email": f"{stem}.email.txt"}
    labels = {"docx": "Word with tracked changes", "memo": "Memo to the vendor (Word)", "email": "E-mail (text)"}
    st.download_button(
        labels[format], asked.data, file_name=names[format], mime="text/plain" if format == "email" else WORD, type="primary" if first else "secondary",
        icon=":material/download:", on_click="ignore", disabled=not asked.count, help=None if asked.count else "Nothing is asked for.", key=f"file {format}",
    )  # fmt: skip


page()
