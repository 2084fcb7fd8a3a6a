"""A small value of each kind that has a page, with a client's words in every text, and the pages that come of them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from ccclauses.compare.forms import FormsCompared, Subject
from ccclauses.model.diagnostic import Position
from ccclauses.model.findings.amendment import Amended, Concern, Effect, Left, Signatory
from ccclauses.model.findings.assessment import (
    HARMS,
    AssessedPaper,
    AssessedPoint,
    Cue,
    Found,
    FrameworkLine,
    Paper,
    PaperAnswer,
    Passage,
    Question,
    Sentence,
    Stated,
    Wording,
)
from ccclauses.model.findings.comparison import (
    ClauseChange,
    Comparison,
    CoverageChange,
    DefinitionChange,
    Exposure,
    ParagraphChange,
    ValueChange,
    WordChange,
)
from ccclauses.model.findings.negotiation import History, Move, Stage
from ccclauses.model.findings.portfolio import Holding
from ccclauses.model.findings.review import Finding, Judgement, QuantityChange, Review, SectionReview
from ccclauses.model.library.clause import Change
from ccclauses.model.words.quantity import Money
from ccclauses.redline import Change as RedlineChange
from ccclauses.redline import Redline
from ccclauses.report.amend.amend_summary import write_summary_html
from ccclauses.report.diff.diff_forms import write_forms_html
from ccclauses.report.diff.diff_html import write_diff_html
from ccclauses.report.paper.assessment import write_html as write_assessment_html
from ccclauses.report.portfolio import write_portfolio_html
from ccclauses.report.review.history import write_history_html
from ccclauses.report.review.redline import report_html
from ccclauses.report.review.review_html import write_review_html


def pages(name: str) -> dict[str, str]:
    """Every page that reports on annexes, with `name` in each text that a person may have chosen."""
    title = f"Annex of {name}"
    return {
        "diff": write_diff_html(comparison(name), "all"),
        "diff_forms": write_forms_html(forms(name)),
        "review": write_review_html(review(name)),
        "redline": report_html(redlined(name), title, f"{title} returned"),
        "history": write_history_html(history(name), title),
        "portfolio": write_portfolio_html(holdings(name), title, f"1 annex of {name}.\nNot read: {name}.pdf"),
        "assessment": write_assessment_html([assessed(name), assessed(f"other {name}")]),
        "amendments": write_summary_html(effects(name), title, date(2026, 3, 2)),
    }


def words(name: str) -> tuple[WordChange, ...]:
    """One change of each kind."""
    return (
        WordChange(kind="equal", before=f"{name} shall ", after=f"{name} shall "),
        WordChange(kind="replace", before=f"tell {name}", after=f"notify {name}"),
        WordChange(kind="delete", before=f" of {name}", after=""),
        WordChange(kind="insert", before="", after=f" in {name}"),
        WordChange(kind="moved_from", before=f"old {name}", after="", place=f"4.2 {name}"),
        WordChange(kind="moved_to", before="", after=f"new {name}", place=f"4.3 {name}"),
        WordChange(kind="moved_to", before="", after=f"here {name}"),
    )


def forms(name: str) -> FormsCompared:
    """Two annexes of different forms, with the name in every list."""
    subject = Subject(
        clause="audit",
        title=f"Audit of {name}",
        before=2,
        after=1,
        lost=(f"{name} audits",),
        gained=(),
        gone=False,
        new=False,
    )
    listed = ((f"late {name}",), (f"early {name}",))
    return FormsCompared(
        before=name,
        after=f"{name} 2",
        lengths=(("full", 26, 12000), ("short", 12, 6000)),
        subjects=(subject,),
        failures=listed,
        values=listed,
        changed=((f"Notice to {name}", f"4 {name}", f"8 {name}"),),
        requirements=listed,
    )


def exposures() -> tuple[Exposure, Exposure]:
    """The sums at risk before and after."""
    one, other = (Money(Decimal(n), "EUR") for n in (1000, 2500))
    return Exposure(month=one, year=None), Exposure(month=other, year=other)


def comparison(name: str) -> Comparison:
    """Two annexes that differ in everything that a comparison can tell."""
    before, after = exposures()
    value = ValueChange(
        parameter="x", label=f"Notice to {name}", clause="breach", before=f"72 {name}", after="", direction="looser"
    )
    paragraphs = (
        ParagraphChange(kind="reworded", before_number=f"4.1 {name}", after_number=f"4.1 {name}", words=words(name)),
        ParagraphChange(kind="moved", before_number="4.3", after_number="4.4", after=name, place=f"4.3 {name}"),
        ParagraphChange(kind="reworded", after_number="4.5", after=name, references=((f"3 {name}", f"5 {name}"),)),
    )
    clause = ClauseChange(
        id="breach", kind="reworded", also=("moved",), before_number="3", after_number=f"4 {name}",
        before_title=f"Breach {name}", after_title=f"Incidents {name}", before_version=1, after_version=2,
        paragraphs=paragraphs,
    )  # fmt: skip
    return Comparison(
        before=f"sent {name}", after=f"returned {name}", clauses=(clause,), schedules=(), front=(),
        definitions=(DefinitionChange(term=f"Incident {name}", kind="reworded", words=words(name)),),
        values=(value,),
        coverage=(CoverageChange(framework=f"DORA {name}", ref=f"30 {name}", duty=f"Report {name}", kind="lost"),),
        exposure_before=before, exposure_after=after,
    )  # fmt: skip


def review(name: str) -> Review:
    """A returned file with a silent and a tracked change and a comment."""
    judged = Judgement(
        verdict="below walk-away", reason=f"Too late for {name}", breaks=(f"law of {name}",), shareable=f"Tell {name}"
    )
    quantity = QuantityChange(kind="duration", before=f"24 {name}", after=f"72 {name}", label=f"Notice {name}")
    common = {"section": "breach", "number": f"4.1 {name}", "authors": (f"Ada {name}",), "dates": ("2026-03-02",)}
    findings = (
        Finding(source="silent", kind="reworded", words=words(name), values=(quantity,), judgement=judged, **common),
        Finding(
            source="tracked", kind="reworded", before=f"a {name}\nb", after=f"c {name}", what=f"row {name}",
            remark=f"Said by {name}", places=(f"4 {name}", f"5 {name}"), **common,
        ),
        Finding(source="tracked", kind="reworded", before=f"same\n{name}", after=f"same\n{name}", **common),
        Finding(
            source="comment", kind="commented", before=f"on {name}", after=f"Why {name}?", thread=(f"So {name}",),
            done=True, **common,
        ),
    )  # fmt: skip
    section = SectionReview(id="breach", kind="clause", number="4", title=f"Incidents {name}", findings=findings)
    before, after = exposures()
    return Review(
        sent=f"sent {name}", returned=f"returned {name}", sections=(section,), notes=(f"Note of {name}",),
        exposure_before=before, exposure_after=after, lint=(f"vague {name}",),
    )  # fmt: skip


def redlined(name: str) -> Redline:
    """A redline that names a changed and a moved paragraph."""
    changes = (
        RedlineChange(
            number=1, kind="changed", category="substantive", where="", before=f"a {name}", after=f"b {name}"
        ),
        RedlineChange(number=2, kind="moved", category="layout", where=f"4 {name}", before="", after=f"moved {name}"),
    )
    return Redline(package=None, changes=changes, notes=(f"Note of {name}",))


def history(name: str) -> History:
    """Two papers, a value that moved between them and a clause that did."""
    stages = tuple(
        Stage(
            round=1,
            side=side,
            file=f"{side}.docx",
            sha256="0123456789abcdef" * 4,
            name=f"{side} {name}",
            kept="2026-03-02",
        )
        for side in ("sent", "returned")
    )
    moves = (Move(name=f"Notice {name}", at=(f"72 {name}", "")),)
    return History(stages=stages, clauses=moves, values=moves)


def holdings(name: str) -> list[Holding]:
    """An annex and a file that can't be read."""
    return [
        Holding(
            file=f"a {name}.docx", supplier=f"Supplier {name}", client=f"Client {name}", reference=f"R {name}",
            date="2026-03-02", version="1", status="final", changed=False, remarks=(f"Remark {name}",),
            clauses={f"breach {name}": f"4 {name}"}, values={f"notice {name}": f"72 {name}"},
            coverage={f"DORA {name}": f"5 of 7 {name}"}, posture=f"balanced {name}", posture_share="1 of 2",
            review="2027-03-02", month="EUR 1,000", year="EUR 2,500",
        ),
        Holding(file=f"b {name}.docx", kind="unreadable", problem=f"broken {name}", changed=False, clauses={}, values={}, coverage={}),
    ]  # fmt: skip


