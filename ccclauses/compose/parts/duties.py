"""The duties of an annex with their paragraphs and periods, and which of them answer a requirement of a framework."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from ...model.annex import CoverageRow, Reference
from ...model.library.clause import Due, Duty, FixedPeriod
from ...model.obligation import Obligation, obligation_of
from ...model.profile import Resolution, ResolvedClause
from ...model.words.periods import RHYTHMS
from ...model.words.quantity import Duration
from ...resolve.judge import Judge
from .coverage import Requirements


@dataclass(frozen=True, slots=True, kw_only=True)
class Duties:
    """What duties are read with: the deal, and what every labelled paragraph is called.

    `dangling` is reported of a paragraph that a duty names and the annex lacks, with the line and file of the duty.
    """

    resolution: Resolution
    judge: Judge
    targets: Mapping[str, Reference]
    dangling: Callable[[str, int, str], None]

    def of_clause(self, resolved: ResolvedClause, labels: frozenset[str]) -> list[Obligation]:
        out: list[Obligation] = []
        counts: dict[str, int] = {}
        for duty in resolved.clause.duties:
            if duty.postures and resolved.posture not in duty.postures:
                continue
            if duty.form not in ("", self.resolution.form.id):
                continue
            if duty.paragraph not in labels or not self.judge.applies(duty.when):
                continue
            counts[duty.paragraph] = counts.get(duty.paragraph, 0) + 1
            suffix = f"/{counts[duty.paragraph]}" if counts[duty.paragraph] > 1 else ""
            out.append(self._obligation(resolved.clause.id, duty, suffix))
        return out

    def _obligation(self, clause: str, duty: Duty, suffix: str) -> Obligation:
        def paragraph(label: str) -> str:
            target = label if "#" in label else f"{clause}#{label}"
            if target not in self.targets:
                self.dangling(target, duty.at.line, duty.at.file)
                return ""
            return self.targets[target].text

        return obligation_of(
            duty,
            self.resolution.library.clauses[clause],
            suffix=suffix,
            paragraph=paragraph,
            period=self._period,
            first_performance=self._period(self.resolution.library.roles.get("first_performance", "")),
        )

    def _period(self, due: Due) -> Duration | None:
        if isinstance(due, FixedPeriod):
            return due.period
        if due not in self.resolution.settings:
            return None
        value = self.resolution.settings[due].value
        return value if isinstance(value, Duration) else RHYTHMS.get(str(value))

    def coverage(self, obligations: tuple[Obligation, ...]) -> tuple[CoverageRow, ...]:
        """One row for each reference of each framework that is on, in the frameworks' own order."""
        shown: dict[str, list[str]] = {}  # a paragraph → the evidence of its duties
        for obligation in obligations:
            shown.setdefault(obligation.id.partition("/")[0], []).append(obligation.evidence)
        due = {o.id.partition("/")[0]: o.when() for o in obligations}
        requirements = Requirements(self.resolution, self.judge, self.targets)
        rows = []
        for name in self.resolution.profile.frameworks:
            for reference in self.resolution.library.frameworks[name].references.values():
                met = requirements.met(name, reference)
                found = met.paragraphs
                evidence = dict.fromkeys(e for key in found for e in shown.get(key, ()))
                rows.append(
                    CoverageRow(
                        framework=name,
                        ref=reference.ref,
                        kind=reference.kind,
                        duty=reference.duty,
                        checked=reference.checked,
                        paragraphs=tuple(self.targets[key] for key in found),
                        lacking=met.lacking,
                        deadline=reference.deadline,
                        own_deadline="; ".join(dict.fromkeys(due[key] for key in found if due.get(key))),
                        evidence="; ".join(evidence),
                        topics=reference.topics,
                    )
                )
        return tuple(rows)
