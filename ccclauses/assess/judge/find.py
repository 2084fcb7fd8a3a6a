"""Which sentences answer a question, the best first: cues whose words all are there, weighed by telling words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ...model.findings.assessment import Cue, Found, Paper, Pattern, Question, Sentence

_CLIENT_ACTS = re.compile(
    r"^\W*(?:\(?\w{1,4}[.)]\s+)?(?:if [^,]{5,80}, )?(?:the )?(?:CLIENT|(?:authori[sz]ed |end )?users?|administrators)(?: or (?:its|CLIENT) \w+)?,? (?:(?:shall|will|must|should)(?! (?:receive|have|be (?!responsible|solely|liable|required)|not be|also be|promptly be))|agrees? (?:to|that it)|(?:is|are|be) (?:solely |fully )?(?:responsible|liable|required)|undertakes|warrants|represents|has (?:the sole )?responsibility|acknowledges (?:and agrees )?that it|retains)\b"
)
_SUPPLIER_IN = re.compile(r"SUPPLIER (?:shall|will|may|must|agrees|undertakes|provides|maintains|has|is)\b|SUBP")
# Choices that complete embedded standard clauses: "in clause 9, option 2 applies".
_COMPLETES = re.compile(
    r"\b(?:in|under|of|for purposes of|for the purposes? of)? ?clauses? \d{1,2}(?:\([a-z]\))?[^.]{0,80}\b(?:option|module|sccs?|standard contractual|docking|applies|will apply|shall apply)|\boption \d\b|\btable \d\b|\bmodule (?:2|3|two|three)\b"
)
_UNDER, _APART = 0.5, 0.4  # what a heading adds or takes
_LEAST = 1.0
_LONG = 800  # characters of a sentence
NOT_FOUND = 2.1  # below this score nothing answers


class Finder:
    """Looks a paper's sentences up; each expression is tried once on each sentence."""

    def __init__(self, paper: Paper, apart: Sequence[Pattern] = ()) -> None:
        self.paper = paper
        self.apart = apart
        self.hits: dict[str, dict[int, str]] = {}  # of each pattern as written, by the number of the sentence

    def paragraph(self, passage: int) -> str:
        """What cues read of a paragraph alone, without the list that it is in."""
        return " ".join(s.plain for s in self.paper.sentences if s.passage == passage)

    def hit(self, pattern: Pattern, number: int) -> str | None:
        """What the pattern matches in a sentence, or in its context where it may; None where it matches nothing."""
        cache = self.hits.get(pattern.written)
        if cache is None:
            cache = self.hits[pattern.written] = {}
        found = cache.get(number)
        if found is None:
            match = pattern.regex.search(self.paper.sentences[number].plain)
            found = cache[number] = match[0] if match else ""
        if found:
            return found
        if not pattern.near and not pattern.written.isupper():
            return None
        sentence = self.paper.sentences[number]
        where = sentence.context if pattern.near else sentence.scope if pattern.written.isupper() else ""
        match = pattern.regex.search(where) if where else None
        return f"~{match[0]}" if match else None

    def find(self, question: Question) -> list[Found]:
        """The sentences that answer, the best of each passage, the best first."""
        best: dict[int, Found] = {}
        for number, cue, words in self._cued(question):
            found = self._weighed(question, number, cue, words)
            if found is None or found.score < _LEAST:
                continue
            place = found.sentence.passage
            if place not in best or found.score > best[place].score:
                best[place] = found
        return sorted(best.values(), key=lambda f: (-f.score, f.sentence.passage))

    def _cued(self, question: Question) -> Iterator[tuple[int, Cue, tuple[str, ...]]]:
        for cue in question.find:
            for number in range(len(self.paper.sentences)):
                words: list[str] = []
                for pattern in cue.words:
                    hit = self.hit(pattern, number)
                    if hit is None:
                        break
                    words.append(hit)
                else:
                    if not any(self.hit(p, number) for p in cue.unless):
                        yield number, cue, tuple(words)

    def _weighed(self, question: Question, number: int, cue: Cue, words: tuple[str, ...]) -> Found | None:
        sentence = self.paper.sentences[number]
        passage = self.paper.passages[sentence.passage]
        if any(self.hit(p, number) for p in question.never):
            return None
        if all(w.startswith("~") for w in words):
            return None
        score = cue.weight - 0.3 * sum(w.startswith("~") for w in words)
        score += sum(weight for pattern, weight in question.tell if self.hit(pattern, number))
        score -= {"heading": 2.0, "definition": 1.5}.get(passage.kind, 0.0)
        if passage.embedded:
            score -= 0.6
        elif _COMPLETES.search(sentence.plain):
            score -= 1.0
        if any(p.regex.search(sentence.head) for p in question.under):
            score += _UNDER
        elif any(p.regex.search(sentence.head) for p in self.apart):
            score -= _APART
        if len(sentence.plain) > _LONG:  # in so many words every cue finds its own
            score -= 1.0 if len(sentence.plain) < 2 * _LONG else 2.0
        if (
            not question.client
            and (_CLIENT_ACTS.search(sentence.plain) or _CLIENT_ACTS.search(sentence.scope))
            and not _SUPPLIER_IN.search(sentence.plain)
        ):
            score -= 2.0
        return Found(sentence=sentence, score=round(score, 2), cue=cue, words=words)


def nearest_of(finder: Finder, question: Question) -> Sentence | None:
    """The sentence that comes closest to an answer: the one with the most words of a cue, none where nothing is near."""
    best, most = None, 0.0
    for cue in question.find:
        first, *others = cue.words
        for number, sentence in enumerate(finder.paper.sentences):
            if not _in_sentence(finder, first, number):
                continue
            if finder.paper.passages[sentence.passage].kind in ("heading", "contents"):
                continue
            there = 1 + sum(_in_sentence(finder, p, number) for p in others)
            if there >= min(2, len(cue.words)) and there / len(cue.words) > most:
                best, most = sentence, there / len(cue.words)
    return best


def _in_sentence(finder: Finder, pattern: Pattern, number: int) -> bool:
    hit = finder.hit(pattern, number)
    return hit is not None and not hit.startswith("~")


def spoken(found: Sequence[Found]) -> list[Found]:
    """Those that are good enough to say that the paper speaks of it."""
    return [f for f in found if f.score >= NOT_FOUND]
