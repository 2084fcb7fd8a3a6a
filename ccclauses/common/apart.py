"""Functions that run in a process of their own, which is killed when one takes too long.

What a stranger sent is opened there: a file made to keep a reader busy holds up nothing else.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from queue import SimpleQueue
from threading import Lock, Thread, Timer
from typing import IO, Any

from .limits import limits, set_limits
from .outside import Outside, outside, set_outside

_MAIN = "import sys; sys.path[:] = {}; from ccclauses.common.apart import serve; serve()"
NO_INTERRUPT: dict[str, Any] = {"start_new_session": True}  # Ctrl+C is for the process that hands out the work
if sys.platform == "win32":
    NO_INTERRUPT = {"creationflags": subprocess.CREATE_NEW_PROCESS_GROUP}


class TookTooLong(Exception):
    """The function was still at work when its time was over; its process was killed."""


class Ended(Exception):
    """The process ended before the function had an answer, as it does when memory runs out."""


class Failed(Exception):
    """The function raised; the message is that of its exception."""


class Apart:
    """One process that runs functions one after the other. It starts with the first, and again after it was killed."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._waiting: SimpleQueue[tuple[Future[Any], bytes, float]] = SimpleQueue()
        self._starting = Lock()
        self._thread: Thread | None = None

    def start(self, seconds: float, fn: Callable[..., Any], /, *args: Any) -> Future[Any]:
        """The future of `fn(*args)`; TookTooLong, Ended or Failed is raised by its `result`. Both must be picklable."""
        future: Future[Any] = Future()
        self._waiting.put(
            (future, pickle.dumps((limits(), outside().made, dict(outside().environment), fn, args)), seconds)
        )
        with self._starting:
            if self._thread is None:
                self._thread = Thread(target=self._work, daemon=True)
                self._thread.start()
        return future

    def run(self, seconds: float, fn: Callable[..., Any], /, *args: Any) -> Any:
        """What `fn(*args)` returns; raises TookTooLong, Ended or Failed."""
        return self.start(seconds, fn, *args).result()

    def close(self) -> None:
        """End the process."""
        if self._process is not None:
            self._process.kill()
            end(self._process)
            self._process = None

    def _work(self) -> None:
        while True:
            future, call, seconds = self._waiting.get()
            if not future.set_running_or_notify_cancel():
                continue
            try:
                future.set_result(self._answer(call, seconds))
            except Exception as problem:
                future.set_exception(problem)

    def _answer(self, call: bytes, seconds: float) -> Any:
        if self._process is None or self._process.poll() is not None:
            code = _MAIN.format(sys.path)
            self._process = subprocess.Popen(
                [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, **NO_INTERRUPT
            )
        process, late = self._process, []

        def kill() -> None:
            late.append(True)
            process.kill()

        timer = Timer(seconds, kill)
        timer.daemon = True
        timer.start()
        answer = asked(process, call)
        timer.cancel()
        if not answer:
            process.kill()
            end(process)
            self._process = None
            raise TookTooLong() if late else Ended()
        good, value = pickle.loads(answer)
        if not good:
            raise Failed(value)
        return value


def serve() -> None:
    """What the process does: answer each call on its input, until that ends with the process that started it."""
    calls, answers = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a function prints is not an answer
    while call := read(calls):
        try:
            bounds, made, environment, fn, args = pickle.loads(call)
            set_limits(bounds)
            set_outside(Outside(made=made, environment=environment))
            answer = pickle.dumps((True, fn(*args)))
        except Exception as problem:  # not every exception can travel
            answer = pickle.dumps((False, f"{type(problem).__name__} {problem}".rstrip()))
        with suppress(OSError):  # nobody may wait for it any more; then the input ends too
            write(answers, answer)


def asked(process: subprocess.Popen[bytes], call: bytes) -> bytes:
    """The answer of a process to a call; nothing when it ended before it had given all of it."""
    assert process.stdin and process.stdout
    try:
        write(process.stdin, call)
        return read(process.stdout)
    except OSError:
        return b""


def end(process: subprocess.Popen[bytes] | None) -> None:
    """Close what leads to a process and wait until it has ended."""
    if process is None:
        return
    for stream in (process.stdin, process.stdout):
        with suppress(OSError):  # what is still to be written has no reader
            assert stream
            stream.close()
    process.wait()


def write(stream: IO[bytes], data: bytes) -> None:
    """Write bytes with their number before them."""
    stream.write(len(data).to_bytes(8, "big") + data)
    stream.flush()


def read(stream: IO[bytes]) -> bytes:
    """What was written at once; nothing when the other end was closed, even in the middle."""
    size = int.from_bytes(stream.read(8), "big")
    data = stream.read(size)
    return data if len(data) == size else b""
