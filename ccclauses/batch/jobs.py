"""What runs the jobs of a command, whichever it is."""

from __future__ import annotations

from concurrent.futures import Executor, Future
from typing import Any


class Jobs(Executor):
    """What runs jobs, and what there is to know of those that do the work."""

    ended = 0  # workers that ended before their time

    def watch(self) -> None:
        """Called while nothing comes back; raises OSError when nothing can come back any more."""


class Here(Jobs):
    """Runs each job at once in this process."""

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
        """The future of a job that is over."""
        future: Future[Any] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as problem:
            future.set_exception(problem)
        return future
