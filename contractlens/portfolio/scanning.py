"""Review many files. A bad one becomes a review with an `error`, never a stop."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Generator, Iterable, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from datetime import date
from functools import cache
from types import MappingProxyType
from typing import Unpack
from uuid import uuid4

from contractlens.advice.finding import Review
from contractlens.apart import MEMORY, TIMEOUT
from contractlens.documents.kinds import READABLE
from contractlens.documents.limits import Opening
from contractlens.errors import RuleError, UsageError
from contractlens.portfolio import workers
from contractlens.portfolio.keys import rules_hash
from contractlens.portfolio.register import Register
from contractlens.portfolio.results import at_path, sha256_of
from contractlens.portfolio.runs import Run
from contractlens.portfolio.workers import Options, ended, review_apart, review_here
from contractlens.values import Duration

AnyPath = str | os.PathLike[str]
AHEAD = 3  # documents under way for each job: more would only wait, and take memory


def scan(
    paths: AnyPath | Iterable[AnyPath],
    *,
    jobs: int = 1,
    executor: Executor | None = None,
    timeout: float | None = TIMEOUT,
    memory: int | None = MEMORY,
    register: Register | None = None,
    effective_date: date | None = None,
    today: date | None = None,
    rules: AnyPath | None = None,
    we: str | None = None,
    without: Collection[str] = (),
    house_limits: Mapping[str, Duration | float] = MappingProxyType({}),
    **opening: Unpack[Opening],
) -> Generator[Review, None, None]:
    """One review for each path, in any order, as they come; of a folder, one for each agreement in it, however deep.

    A file that cannot be read gives a review whose `error` says why, as does one that takes longer than `timeout` seconds or more than
    `memory` megabytes. `jobs` is how many are read at once, each in a process of its own; another `executor` (of threads, of processes, of a
    cluster) has its own workers, and `jobs` is then how many it has. Files of the same bytes are read once. With a `register`, a file that
    was seen is not read again, what was found is written down as it comes, and what a person corrected there counts. `without` names
    rules that say nothing, and `house_limits` go over those of the rules. `view`,
    `password` and `limits` say how each file is opened, as in `review`.
    """
    if jobs < 1:
        raise UsageError(f"--jobs {jobs}: it takes at least one process to read")
    roots = _named(paths)
    options = Options(
        today or date.today(), effective_date, os.path.abspath(rules) if rules else None, we, tuple(sorted({*without})), tuple(sorted(house_limits.items())), timeout, memory, rules_hash(rules), uuid4().hex, opening
    )
    groups = twins(files_in(roots))
    run = Run(register, roots, options) if register else None
    alone = len(groups) == 1 and not executor and timeout is None and memory is None

    @cache
    def prepare() -> None:
        """The workers load their own rules; a faulty one is one error here, and not one for each file."""
        if alone or executor:
            from contractlens.advice.reviewing import playbook

            playbook(options.rules)
        elif rules:
            workers.start(options)

    if not run:
        prepare()
    reading = _Reading(groups, options, run, prepare)
    if executor:
        return _spread(reading, executor, jobs)
    return _here(reading) if alone else _in_processes(reading, jobs)


def _named(paths: AnyPath | Iterable[AnyPath]) -> list[str]:
    return [os.fspath(path) for path in ([paths] if isinstance(paths, str | os.PathLike) else paths)]


def files_in(paths: AnyPath | Iterable[AnyPath]) -> list[str]:
    """The files to read, as they were named; those of a folder sorted, without hidden ones and what is no agreement by its name."""
    return [file for path in _named(paths) for file in (_files_below(path) if os.path.isdir(path) else [path])]


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
    return suffix in READABLE and not name.startswith((".", "~$")) and stem != "readme"


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
    except (OSError, ValueError):  # a name with a NUL byte
        return -1


# ---- who reads


@dataclass(frozen=True, slots=True)
class _Reading:
    """What a scan reads, and into which register; `prepare` is called before the first file that is not known."""

    groups: Sequence[list[str]]
    options: Options
    run: Run | None
    prepare: Callable[[], None]


def _here(reading: _Reading) -> Generator[Review, None, None]:
    """A single document needs no process of its own: what ends it takes nothing else along."""
    with ThreadPoolExecutor(1) as thread:
        yield from _spread(reading, thread, 1, review_here)


def _in_processes(reading: _Reading, jobs: int) -> Generator[Review, None, None]:
    """Each thread waits for a process of its own."""
    threads = ThreadPoolExecutor(jobs, thread_name_prefix="contractlens")
    try:
        yield from _spread(reading, threads, jobs)
    finally:
        threads.shutdown(wait=False, cancel_futures=True)


_UnderWay = dict[Future[Review], tuple[list[str], Options]]


def _spread(
    reading: _Reading, executor: Executor, jobs: int, review: Callable[[str, Options], Review] = review_apart
) -> Generator[Review, None, None]:
    """Give the documents to the executor, a few ahead of what it has done, and pass on what it makes of them as it comes."""
    under_way: _UnderWay = {}
    run = reading.run
    try:
        for group in reading.groups:
            known, how = run.known(group) if run else (None, reading.options)
            if known is not None:
                yield from known
                continue
            reading.prepare()
            under_way[executor.submit(review, os.path.abspath(group[0]), how)] = (group, how)
            while len(under_way) >= AHEAD * jobs:
                yield from _done(under_way, run)
        while under_way:
            yield from _done(under_way, run)
        if run:
            run.finish()
    finally:
        for future in under_way:
            future.cancel()
        workers.end(reading.options)


def _done(under_way: _UnderWay, run: Run | None) -> Generator[Review, None, None]:
    done, _ = wait(under_way, return_when=FIRST_COMPLETED)
    for future in done:
        group, options = under_way.pop(future)
        review = _result(future, group[0])
        yield from run.found(review, group, options.effective_date) if run else (at_path(review, path) for path in group)


def _result(future: Future[Review], path: str) -> Review:
    try:
        return future.result()
    except (RuleError, UsageError):
        raise
    except ImportError as error:
        raise UsageError(f"The workers cannot review: ContractLens is not installed there, or another version of it ({error}).") from None
    except Exception as error:  # what an executor tells of a machine that was lost
        message = f"{os.path.basename(path)}: the machine that read it did not answer ({type(error).__name__}: {error}). Scan it again."
        return ended(path, message)
