"""Review many files. A bad one becomes a review with an `error`, never a stop."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, ThreadPoolExecutor, wait
from datetime import date

from contractlens.advice.finding import Review
from contractlens.advice.reviewing import playbook
from contractlens.documents.opening import SUFFIXES
from contractlens.errors import RuleError, UsageError
from contractlens.portfolio import workers
from contractlens.portfolio.worker import at_path, not_read, sha256_of
from contractlens.portfolio.workers import Options, review_apart, review_here

AnyPath = str | os.PathLike[str]
TIMEOUT = 300.0  # seconds that one document may take, unless told otherwise
AHEAD = 3  # documents under way for each job: more would only wait, and take memory


def scan(
    paths: AnyPath | Iterable[AnyPath],
    *,
    jobs: int = 1,
    executor: Executor | None = None,
    timeout: float | None = TIMEOUT,
    memory: int | None = None,
    effective_date: date | None = None,
    today: date | None = None,
    rules: AnyPath | None = None,
    we: str | None = None,
) -> Iterator[Review]:
    """One review for each path, in any order, as they come; of a folder, one for each agreement in it, however deep.

    A file that cannot be read gives a review whose `error` says why, as does one that takes longer than `timeout` seconds or more than
    `memory` megabytes. `jobs` is how many are read at once, each in a process of its own; another `executor` (of threads, of processes, of a
    cluster) has its own workers, and `jobs` is then how many it has. Files of the same bytes are read once.
    """
    if jobs < 1:
        raise UsageError(f"--jobs {jobs}: it takes at least one process to read")
    options = Options(today or date.today(), effective_date, os.fspath(rules) if rules else None, we, timeout, memory)
    groups = twins(files_in(paths))
    if executor:
        playbook(options.rules)  # the workers load their own; a faulty rule is one error here, and not one for each file
        return _spread(groups, options, executor, jobs)
    if len(groups) == 1 and timeout == TIMEOUT and memory is None:
        playbook(options.rules)
        return (at_path(review, path) for group in groups for review in [review_here(group[0], options)] for path in group)
    workers.start(options)
    return _in_processes(groups, options, jobs)


def files_in(paths: AnyPath | Iterable[AnyPath]) -> list[str]:
    """The files to read, as they were named; those of a folder sorted, without hidden ones and what is no agreement by its name."""
    if isinstance(paths, str | os.PathLike):
        paths = [paths]
    named = [os.fspath(path) for path in paths]
    return [file for path in named for file in (_files_below(path) if os.path.isdir(path) else [path])]


def _files_below(top: str) -> list[str]:
    files: list[str] = []

    def unreadable(error: OSError) -> None:
        files.append(str(error.filename))  # a folder that may not be opened is told as a file that may not

    for folder, folders, names in os.walk(top, onerror=unreadable):
        folders[:] = sorted(f for f in folders if not f.startswith((".", "__MACOSX")))
        files.extend(os.path.join(folder, name) for name in sorted(names) if _may_be_agreement(name))
    return files


def _may_be_agreement(name: str) -> bool:
    """Not hidden, not the lock of an open Word file, not a README, and of a kind that is read."""
    stem, suffix = os.path.splitext(name.lower())
    return suffix in SUFFIXES and not name.startswith((".", "~$")) and stem != "readme"


def twins(paths: Sequence[str]) -> list[list[str]]:
    """The paths, those of the same bytes together. Only files of the same size are compared."""
    by_size: dict[int, int] = {}
    sizes = [_size(path) for path in paths]
    for size in sizes:
        by_size[size] = by_size.get(size, 0) + 1
    groups: dict[str, list[str]] = {}
    for path, size in zip(paths, sizes, strict=True):
        same = sha256_of(path) if size > 0 and by_size[size] > 1 else None
        groups.setdefault(same or f"path {path}", []).append(path)
    return list(groups.values())


def _size(path: str) -> int:
    try:
        return os.stat(path).st_size
    except OSError:
        return -1


def _in_processes(groups: Sequence[list[str]], options: Options, jobs: int) -> Iterator[Review]:
    """Each thread waits for a process of its own."""
    threads = ThreadPoolExecutor(min(jobs, len(groups) or 1), thread_name_prefix="contractlens")
    try:
        yield from _spread(groups, options, threads, jobs)
    finally:
        threads.shutdown(wait=False, cancel_futures=True)
        workers.end_workers(options)


def _spread(groups: Sequence[list[str]], options: Options, executor: Executor, jobs: int) -> Iterator[Review]:
    waiting = deque(groups)
    under_way: dict[Future[Review], list[str]] = {}
    try:
        while waiting or under_way:
            while waiting and len(under_way) < AHEAD * jobs:
                group = waiting.popleft()
                under_way[executor.submit(review_apart, group[0], options)] = group
            done, _ = wait(under_way, return_when=FIRST_COMPLETED)
            for future in done:
                group = under_way.pop(future)
                review = _result(future, group[0])
                yield from (at_path(review, path) for path in group)
    finally:
        for future in under_way:
            future.cancel()


def _result(future: Future[Review], path: str) -> Review:
    try:
        return future.result()
    except (RuleError, UsageError):
        raise
    except ImportError as error:
        raise UsageError(f"The workers cannot review: ContractLens is not installed there, or another version of it ({error}).") from None
    except Exception as error:  # what an executor tells of a machine that was lost
        message = f"{os.path.basename(path)}: the machine that read it did not answer ({type(error).__name__}: {error}). Scan it again."
        return not_read(path, "unreadable", message)
