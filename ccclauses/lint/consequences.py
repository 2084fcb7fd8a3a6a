"""Whether the paragraph that a duty names as its consequence speaks of that duty's failure.

It does when a sentence that says what follows refers to the duty's paragraph, speaks in general of a duty of the
clause, or names the same event in the duty's words. Words are compared by their first letters, without those that any
duty has.
"""

from __future__ import annotations

import re

from ..load.library.paragraphs import paragraphs_of
from ..model.library.clause import Clause, Duty
from ..model.library.library import Library
from .paragraphs import named_texts, references_in, sentences_of

_TAG = re.compile(r"\{\{.*?\}\}")
_DUTY = re.compile(r"\bshall\b(?! credit\b)")
_WORD = re.compile(r"[A-Za-z]{3,}|\b[A-Z]{2}\b")

# A sentence that says what follows a failure: a grade, a Credit, a burden, a right of the other party on a condition.
_FOLLOWS = re.compile(
    r"\bcredit the Client\b|\bCredit is due\b|\bdraw no Credit\b|\bis a [\"*]*Failure\b"
    r"|\b(?:is|are|as|one)(?: each)?(?: an?| one)?"
    r" (?:Security (?:Event|Breach)(?:es|s)?|Termination Event|of Severity|misplaced)\b"
    r"|\bmakes it\b|\bcounts? as\b|\b[Ss]ilence\b|\bno (?:effect|authority)\b|\bdoes not (?:excuse|make good)\b"
    r"|\bis liable\b|\bbears\b|\btest fails\b|\breduces the indemnity\b|\bmay set off\b|\bset (?:it|an?|unpaid)\b.*\boff\b|\bgives the other\b|\breaches no\b"
    r"|\bapplies to it\b|\blacks\b|\bdeparts\b|\bnot in breach of this Annex\b"
)
_RIGHT = re.compile(r"\bmay (?:then )?(?:suspend|withdraw|terminate|carry out|ask|buy|order|require|refuse|reject)\b")
_CONDITION = re.compile(r"\b(?:[Ii]f|[Aa]fter|[Ww]hile|[Uu]ntil|breaks?|broke|caused)\b")
# A sentence that speaks of every duty there is.
_GENERAL = re.compile(
    r"\b(?:duty|duties) (?:of|under|in) this (?:clause|Annex)\b|\bshare of duties\b|\bstep under this clause\b"
    r"|\b(?:violate[ds]?|breaks|broken|breach of|breaches) this clause\b"
    r"|\bthe duty that the evidence concerns\b|\banother clause of this Annex\b|\bact or omission of the Client\b"
)
# What follows, and where: words that tell no failure from another.
_OUTCOME = re.compile(
    r"\bcredits? the Client\b|\bCredit is due\b|\bCredits?\b|\bSecurity (?:Event|Breach)(?:es|s)?\b"
    r"|\bTermination Events?\b|\bSeverity \d\b|\b(?:Client|Personal|Restricted|Confidential) Data\b"
    r"|\bthe Client may\b[^.]*|\bthis (?:clause|Annex)\b|\bcalendar month\b|\bEvidence Register\b|\b[io]n time\b"
    r"|\bthe (?:Services|Agreement)\b|\bnotice of the Client\b|\bClient's notice\b"
)
_COMMON = frozenset(
    "after also and annex another any apart applies apply are because been before being below between both but came "
    "can clause client clients count counts day days did does due each either else end ends even event events every "
    "fail failed fails failure first for from gave get give given gives giving had has have her hour hours how into "
    "its itself keep keeping keeps kept last late later least less made make makes making may missing month months "
    "more most must need needs neither nor not nothing off one only onto open other others out over own part "
    "parties party period periods person persons provided provider request requests require required requires same "
    "second send sends shall she should since still such take takes than that the their them then there these they "
    "this those three through time times too two under unless until upon use used uses using was well were what "
    "when where whether which while who whom whose why will with within without word words would writing written "
    "year years yet".split()
)
# Beginnings that represent the same act, and the one for all of them.
_SAME = {
    **dict.fromkeys(("notif", "tell", "tells", "told", "annou", "messa"), "notic"),
    **dict.fromkeys(("sanit", "erasu"), "erase"),
    "reten": "retai",
}


def speaks_of(duty: Duty, clause: Clause, library: Library, form: str) -> bool:
    """Whether a wording of the duty's consequence, in this form, speaks of its failure."""
    itself = duty.consequence == duty.paragraph
    # A paragraph of another clause names this one with its clause.
    name = f"{clause.id}#{duty.paragraph}" if "#" in duty.consequence else duty.paragraph
    words = None
    for text in named_texts(duty.consequence, clause, library, form):
        events = _after_the_duty(text) if itself else _events(text)
        if itself and events:
            return True
        if any(name in references_in([e]) or _GENERAL.search(e) for e in events):
            return True
        words = words or _duty_stems(duty, clause, form)
        if any(words & _stems(_OUTCOME.sub(" ", _plain(e))) for e in events):
            return True
    return False


def _after_the_duty(text: str) -> list[str]:
    """What a paragraph says of its own duty's failure: the sentences after it that say what follows."""
    sentences = sentences_of(text)
    first = next((i for i, s in enumerate(sentences) if _DUTY.search(s)), 0)
    rest = [_DUTY.split(sentences[first])[-1], *sentences[first + 1 :]]
    return [words for words in rest if _follows(words)]


def _events(text: str) -> list[str]:
    """The sentences that say what follows and those that go on with them."""
    sentences = sentences_of(text)
    if not any(map(_follows, sentences)):
        return []
    return [s for s in sentences if _follows(s) or not _DUTY.search(s)]


def _follows(sentence: str) -> bool:
    return bool(_FOLLOWS.search(sentence) or (_RIGHT.search(sentence) and _CONDITION.search(sentence)))


def _duty_stems(duty: Duty, clause: Clause, form: str) -> frozenset[str]:
    label = duty.paragraph.replace("-", " ")
    text = " ".join(_plain(t) for t in paragraphs_of(clause, form).get(duty.paragraph, ()))
    return _stems(f"{duty.action} {duty.object} {duty.trigger} {label} {text}")


def _plain(text: str) -> str:
    """The words of a text, with the words of the labels to which it refers."""
    labels = " ".join(re.sub(r"[#-]", " ", name) for name in sorted(references_in([text])))
    return f"{_TAG.sub(' ', text)} {labels}"


def _stems(text: str) -> frozenset[str]:
    stems = (word[:5] for word in (w.casefold() for w in _WORD.findall(text)) if word not in _COMMON)
    return frozenset(_SAME.get(stem, stem) for stem in stems)
