"""Calls in processes apart: what they give back, what they raise, and what becomes of a process that is ended."""

from __future__ import annotations

import operator
import os
import signal
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from contractlens.apart import Crew, ProcessEnded, crew
from contractlens.documents import read_document
from contractlens.errors import DocumentError, RuleError, UsageError

APART = Crew(timeout=20, memory=300)


@pytest.fixture(autouse=True)
def _none_stays() -> Iterator[None]:
    crew.end_all()
    yield
    crew.end_all()


def lives(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


def test_calls_are_made_in_one_process_that_is_not_this_one() -> None:
    first, second = APART.call("a", os.getpid), APART.call("b", os.getpid)
    assert first == second != os.getpid()


def test_two_at_once_have_a_process_each() -> None:
    with ThreadPoolExecutor(2) as both:
        for call in [both.submit(APART.call, name, time.sleep, 1) for name in "ab"]:
            call.result()
    assert sum(map(len, crew._waiting.values())) == 2


def test_an_error_of_ours_comes_back_and_another_one_is_a_sentence() -> None:
    with pytest.raises(DocumentError, match="empty") as error:
        APART.call("a.txt", read_document, b"", "a.txt")
    assert error.value.kind == "unreadable"
    before = APART.call("b", os.getpid)
    with pytest.raises(DocumentError, match=r"^odd\.pdf: it was opened, but something in it stopped the review \(ZeroDivisionError\)\.$"):
        APART.call("odd.pdf", operator.truediv, 1, 0)
    assert APART.call("b", os.getpid) == before, "the process goes on"


@pytest.mark.parametrize(
    ("function", "given", "kind", "says"),
    [
        pytest.param(time.sleep, 60, "timed_out", "took longer than 0.5 seconds", id="too long"),
        pytest.param(bytearray, 10**10, "too_large", "needs more than the 300 MB", id="too much memory"),
        pytest.param(os._exit, 1, "unreadable", "ended the process", id="a crash"),
    ],
)
def test_harm_is_a_sentence_and_the_next_call_has_another_process(function: object, given: int, kind: str, says: str) -> None:
    hasty = Crew(timeout=0.5, memory=300)
    before = APART.call("a", os.getpid)
    with pytest.raises(DocumentError, match=says) as error:
        hasty.call("bad.pdf", function, given)  # type: ignore[arg-type]
    assert error.value.kind == kind
    assert isinstance(error.value, ProcessEnded) == (kind == "unreadable")
    after = APART.call("a", os.getpid)
    assert after != before
    assert not lives(before)


def test_what_was_begun_is_used_and_begun_anew_where_it_ended() -> None:
    APART.begin()
    APART.begin()
    (waiting,) = crew._waiting[APART]
    assert APART.call("a", os.getpid) == waiting.process.pid
    os.kill(waiting.process.pid, signal.SIGKILL)
    waiting.process.wait()
    APART.begin()
    (another,) = crew._waiting[APART]
    assert APART.call("a", os.getpid) == another.process.pid != waiting.process.pid


def test_as_many_wait_as_were_asked_for_and_no_more_than_may_be_there() -> None:
    crew.end_all()
    APART.begin(3, waiting=2)
    first, second = crew._waiting[APART]
    APART.begin(3, waiting=2)
    assert crew._waiting[APART] == [first, second]
    APART.begin(2, waiting=5)
    assert crew._waiting[APART] == [first, second], "two may be there"
    assert APART.call("a", os.getpid) in (first.process.pid, second.process.pid)


def test_rules_that_cannot_be_loaded_are_told_and_leave_no_process() -> None:
    faulty = Crew(load="contractlens.advice.reviewing:playbook", given=("/no/such/folder",))
    with pytest.raises(RuleError, match="no such folder"):
        faulty.call("a", os.getpid)
    assert not crew._busy
    assert not crew._waiting[faulty]


def test_where_no_process_starts_the_call_is_made_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crew, "START", "raise SystemExit(1)")
    assert APART.call("a", os.getpid) == os.getpid()


def test_odd_limits_are_told() -> None:
    for odd in ({"timeout": 0.0}, {"memory": 0}):
        with pytest.raises(UsageError, match="give the"):
            Crew(**odd)  # type: ignore[arg-type]
