"""What all tests share."""

import functools
import gc
from pathlib import Path

import pytest
from hypothesis import settings

from ccclauses.common.limits import Limits, limits, set_limits
from ccclauses.common.outside import Outside, set_outside
from ccclauses.load.library import cues, library

# Libraries and annexes live as long as the run and hold no cycles: looking through them again and again takes a tenth of it.
gc.set_threshold(100_000, 50, 50)

# How long one example takes is the machine's affair and what else it does; the benchmark watches over speed. The examples
# are the same in every run, so that a failure is of the change at hand; `make fuzz` looks for new ones.
settings.register_profile("any machine", deadline=None, derandomize=True)
settings.load_profile("any machine")


# Hundreds of tests read the shipped library and its cues, each as a command does. The same files give the same frozen
# value, so they are read once a process; a file that a test changes has another time and is read anew.
def _remembering(load):
    """`load`, a function of folders, remembering its last values."""

    @functools.lru_cache(maxsize=8)
    def loaded(folders, in_force, stamps):
        return load(*folders)

    @functools.wraps(load)
    def remembered(*folders: Path):
        stamps = tuple(
            (path, path.stat().st_mtime_ns, path.stat().st_size)
            for folder in folders
            for _, path in library.files_of(folder)
        )
        found, problems = loaded(folders, limits(), stamps)
        return found, list(problems)

    return remembered


library.load_library = _remembering(library.load_library)
cues.load_cues = _remembering(cues.load_cues)


@pytest.fixture(autouse=True)
def nothing_from_outside():
    """What a command sets for its run does not reach the next test."""
    yield
    set_limits(Limits())
    set_outside(Outside())
