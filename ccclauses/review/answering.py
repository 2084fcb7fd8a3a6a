"""Judged review × policy → our answer to each finding. What the other side may read comes from `shareable` alone."""

from __future__ import annotations

from collections.abc import Mapping

from ..model.review import Answer, Decision, Finding, Review

REFUSED = "Not agreed. The wording as sent is restored."
RESERVED = "Not agreed yet: under review."
_NEVER_REFUSED = frozenset({"renumbered", "file"})  # they follow from other changes, or can't be put back here
# Words that can't be seen or can be read two ways, references that point elsewhere.
_NEVER_ACCEPTED = frozenset({"hidden", "struck through", "field"})


def decide(review: Review, policy: str, given: Mapping[int, Answer] | None = None) -> dict[int, Answer]:
    """The answer to each finding by its number: as given, else by the policy."""
    given = given or {}
    return {number: given.get(number) or _by_policy(finding, policy) for number, finding in review.numbered()}


def told(finding: Finding, answer: Answer) -> str:
    """What the comment says to the other side; empty for what is accepted."""
    if answer.decision == "accept":
        return ""
    if answer.reason:
        return answer.reason
    if answer.decision == "open":
        return RESERVED
    shareable = finding.judgement.shareable if finding.judgement else ""
    stated = REFUSED if answer.decision == "refuse" else "Not agreed. Our proposal stands in its place."
    return f"{stated} {shareable}".strip()


def _by_policy(finding: Finding, policy: str) -> Answer:
    decision: Decision = "open"
    judged = finding.judgement
    if finding.source == "comment" or finding.kind in _NEVER_REFUSED:
        decision = "open"
    elif policy == "hold":
        decision = "refuse"
    elif policy == "accept-fallbacks" and finding.kind in _NEVER_ACCEPTED:
        decision = "refuse"
    elif policy == "accept-fallbacks" and judged:
        decision = (
            "accept" if judged.acceptable else "open" if judged.verdict == "unknown" and not judged.breaks else "refuse"
        )
    return Answer(decision=decision)
