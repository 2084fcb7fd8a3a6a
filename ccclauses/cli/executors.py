"""What runs the jobs of a command: this process, several, or a cluster."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Executor, Future
from contextlib import contextmanager
from typing import Any

import click


class Here(Executor):
    """Runs each job at once in this process."""

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
        """The future of a job that is over."""
        future: Future[Any] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as problem:
            future.set_exception(problem)
        return future


@contextmanager
def executor_of(jobs: int, dask: str | None = None) -> Iterator[Executor]:
    """What runs the jobs: this process, several, or a cluster."""
    if dask:
        try:
            from distributed import Client
        except ImportError:
            raise click.UsageError("--dask needs the package `distributed`: pip install 'ccclauses[dask]'") from None
        with Client(dask, timeout="10s", set_as_default=False) as client, client.get_executor() as executor:
            yield executor
    elif jobs == 1:
        yield Here()
    else:
        from concurrent.futures import ProcessPoolExecutor

        with ProcessPoolExecutor(jobs) as executor:
            yield executor
