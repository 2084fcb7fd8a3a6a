"""Timing that holds when the machine's speed drifts: the candidates take turns, and medians are compared."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping


def in_turns(candidates: Mapping[str, Callable[[], object]], *, rounds: int = 15, seconds: float = 20.0) -> dict[str, float]:
    """The median seconds of each candidate over rounds in which each runs once, after one round that isn't counted."""
    times: dict[str, list[float]] = {name: [] for name in candidates}
    started = time.perf_counter()
    for turn in range(rounds + 1):
        for name, run in candidates.items():
            begin = time.perf_counter()
            run()
            if turn:
                times[name].append(time.perf_counter() - begin)
        if turn > 2 and time.perf_counter() - started > seconds:
            break
    return {name: statistics.median(values) for name, values in times.items()}


def cold(arguments: list[str], *, runs: int = 5) -> float:
    """The median seconds of a whole process, started afresh each time; some commands end with 1 for what they found."""
    times = []
    for _ in range(runs):
        begin = time.perf_counter()
        subprocess.run([sys.executable, *arguments], check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        times.append(time.perf_counter() - begin)
    return statistics.median(times)


def peak_mib(code: str) -> float:
    """The peak memory, in MiB, of a process of its own that runs `code`."""
    measured = "\nimport resource; print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)"
    result = subprocess.run([sys.executable, "-c", code + measured], check=True, capture_output=True, text=True)
    return float(result.stdout.split()[-1])
