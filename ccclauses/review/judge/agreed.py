"""Judged review, read with its changes accepted → the annex and the profile that the agreed text corresponds to."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from ...model.annex import Annex, Entry
from ...model.findings.review import Finding, Review
from ...model.library.clause import Value
from ...model.words.quantity import Money
from ...ooxml.package.package import Package
from ...read.recover import recover_annex
from ...read.word.docx import read_docx
from ...resolve.judge import said
from .judging import agreed_charges, agreed_values
from .known import Known


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreed:
    """What was agreed: the annex as data, the values that differ from what was sent, and wording that no profile can say."""

    annex: Annex
    values: Mapping[str, Value]
    charges: Money | None
    wording: tuple[str, ...]  # where and what: "32 Breach notice and response, 32.1: reworded"
    apart: tuple[str, ...]  # values that were agreed in some of their places only: what each place says
    comments: tuple[str, ...]  # those that nobody marked as done: where, who and what


def agreed(review: Review, known: Known, returned: Package, *, name: str) -> Agreed | None:
    """What the returned file comes to; None where no clause can be found in it."""
    values = agreed_values(review, known)
    annex, _ = recover_annex(read_docx(returned, name=name), known.library, known.annex, values)
    if annex is None:
        return None
    apart = {e.name: e for e in annex.parameters.values() if e.apart}
    for name, entry in apart.items():  # the profile keeps what holds in general
        values.pop(name, None)
        if name in known.annex.parameters and known.annex.parameters[name].value != entry.value:
            values[name] = entry.value
    titles = {s.id: f"{s.number} {s.title}".strip() for s in review.sections}
    rest = [f for f in review.findings if f.source != "comment" and not _only_values(f)]
    wording = tuple("; ".join((f"{_place(f, titles)}: {f.kind}", *map(str, f.callouts))) for f in rest)
    remarks = [f for f in review.findings if f.source == "comment" and not f.done]
    comments = tuple(
        f"{_place(f, titles)}: {', '.join(f.authors) or 'unsigned'}: {' '.join(f.after.split())}" for f in remarks
    )
    return Agreed(
        annex=annex,
        values=values,
        charges=agreed_charges(review),
        wording=wording,
        apart=tuple(map(_by_place, apart.values())),
        comments=comments,
    )


def _by_place(entry: Entry) -> str:
    """A value that came apart: "Notice of a Security Breach: 24 hours at 32.1; 8 hours at 5.4, 10.9"."""
    places: dict[str, list[str]] = {}
    for place in entry.apart:
        places.setdefault(place.text, []).append(place.place)
    told = "; ".join(f"{text} at {', '.join(dict.fromkeys(at))}" for text, at in places.items())
    return f"{entry.label}: {told}"


def _place(finding: Finding, titles: Mapping[str, str]) -> str:
    return ", ".join(filter(None, (titles.get(finding.section, ""), finding.number)))


def _only_values(finding: Finding) -> bool:
    """Whether a finding is nothing but values that a profile can set."""
    if finding.kind == "renumbered":
        return True
    named = bool(finding.values) and all(v.parameter for v in finding.values)
    return (
        named
        and finding.judgement is not None
        and not any(w in finding.judgement.reason for w in ("wording", "no value"))
    )


def profile_yaml(result: Agreed, base: str, sent: str, returned: str) -> str:
    """A profile that extends the one at `base`, as a path seen from its own file, by the values that were agreed."""
    lines = [
        f"# What was agreed on top of {sent}, as {returned} says it.",
        f"extends: {json.dumps(base, ensure_ascii=False)}",
    ]
    if result.charges:
        lines += ["", "charges:", f"  monthly: {json.dumps(said(result.charges), ensure_ascii=False)}"]
    if result.values:
        lines += ["", "settings:"]
        lines += [f"  {name}: {setting_text(value)}" for name, value in sorted(result.values.items())]
    if result.apart:
        lines += [
            "",
            "# Values that differ from place to place, which no profile can say; the annex as data follows each place:",
        ]
        lines += [f"# - {line}" for line in result.apart]
    if result.wording:
        lines += ["", "# Agreed wording that no profile can say; the annex as data and the signed file hold it:"]
        lines += [f"# - {line}" for line in result.wording]
    return "\n".join(lines) + "\n"


def setting_text(value: Value) -> str:
    """A value as a profile's settings write it; every JSON text is YAML."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, tuple):
        return json.dumps(list(value), ensure_ascii=False)
    if isinstance(value, int):
        return str(value)
    return json.dumps(said(value), ensure_ascii=False)
