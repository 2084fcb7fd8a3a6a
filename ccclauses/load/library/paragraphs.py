"""The labelled paragraphs of a clause as its file writes them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from ...model.library.clause import Clause

_START = re.compile(r"(?P<indent> *)(?:\d+\.|[-*])\s+(?:\[#(?P<label>[a-z0-9][a-z0-9-]*)\]\s*)?(?P<text>.*)")
_LABEL = re.compile(r"\[#([a-z0-9][a-z0-9-]*)\]")
_TAG = re.compile(r"\{%.*?%\}|\{#.*?#\}")


def labels_of(clause: Clause, form: str = "") -> frozenset[str]:
    """Every label that some wording or part of a clause, in this form or in any, gives to a paragraph."""
    return _labels(tuple(text.text for text in clause.texts_of(form)))


@lru_cache(maxsize=1024)
def _labels(texts: tuple[str, ...]) -> frozenset[str]:
    return frozenset(label for text in texts for label in _LABEL.findall(text))


def paragraphs_of(clause: Clause, form: str = "") -> Mapping[str, tuple[str, ...]]:
    """Each label with the different texts of its paragraph, in this form or in any; what comes below goes with it."""
    return _paragraphs(tuple(text.text for text in clause.texts_of(form)))


@lru_cache(maxsize=512)
def _paragraphs(texts: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    found: dict[str, dict[str, None]] = {}
    for text in texts:
        for label, words in _labelled(_TAG.sub(" ", text)):
            found.setdefault(label, {})[" ".join(words.split())] = None
    return {label: tuple(words) for label, words in found.items()}


def _labelled(text: str) -> list[tuple[str, str]]:
    closed: list[tuple[str, str]] = []
    open_: list[tuple[int, str, list[str]]] = []  # indent, label and lines of each paragraph that may go on
    for line in text.split("\n"):
        start = _START.match(line)
        if start:
            indent = len(start["indent"])
            closed += [(label, " ".join(lines)) for at, label, lines in open_ if at >= indent]
            open_ = [entry for entry in open_ if entry[0] < indent]
            open_.append((indent, start["label"] or "", []))
        for _, _, lines in open_:
            lines.append(start["text"] if start else line)
    closed += [(label, " ".join(lines)) for _, label, lines in open_]
    return [(label, words) for label, words in closed if label]
