"""What was sent and what came back, read together: the start of every answer to a returned file."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from ..model.diagnostic import Diagnostic, InputError, Position
from ..model.findings.review import Review
from ..model.library.library import Library
from ..model.profile import Profile
from ..ooxml.package.package import Package
from ..read.within import annex_within, changed_outside, digest
from ..read.word.document import ReadDocument
from ..read.word.docx import read_docx
from ..sides.annex import YAML_SUFFIXES
from ..sides.package import word_package
from .find.findings import review as find
from .judge.known import Known, read_sent

ReadAs = Literal["marked", "accepted", "rejected"]

_OTHER = (
    "{returned} was made of another annex than {sent} makes now: the profile or the library has changed since, so what "
    "counts as silent may be your own change; give the Word file that you sent instead"
)
_UNJUDGED = "not judged: the sent file holds no clause of this library"


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """What was sent, what came back, what is known of the sent annex, and what differs between the two."""

    sent: Package
    returned: Package  # the annex by itself, also where it came back inside an agreement
    file: Package  # the whole file that came back
    known: Known | None
    document: ReadDocument  # what was read of the sent file
    review: Review

    def judged(self) -> Review:
        """The review with each finding judged against the library, and what the returned text says that can't be enforced."""
        from .judge.judging import judge_review

        result = judge_review(self.review, self.known) if self.known else self.review
        notes = result.notes if self.known else (*result.notes, _UNJUDGED)
        return replace(result, lint=self._introduced(), notes=notes)

    def _introduced(self) -> tuple[str, ...]:
        """What the returned text says that can't be enforced, and the sent one did not."""
        if not self.review.findings:
            return ()
        from ..linting import introduced

        return introduced(self.document, read_docx(self.returned, name=self.review.returned))


def read_case(
    sent: Path, returned: Path, read_as: ReadAs = "marked", *, all_open: bool = False, judged: bool = True
) -> Case:
    """What differs between the two files; `judged` when it is to be judged, `all_open` when what is tracked counts as open.

    Raises `InputError` with every problem of either file.
    """
    if returned.suffix.lower() in (*YAML_SUFFIXES, ".json"):
        message = f"{returned.name} is not a Word file; what is reviewed is the Word file that came back"
        raise InputError([Diagnostic(rule="not-word", message=message, at=Position(file=str(returned)))])
    (before, known, problems), (after, found) = (
        read_sent(sent, load_inputs, judged=judged),
        word_package(returned, load_inputs),
    )
    if before is None or after is None:
        raise InputError(problems + found)
    file, within = after, annex_within(after)
    around: tuple[str, ...] = ()
    if within is not None:
        after, around = within.package, within.told
        if sent.suffix.lower() in (".docx", ".docm"):
            whole, _ = word_package(sent, load_inputs)
            if whole is not None and (theirs := annex_within(whole)) is not None:
                around = (around[0], changed_outside([digest(t) for t in theirs.outside], within.outside))
    document = known and known.document or read_docx(before, name=str(sent))
    parties = (known.annex.client.name, known.annex.provider.name) if known else ()
    result = find(
        before,
        after,
        names=(str(sent), str(returned)),
        parties=[p for p in parties if p],
        read_as=read_as,
        all_open=all_open,
        ours=document,
    )
    if sent.suffix.lower() in (*YAML_SUFFIXES, ".json") and _made_of(after) - _made_of(before):
        result = replace(result, notes=(_OTHER.format(sent=sent, returned=returned), *result.notes))
    result = replace(result, notes=(*around, *result.notes))
    return Case(sent=before, returned=after, file=file, known=known, document=document, review=result)


def load_inputs(path: Path) -> tuple[Profile | None, Library | None, list[Diagnostic]]:
    """Load a profile; a Word file that faces another needs nothing of what reads profiles."""
    from ..load.inputs import load_inputs

    return load_inputs(path)


def _made_of(package: Package) -> set[bytes]:
    """The fingerprint of the annex that a Word file was made of, where its properties still hold one."""
    return set(re.findall(rb"sha256:[0-9a-f]{64}", package.parts.get("docProps/core.xml", b"")))
