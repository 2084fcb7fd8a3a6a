"""Anything may be handed to a reader: it gives a value or diagnostics, never another exception.

`tools/fuzz_readers.py` holds the readers; `make fuzz` drives the same ones for as long as somebody likes.
"""

from __future__ import annotations

import sqlite3
import sys
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from whole_product import WHOLE_PRODUCT

sys.path.insert(0, str(Path(__file__).parents[2] / "tools"))

import fuzz_edits as edits  # noqa: E402
import fuzz_readers as fuzz  # noqa: E402
from fuzz_seeds import seeds  # noqa: E402

_SLOW = {"returned": 10, "signed": 10, "amended": 10, "page": 20}  # readers of which one run takes a tenth of a second
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


def quick(name: str = "") -> settings:
    return settings(
        max_examples=_SLOW.get(name, 40) // (1 if WHOLE_PRODUCT else 4),
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
    )


@st.composite
def spoiled(draw, sound):
    """A sound file with a few bytes dropped, doubled or put in."""
    data = draw(st.sampled_from(sound))
    for _ in range(draw(st.integers(1, 3))):
        at = draw(st.integers(0, len(data)))
        until = min(len(data), at + draw(st.integers(0, 30)))
        data = data[:at] + draw(st.one_of(_SIGNS, st.binary(max_size=6), st.just(data[at:until] * 2))) + data[until:]
    return data


@st.composite
def edited(draw, name, sound):
    """A sound file with edits that know how it is made up."""
    edit = fuzz.EDITS[name]
    data = draw(st.sampled_from(sound))
    return edits.edited(data, edit, Random(draw(st.integers(0, 1 << 32))), sound) if edit else data


@pytest.mark.parametrize("name", fuzz.READERS)
def test_any_bytes(name):
    sound = seeds(name)
    anything = st.one_of(st.binary(max_size=300), spoiled(sound), edited(name, sound), edited(name, sound))
    quick(name)(given(anything)(fuzz.READERS[name]))()


@pytest.mark.parametrize("name", fuzz.READERS)
def test_sound_input_is_taken_apart_by_its_edit(name):
    if fuzz.EDITS[name] is None:
        pytest.skip("spelled by bytes")
    if fuzz.EDITS[name] is edits.base and not hasattr(sqlite3.Connection, "deserialize"):
        pytest.skip("Python 3.10 opens no SQLite file from bytes")
    made = {edits.edited(data, fuzz.EDITS[name], Random(n), seeds(name)) for data in seeds(name) for n in range(10)}
    assert len(made) > 5 * len(seeds(name))


TEXTS = st.text(alphabet="abAB ,;:=\"'|[]{}()#*-_\\\n\t§€漢ש0123456789.%", max_size=80)


@pytest.mark.parametrize("name", ["yaml", "profile", "template", "approvals", "annex", "events_csv", "events_yaml"])
def test_any_text(name):
    quick()(given(TEXTS)(lambda text: fuzz.READERS[name](text.encode())))()


@settings(max_examples=100, deadline=None)
@given(st.binary(min_size=8, max_size=400))
def test_any_tree_of_elements(data):
    fuzz.tree(data)
