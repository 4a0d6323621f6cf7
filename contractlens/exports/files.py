"""A file written whole or not at all: whoever reads it while it is written sees the one before."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import NamedTemporaryFile

from contractlens.errors import UsageError


@contextmanager
def in_place_of(path: Path) -> Iterator[Path]:
    """A file beside `path` to write to, which takes its place when all went well. Raises UsageError."""
    if path.exists() and not path.is_file():
        yield path  # a pipe or a device is written as it comes
        return
    try:
        target = path.resolve()
        with NamedTemporaryFile(dir=target.parent, prefix=f".{target.name[:80]}.", delete=False) as made:
            beside = Path(made.name)
    except OSError as error:
        raise cannot_write(path, error) from None
    try:
        yield beside
        with beside.open("rb") as written:
            os.fsync(written.fileno())
        beside.chmod(_mode(target))
        beside.replace(target)
    except OSError as error:
        raise cannot_write(path, error) from None
    finally:
        beside.unlink(missing_ok=True)


def write_whole(path: Path, data: bytes) -> None:
    """The file with these bytes. Raises UsageError."""
    with in_place_of(path) as beside:
        beside.write_bytes(data)


def cannot_write(path: Path, error: OSError) -> UsageError:
    return UsageError(f"{path}: cannot be written ({error.strerror or error}). Check the folder, the permissions and the room on the disk.")


def _mode(target: Path) -> int:
    """That of the file which it takes the place of, else what the system gives a new file."""
    if target.exists():
        return target.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
