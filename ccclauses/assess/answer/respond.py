"""Our answer written into the supplier's own Word file: weak words changed in place, else our wording inserted, with comments.

Every change is tracked: rejecting them leaves their paper as it came.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass
from datetime import datetime

from lxml import etree

from ...model.findings.assessment import AssessedPaper, AssessedPoint
from ...model.words.words import with_references
from ...ooxml.namespaces import make, w
from ...ooxml.output import Output
from ...ooxml.package.package import Package
from ...redline.parts.comments import Comments
from ...redline.text.marks import Marker, mark_paragraph
from .in_place import change_of, text_of, write_change

_SUPPLIERS = "Provider Supplier Vendor Processor Contractor Licensor Consultant".split()
_CLIENTS = "Customer Client Controller Company Buyer Subscriber School Licensee".split()
_DATA = (
    "Customer Personal Data",
    "Customer Data",
    "Client Personal Data",
    "Student Data",
    "Personal Data",
    "Client Data",
    "PHI",
)
_SIGNED = re.compile(r"(?:in witness|signatures?\b|signed\b|executed\b|exhibit|annex|schedule|appendix)", re.IGNORECASE)
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What was done about a point: changed in their words, inserted next to them, or at the end of the paper."""

    number: int
    question: str
    place: str
    text: str


class _Beyond(Marker):
    """A marker whose ids begin behind those that the file has."""

    def __init__(self, author: str, date: datetime, root: etree._Element) -> None:
        super().__init__(author, date)
        used = (e.get(w("id"), "") for e in root.iter() if isinstance(e.tag, str))
        self._last = max((int(n) for n in used if n.isdigit() and len(n) < 9), default=0)


def respond(
    package: Package, paper: AssessedPaper, chosen: Sequence[AssessedPoint], *, author: str, date: datetime
) -> tuple[Package, tuple[Written, ...]]:
    """The paper with our wording for the chosen points, and what was written where."""
    output = Output(package)
    root = output.tree(package.main_part)
    output.put_tree(package.main_part, root)
    body = root.find(w("body"))
    marker = _Beyond(author, date, root)
    comments = Comments(output, marker)
    places = _places(body, paper)
    terms = _terms(paper)
    done = []
    last: dict[int, etree._Element] = {}
    standing: dict[str, etree._Element] = {}
    end: etree._Element | None = None
    # A paragraph that answers several points goes next to their words if their paper has words on any of those points.
    for point in sorted(chosen, key=lambda p: _passage(p, paper) not in places):
        changed = _changed(point, places, marker)
        if changed is not None:
            paragraph, marks, new = changed
            comments.add(paragraph, f"{_remark(point)} We changed the words that fall short.", marks)
            place_said = f"in their paragraph {point.answer.found[0].sentence.passage + 1}"
            done.append(Written(number=point.number, question=point.answer.question.id, place=place_said, text=new))
            continue
        said = [_in_their_words(t, terms) for t in _paragraphs(point)][:3]
        if not said:
            continue
        texts = [t for t in said if t not in standing]
        if not texts:
            # The same paragraph of ours answers several points: it is written once.
            comments.add(standing[said[0]], _remark(point))
            done.append(Written(number=point.number, question=point.answer.question.id, place="as before", text=""))
            continue
        found = _passage(point, paper)
        place = places.get(found)
        if place is not None:
            after = place
            where = f"after their paragraph {found + 1}"
            like = place
        else:
            end = end if end is not None else _end(body)
            after = like = end
            where = "at the end"
        after = last.get(found, after) if place is not None else after
        added = [after]
        for text in texts:
            made = _inserted(like, text, marker, beside=place is not None)
            added[-1].addnext(made)
            added.append(made)
        standing.update(zip(texts, added[1:]))
        _settle(added, marker)
        if place is not None:
            last[found] = added[-1]
        else:
            end = added[-1]
        comments.add(added[1], _remark(point))
        done.append(Written(number=point.number, question=point.answer.question.id, place=where, text="\n".join(texts)))
    return output.finish(), tuple(done)


def _changed(
    point: AssessedPoint, places: dict[int, etree._Element], marker: Marker
) -> tuple[etree._Element, list[etree._Element], str] | None:
    """Their paragraph with the few words changed that fall short, the marks and our words; None where that won't do."""
    if not point.answer.found:
        return None
    paragraph = places.get(point.answer.found[0].sentence.passage)
    change = change_of(point, text_of(paragraph)) if paragraph is not None else None
    marks = write_change(paragraph, change, marker) if change is not None else None
    return (paragraph, marks, change.new) if change is not None and marks else None


def _paragraphs(point: AssessedPoint) -> list[str]:
    """Our wording as paragraphs of one level: a list is in the sentence that leads it in."""
    out: list[str] = []
    for line in point.wording:
        if line.level <= 2 or not out:
            out.append(line.text)
        else:
            mark = re.search(r"\([a-z]+\)$", line.number)
            out[-1] = " ".join(filter(None, (out[-1], mark[0] if mark else "", line.text)))
    return out


def _passage(point: AssessedPoint, paper: AssessedPaper) -> int:
    """The passage after which our wording goes: the one that answers, with the list that it leads in; -1 for none."""
    if not point.answer.found:
        return -1
    index = point.answer.found[0].sentence.passage
    passages = paper.paper.passages
    lead = passages[index].lead if passages[index].lead >= 0 else index
    while index + 1 < len(passages) and passages[index + 1].lead == lead:
        index += 1
    return index


