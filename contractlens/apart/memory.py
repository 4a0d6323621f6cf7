"""The most memory that a process which reads a document may take."""

from __future__ import annotations

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