def effects(name: str) -> list[Effect]:
    """An annex that is amended, and one of which nothing is known."""
    before, after = exposures()
    reasons = (Change(version=2, reason=f"The law of {name}."), Change(version=3, reason=f"Clearer for {name}."))
    amended = Amended(
        kind="clause", id="breach", number="4", title=f"Incidents {name}", what="replaced", why=(f"words {name}",),
        changes=reasons, about=f"Incidents of {name}", words=((f"old words of {name}", f"new words of {name}"),),
    )  # fmt: skip
    left = Left(
        kind="clause", id="audit", number="5", title=f"Audit {name}", why="negotiated", reason=f"by {name}",
        signed=f"signed {name}\nmore", library=f"library {name}",
    )  # fmt: skip
    concern = Concern(parameter="x", label=f"Notice {name}", value=f"72 {name}", kind="unmet", reason=f"law {name}")
    return [
        Effect(
            file=f"a {name}.docx", state="affected", went_by=(f"file {name}",), supplier=f"Supplier {name}",
            client=f"Client {name}", reference=f"R {name}", amended=(amended,), left=(left,), concerns=(concern,),
            before=before, after=after, terms=(f"in writing {name}",),
            signatories=(Signatory(party=f"Party {name}", name=f"Ada {name}", capacity=f"Director {name}"),),
            files=(f"a {name}-amendment.docx",),
        ),
        Effect(file=f"b {name}.docx", state="unreadable", problems=(f"broken {name}",)),
    ]  # fmt: skip


