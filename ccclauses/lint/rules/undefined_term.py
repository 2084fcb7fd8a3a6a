"""Finds a capitalised term that nothing defines.

Why it matters
    A capital promises a definition. Without one, each party has its own.

Flagged
    “Site” means a building. The Provider shall guard each Site. The Provider shall keep the Guard Book at the
      Site. The Client may read the Guard Book. The Provider shall file the Guard Book.

Accepted
    Capitalised terms have the meanings given in the Agreement. The Guard Book, the Guard Book and the Guard Book.
    The parties know the Illinois Freedom to Work Act. Read the Illinois Freedom to Work Act. Keep to the Illinois
     Freedom to Work Act.
    “Site” means a building. The Provider shall guard each Site.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from ...model.diagnostic import Severity, nearest
from ...model.words.words import MONTHS
from ..patterns import PARTIES, any_of
from ..subject import Finding, Passage, Subject

CODE = "L19"
SEVERITY = Severity.ERROR
# A capitalised word or two in the middle of a sentence, after a determiner: how a defined term is used.
_USE = re.compile(
    r"\b(?:the|each|an?|any|all|its|such|every|that|those)\s+(?P<term>[A-Z][a-z]+(?:[ -](?:[A-Z][a-z]+))*)\b"
)
# Words by which a name of a law, a court, a body, a place or a standard is known: they have capitals of their own.
_PROPER = any_of(
    "Art|Article|Section|Schedule|Exhibit|Appendix|Annexe?|Chapter|Part|Clause|Paragraph|Subpart|Publication|Special",
    "Regulations?|Directive|Act|Code|Rules?|Orders?|Decision|Directions?|Laws?|Convention|Framework|Standards?|Civil",
    "Party|Parties|Company|Corporation|President|Chief|Officer|Director|Secretary|Attorney|General|Board|Team|Office",
    "Courts?|Tribunal|Justice|Appeals?|Commission(?:er)?|Council|Agency|Committee|Ministry|Department|Authority|Chamber",
    "Congress|Parliament|Senate|Bank|Cent(?:re|er)|Institut(?:e|ion)|Association|Exchange|Revenue|Industry|Payment",
    "States?|United|Kingdom|Union|European|Republic|County|City|District|Federal|National|International|New|North|South",
    "English|German|French|Indian|American|British|Irish|Dutch|Spanish|Australian|Singapore|Philippine|Canadian",
    "Administration|Statutes?|Delaware|California|York|London|England|Wales|Germany|France|India|Ireland|Quebec|Ontario|Spain|Netherlands",
    "Philippines|Australia|Africa|Canada",
    "(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day",
    *MONTHS,
    "Internet|Trade|Digital|Model|Catalog(?:ue)?|Requirements?|Data Protection|Protection Commission",
    cased=True,
)
_PARTY = re.compile(rf"(?:{PARTIES})s?")
_THE_PARTIES = re.compile(r"\b(?:Client|Provider)\b")
LEAST_USES = 3  # in a contract that somebody else wrote, a name used less often may be no term
# What goes on after the first words: "the Protection of Personal Information Act", "the Freedom to Work Act" (terms that
# are known are x by then), and the version of a standard.
_LONGER = re.compile(r"(?: (?:of|and|for|on)(?: the)?(?: [A-Z][\w-]*)+)+")
_NAMED_LAW = re.compile(
    r"(?: (?:to|of|and|for|Not|x+|[A-Z][\w-]*))* (?:Act|Law|Code|Regulation|Directive|Rules)\b|,? \(?(?:[Vv]ersion|[Vv]\.? ?\d|\d)"
)
_ELSEWHERE = re.compile(r"[Cc]apitali[sz]ed (?:words|terms)[^.]{0,80}\b(?:meanings?|defined)\b")  # by another document


def check(subject: Subject) -> Iterator[Finding]:
    """Each such term once; in a library at its first use, elsewhere when it is used several times."""
    if _ELSEWHERE.search(subject.text):
        return
    labels = {p.text.rstrip(" :") for p in subject.passages if p.text[:1].isupper() and len(p.text) < 60}
    labels |= {
        p.text.partition(":")[0].strip() for p in subject.passages if ":" in p.text[:60]
    }  # "Controller: the person who …"
    uses: dict[str, list[Passage]] = {}
    known = _any_of(tuple(subject.terms))
    for sentence in subject.sentences:
        # Known terms are blanked out first, so that a part of a longer one is not taken for a term of its own.
        text = known.sub(_blank, sentence.text) if known else sentence.text
        if subject.library:  # whose annexes name the parties at the beginning and not among the definitions
            text = _THE_PARTIES.sub(_blank, text)
        for match in _USE.finditer(text):
            term, rest = match["term"], text[match.end() :]
            longer = _LONGER.match(rest)
            name = term + longer[0] if longer else term
            if not (_PROPER.search(name) or _PARTY.fullmatch(term) or _NAMED_LAW.match(rest)):
                uses.setdefault(term, []).append(sentence.passage)
    for term, passages in uses.items():
        if any(t.startswith((f"{term} ", f"{term}s")) for t in subject.terms) or term in labels:
            continue  # "Severity" of "Severity 1"; or a row of a table of key terms
        # In a text that defines its terms, one of two words or more was forgotten sooner.
        least = 2 if subject.defined and (" " in term or "-" in term) else LEAST_USES
        if subject.library or len(passages) >= least:
            hint = nearest(term, set(subject.terms.values())) or "define it, or write it small"
            message = f"“{term}” is written like a defined term and is not defined"
            yield Finding(message=message, words=term, passage=passages[0], hint=hint)


def _blank(match: re.Match[str]) -> str:
    return "x" * len(match[0])


@lru_cache(maxsize=16)
def _any_of(spellings: tuple[str, ...]) -> re.Pattern[str] | None:
    """What finds a term by any spelling, the longest first; the subjects of a library have the same."""
    longest = sorted(spellings, key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, longest))})\b") if longest else None
