"""Timing that holds when the machine's speed drifts: the candidates take turns, and medians are compared.

All times are processor time, user and system, of the whole process: helper threads count, what else runs here does not.
"""

from __future__ import annotations

import gc
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping

_WARM = 3  # runs that follow each other in a turn and are counted


def in_turns(
    candidates: Mapping[str, Callable[[], object]], *, rounds: int = 9, seconds: float = 30.0
) -> dict[str, float]:
    """The median processor seconds of each candidate, warm: in each turn it runs once uncounted, then a few times.

    Nobody pays for the garbage of another, which is collected between turns.
    """
    times: dict[str, list[float]] = {name: [] for name in candidates}
    started = time.perf_counter()
    for turn in range(rounds):
        for name, run in candidates.items():
            gc.collect()
            run()
            for _ in range(_WARM):
                begin = time.process_time()
                run()
                times[name].append(time.process_time() - begin)
        if turn and time.perf_counter() - started > seconds:
            break
    return {name: statistics.median(values) for name, values in times.items()}


def cold(arguments: list[str], *, runs: int = 5) -> float:
    """The median seconds of a whole process, started afresh each time; some commands end with 1 for what they found.

    Modules are compiled before, as an installation has them, even where Python has been told to write no bytecode.
    """
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "PYTHONPYCACHEPREFIX": folder}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        spent(arguments, environment)
        return statistics.median(spent(arguments, environment)[0] for _ in range(runs))


def spent(arguments: list[str], environment: Mapping[str, str] | None = None) -> tuple[float, int]:
    """The processor seconds of a Python process and of those that it starts, and its exit status."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(
        [sys.executable, *arguments],
        check=False,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, done.returncode


def peak_mib(code: str) -> float:
    """The peak memory, in MiB, of a process of its own that runs `code`.

    Linux hands the peak that `resource` tells on from the process that starts another; that of its memory map is its own.
    """
    measured = (
        "\nfrom pathlib import Path\nstatus = Path('/proc/self/status')\n"
        "if status.exists():\n    print(int(status.read_text().split('VmHWM:')[1].split()[0]) / 1024)\n"
        "else:\n    import resource; print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)"
    )
    result = subprocess.run([sys.executable, "-c", code + measured], check=True, capture_output=True, text=True)
    return float(result.stdout.split()[-1])
