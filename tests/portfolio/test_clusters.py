"""A scan on other executors than our own: threads, processes, and a Dask cluster of two workers on this machine."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest

from contractlens.advice.finding import Review
from contractlens.errors import UsageError
from contractlens.portfolio import clusters
from contractlens.portfolio.scanning import files_in, scan
from contractlens.portfolio.workers import Options, review_here
from tests.portfolio.agreements import AGREEMENT

TODAY = date(2026, 11, 21)


class Lost(Executor):
    """An executor whose machine is lost with every document."""

    def submit(self, *_: object, **__: object) -> Future[Review]:  # type: ignore[override]
        lost: Future[Review] = Future()
        lost.set_exception(ConnectionError("the worker is gone"))
        return lost


@pytest.fixture
def cluster() -> Iterator[str]:
    """The address of a Dask scheduler with two workers, each a process with one thread."""
    distributed = pytest.importorskip("distributed")
    path = os.environ.get("PYTHONPATH", "")
    os.environ["PYTHONPATH"] = os.pathsep.join([str(Path(__file__).resolve().parents[2]), path])
    try:
        with distributed.LocalCluster(2, threads_per_worker=1, dashboard_address=None, silence_logs=50) as local:
            yield local.scheduler_address
    finally:
        os.environ["PYTHONPATH"] = path


@pytest.mark.usefixtures("faulty_workers")
def test_any_executor_takes_the_same_work(folder: Path) -> None:
    (folder / "crash.txt").write_text(AGREEMENT + "1")
    with ThreadPoolExecutor(2) as threads:
        reviews = list(scan(folder, executor=threads, jobs=2, today=TODAY))
    assert {r.document.name: r.error is None for r in reviews}["crash.txt"] is False
    assert len(reviews) == 5


def test_a_machine_that_is_lost_costs_its_documents_and_not_the_scan(folder: Path) -> None:
    reviews = list(scan(folder, executor=Lost(), today=TODAY))
    assert len(reviews) == 4
    assert all(r.error and "did not answer" in r.error.message for r in reviews)


@pytest.mark.slow
def test_a_dask_cluster_of_two_workers_reads_what_processes_here_read(folder: Path, cluster: str) -> None:
    for n in range(4):
        (folder / f"more{n}.txt").write_text(f"{AGREEMENT}\n3. Notices. Number {n}.\n")
    here = {path: review_here(path, Options(TODAY)) for path in files_in(folder)}
    with clusters.executor_at(cluster) as (executor, jobs):
        assert jobs == 2
        there = {r.document.path: r for r in scan(folder, executor=executor, jobs=jobs, today=TODAY)}
        assert there == here
        (folder / "more0.txt").write_text(AGREEMENT.replace("99.9%", "99.5%"))
        (again,) = scan(folder / "more0.txt", executor=executor, jobs=jobs, today=TODAY)
    assert again.terms
    assert again.terms.uptime[0].percent == 99.5, "a file that changed is read again, and not answered from memory"


def test_an_address_where_nothing_answers_and_a_missing_extra_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("distributed")
    monkeypatch.setattr(clusters, "PATIENCE", 0.5)
    for address in ("tcp://127.0.0.1:9", "nonsense://x"):
        with pytest.raises(UsageError, match="no Dask scheduler answers"), clusters.executor_at(address):
            pass
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(UsageError, match=r"contractlens\[cluster\]"), clusters.executor_at("tcp://127.0.0.1:9"):
        pass
