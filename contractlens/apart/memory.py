"""The memory of a process which reads documents: how much it may take, and when it is looked through for garbage."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

MB = 2**20


def limit_memory(megabytes: int) -> None:
    """Allow so much address space beside what is in use now. Systems that know no such limit go on without."""
    try:
        import resource

        in_use = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
        _, most = resource.getrlimit(resource.RLIMIT_AS)
        limit = in_use + megabytes * MB
        resource.setrlimit(resource.RLIMIT_AS, (limit if most == resource.RLIM_INFINITY else min(limit, most), most))
    except (ImportError, OSError, ValueError):
        return


@contextmanager
def no_collection() -> Iterator[None]:
    """Python's search for objects that only hold one another, put off: most of what a document makes lives until it is done.

    Searching it over and over takes a sixth of a review's time. The next search after it finds what the document leaves behind.
    """
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()
