"""Files written whole or not at all, whenever the process ends, and folders that one process at a time writes into."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

# What is wrong with the disk is wrong for every file on it.
_OF_THE_DISK = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO})


def replace_whole(path: Path, data: bytes) -> None:
    """Put `data` in place of the file at `path` at once; raises OSError, and then the file is as it was."""
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        part.write_bytes(data)
        os.replace(part, path)
    finally:
        part.unlink(missing_ok=True)


def of_the_disk(problem: OSError) -> bool:
    """Whether a file can't be written for a reason that holds for all: the disk is full, or can't be written at all."""
    return problem.errno in _OF_THE_DISK


@contextmanager
def alone(path: Path) -> Iterator[None]:
    """Hold the file at `path` as a lock, which ends with the process; raises BlockingIOError while another holds it."""
    while True:
        held = path.open("wb")
        try:
            _lock(held)
            with suppress(FileNotFoundError):  # whoever held it before may have removed it since it was opened here
                if os.path.samestat(os.fstat(held.fileno()), path.stat()):
                    break
        except BaseException:
            held.close()
            raise
        held.close()
    try:
        yield
    finally:
        with suppress(OSError):  # Windows removes no file that is open
            path.unlink()
        held.close()


def _lock(held: BinaryIO) -> None:
    if sys.platform != "win32":
        import fcntl

        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as problem:
            if problem.errno not in (errno.ENOLCK, errno.ENOTSUP):  # a file system without locks has none to heed
                raise
    else:
        import msvcrt

        try:
            msvcrt.locking(held.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError as problem:
            raise BlockingIOError(*problem.args) from None
