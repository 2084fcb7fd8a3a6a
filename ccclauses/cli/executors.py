"""What runs the jobs of a command: this process, several, or a cluster."""

from __future__ import annotations

import logging
import os
import sys
import time
from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from typing import Any

import click

from ..batch.jobs import Here, Jobs
from .outside import as_given, given

_PATIENCE = 30.0  # seconds to wait for a worker of a cluster that has none
_GONE = "the scheduler of the cluster is gone"


class Cluster(Jobs):
    """Runs jobs on a Dask cluster, for as long as there is one."""

    def __init__(self, client: Any) -> None:
        self._client, self._executor = client, client.get_executor()
        self._seen = time.monotonic()

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
        """The future of a job that the cluster will do; raises OSError when its scheduler is gone."""
        try:
            return self._executor.submit(as_given, given(), fn, *args, **kwargs)
        except Exception as problem:
            if self._client.status == "running":
                raise
            raise ConnectionError(_GONE) from problem

    def watch(self) -> None:
        """Wait for a worker no longer than a person would."""
        status = self._client.status
        if _has_workers(self._client):
            self._seen = time.monotonic()
        elif status not in ("running", "connecting") or time.monotonic() - self._seen > _PATIENCE:
            gone = f"the cluster has had no worker for {_PATIENCE:.0f} seconds" if status == "running" else _GONE
            raise ConnectionError(gone)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Give back what was asked of the cluster."""
        if self._client.status == "running":
            self._executor.shutdown(wait=wait)


def processes(jobs: int | None, amount: int) -> int:
    """How many processes work: those asked for, else one a core, at most eight, and none that has too little to do."""
    if jobs is not None:
        return jobs
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    # A process of its own costs what some twenty annexes do.
    return max(1, min(cores, 8, amount // 20))


@contextmanager
def executor_of(jobs: int, dask: str | None = None) -> Iterator[Jobs]:
    """What runs the jobs: this process, several, or a cluster."""
    if dask is not None:
        with _cluster(dask) as executor:
            yield executor
    elif jobs == 1:
        yield Here()
    else:
        from .workers import Workers

        executor = Workers(jobs)
        try:
            yield executor
        finally:
            executor.shutdown(cancel_futures=True)


@contextmanager
def _cluster(address: str) -> Iterator[Jobs]:
    try:
        from distributed import Client
    except ImportError:
        raise click.UsageError("--dask needs the package `distributed`: pip install 'ccclauses[dask]'") from None
    try:
        client = Client(address, timeout="10s", set_as_default=False)
    except (ValueError, ImportError, TypeError) as problem:
        raise click.UsageError(
            f"--dask: `{address}` can't be reached ({problem}); an address looks like tcp://10.0.0.5:8786"
        ) from None
    except OSError:
        raise click.UsageError(f"--dask: no scheduler answers at `{address}`") from None
    # What Dask logs of a connection that was lost is for those who run the cluster.
    logged = logging.root.manager.disable
    logging.disable(logging.CRITICAL)
    try:
        with client:
            if not _has_workers(client):
                click.echo(f"The cluster has no worker; waiting {_PATIENCE:.0f} seconds for one.", err=True)
                try:
                    client.wait_for_workers(1, timeout=_PATIENCE)
                except TimeoutError:
                    message = f"--dask: no worker came to `{address}` within {_PATIENCE:.0f} seconds"
                    raise click.UsageError(message) from None
            executor = Cluster(client)
            try:
                yield executor
            finally:
                executor.shutdown(wait=sys.exc_info()[0] is None)
    finally:
        logging.disable(logged)


def _has_workers(client: Any) -> bool:
    # Of a scheduler that is gone there is not a news, or only old news.
    return client.status == "running" and bool(client.scheduler_info().get("workers"))
