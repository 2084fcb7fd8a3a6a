"""Finds a duty whose data and text disagree: a deadline that its paragraph does not print, or another obligor.

Why it matters
    Calendar and calculator follow the data, the parties follow the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...load.library.paragraphs import paragraphs_of
from ...model.diagnostic import Severity
from ...model.library.clause import Clause
from ..paragraphs import references_in
from ..subject import Finding, Passage, Subject

CODE = "S02"
SEVERITY = Severity.ERROR
_PRINTED = re.compile(r"\{\{\s*([a-z][a-z0-9_]*)")
_ACTOR = r"Provider|Personnel|Chief Security Officer|Client|[Pp]art(?:y|ies)|[Ii]t|[Tt]hey"
# Whoever stands nearest before a "shall", not as a mere owner ("the Client's staff shall").
_OBLIGOR = re.compile(rf"\b({_ACTOR})\b(?![’'-]| Data\b)(?:(?!\b(?:{_ACTOR})\b).)*?\bshall\b")
_FIRST = re.compile(r"\b(Provider|Personnel|Chief Security Officer|Client)\b")
# The annex makes the duties of those who work for the Provider its own.
_NAMES = {"Provider": "provider", "Personnel": "provider", "Chief Security Officer": "provider", "Client": "client"}


def check(subject: Subject) -> Iterator[Finding]:
    """Each duty of the clause whose paragraph stands in this wording and says otherwise."""
    if subject.clause is None:
        return
    groups = _groups(subject)
    for duty in subject.duties:
        passages = groups.get(duty.paragraph)
        if not passages or (duty.form and subject.form and duty.form != subject.form):
            continue
        printed = frozenset().union(*(p.printed for p in passages))
        near = _printed_near(duty.paragraph, subject.clause, subject.form)
        elsewhere = near.union(*(p.printed for p in subject.passages))
        always = not duty.postures and not duty.when.parts
        for slot in ("within", "every", "first", "before"):
            parameter = getattr(duty, slot)
            # A period of another clause, or of a definition, is printed there, and this paragraph refers to it.
            own = parameter in subject.clause.parameters and not _in_a_definition(parameter, subject)
            # A paragraph without a period may take that of another ("by the end of the period for the repair").
            allowed = printed | near if any(_is_period(name, subject.clause) for name in printed) else elsewhere
            if slot in ("every", "first") and (duty.within or duty.before):
                allowed |= _printed_anywhere(subject.clause, subject.form)  # with what it follows or comes before
            if own and always and parameter not in allowed:
                message = f"the duty of `{duty.paragraph}` is due {slot} `{parameter}`, which is not printed there"
                hint = f"print {{{{ {parameter} }}}} there, or name the parameter that it prints"
                yield Finding(message=message, at=duty.at, hint=hint)
        # A duty that holds under a condition or at some postures is in one of several wordings.
        said = [passages[0].lead, *(p.text for p in passages)]
        text = " ".join(said if always else paragraphs_of(subject.clause, subject.form)[duty.paragraph])
        if duty.obligor not in _obligors(text):
            message = f"`{duty.paragraph}` lays no duty on the {duty.obligor}, who owes this one in the data"
            yield Finding(message=message, at=duty.at)


def _obligors(text: str) -> frozenset[str]:
    """Who owes a duty in a text; "it" is whom the text names first, and a text without "shall" binds whom it names."""
    actors = _OBLIGOR.findall(text)
    if not actors or any(actor.casefold().startswith("part") for actor in actors):
        return frozenset(_NAMES.values()) if actors else frozenset(_NAMES[a] for a in _FIRST.findall(text))
    first = _FIRST.search(text)
    meant = (first[1] if first and actor not in _NAMES else actor for actor in actors)
    return frozenset(_NAMES[actor] for actor in meant if actor in _NAMES)


def _printed_near(label: str, clause: Clause, form: str) -> frozenset[str]:
    """The parameters that the paragraphs print to which this one refers, and those that refer to it."""
    paragraphs = paragraphs_of(clause, form)
    referred = references_in(paragraphs.get(label, ()))
    near = [texts for other, texts in paragraphs.items() if other in referred or label in references_in(texts)]
    return frozenset(name for texts in near for text in texts for name in _PRINTED.findall(text))


def _printed_anywhere(clause: Clause, form: str) -> frozenset[str]:
    return frozenset(
        n for texts in paragraphs_of(clause, form).values() for text in texts for n in _PRINTED.findall(text)
    )


def _is_period(name: str, clause: Clause) -> bool:
    return name in clause.parameters and clause.parameters[name].type == "duration"


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
