"""The cues are held against sentences of our own making, phrased as the papers of many makers phrase them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from .conftest import judged, shipped

_FILES = sorted(Path(__file__).parent.glob("phrasings-*.yaml"))
_BANK = {q: by for f in _FILES for q, by in yaml.safe_load(f.read_text(encoding="utf-8")).items()}


def test_every_question_has_phrasings() -> None:
    assert set(_BANK) == set(shipped()[1].questions)
    assert all(set(by) == {"met", "partly", "missing"} for q, by in _BANK.items())


def _heading(question: str) -> str:
    """A heading as papers have it above such a sentence: words alone, without one, are called met only where they are strong."""
    under = shipped()[1].questions[question].under[0].written
    return re.sub(r"\\b|\W", " ", under.split("|")[0].replace("-?", "")).strip().capitalize()


@pytest.mark.parametrize("question", _BANK)
def test_each_phrasing_is_found_and_judged(question: str) -> None:
    wrong = []
    for verdict, texts in _BANK[question].items():
        for text in texts:
            given = (
                judged(text if verdict == "missing" else f"{_heading(question)}\n{text}", question).answers[0].verdict
            )
            if given != verdict:
                wrong.append(f"{verdict} wanted, {given} found: {text}")
    assert not wrong, "\n".join(wrong)
