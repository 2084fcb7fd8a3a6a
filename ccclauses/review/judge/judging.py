"""Review × what was sent → the review judged: which rung the new value or wording is, what it breaks, what it costs.

Wording is known when it is that of a posture, composed for this very deal; any other is called unknown, never guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cached_property
from typing import Any

from ...compare.annexes import exposure, exposure_of
from ...compare.contents import tidy_text
from ...compose.annex import compose_annex
from ...compose.texts.american import spelled_library
from ...model.annex import Paragraph, Table
from ...model.annex import Value as PrintedValue
from ...model.diagnostic import Diagnostic, Severity
from ...model.findings.comparison import Exposure
from ...model.findings.review import Finding, Judgement, Review, Verdict
from ...model.library.clause import Value
from ...model.profile import Profile
from ...model.words.quantity import Money, Percentage, QuantityError
from ...read.values import parameters_by_label, parse_value
from ...resolve import resolve
from ...resolve.judge import Incomparable, compare, said
from ...sides.annex import at_posture
from ..find.quantities import standing_alone
from ..find.repeated import with_repetitions
from ..find.signals import Signals
from .known import Known, with_values
from .ladder import judge_value, together
from .values import (
    Changed,
    holds,
    mask_values,
    named_values,
    paragraphs_of,
    points_to,
    told_once,
    values_in,
    without_place,
)

_UNJUDGED = frozenset({"comment", "renumbered", "field", "hidden", "struck through", "file", "retitled"})
_CHARGES = "Monthly Charges"


def judge_review(review: Review, known: Known, judging: Judging | None = None) -> Review:
    """The review with each change judged, and with the exposure before and after; `judging` is one of the same `known`."""
    judging = judging or Judging(known)
    sections = tuple(replace(s, findings=tuple(judging.judged(f) for f in s.findings)) for s in review.sections)
    judged = replace(review, sections=with_repetitions(sections, known.annex))
    return replace(
        judged,
        notes=(*review.notes, *told_once(judged, known.annex), *_basis(known)),
        exposure_before=exposure(known.annex),
        exposure_after=_exposure_after(judged, known),
    )


def agreed_values(review: Review, known: Known) -> dict[str, Value]:
    """The values that a judged review changes, by parameter; what a clause says goes before what a schedule repeats."""
    library = spelled_library(known.library, known.annex.language, terms=known.annex.terms)
    parameters = {n: p for c in library.clauses.values() for n, p in c.parameters.items()}
    out: dict[str, Value] = {}
    for section in sorted(review.sections, key=lambda s: s.kind == "clause"):
        for change in (v for f in section.findings for v in f.values if v.parameter):
            value = parse_value(change.after, parameters[change.parameter])
            if value is not None:
                out[change.parameter] = value
    return out


class Judging:
    """The working memory of one judging: the deal at each posture, and what its constraints say as it is."""

    def __init__(self, known: Known) -> None:
        self.known = known
        self.library = spelled_library(known.library, known.annex.language, terms=known.annex.terms)
        self.parameters = {n: p for c in self.library.clauses.values() for n, p in c.parameters.items()}
        self.labels = parameters_by_label(self.library)
        self.signals = Signals(known.library.signals)
        self.sent = paragraphs_of(known.annex)
        self.told = self._problems(known.profile)
        resolution, _ = resolve(known.profile, self.library)
        self.settings = resolution.settings if resolution else {}

    def judged(self, finding: Finding) -> Finding:
        """The finding with its judgement, what it calls out, and its values named as the library names them."""
        home = self._home(finding)
        if home == finding.section:
            return self._judged(finding)
        return replace(self._judged(replace(finding, section=home)), section=finding.section)

    def _home(self, finding: Finding) -> str:
        """The clause whose paragraph a finding is about: under one heading several may stand, joined."""
        under = self.joined.get(finding.section, ())
        if not under or finding.before in self.sent.get(finding.section, {}):
            return finding.section
        return next((c for c in under if finding.before in self.sent.get(c, {})), finding.section)

    @cached_property
    def joined(self) -> dict[str, list[str]]:
        """For each clause with a heading those that are under it without one."""
        out: dict[str, list[str]] = {}
        head = ""
        for clause in self.known.annex.clauses:
            if clause.joined and head:
                out.setdefault(head, []).append(clause.id)
            else:
                head = clause.id
        return out

    def _judged(self, finding: Finding) -> Finding:
        if finding.words:
            finding = replace(finding, callouts=self.signals.changed(finding.before, finding.after))
        if finding.kind in _UNJUDGED or (not finding.words and finding.kind in ("moved", "split", "merged")):
            return finding
        if finding.kind == "deleted":
            judgement = self._deleted(finding)
            return replace(finding, judgement=self._with_reason(judgement, finding.section))
        changed, rest = self._changed(finding)
        judgements = []
        if rest:
            wording, own = self._wording(finding)
            judgements.append(wording)
            # Of wording that is known every value is; of other wording those that are there in plain sight.
            changed = own if own is not None else changed
        judgement = together([*judgements, *(judge_value(c.parameter, c.value, self.library) for c in changed)])
        judgement = replace(judgement, breaks=tuple(dict.fromkeys((*judgement.breaks, *self._broken(changed)))))
        owner = self.library.owner(changed[0].parameter.name) if changed else None
        section = finding.section if finding.section in self.library.clauses or not owner else owner.id
        if changed:  # the reason is that of the clause's own points: beside any other edit it explains nothing
            judgement = self._with_reason(judgement, section)
        return replace(finding, values=named_values(finding.values, changed), judgement=judgement)

    def _with_reason(self, judgement: Judgement, section: str) -> Judgement:
        clause = self.library.clauses.get(section)
        return replace(judgement, shareable=clause.negotiation.shareable) if clause else judgement

    # -- values --------------------------------------------------------------------------------------------------

    def _changed(self, finding: Finding) -> tuple[list[Changed], bool]:
        """The values that a finding changes, and whether it changes anything else."""
        if finding.what.endswith("row of a table"):
            return self._in_row(finding)
        paragraph = self.sent.get(finding.section, {}).get(finding.before)
        if paragraph is None:
            return [], True
        found = values_in(paragraph, finding.after)
        if found is not None:
            changed = [
                self._value(v.parameter, v.text, new)
                for v, new in found
                if tidy_text(v.text) != new and v.parameter in self.parameters
            ]
            return changed, not changed
        # Other words changed too: a quantity is a value where the paragraph prints one value alone with it.
        changed = []
        for quantity in finding.values:
            holders = {
                v.parameter: v
                for v in paragraph.inlines
                if isinstance(v, PrintedValue) and quantity.before and holds(tidy_text(v.text), quantity.before)
            }
            if len(holders) == 1:
                name, value = next(iter(holders.items()))
                if name in self.parameters:
                    now = quantity.after
                    whole = standing_alone(quantity.before)
                    after = whole.sub(lambda _: now, tidy_text(value.text)) if now else ""
                    changed.append(self._value(name, value.text, after))
        return changed, True

    def _in_row(self, finding: Finding) -> tuple[list[Changed], bool]:
        """The value in a row of the schedule of values or of the key terms; a row of any other table is wording."""
        before, after = finding.before.split(" | "), finding.after.split(" | ")
        parameter = self.labels.get(before[0])
        if parameter is None or len(before) != len(after) or len(before) < 2 or before[0] != after[0]:
            return [], True
        old, new = (without_place(cells[1]) for cells in (before, after))
        same = all(a == b for i, (a, b) in enumerate(zip(before, after)) if i != 1)
        return ([self._value(parameter.name, old, new)] if old != new else []), not same or old == new

    def _value(self, name: str, before: str, after: str) -> Changed:
        parameter = self.parameters[name]
        return Changed(parameter, tidy_text(before), after, parse_value(after, parameter) if after else None)

    def _broken(self, changed: Iterable[Changed]) -> Iterator[str]:
        """What the constraints say of the new values that they did not say before, ceilings of frameworks among it."""
        values = {c.parameter.name: c.value for c in changed if c.value is not None}
        if values:
            for message in self._problems(with_values(self.known.profile, values)):
                if message not in self.told:
                    yield message
        for name, value in values.items():
            parameter = self.parameters[name]
            for sign, limit, words in (
                ("<", parameter.minimum, "less than the least"),
                (">", parameter.maximum, "more than the most"),
            ):
                try:
                    if limit is not None and compare(value, sign, limit, parameter.choices):
                        yield f"{parameter.label}: {said(value)} is {words} that the library allows, {said(limit)}"
                except Incomparable:
                    pass  # said of the value already

    def _problems(self, profile: Profile) -> tuple[str, ...]:
        _, problems = resolve(profile, self.library)
        return tuple(self._told(p) for p in problems if p.severity >= Severity.WARNING)

    def _told(self, problem: Diagnostic) -> str:
        """A problem in the words of a report: labels for names, the frameworks that it comes from in front."""
        constraint = next((c for c in self.library.constraints if c.id == problem.rule), None)
        tests = constraint.when.tests() if constraint else ()
        frameworks = dict.fromkeys(
            self._short(t.name) for t in tests if t.kind == "framework" and t.name in self.known.profile.frameworks
        )
        message = problem.message.replace(" (the profile sets it)", "")
        message = re.sub(
            r"`([a-z0-9_]+)`", lambda m: self.parameters[m[1]].label if m[1] in self.parameters else m[1], message
        )
        return f"{', '.join(frameworks)}{': ' if frameworks else ''}{message}"

    # -- wording -------------------------------------------------------------------------------------------------

    @cached_property
    def rungs(self) -> dict[str, dict[str, dict[str, Paragraph]]]:
        """The deal composed at each posture: its paragraphs by section and masked text. Only other wording asks for it."""
        return dict(self._at_postures(self.known.profile))

    @cached_property
    def other_forms(self) -> dict[str, dict[str, dict[str, dict[str, Paragraph]]]]:
        """The same in each other form of the library; only wording that this form does not have asks for it."""
        forms = (form for form in self.library.forms if form != self.known.profile.form)
        return {form: dict(self._at_postures(self._in_form(form))) for form in forms}

    def _in_form(self, form: str) -> Profile:
        """The profile in a form, with those of the clauses that it asks for which the form has."""
        held = {c for c in self.known.profile.include if self.library.forms[form].carries(c)}
        include = {c: at for c, at in self.known.profile.include.items() if c in held}
        return replace(self.known.profile, form=form, include=include)

    def _at_postures(self, profile: Profile) -> Iterator[tuple[str, dict[str, dict[str, Paragraph]]]]:
        for posture in self.library.postures:
            placed, _ = at_posture(profile, self.library, posture)
            resolution, _ = resolve(placed, self.library) if placed else (None, [])
            annex, _ = compose_annex(resolution) if resolution else (None, [])
            if annex:
                yield posture, {s: {mask_values(t): p for t, p in ps.items()} for s, ps in paragraphs_of(annex).items()}

    def _wording(self, finding: Finding) -> tuple[Judgement, list[Changed] | None]:
        """The rung whose wording it is, with the values that differ in it; no values where it is unknown."""
        masked = mask_values(finding.after)
        if masked != mask_values(finding.before):
            for posture, sections in self.rungs.items():
                if (changed := self._said_by(sections.get(finding.section, {}), masked, finding)) is None:
                    continue
                label = self.library.postures[posture].label
                verdict: Verdict = "preferred" if posture == next(iter(self.library.postures)) else "rung"
                return Judgement(verdict=verdict, rung=posture, reason=f"this is the {label} wording"), changed
            for form, postures in self.other_forms.items():
                for posture, sections in postures.items():
                    everywhere = {text: p for ps in sections.values() for text, p in ps.items()}
                    if (changed := self._said_by(everywhere, masked, finding)) is not None:
                        label = self.library.postures[posture].label
                        reason = f"this is the {label} wording of the {form} form"
                        return Judgement(verdict="rung", rung=posture, reason=reason), changed
        answers = self._answers(finding)
        if masked != mask_values(finding.before) or not finding.values:
            reason = "no wording of the library"
        else:
            reason = "a number that is not a value of the library"
        reason += "".join(f"; {callout}" for callout in finding.callouts)
        return Judgement(
            verdict="unknown", reason=f"{reason}{f'; the paragraph answers {answers}' if answers else ''}"
        ), None

    def _said_by(self, paragraphs: Mapping[str, Paragraph], masked: str, finding: Finding) -> list[Changed] | None:
        """The values that differ where one of these paragraphs is the wording of a finding; None where none is."""
        paragraph = paragraphs.get(masked)
        found = values_in(paragraph, finding.after, references=True) if paragraph else None
        if found is None:
            return None
        return [
            self._value(v.parameter, self._sent_value(v.parameter), new)
            for v, new in found
            if self._differs(v.parameter, new)
        ]

    def _sent_value(self, name: str) -> str:
        entry = self.known.annex.parameters.get(name)
        return tidy_text(entry.text) if entry else ""

    def _differs(self, name: str, text: str) -> bool:
        """Whether a printed value is another than the one that was sent, or than the deal has where none was printed."""
        parameter = self.parameters.get(name)
        sent = self.known.annex.parameters.get(name) or self.settings.get(name)
        if parameter is None or sent is None:
            return parameter is not None
        value, own = parse_value(text, parameter), sent.value
        if isinstance(value, str) and isinstance(own, str):  # words of which only the quotation marks differ
            return tidy_text(value) != tidy_text(own)
        return value != own

    def _answers(self, finding: Finding) -> str:
        paragraph = self.sent.get(finding.section, {}).get(finding.before)
        rows = [
            r
            for r in self.known.annex.coverage
            if paragraph and paragraph.anchor and paragraph.anchor in {x.target for x in r.paragraphs}
        ]
        return ", ".join(f"{self._short(r.framework)} {r.ref}" for r in rows)

    def _short(self, framework: str) -> str:
        found = self.library.frameworks.get(framework)
        return found.short if found else framework

    # -- what is gone --------------------------------------------------------------------------------------------

    def _deleted(self, finding: Finding) -> Judgement:
        section = self.sent.get(finding.section)
        if section is None or finding.section not in {c.id for c in self.known.annex.clauses}:
            return Judgement(verdict="unknown", reason="the text that was here is not wording of the library")
        whole = finding.what == "clause"
        gone = tuple(section.values()) if whole else tuple(filter(None, (section.get(finding.before),)))
        breaks = tuple(self._left_open(finding.section if whole else "", gone))
        masked = mask_values(finding.before)
        without = [
            p
            for p, sections in self.rungs.items()
            if finding.section not in sections or (not whole and masked not in sections[finding.section])
        ]
        if not gone:
            return Judgement(verdict="unknown", reason="the text that was here is not wording of the library")
        if without:
            label = self.library.postures[without[0]].label
            return Judgement(
                verdict="rung", rung=without[0], reason=f"the {label} wording has none either", breaks=breaks
            )
        return Judgement(verdict="below walk-away", reason="every rung of the ladder has it", breaks=breaks)

    def _left_open(self, clause: str, gone: tuple[Paragraph, ...]) -> Iterator[str]:
        """The requirements that nothing answers any more, and the paragraphs that refer to what is gone."""
        anchors = {p.anchor for p in gone} | {c.anchor for c in self.known.annex.clauses if c.id == clause}
        anchors.discard("")
        for row in self.known.annex.coverage:
            targets = {r.target for r in row.paragraphs}
            if targets and targets <= anchors:
                yield f"nothing answers {self._short(row.framework)} {row.ref} any more: {row.duty}"
        own = set(map(id, gone))
        referring = [
            p.full_number
            for p in self.known.annex.paragraphs()
            if id(p) not in own and p.full_number and points_to(p, anchors)
        ]
        opening = (p for p in self.known.annex.preliminaries if isinstance(p, Paragraph))
        rows = (c for t in self.known.annex.key_values if isinstance(t, Table) for row in t.rows for c in row)
        referring += ["the opening"] * any(points_to(p, anchors) for p in opening)
        referring += ["the key terms"] * any(points_to(c, anchors) for c in rows)
        if referring:
            yield f"paragraphs refer to it: {', '.join(dict.fromkeys(referring))}"


def _basis(known: Known) -> Iterator[str]:
    if known.made:
        yield "judged by what the sent file itself tells; rules that rest on facts of the deal were left out (give the profile for those)"


def _exposure_after(review: Review, known: Known) -> Exposure:
    rules = known.annex.credit_rules
    if rules is None:
        return exposure(known.annex)
    values = known.library.by_role(agreed_values(review, known))
    shares: dict[str, Any] = {
        n: v for n in ("at_risk_month", "annual_cap") if isinstance(v := values.get(n), Percentage)
    }
    charges = agreed_charges(review)
    return exposure_of(replace(rules, monthly_charges=charges or rules.monthly_charges, **shares))


def agreed_charges(review: Review) -> Money | None:
    """The monthly charges that the key terms now name."""
    for finding in review.findings:
        label, bar, text = finding.after.partition(" | ")
        if bar and label.startswith(_CHARGES):
            try:
                return Money.parse(text.split(" | ")[0])
            except QuantityError:
                return None
    return None
