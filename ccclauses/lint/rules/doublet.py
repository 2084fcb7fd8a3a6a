"""Finds pairs of words that say the same: null and void, any and all.

Why it matters
    Where two words say one thing, a reader looks for the difference.

Flagged
    A weaker policy is null and void.
    The Provider shall return any and all copies within 5 days.

Accepted
    A weaker policy is void.
    The Provider shall return all copies within 5 days.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...model.diagnostic import Severity
from ..patterns import matches
from ..subject import Finding, Subject

CODE = "L32"
SEVERITY = Severity.WARNING
_DOUBLETS = {
    "null and void": "void",
    "any and all": "all",
    "each and every": "each",
    "cease and desist": "stop",
    "full and complete": "complete",
    "due and payable": "due",
    "true and correct": "correct",
    "true and accurate": "accurate",
    "sole and exclusive": "exclusive",
    "over and above": "above",
    "by and between": "between",
    "for and in consideration of": "for",
    "covenant and agree": "agree",
    "covenants and agrees": "agrees",
    "fit and proper": "fit",
    "free and clear": "free",
    "save and except": "except",
    "understood and agreed": "agreed",
    "unless and until": "until",
    "if and when": "when",
    "if and to the extent": "to the extent",
    "keep and maintain": "keep",
    "in full force and effect": "in force",
    "made and entered into": "made",
    "indemnify and hold harmless": "indemnify",
    "indemnifies and holds harmless": "indemnifies",
}
_PATTERN = re.compile(rf"\b(?:{'|'.join(_DOUBLETS)})\b", re.IGNORECASE)


def check(subject: Subject) -> Iterator[Finding]:
    """Each doublet, with the word that is enough."""
    for match, sentence in matches(_PATTERN, subject):
        hint = f"say “{_DOUBLETS[match[0].casefold()]}”"
        yield Finding(message=f"“{match[0]}” says one thing twice", words=match[0], passage=sentence.passage, hint=hint)


def fix(text: str) -> str:
    """The one word that is enough, with the capital of the first."""

    def one(match: re.Match[str]) -> str:
        word = _DOUBLETS[match[0].casefold()]
        return word[0].upper() + word[1:] if match[0][0].isupper() else word

    return _PATTERN.sub(one, text)
