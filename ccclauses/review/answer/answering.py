"""Judged review × policy → our answer to each finding. What the other side may read comes from `shareable` alone."""

from __future__ import annotations

from collections.abc import Mapping

from ...model.findings.review import Answer, Decision, Done, Finding, Review
from ..find.outside import SECTION

_NEVER_REFUSED = frozenset({"renumbered", "file"})  # they follow from other changes, or can't be put back here
# Words that can't be seen or can be read two ways, references that point elsewhere.
_NEVER_ACCEPTED = frozenset({"hidden", "struck through", "field"})


def decide(review: Review, policy: str, given: Mapping[int, Answer] | None = None) -> dict[int, Answer]:
    """The answer to each finding by its number: as given, else by the policy."""
    given = given or {}
    return {number: given.get(number) or _by_policy(finding, policy) for number, finding in review.numbered()}


def told(finding: Finding, answer: Answer, done: Done) -> str:
    """What the comment says to the other side; empty where nothing is to be said of what is accepted."""
    silent = finding.source == "silent"
    if answer.decision == "accept" and not silent:
        return ""
    shareable = finding.judgement.shareable if finding.judgement and answer.decision != "accept" else ""
    stated = answer.reason or f"{_STATED[answer.decision, done == 'restored']} {shareable}".strip()
    if not silent:
        return stated
    where = f"In the {finding.what}: " if finding.section == SECTION and finding.what in _BESIDE else ""
    return f"{stated}\n{where}{_UNTRACKED[done == 'shown']}{_quoted(finding, done)}"


_STATED: Mapping[tuple[Decision, bool], str] = {
    ("accept", False): "Agreed.",
    ("refuse", True): "Not agreed. The wording as sent is restored.",
    ("refuse", False): "Not agreed. The wording as sent is to be restored.",
    ("counter", False): "Not agreed. Our proposal replaces it.",
    ("open", False): "Not agreed yet: under review.",
}
_UNTRACKED = {
    False: "This change came back untracked.",
    True: "This change came back untracked; it is shown here as a tracked change.",
}
_BESIDE = ("header", "footer", "footnote", "endnote", "text box", "drawing")


def _quoted(finding: Finding, done: Done) -> str:
    """What was sent and what came back, where no tracked change at the place shows it."""
    if done in ("shown", "countered") or (done == "restored" and finding.section != SECTION):
        return ""
    old, new = (
        text if len(text) <= _LONGEST else f"{text[:_LONGEST].rstrip()} …" for text in (finding.before, finding.after)
    )
    parts = (
        f"Sent: “{old}”." if old else "",
        f"Returned: “{new}”." if new and new != old else "",
        finding.remark and f"({finding.remark})",
    )
    return " " + " ".join(filter(None, parts)) if any(parts) else ""


_LONGEST = 300  # characters of a text that a comment quotes


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
