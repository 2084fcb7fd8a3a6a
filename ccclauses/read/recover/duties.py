"""The duties and the sanctions of a recovered annex: those of the library whose paragraph the file has, in its words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from ...compose.numbers.anchors import paragraph_anchor
from ...model.annex import Block, ClauseBlock, Entry, Paragraph
from ...model.credits.credit import Sanction, build_sanction
from ...model.library.clause import Clause, Due, Duty, FixedPeriod
from ...model.library.condition import OPERATORS, Condition, Test, Written
from ...model.obligation import Obligation, obligation_of
from ...model.words.periods import RHYTHMS, says
from ...model.words.quantity import Duration
from ..standing import Standing
from .source import Source

_WORD = re.compile(r"[a-z]{4,}")
STATED = (
    0.6  # share of the words of a duty's object that its paragraph must have, where the library has several wordings
)


def obligations_of(
    source: Source, clauses: tuple[ClauseBlock, ...], parameters: Mapping[str, Entry], standing: Standing
) -> Iterator[Obligation]:
    """The library's duties that the file states: their paragraph is in it, with their words and their period."""
    blocks = {c.id: c.blocks for c in clauses}
    for clause in source.known_clauses(clauses):
        texts = texts_by_label(blocks[clause.id])
        counts: dict[str, int] = {}
        for duty in _stated(clause, source.form, texts, parameters, standing.duties.get(clause.id)):
            counts[duty.paragraph] = counts.get(duty.paragraph, 0) + 1
            number = counts[duty.paragraph]
            yield _obligation(source, clause.id, duty, f"/{number}" if number > 1 else "", parameters)


def _obligation(source: Source, clause: str, duty: Duty, suffix: str, parameters: Mapping[str, Entry]) -> Obligation:
    def paragraph(label: str) -> str:
        owner, _, name = label.rpartition("#")
        reference = source.anchors.get(paragraph_anchor(owner or clause, name))
        return reference.text if reference else ""

    def period(due: Due) -> Duration | None:
        if not due or isinstance(due, FixedPeriod):
            return due.period if due else None
        value = parameters[due].at(paragraph(duty.paragraph))
        return value if isinstance(value, Duration) else RHYTHMS.get(str(value))

    first = next((e.value for e in parameters.values() if e.role == "first_performance"), None)
    return obligation_of(
        duty,
        source.library.clauses[clause],
        suffix=suffix,
        paragraph=paragraph,
        period=period,
        first_performance=first if isinstance(first, Duration) else None,
    )


def sanctions_of(source: Source, clauses: tuple[ClauseBlock, ...]) -> dict[str, Sanction]:
    """The failures that carry a credit: those of the library whose paragraph the file has."""
    return {
        name: build_sanction(spec, clause.id)
        for clause in source.known_clauses(clauses)
        for name, spec in clause.failures.items()
        if paragraph_anchor(clause.id, spec.paragraph) in source.anchors
    }


def _stated(
    clause: Clause,
    form: str,
    texts: Mapping[str, str],
    parameters: Mapping[str, Entry],
    known: Sequence[Obligation] | None,
) -> Iterator[Duty]:
    """The duties of a clause that a file states; `known` are those of the wording that it was made from.

    A file holds no posture. Where its wording is not known either, of the duties that the library has for one paragraph at
    different postures, the one whose words the paragraph has is taken.
    """
    possible = [
        d
        for d in clause.duties
        if d.paragraph in texts
        and d.form in ("", form)
        and all(n in parameters for n in d.parameters)
        and all(_says(texts[d.paragraph], d, slot) for slot in ("every", "first", "within", "before"))
        and not _ruled_out(d, parameters)
    ]
    if known is not None:
        left = Counter(map(_words_of_duty, known))
        for duty in possible:
            words = _words_of_duty(duty)
            if left[words]:
                left[words] -= 1
                yield duty
        return
    for duty in possible:
        rivals = [
            d
            for d in possible
            if d.paragraph == duty.paragraph and d.postures and not set(d.postures) & set(duty.postures)
        ]
        share = _share_said(duty, texts[duty.paragraph])
        if duty.postures and any(_share_said(r, texts[r.paragraph]) > share for r in rivals):
            continue
        alone = sum(d.paragraph == duty.paragraph for d in possible) == 1
        if alone or not (duty.postures or duty.when.parts) or share >= STATED:
            yield duty


def texts_by_label(blocks: tuple[Block, ...]) -> dict[str, str]:
    """For each labelled paragraph its words and those of the paragraphs below it."""
    texts: dict[str, str] = {}
    open_: list[tuple[int, str]] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            open_ = [(level, label) for level, label in open_ if level < block.level]
            for _, label in open_:
                texts[label] += f" {block.text}"
            if block.label:
                texts[block.label] = block.text
                open_.append((block.level, block.label))
    return texts


def _words_of_duty(duty: Duty | Obligation) -> tuple[str, ...]:
    """What tells the duties of one clause apart."""
    return (duty.action, duty.object, duty.trigger, duty.evidence, *duty.parameters)


def _says(text: str, duty: Duty, slot: str) -> bool:
    """Whether a paragraph still says the period that the library's duty states itself."""
    due = getattr(duty, slot)
    return not isinstance(due, FixedPeriod) or says(text, due.period, recurs=slot == "every")


def _ruled_out(duty: Duty, parameters: Mapping[str, Entry]) -> bool:
    """Whether a choice that the file prints is another than the duty depends on."""

    def failed(test: Test | Condition) -> bool:
        if not isinstance(test, Test) or test.operator not in ("==", "!=") or test.name not in parameters:
            return False
        wanted = test.operand.text if isinstance(test.operand, Written) else None
        return OPERATORS[test.operator](parameters[test.name].value, wanted) == test.negated

    return duty.when.join == "all" and any(map(failed, duty.when.parts))


def _share_said(duty: Duty, text: str) -> float:
    """The share of the words of a duty that a text has, its period counted as one."""
    words = {word[:6] for word in _WORD.findall(f"{duty.action} {duty.object}".casefold())}
    said = text.casefold()
    return sum(word in said for word in words) / len(words) if words else 1.0
