"""A Word file made fit to be sent or signed: tracked changes accepted or rejected by author or clause, comments and metadata taken out.

Each change is decided by the nearest rule that names it: its clause before its author, its author before `all`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Literal

from lxml import etree

from ..compare.contents import tidy_text
from ..model.diagnostic import Diagnostic, Position, nearest
from ..ooxml.namespaces import W, local_name, make, w
from ..ooxml.output import Output
from ..ooxml.package.package import Package, serialize_xml
from ..ooxml.revisions import RANGE_MARKS, REVISIONS, resolve_these
from ..read.sections import sections
from ..read.word.document import ReadParagraph, ReadRow
from ..read.word.docx import read_docx

Verdict = Literal["accept", "reject"]
_MARK = "_at_"
_COMMENT_PARTS = ("comments", "commentsExtended", "commentsIds", "commentsExtensible", "people")
_COMMENT_MARKS = ("commentRangeStart", "commentRangeEnd", "commentReference")
# What says who made the file with what, or points to a place of theirs; title, language and identifier stay.
_CORE = {
    "creator": "author",
    "lastModifiedBy": "last saved by",
    "description": "remark",
    "keywords": "keywords",
    "category": "category",
    "contentStatus": "status",
    "revision": "number of savings",
    "lastPrinted": "moment of the last print",
}
_APP = {
    "Company": "company",
    "Manager": "manager",
    "Template": "template",
    "TotalTime": "editing time",
    "HyperlinkBase": "base of links",
}
_SETTINGS = {
    "rsids": "ids of editing sessions",
    "docVars": "document variables",
    "attachedTemplate": "template attached",
}
_SHOWN = re.compile(r"\b(AUTHOR|LASTSAVEDBY|COMMENTS|KEYWORDS|DOCPROPERTY|DOCVARIABLE|INFO|REVNUM|EDITTIME|TEMPLATE)\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """What to do with tracked changes: of everybody, `by` an author, or `within` a clause."""

    verdict: Verdict
    by: str = ""
    within: str = ""

    def __str__(self) -> str:
        named = f"by {self.by}" if self.by else f"in {self.within}" if self.within else "all"
        return f"{self.verdict} {named}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cleaned:
    """The cleaned file, what went, and what stays although it may say more than is meant."""

    package: Package
    gone: tuple[str, ...]
    left: tuple[str, ...]


def clean(
    package: Package, rules: Sequence[Rule], *, comments: bool = True, metadata: bool = True, name: str = ""
) -> tuple[Cleaned | None, list[Diagnostic]]:
    """The file cleaned by rules, without its comments and metadata unless they are to stay; or every rule that fits nothing."""
    cleaning = _Cleaning(package, name)
    problems = cleaning.problems(rules)
    if problems:
        return None, problems
    cleaning.settle(rules)
    if comments:
        cleaning.without_comments()
    if metadata:
        cleaning.without_metadata()
    return cleaning.finished(), []


class _Cleaning:
    def __init__(self, package: Package, name: str) -> None:
        self.package, self.name = package, name
        self.output = Output(package)
        self.stories = [self.output.tree(s.part) for s in package.stories()]
        self.body = self.output.tree(package.main_part)
        self.clauses = _clauses(package, self.body)
        self.gone: list[str] = []
        self.left: list[str] = []

    # -- tracked changes -------------------------------------------------------------------------------------------

    @property
    def changes(self) -> Iterator[etree._Element]:
        return (c for root in self.stories for c in root.iter(*REVISIONS))

    def problems(self, rules: Sequence[Rule]) -> list[Diagnostic]:
        """Every rule that names nobody and nothing of this file, and every two that contradict each other."""
        authors = {c.get(w("author"), "") for c in self.changes}
        names = dict.fromkeys(n for clause in self.clauses for n in clause.names)
        found = []
        for rule in rules:
            if rule.by and rule.by not in authors:
                who = nearest(rule.by, authors) or (
                    f"changes are by {', '.join(sorted(filter(None, authors)))}" if authors else "nothing is tracked"
                )
                found.append(self._problem("unknown-author", f"nobody named `{rule.by}` tracked a change", who))
            if rule.within and not any(c.named(rule.within) for c in self.clauses):
                found.append(
                    self._problem("unknown-clause", f"there is no clause `{rule.within}`", nearest(rule.within, names))
                )
        for i, rule in enumerate(rules):
            if replace(rule, verdict="reject" if rule.verdict == "accept" else "accept") in rules[:i]:
                found.append(
                    self._problem(
                        "contradiction", f"{str(rule).partition(' ')[2]} is both accepted and rejected", "keep one"
                    )
                )
        return found

    def _problem(self, rule: str, message: str, hint: str) -> Diagnostic:
        return Diagnostic(rule=rule, message=message, at=Position(file=self.name), hint=hint)

    def settle(self, rules: Sequence[Rule]) -> None:
        """Accept and reject what the rules name. Both ends of a move are settled alike."""
        chosen: dict[Verdict, list[etree._Element]] = {"accept": [], "reject": []}
        counted: Counter[tuple[str, str]] = Counter()
        for root in self.stories:
            moves = _moves(root)
            verdicts: dict[etree._Element, Verdict] = {}
            for change in root.iter(*REVISIONS):
                verdict = self._verdict(change, rules)
                for part in moves.get(change, [change]) if verdict else ():
                    verdicts.setdefault(part, verdict)  # type: ignore[arg-type]  # it is one of the two here
            for element, verdict in verdicts.items():
                chosen[verdict].append(element)
                if element.tag in REVISIONS:
                    counted[verdict, element.get(w("author"), "") or "nobody named"] += 1
            for verdict in chosen:
                resolve_these(
                    root, [e for e in chosen[verdict] if e.getroottree().getroot() is root], accept=verdict == "accept"
                )
        for (how, author), number in counted.items():
            self.gone.append(f"{number} tracked change{'' if number == 1 else 's'} by {author} {how}ed")

    def _verdict(self, change: etree._Element, rules: Sequence[Rule]) -> Verdict | None:
        paragraph = next((p for p in (change, *change.iterancestors()) if p.tag in (w("p"), w("tr"))), None)
        clause = [c for c in self.clauses if paragraph is not None and paragraph in c.elements]
        for rule in rules:
            if rule.within and any(c.named(rule.within) for c in clause):
                return rule.verdict
        author = change.get(w("author"), "")
        return next((r.verdict for r in rules if r.by and r.by == author), None) or next(
            (r.verdict for r in rules if not r.by and not r.within), None
        )

    # -- comments and metadata ---------------------------------------------------------------------------------------

    def without_comments(self) -> None:
        """Take the comments out, with their marks."""
        part = self.output.related("comments")
        authors = Counter(
            c.get(w("author"), "") or "nobody named"
            for c in (self.output.tree(part).iter(w("comment")) if part else ())
        )
        for row in [r for r in self.output.relationships(self.output.main_part) if r.kind in _COMMENT_PARTS]:
            if not row.external:
                self.output.drop(row.target)
        for root in self.stories:
            for mark in list(root.iter(*map(w, _COMMENT_MARKS))):
                holder = mark.getparent()
                holder.remove(mark)
                if holder.tag == w("r") and all(c.tag == w("rPr") for c in holder):
                    holder.getparent().remove(holder)
        for author, number in authors.items():
            self.gone.append(f"{number} comment{'' if number == 1 else 's'} by {author}")

    def without_metadata(self) -> None:
        """Take out what says who made the file, when and with what; what a field shows of it stays."""
        codes = " ".join(_codes(self.stories))
        shown = set(_SHOWN.findall(codes))
        for kind, names in (("core-properties", _CORE), ("extended-properties", _APP)):
            for row in [r for r in self.output.relationships("") if r.kind == kind and r.target in self.output.parts]:
                self._without_properties(self.output.tree(row.target), names, shown)
        for row in list(self.output.relationships("")):
            if row.kind in ("custom-properties", "thumbnail") and row.target in self.output.parts:
                what = "properties of the file's own" if row.kind == "custom-properties" else "preview picture"
                if row.kind == "custom-properties" and "DOCPROPERTY" in shown:
                    self.left.append(f"{what}: fields show some of them")
                    continue
                self.output.drop(row.target)
                self.gone.append(what)
        settings = self.output.related("settings")
        tree = self.output.tree(settings) if settings else None
        for name, what in _SETTINGS.items():
            for element in list(tree.iter(w(name))) if tree is not None else ():
                if name == "docVars" and "DOCVARIABLE" in shown:
                    self.left.append(f"{what}: fields show some of them")
                    continue
                element.getparent().remove(element)
                self.gone.append(what)
        marked = [(e, k) for root in self.stories for e in root.iter() for k in e.attrib if _is_session(str(k))]
        for element, key in marked:
            del element.attrib[key]

    def _without_properties(self, root: etree._Element, names: Mapping[str, str], shown: set[str]) -> None:
        for element in list(root):
            what = names.get(local_name(element.tag)) if isinstance(element.tag, str) else None
            if what is None or not (element.text or "").strip():
                continue
            if shown:
                self.left.append(f"{what}: a field of the text may show it")
                continue
            self.gone.append(f"{what}: {' '.join((element.text or '').split())}")
            root.remove(element)

    def finished(self) -> Cleaned:
        """The cleaned file with what went and what stays."""
        package = self.output.finish()
        stay = Counter(c.get(w("author"), "") or "nobody named" for c in self.changes)
        left = [f"{n} tracked change{'' if n == 1 else 's'} by {author}" for author, n in stay.items()]
        document = read_docx(package)
        hidden = sum(bool(p.hidden.strip()) for p in document.paragraphs())
        if hidden:
            left.append(f"{hidden} paragraph{'' if hidden == 1 else 's'} with hidden words")
        left += [f"link to {address}" for address in document.external]
        comments = len(document.comments)
        if comments:
            left.append(f"{comments} comment{'' if comments == 1 else 's'}")
        return Cleaned(package=package, gone=tuple(self.gone), left=tuple(dict.fromkeys((*left, *self.left))))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Clause:
    """A clause or a paragraph of one: what it may be called, and its elements."""

    names: tuple[str, ...]
    elements: frozenset[etree._Element]

    def named(self, name: str) -> bool:
        """Whether a person who writes that name means this."""
        return tidy_text(name).rstrip(".").casefold() in (tidy_text(n).rstrip(".").casefold() for n in self.names)


def _clauses(package: Package, body: etree._Element) -> list[_Clause]:
    """The parts of a document and its numbered paragraphs, each with the elements of the tree that belong to it."""
    paragraphs = list(body.iter(w("p")))
    for number, paragraph in enumerate(paragraphs):
        mark = make("bookmarkStart")
        mark.set(w("id"), str(-1 - number))
        mark.set(w("name"), f"{_MARK}{number}")
        paragraph.append(mark)
    parts = MappingProxyType({**package.parts, package.main_part: serialize_xml(body)})
    for paragraph in paragraphs:
        paragraph.remove(paragraph[-1])
    out: list[_Clause] = []
    for section in sections(read_docx(replace(package, parts=parts), view="all")):
        title = f"{section.number} {section.title}".strip()
        names = tuple(filter(None, (section.id, section.number, section.title, title)))
        held: set[etree._Element] = set()
        for block in section.blocks:
            lines = [p for cell in block.cells for p in cell] if isinstance(block, ReadRow) else [block]
            own = {e for line in lines for e in _elements(line, paragraphs)}
            held |= own
            if isinstance(block, ReadParagraph) and block.full_number:
                out.append(_Clause(names=(block.full_number,), elements=frozenset(own)))
        out.append(_Clause(names=names, elements=frozenset(held | _heading(section.anchor, held, paragraphs))))
    return _with_rows(_with_below(out))


def _elements(line: ReadParagraph, paragraphs: Sequence[etree._Element]) -> Iterator[etree._Element]:
    for anchor in line.anchors:
        if anchor.startswith(_MARK):
            yield paragraphs[int(anchor[len(_MARK) :])]


def _heading(anchor: str, held: set[etree._Element], paragraphs: Sequence[etree._Element]) -> set[etree._Element]:
    """The heading of a section: the paragraph that carries its anchor, else the one before its first."""
    for paragraph in paragraphs if anchor else ():
        if any(b.get(w("name")) == anchor for b in paragraph.iter(w("bookmarkStart"))):
            return {paragraph}
    first = min((paragraphs.index(e) for e in held), default=0)
    return {paragraphs[first - 1]} if first else set()


def _with_below(clauses: list[_Clause]) -> list[_Clause]:
    """A numbered paragraph has those below it: 4.2 has 4.2(a)."""
    out = []
    for clause in clauses:
        below = [
            c.elements
            for c in clauses
            if len(c.names) == len(clause.names) == 1 and c.names[0].startswith(f"{clause.names[0]}(")
        ]
        out.append(replace(clause, elements=clause.elements.union(*below)))
    return out


def _with_rows(clauses: list[_Clause]) -> list[_Clause]:
    return [
        replace(c, elements=c.elements | {r for e in c.elements for r in e.iterancestors(w("tr"))}) for c in clauses
    ]


def _moves(root: etree._Element) -> dict[etree._Element, list[etree._Element]]:
    """For each tracked change that belongs to a move, all that belongs to both its ends."""
    open_: dict[str, list[etree._Element]] = {}
    by_id: dict[tuple[str, str], list[etree._Element]] = {}
    groups: dict[str, list[etree._Element]] = {}
    for element in root.iter(*RANGE_MARKS, *REVISIONS):
        kind = local_name(element.tag)
        if kind in ("moveFromRangeStart", "moveToRangeStart"):
            group = groups.setdefault(element.get(w("name"), ""), [])
            open_[element.get(w("id"), "")] = by_id[kind, element.get(w("id"), "")] = group
            group.append(element)
        elif kind in ("moveFromRangeEnd", "moveToRangeEnd"):
            group = open_.pop(element.get(w("id"), ""), [])
            group.append(element)
        elif kind in ("moveFrom", "moveTo"):
            for group in open_.values():
                group.append(element)
    return {e: group for group in groups.values() for e in group}


def _codes(stories: Iterable[etree._Element]) -> Iterator[str]:
    for root in stories:
        for element in root.iter(w("instrText"), w("fldSimple")):
            yield element.get(w("instr"), "") or element.text or ""


def _is_session(name: str) -> bool:
    return name.startswith(f"{{{W}}}rsid")
