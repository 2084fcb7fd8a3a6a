"""Anything may be handed to a reader: it gives a value or diagnostics, never another exception.

`tools/fuzz_readers.py` holds the readers; `make fuzz` drives the same ones for as long as somebody likes.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parents[2] / "tools"))

import fuzz_readers as fuzz  # noqa: E402

QUICK = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
)
SEEDS = {name: fuzz.seeds(name) for name in fuzz.READERS}
_SIGNS = st.sampled_from(
    [
        b"{{",
        b"}}",
        b"{% if ",
        b"%}",
        b"<w:p>",
        b"</w:p>",
        b"[",
        b"]",
        b":",
        b"\0",
        b"\n",
        b'"',
        b"\xff",
        b"9" * 30,
        b"&a;",
    ]
)


@st.composite
def spoiled(draw, seeds):
    """A sound file with a few bytes dropped, doubled or put in."""
    data = draw(st.sampled_from(seeds))
    for _ in range(draw(st.integers(1, 3))):
        at = draw(st.integers(0, len(data)))
        until = min(len(data), at + draw(st.integers(0, 30)))
        data = data[:at] + draw(st.one_of(_SIGNS, st.binary(max_size=6), st.just(data[at:until] * 2))) + data[until:]
    return data


@pytest.mark.parametrize("name", fuzz.READERS)
def test_any_bytes(name):
    seeds = SEEDS[name]
    anything = st.one_of(st.binary(max_size=300), spoiled(seeds)) if seeds else st.binary(max_size=300)
    QUICK(given(anything)(fuzz.READERS[name]))()


TEXTS = st.text(alphabet="abAB ,;:=\"'|[]{}()#*-_\\\n\t§€漢ש0123456789.%", max_size=80)


@pytest.mark.parametrize("name", ["yaml", "profile", "template", "approvals", "annex", "events_csv", "events_yaml"])
def test_any_text(name):
    QUICK(given(TEXTS)(lambda text: fuzz.READERS[name](text.encode())))()


@settings(max_examples=150, deadline=None)
@given(st.binary(min_size=8, max_size=400))
def test_any_tree_of_elements(data):
    fuzz.tree(data)
