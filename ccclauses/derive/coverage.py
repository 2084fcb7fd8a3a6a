"""Annex → Coverage: each reference of the frameworks that are on, the paragraphs that answer it, what is missing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ..model.annex import Annex, CoverageRow, Paragraph, Reference
from ..model.diagnostic import Diagnostic
from ..model.library.clause import Clause
from ..model.library.form import FULL
from ..model.library.library import Library

_CHECKED = {
    "primary": "",
    "secondary": "row checked against a summary only",
    "unchecked": "row not checked against a source",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One reference of a framework: what it asks, what answers it with which evidence, else what to add."""

    ref: str
    kind: str
    duty: str
    checked: str
    answers: tuple[tuple[str, str], ...]  # title of the clause, number of the paragraph: "Audit", "clause 37.1"
    evidence: str
    state: str  # covered, partly, open, not asked
    lacking: tuple[str, ...]  # what the annex would have to hold too
    add: str  # what would close the gap, and how many words of text it costs
    deadline: str  # of the framework
    own_deadline: str  # what the annex promises in the paragraphs

    @property
    def covered(self) -> bool:
        """Whether the annex answers the reference wholly, or the deal does without it."""
        return self.state in ("covered", "not asked")


@dataclass(frozen=True, slots=True, kw_only=True)
class FrameworkCoverage:
    """A framework that is on, with every one of its references."""

    id: str
    short: str
    title: str
    rows: tuple[Row, ...]

    def share(self, kind: str = "") -> tuple[int, int]:
        """How many of the references (of that kind) are covered, and how many there are."""
        rows = [r for r in self.rows if not kind or r.kind == kind]
        return sum(r.covered for r in rows), len(rows)


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """What the annex answers of the frameworks that are on."""

    frameworks: tuple[FrameworkCoverage, ...]
    problems: tuple[Diagnostic, ...] = ()  # what the deal is warned of

    @property
    def complete(self) -> bool:
        """Whether every contract term of every framework is answered."""
        return all(covered == total for covered, total in (f.share("contract_term") for f in self.frameworks))

    def as_dict(self) -> dict[str, object]:
        """The coverage as plain JSON values."""
        return {
            "frameworks": [
                {
                    "id": f.id,
                    "short": f.short,
                    "title": f.title,
                    "covered": f.share()[0],
                    "references": f.share()[1],
                    "contract_terms_covered": f.share("contract_term")[0],
                    "contract_terms": f.share("contract_term")[1],
                    "rows": [
                        {
                            "ref": r.ref,
                            "kind": r.kind,
                            "duty": r.duty,
                            "checked": r.checked,
                            "covered": r.covered,
                            "state": r.state,
                            "lacking": list(r.lacking),
                            "deadline": r.deadline,
                            "own_deadline": r.own_deadline,
                            "answers": [{"clause": title, "paragraph": number} for title, number in r.answers],
                            "evidence": r.evidence,
                            "add": r.add,
                        }
                        for r in f.rows
                    ],
                }
                for f in self.frameworks
            ]
        }

    def text(self) -> str:
        """The coverage as a person reads it in a terminal."""
        return "\n".join(_lines(self)) + "\n"


def coverage(annex: Annex, library: Library) -> Coverage:
    """What the annex answers of each framework that is on, and what the library could add."""
    rows: dict[str, list[Row]] = {}
    titles = _titles(annex)
    for row in annex.coverage:
        rows.setdefault(row.framework, []).append(
            Row(
                ref=row.ref,
                kind=row.kind,
                duty=row.duty,
                checked=row.checked,
                answers=tuple(_answer(reference, titles) for reference in row.paragraphs),
                evidence=row.evidence,
                state=row.state,
                lacking=row.lacking,
                add=_to_add(row, annex, library) if row.state in ("open", "partly") else "",
                deadline=row.deadline,
                own_deadline=row.own_deadline,
            )
        )
    return Coverage(
        frameworks=tuple(
            FrameworkCoverage(
                id=id_, short=library.frameworks[id_].short, title=library.frameworks[id_].title, rows=tuple(found)
            )
            for id_, found in rows.items()
        )
    )


def _titles(annex: Annex) -> dict[str, str]:
    """The title of the clause in which each anchor stands."""
    titles = {}
    for clause in annex.clauses:
        titles[clause.anchor] = clause.title
        titles.update({b.anchor: clause.title for b in clause.blocks if isinstance(b, Paragraph) and b.anchor})
    return titles


def _answer(reference: Reference, titles: dict[str, str]) -> tuple[str, str]:
    return titles.get(reference.target, ""), f"{reference.noun}{reference.text}"


def _to_add(row: CoverageRow, annex: Annex, library: Library) -> str:
    """What would close a gap, with the words that it adds to the annex; else the subject of a clause of one's own."""
    present = {c.id for c in annex.clauses}
    offered = [c for c in library.clauses.values() if row.ref in c.maps_to.get(row.framework, ())]
    form = library.forms.get(annex.form, library.forms[FULL])
    missing = [c for c in offered if c.id not in present]
    out = []
    if missing and not any(form.carries(c.id) for c in missing):
        names = " and ".join(f"`{c.id}`" for c in missing)
        out.append(f"the {form.id} form leaves it out: `form: {FULL}` answers it with {names}")
    elif missing:
        out += [f"include `{c.id}` (about {_words(c)} words)" for c in missing]
    if any("`" in why for why in row.lacking):
        out.append("set the value within its bound, which adds no text")
    if not missing and any("without" in why for why in row.lacking):
        named = " or ".join(f"`{c.topic}`" for c in offered if any(f"“{c.title}”" in why for why in row.lacking))
        wording = f"`form: {FULL}`" if form.outline else f"another posture for {named}"
        out.append(f"choose {wording}, or add a clause of your own")
    if out:
        return "; ".join(out)
    titles = [library.topics[t].title for t in row.topics if t in library.topics]
    return f"add a clause of your own on {' or on '.join(titles)}"


def _words(clause: Clause) -> int:
    """About how many words the longest wording of a clause has, to the next ten."""
    return max((-(-len(v.text.split()) // 10) * 10 for v in clause.variants), default=0)


def _lines(coverage: Coverage) -> Iterator[str]:
    if not coverage.frameworks:
        yield "No framework is on. Name some in the profile: `ccclauses frameworks` lists them."
    for framework in coverage.frameworks:
        covered, total = framework.share()
        terms, asked = framework.share("contract_term")
        yield f"{framework.short}: {covered} of {total} references, {terms} of {asked} contract terms"
        for row in framework.rows:
            yield f"  {row.ref} ({row.kind.replace('_', ' ')}): {row.duty}"
            by_clause: dict[str, list[str]] = {}
            for title, number in row.answers:
                by_clause.setdefault(title, []).append(number)
            for title, numbers in by_clause.items():
                yield f"    → {title}: {', '.join(numbers)}" if title else f"    → {', '.join(numbers)}"
            if row.answers:
                yield f"    evidence: {row.evidence or 'none named'}"
            if row.deadline:
                yield f"    deadline of {framework.short}: {row.deadline}; of this annex: {row.own_deadline or 'none'}"
            if row.state == "not asked":
                yield "    not asked: the clauses that answer it do not apply to this deal"
            elif row.lacking or not row.answers:
                what = "; ".join(row.lacking)
                head = "partly, and lacking" if row.answers else "not covered"
                yield f"    {head}: {what}" if what else f"    {head}"
                if row.add:
                    yield f"    to close it: {row.add}"
            if _CHECKED[row.checked]:
                yield f"    ({_CHECKED[row.checked]})"
        yield ""
