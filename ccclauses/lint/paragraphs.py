"""The labelled paragraphs of a clause as its file writes them, so that a rule sees what a sentence refers to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ..load.library.paragraphs import paragraphs_of
from ..model.library.clause import Clause, Duty
from ..model.library.form import FULL
from ..model.library.library import Library
from .sentences import split_sentences
from .subject import Passage, Subject

_REFERENCE = re.compile(r"ref\(\s*[\"']([^\"']+)[\"']\s*\)")


def forms_with(duty: Duty, clause: Clause, library: Library) -> Iterator[str]:
    """The forms of which a wording states a duty."""
    forms = (duty.form,) if duty.form else library.forms
    return (form for form in forms if clause.worded(form) and duty.paragraph in paragraphs_of(clause, form))


def said_form(form: str) -> str:
    """The words that name a form at the start of a message; none for the full one."""
    return "" if form == FULL else f"in the {form} form, "


def named_texts(name: str, clause: Clause, library: Library, form: str) -> tuple[str, ...]:
    """The texts of a paragraph that a clause names in a form: by its label, or by another clause and a label."""
    other, _, label = name.rpartition("#")
    owner = library.clauses.get(other) if other else clause
    return paragraphs_of(owner, form).get(label, ()) if owner else ()


def references_in(texts: Iterable[str]) -> frozenset[str]:
    """The paragraphs and clauses to which these texts refer, as they name them."""
    return frozenset(name for text in texts for name in _REFERENCE.findall(text))


def sentences_of(text: str) -> list[str]:
    """The sentences of a paragraph."""
    return [text[start:end] for start, end in split_sentences(text)]


def labels_around(subject: Subject) -> Iterator[tuple[Passage, frozenset[str]]]:
    """Each paragraph of a wording with its label and those of the paragraphs above and below it."""
    passages = [p for p in subject.passages if p.level]
    above: list[tuple[int, str]] = []
    for index, passage in enumerate(passages):
        above = [(level, label) for level, label in above if level < passage.level]
        labels = {label for _, label in above} | {passage.label}
        for other in passages[index + 1 :]:
            if other.level <= passage.level:
                break
            labels.add(other.label)
        yield passage, frozenset(labels - {""})
        above.append((passage.level, passage.label))
