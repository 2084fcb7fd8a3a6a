"""Finds a mapping, duty or penalty that names a paragraph which no wording of the clause has.

Why it matters
    A requirement that is mapped to nothing looks covered and is not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...model.clause import Clause, Library
from ...model.diagnostic import Severity, nearest
from ..subject import Finding

CODE = "S05"
SEVERITY = Severity.ERROR
_LABEL = re.compile(r"\[#([a-z0-9][a-z0-9-]*)\]")


def check_clause(clause: Clause, library: Library) -> Iterator[Finding]:
    """Each name of a paragraph that doesn’t exist."""
    labels = {label for text in (*clause.variants, *clause.parts) for label in _LABEL.findall(text.text)}
    asked = [(label, f"the mapping to {framework} {ref}", clause.at) for framework, refs in clause.maps_to.items() for ref, found in refs.items() for label in found]
    asked += [(d.paragraph, "a duty", d.at) for d in clause.duties]
    asked += [(label, f"the duty of `{d.paragraph}`", d.at) for d in clause.duties for label in (d.check, d.consequence) if "#" not in label]
    asked += [(p.paragraph, f"the penalty `{p.name}`", p.at) for p in clause.penalties.values()]
    for label, who, at in asked:
        if label and label not in labels:
            yield Finding(message=f"{who} names the paragraph `{label}`, which no wording has", at=at, hint=nearest(label, labels))
