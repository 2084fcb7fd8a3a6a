"""Where a value is on the fallback ladder of its parameter: the values of the postures, the strictest first."""

from __future__ import annotations

from ...model.findings.review import Judgement, Verdict
from ...model.library.clause import Parameter, Value
from ...model.library.library import Library
from ...model.library.scale import priced
from ...resolve.judge import Incomparable, compare, said

# From the best for the client to the worst; what is unknown may be worse than anything that is on the ladder.
ORDER: tuple[Verdict, ...] = ("preferred", "better", "rung", "between", "unknown", "below walk-away")


def judge_value(parameter: Parameter, value: Value | None, library: Library) -> Judgement:
    """What a value means against the ladder; a value that could not be read, or has no place there, is unknown."""
    rungs = [
        (library.postures[p], priced(parameter.values[p], value, library))
        for p in library.postures
        if p in parameter.values
    ]
    if value is None or not rungs:
        return Judgement(
            verdict="unknown", reason=f"{parameter.label}: the new words are not a value that the library can read"
        )
    try:
        for place, (posture, own) in enumerate(rungs):
            if compare(value, "==", own, parameter.choices):
                verdict: Verdict = "rung" if place else "preferred"
                return Judgement(
                    verdict=verdict,
                    rung=posture.id,
                    reason=f"{parameter.label}: {said(value)} is the {posture.label} value",
                )
        return _beside(parameter, value, rungs)
    except Incomparable:
        return Judgement(
            verdict="unknown", reason=f"{parameter.label}: {said(value)} can't be compared with {said(rungs[0][1])}"
        )


def _beside(parameter: Parameter, value: Value, rungs: list) -> Judgement:
    if parameter.stricter == "none":
        return Judgement(
            verdict="unknown",
            reason=f"{parameter.label}: {said(value)} is on no rung, and neither direction is the stricter",
        )
    sign = "<" if parameter.stricter == "lower" else ">"

    def stricter(one: Value, other: Value) -> bool:
        return compare(one, sign, other, parameter.choices)

    first, last = rungs[0], rungs[-1]
    if stricter(value, first[1]):
        return Judgement(
            verdict="better",
            reason=f"{parameter.label}: {said(value)} is stricter than the {first[0].label} value, {said(first[1])}",
        )
    if stricter(last[1], value):
        reason = (
            f"{parameter.label}: {said(value)} is looser than the {last[0].label} value, {said(last[1])}, the last rung"
        )
        return Judgement(verdict="below walk-away", reason=reason)
    above = [r for r in rungs if stricter(r[1], value)][-1]
    below = next(r for r in rungs if stricter(value, r[1]))
    reason = (
        f"{parameter.label}: {said(value)} is between the {above[0].label} value, {said(above[1])}, "
        f"and the {below[0].label} one, {said(below[1])}"
    )
    return Judgement(verdict="between", rung=below[0].id, reason=reason)


def together(judgements: list[Judgement]) -> Judgement:
    """Several judgements of one difference as one: the worst verdict, every reason."""
    worst = max(judgements, key=lambda j: ORDER.index(j.verdict))
    return Judgement(
        verdict=worst.verdict,
        rung=worst.rung,
        reason="; ".join(dict.fromkeys(j.reason for j in judgements if j.reason)),
        breaks=tuple(dict.fromkeys(b for j in judgements for b in j.breaks)),
        shareable=next((j.shareable for j in judgements if j.shareable), ""),
    )