def _places(body: etree._Element, paper: AssessedPaper) -> dict[int, etree._Element]:
    """The paragraph of the file for each passage outside tables, found by its words in order."""
    wanted = {p.index: {_letters(p.text), _letters(p.text.removeprefix(p.number))} for p in paper.paper.passages}
    out: dict[int, etree._Element] = {}
    paragraphs = [(p, _letters(_said(p))) for p in body.iterchildren(w("p"))]
    begin = 0
    for index, letters in wanted.items():
        for number in range(begin, len(paragraphs)):
            if paragraphs[number][1] and paragraphs[number][1] in letters:  # its number may be typed or counted
                out[index] = paragraphs[number][0]
                begin = number + 1
                break
    return out


def _letters(text: str) -> str:
    return re.sub(r"\W+", "", text).lower()


def _end(body: etree._Element) -> etree._Element:
    """The last paragraph that says something before the signatures, or of the body where there are none."""
    spoken = [p for p in body.iterchildren(w("p")) if _said(p)]
    if not spoken:
        made = make("p")
        body.insert(0, made)
        return made
    signed = [n for n, p in enumerate(spoken) if n > len(spoken) // 2 and _SIGNED.match(_said(p))]
    return spoken[signed[0] - 1] if signed else spoken[-1]


def _said(paragraph: etree._Element) -> str:
    return "".join(t.text or "" for t in paragraph.iter(w("t"))).strip()


def _inserted(like: etree._Element, text: str, marker: Marker, *, beside: bool) -> etree._Element:
    """A tracked paragraph with the looks of another, and with its numbering where it stands `beside` it."""
    paragraph = make("p")
    properties = like.find(w("pPr"))
    own = deepcopy(properties) if properties is not None else make("pPr")
    for name in ("sectPr", "pPrChange", "rPr", *(() if beside else ("numPr", "pStyle", "outlineLvl", "ind"))):
        for element in own.findall(w(name)):
            own.remove(element)
    mark = make("rPr")
    mark.append(marker.element("ins"))
    own.append(mark)
    paragraph.append(own)
    insertion = marker.element("ins")
    run = make("r")
    looks = next((r.find(w("rPr")) for r in like.iter(w("r")) if r.find(w("rPr")) is not None and _words(r)), None)
    if looks is not None:
        kept = deepcopy(looks)
        for name in ("ins", "del", "rPrChange", "b", "bCs", "caps", "highlight", "u"):
            for element in kept.findall(w(name)):
                kept.remove(element)
        run.append(kept)
    words = make("t")
    words.text = text
    words.set(_SPACE, "preserve")
    run.append(words)
    insertion.append(run)
    paragraph.append(insertion)
    return paragraph


def _settle(added: Sequence[etree._Element], marker: Marker) -> None:
    """Let the new paragraphs go without a trace when they are rejected, whatever follows them.

    A paragraph whose mark is an insertion joins the next one when it is rejected (ECMA-376 Part 1, 17.13.5.19); where no
    paragraph follows, the mark before it is the one that is new.
    """
    after = added[-1].getnext()
    if after is not None and after.tag == w("p"):
        return
    own = added[-1].find(w("pPr"))
    mark = own.find(w("rPr"))
    mark.remove(mark.find(w("ins")))
    if not len(mark):
        own.remove(mark)
    mark_paragraph(added[0], "ins", marker)


def _words(run: etree._Element) -> str:
    return "".join(t.text or "" for t in run.iter(w("t"))).strip()


def _terms(paper: AssessedPaper) -> list[tuple[str, str]]:
    """Our words for the parties and the data with theirs, where their paper has such words."""
    text = "\n".join(p.text for p in paper.paper.passages)

    def commonest(names: Sequence[str], least: int = 2) -> str:
        counts = Counter({n: len(re.findall(rf"\b{n}s?\b", text)) for n in names})
        name, count = counts.most_common(1)[0]
        return name if count >= least else ""

    pairs = [
        ("Client Data", commonest(_DATA, least=1)),
        ("the Provider", commonest(_SUPPLIERS)),
        ("the Client", commonest(_CLIENTS)),
        ("this Annex", "this Agreement" if re.search(r"\b[Tt]his Agreement\b", text) else "this document"),
    ]
    bare = {name for _, name in pairs if name and not re.search(rf"\b[Tt]he {name}\b", text)}
    out = []
    for ours, name in pairs:
        if not name:
            continue
        with_article = ours.startswith("the ") and name not in bare
        out.append((ours, f"the {name}" if with_article else name))
    return out


def _in_their_words(text: str, terms: Sequence[tuple[str, str]]) -> str:
    text = with_references(text, lambda kind, number: f"[{kind} {number} of our annex]".replace("[ ", "["))
    for ours, name in terms:
        text = re.sub(rf"\b{ours}\b", name, text)
        if ours.startswith("the "):
            capital = f"The{name[3:]}" if name.startswith("the ") else name
            text = re.sub(rf"\bThe{ours[3:]}\b", capital, text)
    return text


def _remark(point: AssessedPoint) -> str:
    """What the other side may read: what we ask and why; nothing of our ladder."""
    ask = point.answer.question.ask
    said = {
        "missing": "We did not find this in your paper.",
        "partly": "Your paper covers this in part.",
        "unsure": "We are not certain that your paper covers this.",
        "met": "",
    }[point.answer.verdict]
    required = f" It is required by {', '.join(point.required[:3])}." if point.required else ""
    return f"{ask} {said} {point.answer.question.why}{required}".strip()
