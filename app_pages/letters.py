"""Letters to take away: the renewal stopped, a change objected to, a credit claimed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import streamlit as st

from app_pages import desk
from app_pages.drawing import here, plain
from app_pages.formats import written
from contractlens.errors import ContractLensError
from contractlens.letters import Kind, Letter, check_sender, letter
from contractlens.letters.facts import NOUNS
from contractlens.rulebook.loading import LETTERS

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def of_the_agreement(agreement: desk.Agreement) -> None:
    """The letters that need nothing but the agreement; the claim of a credit is on the Calculator page, where the outage is."""
    review, today = desk.review(agreement), desk.today()
    offer(agreement, "non-renewal", "Stop the renewal (Word)", partial(letter, review, "non-renewal", today=today))
    found = [what for what in NOUNS if any(change.what == what for change in (review.terms.changes if review.terms else ()))]
    what = found[0] if found else None
    if found[1:]:
        what = st.segmented_control("What the vendor changes", found, default=what, format_func=NOUNS.__getitem__, key=f"change {agreement.key}", required=True, persist_state="session")
    offer(agreement, "change-objection", "Object to a change (Word)", partial(letter, review, "change-objection", today=today, change=what))


def offer(agreement: desk.Agreement, kind: Kind, label: str, write: Callable[..., Letter], *, primary: bool = False) -> None:
    """One letter to take away, in the playbook's words, or why there is none; what must be known before it is sent stands below."""
    with _own_wording() as rules:
        try:
            check_sender(desk.review_unsided(agreement), kind, agreement.we)
            made = write(rules=rules)
        except ContractLensError as error:
            st.caption(plain(here(str(error).replace(f"{rules}/", ""))))
            return
    st.download_button(
        label, made.to_word(), file_name=f"{Path(agreement.name).stem}.{kind}.docx", mime=WORD, icon=":material/download:", on_click="ignore",
        type="primary" if primary else "secondary", key=f"letter {kind}",
    )  # fmt: skip
    for line in made.told:
        st.caption(plain(written(line)))


@contextmanager
def _own_wording() -> Iterator[str | None]:
    """A folder with the letters of this session's playbook, for as long as one is written; None where it has none."""
    own = desk.house().letters
    if not own:
        yield None
        return
    with TemporaryDirectory(prefix="contractlens-") as folder:
        Path(folder, LETTERS).mkdir()
        for name, data in own.items():
            Path(folder, LETTERS, name).write_bytes(data)
        yield folder
