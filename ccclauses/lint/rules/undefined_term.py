"""Finds a capitalised term that nothing defines.

Why it matters
    A capital promises a definition. Without one, each party has its own.

Flagged
    “Site” means a building. The Provider shall guard each Site. The Provider shall keep the Guard Book at the
      Site. The Client may read the Guard Book. The Provider shall file the Guard Book.

Accepted
    Capitalised terms have the meanings given in the Agreement. The Guard Book, the Guard Book and the Guard Book.
    The parties know the Illinois Freedom to Work Act. Read the Illinois Freedom to Work Act. Keep to the Illinois Freedom to Work Act.
    “Site” means a building. The Provider shall guard each Site.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...model.diagnostic import Severity, nearest
from ..subject import PARTIES, Finding, Passage, Subject

CODE = "L19"
SEVERITY = Severity.ERROR
# A capitalised word or two in the middle of a sentence, after an article or a determiner: how a defined term is used.
_USE = re.compile(r"\b(?:the|each|an?|any|all|its|such|every|that|those)\s+(?P<term>[A-Z][a-z]+(?:[ -](?:[A-Z][a-z]+))*)\b")
# Words by which a name of a law, a court, a body, a place or a standard is known: they have capitals of their own.
_PROPER = re.compile(
    r"\b(?:Art|Article|Section|Schedule|Exhibit|Appendix|Annexe?|Chapter|Part|Clause|Paragraph|Regulations?|Directive|Act|Code|Rules?|Orders?|"
    r"States?|United|Kingdom|Union|European|Courts?|Commission(?:er)?|Republic|County|City|District|Federal|National|International|New|North|South|"
    r"Party|Parties|Internet|English|German|French|Indian|American|British|Irish|Dutch|Spanish|Australian|Singapore|Philippine|Canadian|"
    r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|January|February|March|April|May|June|July|August|September|October|November|December|"
    r"Exchange|Revenue|Delaware|California|York|London|England|Wales|Germany|France|India|Ireland|Quebec|Ontario|Spain|Netherlands|Philippines|"
    r"Australia|Africa|Canada|Department|Secretary|Board|Laws?|Bank|Centre|Center|Institut(?:e|ion)|Convention|Tribunal|Attorney|General|Authority|"
    r"Standards?|Framework|Civil|Payment|Industry|President|Chief|Officer|Director|Company|Corporation|Chamber|Council|Agency|Committee|Ministry|"
    r"Association|Office|Model|Catalog(?:ue)?|Requirements?|Appeals?|Justice|Congress|Parliament|Senate|Team|Trade|Special|Publication|Subpart|Decision|Directions?|Digital|Data Protection|Protection Commission)\b"
)
_PARTY = re.compile(rf"(?:{PARTIES})s?")
LEAST_USES = 3  # in a contract that somebody else wrote, a name used less often may be no term


_LONGER = re.compile(r"(?: (?:of|and|for|on)(?: the)?(?: [A-Z][\w-]*)+)+")  # "the Protection of Personal Information Act"
_NAMED_LAW = re.compile(r"(?: (?:to|of|and|for|Not|x+|[A-Z][\w-]*))* (?:Act|Law|Code|Regulation|Directive|Rules)\b")  # "the Illinois Freedom to Work Act"
_ELSEWHERE = re.compile(r"[Cc]apitali[sz]ed (?:words|terms)[^.]{0,80}\b(?:meanings?|defined)\b")  # another document defines them
_VERSION = re.compile(r",? \(?(?:version|v\.? ?\d|\d)", re.IGNORECASE)  # what follows the name of a standard


def check(subject: Subject) -> Iterator[Finding]:
    """Each such term once; in a library at its first use, elsewhere when it is used several times."""
    if _ELSEWHERE.search(subject.text):
        return
    labels = {p.text.rstrip(" :") for p in subject.passages if p.text[:1].isupper() and len(p.text) < 60}
    uses: dict[str, list[Passage]] = {}
    known = _known_terms(subject)
    for sentence in subject.sentences:
        # Known terms are blanked out first, so that a part of a longer one is not taken for a term of its own.
        text = known.sub(lambda m: "x" * len(m[0]), sentence.text) if known else sentence.text
        for match in _USE.finditer(text):
            term = match["term"]
            longer = _LONGER.match(text[match.end() :])
            name = term + longer[0] if longer else term
            if not (_PROPER.search(name) or _PARTY.fullmatch(term) or _VERSION.match(text[match.end() :]) or _NAMED_LAW.match(text[match.end() :])):
                uses.setdefault(term, []).append(sentence.passage)
    for term, passages in uses.items():
        if any(t.startswith((f"{term} ", f"{term}s")) for t in subject.terms) or term in labels:
            continue  # "Severity" of "Severity 1"; or a row of a table of key terms
        if subject.library or len(passages) >= LEAST_USES:
            hint = nearest(term, set(subject.terms.values())) or "define it, or write it small"
            yield Finding(
                message=f"“{term}” is written like a defined term and is not defined", words=term, passage=passages[0], hint=hint
            )


def _known_terms(subject: Subject) -> re.Pattern[str] | None:
    spellings = sorted(subject.terms, key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, spellings))})\b") if spellings else None