def assessed(name: str) -> AssessedPaper:
    """A supplier's paper with a point of each harm: some answered, the missing ones with the nearest sentence."""
    at = Position(file="cues.yaml")
    said = Sentence(passage=0, text=f"We tell {name} in 72 hours.", plain="")
    found = Found(sentence=said, score=1.0, cue=Cue(words=(), weight=1.0, at=at), words=())
    answers = {
        "met": {"verdict": "met", "found": (found,), "value": Stated(text=f"72 {name}", clock=name)},
        "unsure": {"verdict": "unsure", "found": (found,), "reasons": (f"vague {name}",)},
    }
    missing = {"verdict": "missing", "nearest": said, "reasons": (f"none of {name}",)}
    questions = {
        harm: Question(id=harm, clause="breach", ask=f"Is {name} told?", find=(), why=f"The law of {name}.", at=at)
        for harm in HARMS
    }
    points = tuple(
        AssessedPoint(
            number=number, answer=PaperAnswer(question=question, **answers.get(harm, missing)), harm=harm,
            title=f"Incidents {name}", ours=f"24 {name}", required=(f"DORA {name}",),
            wording=(Wording(number="4.1", text=f"Tell {name}."),),
        )
        for number, (harm, question) in enumerate(questions.items(), 1)
    )  # fmt: skip
    passage = Passage(index=0, number="4.1", text=said.text)
    paper = Paper(
        name=f"paper of {name}", passages=(passage,), sentences=(said,), blocks={}, notes=(f"Note of {name}",)
    )  # fmt: skip
    line = FrameworkLine(framework=f"DORA {name}", ref=f"30 {name}", duty=f"Report {name}", verdict="met", points=(1,))
    return AssessedPaper(paper=paper, points=points, coverage=(line,))
