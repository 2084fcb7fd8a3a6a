"""Finds a mapping, duty or failure that names a paragraph which no wording of the clause has.

Why it matters
    A requirement that is mapped to nothing looks covered and is not.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...load.library.paragraphs import labels_of
from ...model.diagnostic import Position, Severity, nearest
from ...model.library.clause import Clause
from ...model.library.library import Library
from ..subject import Finding

CODE = "S05"
SEVERITY = Severity.ERROR


def check_clause(clause: Clause, library: Library) -> Iterator[Finding]:
    """Each name of a paragraph that doesn’t exist."""
    labels = labels_of(clause)
    for label, who, at in _named(clause):
        if label and label not in labels:
            message = f"{who} names the paragraph `{label}`, which no wording has"
            yield Finding(message=message, at=at, hint=nearest(label, labels))


def _named(clause: Clause) -> Iterator[tuple[str, str, Position]]:
    """Each paragraph of the clause that its data name, who names it and where."""
    for framework, references in clause.maps_to.items():
        for reference, labels in references.items():
            yield from ((label, f"the mapping to {framework} {reference}", clause.at) for label in labels)
    for duty in clause.duties:
        yield duty.paragraph, "a duty", duty.at
        for label in (duty.check, duty.consequence):
            if "#" not in label:
                yield label, f"the duty of `{duty.paragraph}`", duty.at
    for failure in clause.failures.values():
        yield failure.paragraph, f"the failure `{failure.name}`", failure.at
