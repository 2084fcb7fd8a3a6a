"""What a counter may offer for a changed paragraph: the next lower rung that is, their sentence with our value, our words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ...compare.contents import tidy_text
from ...compare.wording import change_words
from ...compose.texts.wording import value_text
from ...model.findings.review import Finding, Review
from ...model.library.clause import Parameter
from ...read.values import parse_value
from ...resolve.judge import Incomparable, compare
from ...review.answer.countering import Counter, counters
from ...review.find.quantities import changed_quantities, standing_alone
from ...review.judge.judging import Judging
from ...review.judge.known import Known

Offer = tuple[str, str]  # what it is, its words


def offers(review: Review, number: int, known: Known | None, judging: Judging | None) -> tuple[Offer, ...]:
    """The words that a counter to a finding may begin with, the best first; each differs from theirs."""
    finding = review.findings[number - 1]
    found: list[Offer] = []
    if known and judging:
        found += _rungs(finding, known, judging)
    found += _their_sentence(finding)
    if known and judging and not any(v.parameter for v in finding.values):
        found += _wordings(review, number, finding, known)
    if finding.before:
        found.append(("Our words, to be changed", finding.before))
    first = {words: (label, words) for label, words in reversed(found) if words != finding.after}
    return tuple(o for o in found if first.get(o[1]) == o)


def _rungs(finding: Finding, known: Known, judging: Judging) -> Iterator[Offer]:
    """Our paragraph with the value of a lower rung that is better than theirs, where it may stand."""
    for change in finding.values:
        parameter = judging.parameters.get(change.parameter)
        ours = parse_value(change.before, parameter) if parameter else None
        theirs = parse_value(change.after, parameter) if parameter else None
        if parameter is None or ours is None:
            continue
        for posture in known.library.postures.values():
            value = parameter.values.get(posture.id)
            if value is None or not _between(value, ours, theirs, parameter):
                continue
            printed = tidy_text(value_text(parameter, value, known.annex.language))
            text = standing_alone(change.before).sub(lambda _: printed, finding.before)  # noqa: B023 - used at once
            words = change_words(finding.before, text)
            values = changed_quantities(finding.before, text, words)
            now = replace(finding, kind="reworded", after=text, words=words, values=values, judgement=None)
            judged = judging.judged(now).judgement
            if judged and judged.acceptable:
                yield f"{posture.label}: {printed}", text


def _between(value: object, ours: object, theirs: object, parameter: Parameter) -> bool:
    """Whether a value concedes something, and less than theirs."""
    if parameter.stricter == "none":
        return False
    looser = ">" if parameter.stricter == "lower" else "<"
    try:
        return compare(value, looser, ours, parameter.choices) and (  # type: ignore[arg-type]  # values of one parameter
            theirs is None or compare(theirs, looser, value, parameter.choices)  # type: ignore[arg-type]  # the same
        )
    except Incomparable:
        return False


def _their_sentence(finding: Finding) -> Iterator[Offer]:
    """Their words with our values in them."""
    text = finding.after
    for value in finding.values:
        if value.before and value.after:
            text = standing_alone(value.after).sub(value.before.replace("\\", r"\\"), text, count=1)
    if text not in (finding.after, finding.before) and finding.before:
        yield "Their sentence with our value", text


def _wordings(review: Review, number: int, finding: Finding, known: Known) -> Iterator[Offer]:
    """The paragraph as the lower rungs word it."""
    postures = list(known.library.postures.values())
    clause = known.library.clauses.get(finding.section)
    now = known.profile.postures.get(clause.topic, known.profile.posture) if clause else ""
    place = next((n for n, p in enumerate(postures) if p.id == now), 0)
    for posture in postures[place + 1 :] if clause else ():
        given, _ = counters(review, known, [Counter(place=finding.section, rung=posture.id)])
        answer = given.get(number)
        if answer and answer.decision == "counter" and answer.text != finding.before:
            yield f"{posture.label} wording", answer.text
