"""Finds a penalty of the library without a cap for an event, without what it is reckoned by, or promised nowhere.

Why it matters
    An amount needs its base, its cap and its promise.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...model.clause import Clause, Library
from ...model.diagnostic import Severity
from ..consequences import promised
from ..paragraphs import named_texts
from ..subject import Finding

CODE = "S08"
SEVERITY = Severity.ERROR


def check_clause(clause: Clause, library: Library) -> Iterator[Finding]:
    """Each penalty that lacks one of them.

    A shortfall is capped by the At-Risk Amount, and a share by severity is a cap itself.
    """
    for spec in clause.penalties.values():
        if spec.kind not in ("shortfall", "severity") and not spec.event_cap:
            message = f"the penalty `{spec.name}` has no cap for an event"
            yield Finding(message=message, at=spec.at, hint="name a parameter in `event_cap`")
        if spec.kind in ("late", "fixed", "shortfall") and not spec.rate:
            yield Finding(message=f"the penalty `{spec.name}` has no rate", at=spec.at)
        for kind, slot in (("bands", "bands"), ("severity", "severities"), ("shortfall", "target")):
            if spec.kind == kind and not getattr(spec, slot):
                yield Finding(message=f"the penalty `{spec.name}` has no {slot}", at=spec.at)
        texts = named_texts(spec.paragraph, clause, library)
        if texts and spec.name not in promised(texts):
            message = f"the penalty `{spec.name}` is not promised in its paragraph `{spec.paragraph}`"
            yield Finding(message=message, at=spec.at, hint=f"print {{{{ {spec.name}.wording }}}} there")
