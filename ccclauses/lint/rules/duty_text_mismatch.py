"""Finds a duty whose data and text disagree: a deadline that its paragraph does not print, or another obligor.

Why it matters
    Calendar and calculator follow the data, the parties follow the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...model.diagnostic import Severity
from ..subject import Finding, Passage, Subject

CODE = "S02"
SEVERITY = Severity.ERROR
_NAMES = {
    "provider": re.compile(r"\b(?:Provider|CSO|[Ii]t|Personnel|party|parties)\b"),
    "client": re.compile(r"\b(?:Client|[Ii]t|party|parties)\b"),
}


def check(subject: Subject) -> Iterator[Finding]:
    """Each duty of the clause whose paragraph stands in this wording and says otherwise."""
    if subject.clause is None:
        return
    groups = _groups(subject)
    for duty in subject.clause.duties:
        passages = groups.get(duty.paragraph)
        if not passages:
            continue
        printed = frozenset().union(*(p.printed for p in passages))
        elsewhere = frozenset().union(*(p.printed for p in subject.passages))
        for slot in ("within", "every", "before"):
            parameter = getattr(duty, slot)
            # A period of another clause, or of a definition, is printed there, and this paragraph refers to it.
            own = parameter in subject.clause.parameters and not _in_a_definition(parameter, subject)
            always = not duty.postures and not duty.when.parts
            if own and always and parameter not in printed | elsewhere:
                message = f"the duty of `{duty.paragraph}` is due {slot} `{parameter}`, which its paragraph doesn’t print"
                hint = f"print {{{{ {parameter} }}}} there, or name the parameter that it prints"
                yield Finding(message=message, at=duty.at, hint=hint)
        text = " ".join((passages[0].lead, *(p.text for p in passages)))
        if not _NAMES[duty.obligor].search(text):
            message = f"the paragraph `{duty.paragraph}` doesn’t name the {duty.obligor}, who owes this duty"
            yield Finding(message=message, at=duty.at)


def _in_a_definition(parameter: str, subject: Subject) -> bool:
    definitions = subject.library.definitions.values() if subject.library else ()
    return any(f"{{{{ {parameter}" in d.text for d in definitions)


def _groups(subject: Subject) -> dict[str, list[Passage]]:
    """Each labelled paragraph with the paragraphs below it."""
    groups: dict[str, list[Passage]] = {}
    open_: list[tuple[int, str]] = []
    for passage in subject.passages:
        if passage.level:
            open_ = [(level, label) for level, label in open_ if level < passage.level]
        for _, label in open_:
            groups[label].append(passage)
        if passage.label:
            groups.setdefault(passage.label, []).append(passage)
            open_.append((passage.level, passage.label))
    return groups
