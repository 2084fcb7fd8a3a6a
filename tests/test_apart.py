"""A process that runs functions for us: what it answers, and what happens when it doesn't."""

import os
import time

import pytest

from ccclauses.common.apart import Apart, Ended, Failed, TookTooLong


@pytest.fixture(scope="module")
def apart():
    made = Apart()
    yield made
    made.close()


def test_one_process_answers_call_after_call(apart):
    first, second = apart.run(30, os.getpid), apart.run(30, os.getpid)
    assert first == second != os.getpid()


def test_a_function_that_takes_too_long_is_killed_and_the_next_is_answered(apart):
    before = time.monotonic()
    with pytest.raises(TookTooLong):
        apart.run(0.3, time.sleep, 30)
    assert time.monotonic() - before < 5
    assert apart.run(30, abs, -2) == 2


def test_a_process_that_ends_and_a_function_that_raises_are_told_apart(apart):
    with pytest.raises(Ended):
        apart.run(30, os._exit, 9)
    with pytest.raises(Failed, match="ValueError"):
        apart.run(30, int, "x")
