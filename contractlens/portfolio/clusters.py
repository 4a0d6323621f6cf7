"""More machines than one: the executor of a Dask cluster (the extra `cluster`), which is given the same work as the processes here."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import contextmanager

from contractlens.errors import UsageError

PATIENCE = 15  # seconds for the scheduler to answer


@contextmanager
def executor_at(address: str) -> Iterator[tuple[Executor, int]]:
    """The executor of the Dask scheduler at `tcp://host:port`, and how many documents its workers read at once. Raises UsageError."""
    try:
        from distributed import Client
    except ImportError:
        raise UsageError("--scheduler needs Dask, which is not installed. Install it with:  pip install 'contractlens[cluster]'") from None
    try:
        client = Client(address, timeout=PATIENCE, set_as_default=False)
    except (OSError, ValueError, TypeError) as error:
        raise UsageError(f"{address}: no Dask scheduler answers there ({error}). Start one with  dask scheduler  and give its tcp:// address.") from None
    with client:
        try:
            client.wait_for_workers(1, timeout=PATIENCE)
            jobs = sum(client.nthreads().values())
        except TimeoutError:
            jobs = 0
        if not jobs:
            raise UsageError(f"{address}: the scheduler has no workers. Start some with:  dask worker {address}")
        yield client.get_executor(pure=False), jobs  # pure, the default, would answer a second question about a path with the first answer
