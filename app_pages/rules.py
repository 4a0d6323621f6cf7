"""The playbook to read, to try on a sentence, and to change for this session: rules on and off, house limits, rules of one's own."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

import streamlit as st

from app_pages import desk
from app_pages.drawing import COLOURS, category, foot, guarded, html, masthead, plain, sentence
from app_pages.formats import number
from contractlens.advice.naming import check_names
from contractlens.errors import RuleError
from contractlens.exports.html import escape
from contractlens.exports.rules import limit_notes
from contractlens.exports.words import clean
from contractlens.rulebook import Rule, Rulebook, load_rules
from contractlens.rulebook.adjusting import read_limit
from contractlens.rulebook.loading import LETTERS, NOT_RULES
from contractlens.rulebook.proving import Looked, explain
from contractlens.values import Duration

EXAMPLE = "This Agreement shall automatically renew for successive terms of one (1) year unless either party gives sixty (60) days' written notice."
MOST_WORDS = 1500  # of a text to try: a clause or two
MOST_FILES = 400


def page() -> None:
    kept = desk.house()
    head = st.empty()
    with head:
        masthead("Rules")  # at once: the rules take a moment when the app has just been started
    rules = desk.base_rules().rules
    with head:
        masthead("Rules", beside=f"{len(rules)} rules" + (f", with {kept.name}" if kept.playbook else ""))
    if kept.without or kept.limits:
        told, on, back = st.columns([5, 1.4, 1.4], vertical_alignment="center")
        told.info(f"In this session {_counted(len(kept.without), 'rule is', 'rules are')} off, and {_counted(len(kept.limits), 'limit differs', 'limits differ')}.", icon=":material/tune:")
        if on.button("Review with them", type="primary", width="stretch"):
            st.switch_page("app_pages/review.py")
        back.button("As in the playbook", on_click=_restore, width="stretch")
    playbook, trial, limits, own = st.tabs(["Playbook", "Try a sentence", "House limits", "A playbook of your own"])
    with playbook:
        read()
    with trial:
        try_out()
    with limits:
        set_limits()
    with own:
        load()
    foot()


def _counted(count: int, one: str, many: str) -> str:
    return f"{count or 'no'} {one if count == 1 else many}"


def _restore() -> None:
    kept = desk.house()
    kept.without.clear()
    kept.limits.clear()
    for key in [k for k in st.session_state if str(k).startswith(("rule on ", "limit "))]:
        del st.session_state[key]


# ---- the playbook


@guarded
def read() -> None:
    """Each rule that has something to say: what it looks for, why it matters, what to ask for."""
    rulebook = desk.base_rules()
    telling = [rule for rule in rulebook.rules.values() if rule.spec.findings or (rule.spec.missing and rule.spec.missing.severity)]
    subjects = list(dict.fromkeys(rule.spec.category for rule in telling if rule.spec.category))
    subject = st.pills("Subject", subjects, default=subjects[0] if subjects else None, format_func=category, key="rules of", wrap=True, persist_state="session")
    silent = len(rulebook.rules) - len(telling)
    st.caption(f"{len(telling)} rules have findings. One that is off says nothing, but what it reads still counts. {silent} more only read dates, figures and parties.")
    for rule in sorted(telling, key=lambda rule: rule.id):
        if subject is None or rule.spec.category == subject:
            _rule(rule)


def _rule(rule: Rule) -> None:
    spec, kept = rule.spec, desk.house()
    key = f"rule on {rule.id}"

    def switch() -> None:
        (kept.without.discard if st.session_state[key] else kept.without.add)(rule.id)

    with st.container(horizontal=True, vertical_alignment="top", key=f"rule {rule.id}"):
        told, on = st.container(width="stretch"), st.container(width="content", key=f"switch {rule.id}")
    on.toggle(f"{plain(spec.title)}: on", value=rule.id not in kept.without, key=key, on_change=switch, label_visibility="collapsed")
    with told.expander(f"**{plain(spec.title)}** :gray[{plain(rule.id)}{'' if spec.status == 'stable' else f' · {spec.status}'}]"):
        if spec.why_it_matters:
            st.markdown(plain(spec.why_it_matters))
        for found in spec.findings:
            when = found.when if isinstance(found.when, str) else " and ".join(found.when)
            case = "otherwise" if when == "anything else" else f"when {when.replace('_', ' ')}"
            st.markdown(f"- :{COLOURS[found.severity]}[**{found.severity.upper()}**] {plain(case)}: {plain(found.say)}")
        for name, line in (("Ask for", spec.redlines.preferred), ("Or else", spec.redlines.fallback)):
            if line:
                st.markdown(f"**{name}: {plain(line.label)}**")
                st.code(clean(line.wording), language=None, wrap_lines=True)
        for heading, examples in (("Fires on", spec.examples.should_match), ("Passes over", spec.examples.should_not_match)):
            if examples:
                st.markdown(f"**{heading}**\n\n" + "\n".join(f"- {plain(e.text)}" + (f" :gray[{plain(e.because)}]" if e.because else "") for e in examples[:3]))


# ---- a sentence to try


@st.fragment
@guarded
def try_out() -> None:
    """Which rules fire on a sentence, on which words, and which nearly did."""
    text = st.text_area("A sentence, or a few", value=EXAMPLE, key="trial", height=110, max_chars=12_000, persist_state="session")
    if len(text.split()) > MOST_WORDS:
        st.warning(f"Try at most {MOST_WORDS} words at a time; for a whole agreement there is the Review page.", icon=":material/warning:")
        return
    looked = explain(desk.base_rules(), text) if text.strip() else []
    looked.sort(key=lambda one: not desk.base_rules().rules[one.rule].spec.findings)  # what would be told to the reader comes first
    fired, near = [one for one in looked if one.matched], [one for one in looked if not one.matched]
    html(f'<div class="card"><p class="figure">{len(fired)} <small>{"rule fires" if len(fired) == 1 else "rules fire"}, {len(near)} nearly did</small></p></div>')
    for heading, ones in (("They fire", fired), ("They nearly did", near)):
        if ones:
            st.subheader(heading, anchor=False)
            html(f'<table class="figures">{"".join(_looked(one) for one in ones[:40])}</table>')


def _looked(one: Looked) -> str:
    groups = [f"{escape(name.replace('_', ' '))}: {', '.join(f'<mark>{escape(w)}</mark>' for w in words)}" for name, words in one.groups.items()]
    groups += [f"{escape(name.replace('_', ' '))} = <b>{escape(', '.join(values))}</b>" for name, values in one.values.items()]
    for slot in one.slots:
        filled = {"who": slot.who, "may": slot.may, "does": slot.does, "what": slot.what}
        groups.append(", ".join(f"{name} <mark>{escape(words)}</mark>" for name, words in filled.items() if words))
    why = f'<div class="soft">Not: {escape(sentence(one.why_not))}</div>' if one.why_not else ""
    met = "; ".join(g for g in groups if g)
    return f'<tr class="looked"><td><b>{escape(one.title)}</b> <span class="soft">{escape(one.rule)}</span><div>{met}</div>{why}</td></tr>'


# ---- house limits


@guarded
def set_limits() -> None:
    """The numbers that the rules hold an agreement against."""
    kept, base = desk.house(), desk.base_rules()
    st.caption("What you accept. A finding’s severity follows from these numbers; they hold for this session. To keep them, write them into a limits.yml of your own.")
    notes = limit_notes(base)
    limits = [*base.limits.items()]
    for first in range(0, len(limits), 3):
        for column, (name, ours) in zip(st.columns(3, gap="medium"), limits[first : first + 3], strict=False):
            with column:
                _limit(kept, name, ours, notes.get(name, ""))


def _limit(kept: desk.House, name: str, ours: Duration | float, note: str) -> None:
    key = f"limit {name}"
    now = kept.limits.get(name, ours)

    def keep() -> None:
        try:
            value = read_limit(st.session_state[key], ours)
        except ValueError:
            st.session_state["limit slip"] = name
            return
        st.session_state.pop("limit slip", None)
        if value == ours:
            kept.limits.pop(name, None)
        else:
            kept.limits[name] = value

    st.text_input(name.replace("_", " ").capitalize(), value=_written(now), key=key, on_change=keep, help=f"In the playbook: {_written(ours)}")
    if note:
        st.caption(plain(sentence(note)))
    if st.session_state.get("limit slip") == name:
        like = "30 days" if isinstance(ours, Duration) else number(99.9)
        st.caption(f":red[That is no limit. Write it like {like}.]")


def _written(limit: Duration | float) -> str:
    return limit.words() if isinstance(limit, Duration) else number(limit)


# ---- a playbook of one's own


@guarded
def load() -> None:
    """Read a folder of rules, which is laid over those that come with ContractLens."""
    st.caption("Choose the folder that holds your rules: termination/suspension.yml, limits.yml and so on. It is laid over ours, and holds for this session.")
    turn = st.session_state.setdefault("playbook turn", 0)
    files = st.file_uploader("A folder of rules", type=("yml", "yaml"), accept_multiple_files="directory", key=f"playbook {turn}")
    kept = desk.house()
    if files:
        given = [(f.name, f.getvalue()) for f in files]
        desk.use_playbook(read_folder(given), "a playbook of your own", len(files), letters_in(given))
        st.session_state["playbook turn"] = turn + 1
        st.rerun()
    if kept.playbook:
        st.success(f"{kept.files} files of your own are laid over ours. All agreements on the desk are reviewed with them.", icon=":material/check:")
        if st.button("Without them again"):
            desk.use_playbook(None)
            st.rerun()


def read_folder(files: Sequence[tuple[str, bytes]]) -> Rulebook:
    """The rules of an uploaded folder. It goes through a temporary one, which is gone when this returns. Raises RuleError."""
    if len(files) > MOST_FILES:
        raise RuleError(f"The folder holds {len(files)} files; a playbook has {MOST_FILES} at most. Choose the folder of your rules itself.")
    with TemporaryDirectory(prefix="contractlens-") as folder:
        top = _shared([PurePosixPath(name.replace("\\", "/")) for name, _ in files])
        for name, data in files:
            inside = [part for part in PurePosixPath(name.replace("\\", "/")).parts if part not in ("/", "..", ".")][top:]
            path = Path(folder, *inside)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        try:
            rulebook = load_rules(folder)
            check_names(rulebook)
        except RuleError as error:
            raise RuleError(str(error).replace(folder, "").lstrip("/")) from None
    return rulebook


def letters_in(files: Sequence[tuple[str, bytes]]) -> dict[str, bytes]:
    """The wording of letters in an uploaded folder, by the file's name."""
    paths = ((PurePosixPath(name.replace("\\", "/")), data) for name, data in files)
    return {path.name: data for path, data in paths if path.parent.name == LETTERS}


def _shared(paths: Sequence[PurePosixPath]) -> int:
    """How many folders stand above those of the rules: one where `my-rules` was chosen, none where it was `renewal` itself."""
    has_root = len({path.parts[0] for path in paths}) == 1 and all(len(path.parts) > 1 for path in paths)
    of_rules = any(len(path.parts) > 2 for path in paths) or all(path.name in NOT_RULES for path in paths)
    return 1 if has_root and of_rules else 0


page()
