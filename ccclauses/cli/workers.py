"""Jobs on several processes. Each has two pipes of its own, so that one that is killed holds up no other."""

from __future__ import annotations

import gc
import os
import pickle
import subprocess
import sys
from concurrent.futures import BrokenExecutor, Future
from contextlib import suppress
from queue import Empty, SimpleQueue
from threading import Lock, Thread
from typing import Any

from ..batch.jobs import Jobs
from ..common.apart import NO_INTERRUPT, asked, end, read, write
from .outside import take_environment

_BARREN = 20  # processes that end one after the other and give nothing: no other will do better
_MAIN = "import gc, sys; gc.set_threshold(*{}); sys.path[:] = {}; from ccclauses.cli.workers import serve; serve()"
Task = tuple[Future[Any], bytes]


class Workers(Jobs):
    """Runs jobs on `count` processes. What a process had in hand when it ended is given to a new one, once."""

    def __init__(self, count: int) -> None:
        self._count, self._threads = count, list[Thread]()
        self._tasks: SimpleQueue[Task | None] = SimpleQueue()
        self._counting, self._barren = Lock(), 0

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
        """The future of a job; processes are started as jobs come."""
        future: Future[Any] = Future()
        self._tasks.put((future, pickle.dumps((fn, args, kwargs))))
        if len(self._threads) < self._count:
            self._threads.append(Thread(target=self._hand_out, daemon=True))
            self._threads[-1].start()
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """End the processes when they have done what they have in hand, and what waits unless that is cancelled."""
        while cancel_futures:
            try:
                task = self._tasks.get_nowait()
            except Empty:
                break
            if task:
                task[0].cancel()
        for _ in self._threads:
            self._tasks.put(None)
        for thread in self._threads if wait else ():
            thread.join()

    def _hand_out(self) -> None:
        """What each thread does: one process after the other is given jobs, until there are no more."""
        process = None
        while task := self._tasks.get():
            future, call = task
            if not future.set_running_or_notify_cancel():
                continue
            try:
                answer = b""
                for _ in range(2):
                    process = process or self._started()
                    answer = asked(process, call)
                    self._count_answer(bool(answer))
                    if answer:
                        break
                    end(process)
                    process = None
                if not answer:
                    raise BrokenExecutor("its worker process ended before its time, and so did a second one")
                good, value = pickle.loads(answer)
            except Exception as problem:
                good, value = False, problem
            if good:
                future.set_result(value)
            else:
                future.set_exception(value)
        end(process)

    def _started(self) -> subprocess.Popen[bytes]:
        if self._barren >= _BARREN:
            raise BrokenExecutor("one worker process after the other ended and gave nothing")
        # Ctrl+C in a terminal is for the process that hands out the jobs: a worker ends when its input does.
        code = _MAIN.format(gc.get_threshold(), sys.path)
        return subprocess.Popen(
            [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, **NO_INTERRUPT
        )

    def _count_answer(self, came: bool) -> None:
        with self._counting:
            self.ended += not came
            self._barren = 0 if came else self._barren + 1


def serve() -> None:
    """What a process does: answer each call on its input, until that ends with the process that started it."""
    take_environment()
    calls, answers = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a job prints is not an answer
    while call := read(calls):
        try:
            fn, args, kwargs = pickle.loads(call)
            answer = pickle.dumps((True, fn(*args, **kwargs)))
        except Exception as problem:
            # Not every exception can travel.
            answer = pickle.dumps((False, RuntimeError(f"{type(problem).__name__} {problem}".rstrip())))
        with suppress(OSError):  # nobody may wait for it any more; then the input ends too
            write(answers, answer)
