"""Finds a sentence of more than 45 words, and a paragraph of more than 120.

Why it matters
    Long sentences hide conditions. One duty a sentence is the rule.

Flagged
    The Provider shall, and also with all the care that a careful operator of a call centre in that country
      would take when it handles data of the same kind for a client of the same size, and also with all the care
      that a careful operator of a call centre in that country would take when it handles data of the same kind
      for a client of the same size, keep a log for 12 months.

Accepted
    The Provider shall keep a log for 12 months.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...model.diagnostic import Severity
from ..sentences import list_items, word_count
from ..subject import Finding, Subject

CODE = "L30"
SEVERITY = Severity.WARNING
MOST_WORDS = 45
MOST_IN_PARAGRAPH = 120


def check(subject: Subject) -> Iterator[Finding]:
    """Each sentence and paragraph that is too long; a definition may be."""
    for sentence in subject.sentences:
        count = max(map(word_count, list_items(sentence.text)))
        if count > MOST_WORDS and not sentence.passage.definition:
            words = " ".join(sentence.text.split()[:4])
            hint = "one duty a sentence; put alternatives in a list"
            yield Finding(message=f"a sentence of {count} words", words=words, passage=sentence.passage, hint=hint)
    for passage in subject.passages:
        count = word_count(passage.text)
        if count > MOST_IN_PARAGRAPH and not passage.definition:
            yield Finding(
                message=f"a paragraph of {count} words", passage=passage, hint="split it where the subject changes"
            )
