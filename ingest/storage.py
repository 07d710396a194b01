"""Write files so that a crash leaves the old one or the new one, never a half."""

from __future__ import annotations

import contextlib
import os
import tempfile
from pathlib import Path

LEFTOVER = ".tmp-"  # what a kill in the middle of a write leaves behind is named so


def write_atomically(path: Path, data: bytes, *, flush: bool = True) -> None:
    """Write a temporary file beside ``path``, flush it to disk, rename it, flush the folder.

    Without ``flush`` the caller makes many files durable at once.
    """
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=LEFTOVER)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            if flush:
                os.fsync(file.fileno())
        os.replace(name, path)
    except BaseException:
        with contextlib.suppress(FileNotFoundError):
            os.unlink(name)
        raise
    if flush:
        flush_folder(path.parent)


def stamp_of(path: Path) -> tuple[int, int, int] | None:
    """What changes when a file is replaced; None where there is none."""
    try:
        status = path.stat()
    except FileNotFoundError:
        return None
    return status.st_mtime_ns, status.st_ino, status.st_size


def flush_folder(folder: Path) -> None:
    """Make the names in ``folder`` durable; nothing to do where folders cannot be opened."""
    with contextlib.suppress(PermissionError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
