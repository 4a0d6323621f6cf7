"""Review many files. A bad one becomes a review with an `error`, never a stop."""

from __future__ import annotations

import hashlib
import os
import signal
import sys
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from multiprocessing import get_context
from pathlib import Path
from types import ModuleType

from contractlens.advice.finding import DocumentSummary, Review, ReviewError
from contractlens.advice.reviewing import playbook, review_document
from contractlens.documents import Document, View, open_document
from contractlens.documents.opening import SUFFIXES
from contractlens.errors import DocumentError, RuleError, UsageError
from contractlens.rulebook import Rulebook

AnyPath = str | os.PathLike[str]


@dataclass(frozen=True, slots=True)
class _Options:
    effective_date: date | None
    today: date
    rules: str | None
    we: str | None
    view: View = "accepted"


def scan(
    paths: AnyPath | Iterable[AnyPath],
    *,
    jobs: int = 1,
    effective_date: date | None = None,
    today: date | None = None,
    rules: AnyPath | None = None,
    we: str | None = None,
    view: View = "accepted",
) -> Iterator[Review]:
    """One review for each path, in any order; of a folder, one for each file in it that can be read, however deep.

    A file that cannot be read gives a review whose `error` says why. `jobs` is how many processes read at once.
    """
    if jobs < 1:
        raise UsageError(f"--jobs {jobs}: it takes at least one process to read")
    options = _Options(effective_date, today or date.today(), os.fspath(rules) if rules else None, we, view)
    rulebook = playbook(
        options.rules
    )  # here too where workers load their own, so that a faulty rule is one error and not one for each file
    found = files_in(paths)
    if jobs == 1 or len(found) == 1:
        return (_review_file(path, rulebook, options) for path in found)
    return _in_parallel(found, rulebook, options, jobs)


def files_in(paths: AnyPath | Iterable[AnyPath]) -> list[str]:
    """The files to read, as they were named; those of a folder sorted, without hidden ones and the locks of open Word files."""
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
        files.extend(os.path.join(folder, n) for n in sorted(names) if n.lower().endswith(SUFFIXES) and not n.startswith((".", "~$")))
    return files


def _review_file(path: str, rulebook: Rulebook, options: _Options) -> Review:
    """The review of one file, whatever happens."""
    document: Document | None = None
    try:
        document = open_document(path, view=options.view)
        review = review_document(document, rulebook, effective_date=options.effective_date, today=options.today, we=options.we)
    except (RuleError, UsageError):
        raise  # the fault of the call, and so of every file
    except DocumentError as error:
        return _not_read(path, error.kind, str(error), document)
    except Exception as error:  # whatever one document brings about must not cost the others their review
        message = f"{_printable(Path(path).name)}: it was opened, but something in it stopped the review ({type(error).__name__}: {error})."
        return _not_read(path, "unreadable", message, document)
    named = {"name": _printable(review.document.name), "path": _printable(path)}
    return review.model_copy(update={"document": review.document.model_copy(update=named)})


def _not_read(path: str, kind: str, message: str, document: Document | None = None) -> Review:
    name = Path(path).name
    known = {"sha256": _sha256(path)} if document is None else {
        "sha256": document.source.sha256,
        "media_type": document.source.media_type,
        "pages": document.pages,
        "text_source": document.text_source,
    }  # fmt: skip
    summary = DocumentSummary.model_validate({"name": _printable(name), "path": _printable(path), **known})
    return Review(document=summary, error=ReviewError.model_validate({"kind": kind, "message": _printable(message)}))


def _sha256(path: str) -> str | None:
    try:
        with open(path, "rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return None


def _printable(text: str) -> str:
    """The text without the stand-ins that Python uses for a file name that is no UTF-8: they cannot be written as JSON."""
    return text.encode("utf-8", "replace").decode()


# ---- several processes: a worker that dies takes its whole pool with it, so what was under way is read again, one by one


def _in_parallel(paths: Sequence[str], rulebook: Rulebook, options: _Options, jobs: int) -> Iterator[Review]:
    waiting = deque(paths)
    while waiting:
        under_way: dict[Future[Review], str] = {}
        pool = _pool(min(jobs, len(waiting)), options)
        try:
            while waiting or under_way:
                while waiting and len(under_way) < 3 * jobs:
                    with _without_main():
                        under_way[pool.submit(_in_worker, waiting[0])] = waiting[0]
                    waiting.popleft()
                done, _ = wait(under_way, return_when=FIRST_COMPLETED)
                for future in done:
                    result = future.result()
                    del under_way[future]
                    yield result
        except BrokenProcessPool:
            pool.shutdown(wait=False, cancel_futures=True)
            yield from _one_by_one(list(under_way.values()), rulebook, options)
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


def _one_by_one(paths: Sequence[str], rulebook: Rulebook, options: _Options) -> Iterator[Review]:
    """Each path in a process of its own, so that the guilty one is known; here where no process can be started at all."""
    pool: ProcessPoolExecutor | None = None
    for path in paths:
        if pool is None:
            pool = _pool(1, options)
            try:
                with _without_main():
                    pool.submit(_ready).result()
            except BrokenProcessPool:
                yield from (_review_file(p, rulebook, options) for p in paths[paths.index(path) :])
                return
        try:
            yield pool.submit(_in_worker, path).result()
        except BrokenProcessPool:
            pool.shutdown(wait=False)
            pool = None
            message = f"{Path(path).name}: reading it ended the process that read it. The file may be damaged, or too large for memory."
            yield _not_read(path, "unreadable", message)
    if pool:
        pool.shutdown(wait=False)


def _pool(jobs: int, options: _Options) -> ProcessPoolExecutor:
    # Never fork: pdfium and threads do not survive it.
    return ProcessPoolExecutor(jobs, mp_context=get_context("spawn"), initializer=_start_worker, initargs=(options,))


@contextmanager
def _without_main() -> Iterator[None]:
    """Hide the caller's script while a worker starts.

    A spawned process runs the main script again. Ours needs nothing from it, and a script that calls `scan` without
    `if __name__ == "__main__"`, or that came from standard input, would break every worker.
    """
    main = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = main


_worker: tuple[Rulebook, _Options] | None = None


def _start_worker(options: _Options) -> None:
    global _worker
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, which ends us
    _worker = playbook(options.rules), options


def _in_worker(path: str) -> Review:
    assert _worker, "the pool's initializer has run"
    return _review_file(path, *_worker)


def _ready() -> bool:
    return True
