"""A sentence that left one paragraph and is in another: told as one move, or remarked where more was changed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ...compare.wording import sentences
from ...model.findings.review import Finding

LEAST = 3  # words of a sentence that is known again elsewhere
_WORDS = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class _Side:
    """The whole sentences that a finding takes away or brings, and whether it does nothing else."""

    sentences: tuple[str, ...]
    alone: bool


def moved_sentences(found: Sequence[Finding]) -> list[Finding]:
    """The findings of one source, with sentences that were carried from paragraph to paragraph told as moved."""
    lost = {n: side for n, f in enumerate(found) if (side := _one_sided(f.before, f.after, f)).sentences}
    won = {n: side for n, f in enumerate(found) if (side := _one_sided(f.after, f.before, f)).sentences}
    out = dict(enumerate(found))
    for n, side in lost.items():
        for sentence in side.sentences:
            takers = [m for m, other in won.items() if m != n and sentence in other.sentences]
            givers = [m for m, other in lost.items() if sentence in other.sentences]
            if len(takers) != 1 or len(givers) != 1 or n not in out or takers[0] not in out:
                continue
            m = takers[0]
            if side.alone and won[m].alone and len(side.sentences) == len(won[m].sentences) == 1:
                out[n] = _moved(found[n], found[m], sentence)
                del out[m]
            else:
                out[n] = _remarked(out[n], f"“{_short(sentence)}” is now in {_place(found[m])}")
                out[m] = _remarked(out[m], f"“{_short(sentence)}” was in {_place(found[n])}")
    return [out[n] for n in sorted(out)]


def _one_sided(text: str, other: str, finding: Finding) -> _Side:
    """The sentences of one side that the other lacks."""
    if finding.kind not in ("reworded", "deleted", "new") or finding.what not in ("", "definition") or "\n" in text:
        return _Side((), False)
    mine, theirs = list(_tidy(text)), list(_tidy(other))
    left = [s for s in mine if s not in theirs]
    return _Side(
        tuple(s for s in left if len(_WORDS.findall(s)) >= LEAST), [s for s in mine if s not in left] == theirs
    )


def _tidy(text: str) -> Iterator[str]:
    yield from (s.strip() for s in sentences(text))


def _moved(giver: Finding, taker: Finding, sentence: str) -> Finding:
    return replace(
        giver,
        kind="moved",
        what="sentence",
        before=sentence,
        after=sentence,
        words=(),
        values=(),
        faces=giver.faces + taker.faces,
        places=(f"{giver.section} {giver.number}".strip(), f"{taker.section} {taker.number}".strip()),
        remark=f"it is now in {_place(taker)}",
    )


def _remarked(finding: Finding, remark: str) -> Finding:
    return replace(finding, remark="; ".join(filter(None, (finding.remark, remark))))


def _place(finding: Finding) -> str:
    return finding.number or finding.section


def _short(text: str, most: int = 60) -> str:
    return text if len(text) <= most else f"{text[:most].rstrip()}…"
