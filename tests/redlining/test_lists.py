"""New clauses beside lists and tables."""

from __future__ import annotations

from datetime import UTC, datetime

from contractlens.documents.document import Source
from contractlens.documents.docx import read
from contractlens.redlining import Change, Marked, mark
from tests.redlining.building import faults, par, paragraphs, word

WHEN = datetime(2026, 11, 21, 9, tzinfo=UTC)
CLAUSE, ITEM = '<w:pStyle w:val="Clause"/>', '<w:pStyle w:val="Item"/>'
LIST = (
    par("4.1 Availability. The service is available.", properties=CLAUSE)
    + par("4.2 Exclusions. These do not count as an outage:", properties=CLAUSE)
    + par("(a) scheduled maintenance;", properties=ITEM)
    + par("(b) force majeure.", properties=ITEM)
)
NEXT = par("4.4 Credits. They are applied.", properties=CLAUSE)


def text_of(data: bytes) -> str:
    return read(data, Source("a.docx", "a.docx", "", "")).text


def original_of(data: bytes) -> str | None:
    return read(data, Source("a.docx", "a.docx", "", "")).original


def added(data: bytes, after: str, text: str = "Maintenance is announced.") -> Marked:
    start = text_of(data).index(after)
    done = mark(data, "a.docx", [Change(start, start + len(after), after, text, added=True, why="We ask.")], when=WHEN)
    assert list(faults(done.data)) == []
    return done


def test_after_an_item_the_new_clause_follows_the_whole_list_and_looks_like_a_clause() -> None:
    data = word(LIST + NEXT)
    for after in ("scheduled maintenance;", "force majeure.", "These do not count as an outage:"):
        done = added(data, after)
        assert text_of(done.data).split("\n\n")[3:] == ["(b) force majeure.", "4.3 Maintenance is announced.", "4.4 Credits. They are applied."]
        assert original_of(done.data) == text_of(data)
        assert CLAUSE in paragraphs(done.data)[4]
        assert paragraphs(done.data)[5] == NEXT


def test_where_something_else_follows_the_list_the_new_clause_stands_before_it() -> None:
    data = word(LIST + par("CREDITS", properties='<w:pStyle w:val="Heading"/>') + NEXT)
    done = added(data, "scheduled maintenance;")
    assert text_of(done.data).split("\n\n")[1:3] == ["4.3 Maintenance is announced.", "4.2 Exclusions. These do not count as an outage:"]
    assert original_of(done.data) == text_of(data)


def test_an_item_that_is_a_sentence_of_its_own_takes_a_new_one_after_it() -> None:
    data = word(par("4.1 Ending.", properties=CLAUSE) + par("(a) Either party may leave.", properties=ITEM) + par("(b) It renews.", properties=ITEM) + NEXT)
    assert text_of(added(data, "Either party may leave.").data).split("\n\n")[2] == "Maintenance is announced."


def test_after_a_row_of_figures_the_new_clause_follows_the_table() -> None:
    rows = "".join(f"<w:tr><w:tc>{par(a)}</w:tc><w:tc>{par(b)}</w:tc></w:tr>" for a, b in (("Below 99.9%", "10%"), ("Below 99%", "25%")))
    data = word(par("4.2 Credits are owed as follows.", properties=CLAUSE) + f"<w:tbl>{rows}</w:tbl>" + NEXT)
    done = added(data, "Below 99% | 25%")
    assert text_of(done.data).split("\n\n")[2:] == ["4.3 Maintenance is announced.", "4.4 Credits. They are applied."]
    assert original_of(done.data) == text_of(data)


def test_several_new_clauses_keep_their_order() -> None:
    data = word(LIST + NEXT)
    text = text_of(data)
    changes = [Change(text.index(a), text.index(a) + len(a), a, t, added=True) for a, t in (("force majeure.", "First."), ("scheduled maintenance;", "Second."), ("They are applied.", "Third."))]
    changes.append(Change(text.index("applied"), text.index("applied") + 7, "applied", "paid"))
    done = mark(data, "a.docx", changes, when=WHEN)
    assert list(faults(done.data)) == []
    assert text_of(done.data).split("\n\n")[4:] == ["4.3 First.", "4.2A Second.", "4.4 Credits. They are paid.", "4.5 Third."]
    assert original_of(done.data) == text
